import type { Stack, StackResource } from "../../runtime/stack.ts";
import {
    and,
    failIf,
    isOneOf,
    not,
    or,
    some,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import type { Value } from "../../runtime/reader.ts";
import { EGRESS_TYPES, openEgressOf } from "../egress.ts";
import { awsReaders } from "../ingress/aws.ts";
import { azureReaders } from "../ingress/azure.ts";
import { googleReaders } from "../ingress/google.ts";
import type { IngressReader } from "../ingress/ingress.ts";
import { hasElements } from "../lists.ts";
import { forTypes, on, type Check, type Rule, type StackVerdict } from "../rule.ts";

const HTTP = 80;
const OPEN_HTTP =
    "lets the whole internet reach port 80, and nothing in the stack redirects it to HTTPS";

/** Ways in that are open on every port are another rule's. */
function openHttp(
    read: IngressReader | undefined,
    inputs: Value,
    redirected: Truth,
): readonly Verdict[] {
    return (read?.(inputs) ?? []).flatMap((way) =>
        failIf(
            and(way.fromWorld, way.opensTcp(HTTP), not(way.opensAll), not(redirected)),
            way.at,
            OPEN_HTTP,
        ),
    );
}

/** Google's own load balancers answer the internet without any firewall rule, so there a rule is for nothing else. */
const googleHttp: Check = ({ type, inputs }) => openHttp(googleReaders[type], inputs, false);

const GROUPS: Readonly<Record<string, string>> = {
    "aws:ec2/securityGroup:SecurityGroup": "",
    "aws:ec2/securityGroupRule:SecurityGroupRule": "securityGroupId",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "securityGroupId",
    "azure-native:network:NetworkSecurityGroup": "",
    "azure-native:network:SecurityRule": "networkSecurityGroupName",
};
/** AWS's load balancers and their listeners, which the SDK has twice. */
const BALANCERS = [
    ["aws:lb/loadBalancer:LoadBalancer", "aws:lb/listener:Listener"],
    ["aws:alb/loadBalancer:LoadBalancer", "aws:alb/listener:Listener"],
] as const;
const SUBNET = "azure-native:network:Subnet";
const GATEWAY = "azure-native:network:ApplicationGateway";

function httpFromWorld(stack: Stack): readonly StackVerdict[] {
    return stack.all(...Object.keys(GROUPS)).flatMap((resource) => {
        const input = GROUPS[resource.type] ?? "";
        const groups = input === "" ? [resource] : stack.targets(resource, input);
        const read = awsReaders[resource.type] ?? azureReaders[resource.type];
        // What stands before a group of another stack cannot be seen.
        const redirected =
            groups.length === 0
                ? { unknown: resource.inputs.get(input).path }
                : or(...groups.map((group) => isRedirected(stack, group)));
        return on(resource, openHttp(read, resource.given, redirected));
    });
}

function isRedirected(stack: Stack, group: StackResource): Truth {
    const listeners = BALANCERS.flatMap(([type]) => stack.referrers(group, type, "securityGroups"))
        .flatMap((balancer) =>
            BALANCERS.flatMap(([, type]) => stack.referrers(balancer, type, "loadBalancerArn")),
        )
        .map(({ inputs }) => ({
            http: isOneOf(inputs.get("protocol"), ["http"], false),
            redirects: some(inputs.get("defaultActions"), isRedirect),
        }));
    const gateways = stack
        .referrers(group, SUBNET, "networkSecurityGroup")
        .flatMap((subnet) => stack.referrers(subnet, GATEWAY, "gatewayIPConfigurations"));
    return or(
        and(
            or(...listeners.map(({ http }) => http)),
            ...listeners.map(({ http, redirects }) => or(not(http), redirects)),
        ),
        ...gateways.map(({ inputs }) => hasElements(inputs.get("redirectConfigurations"))),
    );
}

function isRedirect(action: Value): Truth {
    return and(
        isOneOf(action.get("type"), ["redirect"], false),
        // Left out, the protocol stays what the request came with.
        isOneOf(action.at("redirect.protocol"), ["https"], false),
    );
}

/** Port 80 is public only to send browsers on. */
export const noPlainHttpIngress: Rule = {
    id: "net-no-plain-http-ingress",
    title: "Port 80 is open to the internet only where it redirects to HTTPS.",
    why: "What is served in plain text is read and changed by whoever sits between, session cookies included.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: {
        "PCI DSS": ["1.3.1", "4.2.1"],
        "SOC 2": ["CC6.6"],
        "CIS Azure": ["7.4"],
    },
    remediation: {
        aws:
            "Close port 80, or give the load balancer an HTTP listener whose default action redirects " +
            "to HTTPS.",
        "azure-native":
            "Close port 80, or let a redirect configuration of the application gateway send callers " +
            "to HTTPS.",
        gcp: "Close port 80, or let a URL map with httpsRedirect send callers to HTTPS.",
    },
    see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
    checks: forTypes(Object.keys(googleReaders), googleHttp),
    stack: {
        judges: Object.keys(GROUPS),
        reads: [...BALANCERS.flat(), SUBNET, GATEWAY],
        check: httpFromWorld,
    },
    note:
        "A listener is another resource than the group that opens the port, so on AWS and Azure the whole stack is " +
        "judged. On Azure any redirect configuration of a gateway in the group's subnets counts.",
};

/** What runs inside calls out only where it has to. */
export const egressRestricted: Rule = {
    id: "net-egress-restricted",
    title: "No rule lets everything out to the whole internet.",
    why: "A break-in needs a way out for the data and a way back for orders; an open way out is both.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "low",
    requirements: { "PCI DSS": ["1.3.2"] },
    remediation:
        "Name the ports and destinations that are needed, and reach the cloud's own services by private endpoints.",
    see: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    checks: forTypes(EGRESS_TYPES, ({ type, inputs }) =>
        openEgressOf(type, inputs).flatMap(({ at, open }) =>
            failIf(open, at, "lets everything out to the whole internet"),
        ),
    ),
    note:
        "The ways out that Azure and Google Cloud leave open without any rule are not judged, because no resource " +
        "says them.",
};
