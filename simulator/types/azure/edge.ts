/** Public DNS, Application Gateway for Containers and its firewall. */
import type { Draft, Instance, Json, Refusal, TypeRule, World } from "../../table.ts";
import { arm, below, list, number, oneOf, refusal, text } from "./arm.ts";

const SUBNET = "azure-native:network:Subnet";
const FIREWALL = "azure-native:network:WebApplicationFirewallPolicy";
const CONTROLLER = "azure-native:servicenetworking:TrafficControllerInterface";
const ASSOCIATION = "azure-native:servicenetworking:AssociationsInterface";

const LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?";

const zone: TypeRule = arm({
    arm: "Microsoft.Network/dnszones",
    path: ["zoneName"],
    name: {
        pattern: new RegExp(String.raw`${LABEL}(\.${LABEL})+`),
        max: 253,
        auto: false,
        words: (name) =>
            `Code="BadRequest" Message="The domain name '${name}' is invalid. The provided record set relative name is ` +
            `invalid or the name ends in a dot."`,
    },
    check: ({ inputs }) => [
        ...oneOf(inputs, "location", ["global"], "LocationNotAvailableForResourceType"),
        ...oneOf(inputs, "zoneType", ["Public"], "BadRequest"),
    ],
    outputs: ({ random }) => {
        const set = (Number.parseInt(random(2), 16) % 9) + 1;
        const endings = ["com", "net", "org", "info"];
        return {
            nameServers: endings.map((end, i) => `ns${i + 1}-0${set}.azure-dns.${end}.`),
            maxNumberOfRecordSets: 10000,
        };
    },
    takesAlong: below,
    seconds: { create: 5 },
});

const NAME = { pattern: /[A-Za-z0-9]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9])?/, max: 64 };

const firewall: TypeRule = arm({
    arm: "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
    path: ["policyName"],
    name: { pattern: /[A-Za-z][\w-]*/, max: 128 },
    required: ["managedRules.managedRuleSets"],
    check: ({ inputs }) => [
        ...oneOf(inputs, "policySettings.mode", ["Prevention", "Detection"]),
        ...oneOf(inputs, "policySettings.state", ["Enabled", "Disabled"]),
        ...list(inputs, "managedRules.managedRuleSets").flatMap(checkRuleSet),
    ],
    refuseDelete({ id }, world) {
        const user = world.all().find(({ inputs }) => text(inputs, "wafPolicy.id") === id);
        if (!user) return undefined;
        return `Code="WebApplicationFirewallPolicyInUse" Message="The policy ${id} is referenced by ${user.id} and cannot be deleted."`;
    },
    seconds: { create: 5 },
});

/** The sets that there are, with their versions. */
const RULE_SETS: Readonly<Record<string, readonly string[]>> = {
    OWASP: ["3.0", "3.1", "3.2"],
    Microsoft_DefaultRuleSet: ["2.1", "2.2"],
    Microsoft_BotManagerRuleSet: ["0.1", "1.0", "1.1"],
    Microsoft_HTTPDDoSRuleSet: ["1.0"],
};

function checkRuleSet(set: Json): Refusal[] {
    const [type, version] = [text(set, "ruleSetType"), text(set, "ruleSetVersion")];
    if (RULE_SETS[type]?.includes(version)) return [];
    const message = `The managed rule set ${type} ${version} is not supported.`;
    return [
        refusal(
            "ApplicationGatewayFirewallUnknownRuleSetTypeAndVersion",
            message,
            "managedRules.managedRuleSets",
        ),
    ];
}

const controller: TypeRule = arm({
    arm: "Microsoft.ServiceNetworking/trafficControllers",
    path: ["trafficControllerName"],
    name: NAME,
    outputs: ({ inputs, random }) => ({
        configurationEndpoints: [
            `${random(20)}.${text(inputs, "location")}.trafficcontroller.azure.net`,
        ],
    }),
    takesAlong: below,
    seconds: { create: 30, delete: 30 },
});

