import type { Value } from "../../runtime/reader.ts";
import type { Stack } from "../../runtime/stack.ts";
import {
    and,
    each,
    failIf,
    holds,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { hasElements } from "../lists.ts";
import { on, type Check, type Context, type Rule, type StackVerdict } from "../rule.ts";

const AUTO_IP = "mapPublicIpOnLaunch";
const AWS_SUBNET = "aws:ec2/subnet:Subnet";

/** Whether one of the tags marks the subnet as one that is public on purpose. */
function isPublicOnPurpose(tags: Value, { options }: Context): Truth {
    return some(options.get("publicTags"), (pair) =>
        holds(
            pair,
            pair.text(),
            (text) => {
                const at = text.indexOf("=");
                return isOneOf(
                    tags.get(text.slice(0, at)),
                    [text.slice(at + 1).toLowerCase()],
                    false,
                );
            },
            false,
        ),
    );
}

const noAutoIp =
    (absent: (value: Value) => Truth): Check =>
    ({ inputs }, context) => {
        const value = inputs.get(AUTO_IP);
        const gives = holds(value, value.flag(), (on) => on, absent(value));
        return failIf(
            and(gives, not(isPublicOnPurpose(inputs.get("tags"), context))),
            value,
            "gives whatever starts in the subnet a public address",
        );
    };

const awsSubnet = noAutoIp(() => false);

/** What starts in a subnet is not public by accident. */
export const subnetNoAutoPublicIp: Rule = {
    id: "net-subnet-no-auto-public-ip",
    title: "Subnets give no public addresses by themselves, unless they are public on purpose.",
    why: "A machine that gets a public address by default is on the internet before anybody has thought about it.",
    clouds: ["aws"],
    pack: "security",
    severity: "medium",
    requirements: { "PCI DSS": ["1.3.1", "1.4.2"], "SOC 2": ["CC6.6"] },
    remediation:
        "Set mapPublicIpOnLaunch to false, or mark a subnet of load balancers by one of the tags that the option names.",
    see: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html",
    options: {
        properties: {
            publicTags: {
                type: "array",
                items: { type: "string" },
                default: ["kubernetes.io/role/elb=1", "Tier=public"],
                description: "The tags that mark a subnet as public on purpose, as KEY=VALUE.",
            },
        },
    },
    checks: {
        [AWS_SUBNET]: awsSubnet,
        // AWS makes default subnets with the switch on, but it may have been turned off since.
        "aws:ec2/defaultSubnet:DefaultSubnet": noAutoIp(({ path }) => ({ unknown: path })),
    },
    fixes: { [AWS_SUBNET]: setWhereFound(awsSubnet, { [AUTO_IP]: false }) },
};

const AZURE_SUBNET = "azure-native:network:Subnet";
const AZURE_GROUP = "azure-native:network:NetworkSecurityGroup";

/** Subnets of Azure's own services, which take no security group or bring their rules along. */
const AZURE_OWN = [
    "gatewaysubnet",
    "azurefirewallsubnet",
    "azurefirewallmanagementsubnet",
    "routeserversubnet",
];

function guarded(subnet: Value, name: Value, refersToGroup = false): readonly Verdict[] {
    const group = subnet.get("networkSecurityGroup");
    const exempt = or(isOneOf(name, AZURE_OWN, false), hasElements(subnet.get("delegations")));
    const has = or(refersToGroup, and(isPresent(group), isPresent(group.get("id"))));
    return failIf(not(or(exempt, has)), group, "is missing, so that every port is open inside");
}

/** The id of a new group is unknown on preview, but not that the subnet refers to one. */
function unguardedSubnets(stack: Stack): readonly StackVerdict[] {
    return stack.all(AZURE_SUBNET).flatMap((subnet) => {
        const { given } = subnet;
        const refers = stack
            .targets(subnet, "networkSecurityGroup")
            .some(({ type }) => type === AZURE_GROUP);
        return on(subnet, guarded(given, given.get("subnetName"), refers));
    });
}

/** Each subnet on Azure has a firewall of its own. */
export const subnetHasNsg: Rule = {
    id: "az-subnet-has-nsg",
    title: "Every subnet for workloads has a network security group.",
    why: "Without one, whatever runs in the network reaches every port of the subnet, and one break-in is enough for all.",
    clouds: ["azure"],
    pack: "security",
    severity: "medium",
    requirements: { "SOC 2": ["CC6.6"], "CIS Azure": ["7.11"] },
    remediation:
        "Set networkSecurityGroup on the subnet. Delegated subnets and those of gateways, route servers and firewalls " +
        "need none.",
    see: "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview",
    checks: {
        "azure-native:network:VirtualNetwork": ({ inputs }) =>
            each(inputs.get("subnets"), (subnet) => guarded(subnet, subnet.get("name"))),
    },
    stack: { judges: [AZURE_SUBNET], reads: [AZURE_GROUP], check: unguardedSubnets },
};
