import {
    attached,
    maybe,
    type Attachments,
    type Stack,
    type StackResource,
} from "../../runtime/stack.ts";
import { failIf, isOn, isOneOf, not, or, type Truth } from "../../runtime/truth.ts";
import { on, type Rule, type StackVerdict } from "../rule.ts";
import { keepsFlowLogs, NO_MACHINES } from "./google.ts";

const VPCS = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"];
const VPC_LOG = "aws:ec2/flowLog:FlowLog";
const VNET = "azure-native:network:VirtualNetwork";
const VNET_LOG = "azure-native:network:FlowLog";
const SUBNET = "gcp:compute/subnetwork:Subnetwork";
const NETWORK = "gcp:compute/network:Network";
const NETWORK_LOG = "gcp:networkmanagement/vpcFlowLogsConfig:VpcFlowLogsConfig";

const UNLOGGED = "has no flow log";

/** Whether a log that is switched on belongs to a resource. */
function isLogged(
    logs: Attachments,
    resource: StackResource,
    input: string,
    isOnline: (log: StackResource) => Truth,
): Truth {
    return or(...logs.of(resource).map(isOnline), maybe(logs.loose, input));
}

function unloggedVpcs(stack: Stack): readonly StackVerdict[] {
    const vpcs = stack.all(...VPCS);
    const logs = attached(stack, vpcs, { types: [VPC_LOG], input: "vpcId", names: ["id"] });
    return vpcs.flatMap((vpc) =>
        on(vpc, failIf(not(isLogged(logs, vpc, "vpcId", () => true)), vpc.inputs, UNLOGGED)),
    );
}

function unloggedVnets(stack: Stack): readonly StackVerdict[] {
    const networks = stack.all(VNET);
    const input = "targetResourceId";
    const logs = attached(stack, networks, { types: [VNET_LOG], input, names: ["id"] });
    const isEnabled = ({ inputs }: StackResource) => isOn(inputs.get("enabled"), true);
    return networks.flatMap((network) =>
        on(
            network,
            failIf(not(isLogged(logs, network, input, isEnabled)), network.inputs, UNLOGGED),
        ),
    );
}

/** On Google Cloud a subnet has its own log, or one that is a resource, or its whole network has one. */
function unloggedSubnets(stack: Stack): readonly StackVerdict[] {
    const subnets = stack.all(SUBNET);
    const networks = stack.all(NETWORK);
    const link = { types: [NETWORK_LOG], names: ["id", "selfLink"] };
    const bySubnet = attached(stack, subnets, { ...link, input: "subnet" });
    const byNetwork = attached(stack, networks, { ...link, input: "network" });
    const isEnabled = ({ inputs }: StackResource) =>
        isOneOf(inputs.get("state"), ["enabled"], true);
    const logged = new Map(
        networks.map((one) => [one.urn, isLogged(byNetwork, one, "network", isEnabled)]),
    );
    return subnets.flatMap((subnet) => {
        const own = subnet.given.get("logConfig");
        const covered = or(
            isOneOf(subnet.inputs.get("purpose"), NO_MACHINES, false),
            keepsFlowLogs(subnet.given),
            isLogged(bySubnet, subnet, "subnet", isEnabled),
            ...stack.targets(subnet, "network").map(({ urn }) => logged.get(urn) ?? false),
        );
        return on(
            subnet,
            failIf(not(covered), own, "keeps nothing, and no other flow log is there"),
        );
    });
}

/** Every network writes down who talked to whom. */
export const flowLogs: Rule = {
    id: "net-flow-logs",
    title: "Every network keeps flow logs.",
    why: "Without them nobody can say afterwards what an intruder reached, or what left the network.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: {
        "PCI DSS": ["10.2.1"],
        HIPAA: ["164.312(b)"],
        "SOC 2": ["CC7.2"],
        GDPR: ["25", "30"],
        "CIS AWS": ["4.7"],
        "CIS GCP": ["3.10"],
    },
    remediation: {
        aws: "Add an ec2.FlowLog with vpcId.",
        "azure-native": "Add a network.FlowLog whose targetResourceId is the virtual network.",
        gcp: "Set logConfig on each subnetwork, or add a VpcFlowLogsConfig for the network.",
    },
    see: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    checks: {},
    stack: {
        judges: [...VPCS, VNET, SUBNET],
        reads: [VPC_LOG, VNET_LOG, NETWORK, NETWORK_LOG],
        check: (stack) => [
            ...unloggedVpcs(stack),
            ...unloggedVnets(stack),
            ...unloggedSubnets(stack),
        ],
    },
    note:
        "Azure takes no new flow logs for security groups since July 2025, so only those of virtual networks count. " +
        "Google Cloud can log a whole network by a VpcFlowLogsConfig too, so a subnet alone does not settle it.",
};