const frontend: TypeRule = arm({
    arm: "Microsoft.ServiceNetworking/trafficControllers/frontends",
    path: ["trafficControllerName", "frontendName"],
    name: NAME,
    required: ["trafficControllerName"],
    outputs: ({ random }) => ({ fqdn: `${random(16)}.fz01.alb.azure.com` }),
    seconds: { create: 20, delete: 20 },
});

const association: TypeRule = arm({
    arm: "Microsoft.ServiceNetworking/trafficControllers/associations",
    path: ["trafficControllerName", "associationName"],
    name: NAME,
    required: ["trafficControllerName", "associationType", "subnet.id"],
    references: [{ path: "subnet.id", to: [SUBNET] }],
    immutable: ["subnet.id"],
    check: ({ inputs }) => oneOf(inputs, "associationType", ["subnets"]),
    admit: admitAssociation,
    seconds: { create: 300, delete: 200 },
});

function admitAssociation({ inputs }: Draft, world: World, old?: Instance): Refusal[] {
    const subnet = world.find([SUBNET], text(inputs, "subnet.id"));
    const services = list(subnet?.inputs, "delegations").map((one) => text(one, "serviceName"));
    const refusals: Refusal[] = [];
    if (!services.includes("Microsoft.ServiceNetworking/trafficControllers")) {
        const message =
            `Subnet ${subnet?.id} is not delegated to Microsoft.ServiceNetworking/trafficControllers, which an ` +
            `association requires.`;
        refusals.push(refusal("AppGwForContainersSubnetDelegationNotFound", message, "subnet.id"));
    }
    const prefix = Number(text(subnet?.inputs, "addressPrefix").split("/")[1]);
    if (prefix > 24) {
        const message = "The subnet must have at least 250 available addresses (a /24).";
        refusals.push(refusal("AppGwForContainersSubnetTooSmall", message, "subnet.id"));
    }
    const parent = text(inputs, "trafficControllerName");
    const twin = world
        .all(ASSOCIATION)
        .some((one) => one.id !== old?.id && text(one.inputs, "trafficControllerName") === parent);
    if (!twin) return refusals;
    const message = "A traffic controller has one association at most.";
    return [...refusals, refusal("AppGwForContainersAssociationLimitReached", message)];
}

const securityPolicy: TypeRule = arm({
    arm: "Microsoft.ServiceNetworking/trafficControllers/securityPolicies",
    path: ["trafficControllerName", "securityPolicyName"],
    name: NAME,
    required: ["trafficControllerName", "wafPolicy.id"],
    references: [{ path: "wafPolicy.id", to: [FIREWALL], blocks: false }],
    admit({ inputs }, world) {
        const policy = world.find([FIREWALL], text(inputs, "wafPolicy.id"));
        const old = list(policy?.inputs, "managedRules.managedRuleSets").some(
            (set) => text(set, "ruleSetType") === "OWASP",
        );
        const limits = list(policy?.inputs, "customRules").some(
            (rule) => number(rule, "rateLimitThreshold") !== undefined,
        );
        const bad = (message: string) => [refusal("UnsupportedWafPolicy", message, "wafPolicy.id")];
        if (old) return bad("CRS 3.2 and lower rule sets are not supported.");
        return limits ? bad("Rate limiting custom rules are not supported.") : [];
    },
    seconds: { create: 20 },
});

/** DNS zones, gateways and firewalls. */
export const EDGE_TYPES: Readonly<Record<string, TypeRule>> = {
    "azure-native:dns:Zone": zone,
    [FIREWALL]: firewall,
    [CONTROLLER]: controller,
    "azure-native:servicenetworking:FrontendsInterface": frontend,
    [ASSOCIATION]: association,
    "azure-native:servicenetworking:SecurityPoliciesInterface": securityPolicy,
};
