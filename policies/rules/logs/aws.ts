import type { Stack, StackResource } from "../../runtime/stack.ts";
import { each, failIf, not, type Truth, type Verdict } from "../../runtime/truth.ts";
import { on, type StackVerdict } from "../rule.ts";
import { LOG_GROUP } from "./retention.ts";

export const EKS = "aws:eks/cluster:Cluster";
export const RDS_INSTANCE = "aws:rds/instance:Instance";
export const RDS_CLUSTER = "aws:rds/cluster:Cluster";
export const AWS_FLOW_LOG = "aws:ec2/flowLog:FlowLog";

const UNSEEN = "goes to a log group that this program does not set up";

/** Services that write to log groups whose names follow from their own. */
interface Writer {
    readonly type: string;
    /** The input that lists the logs it writes. */
    readonly logs: string;
    /** The input with its name. */
    readonly name: string;
    readonly group: (name: string, log: string) => string;
}

const WRITERS: readonly Writer[] = [
    {
        type: EKS,
        logs: "enabledClusterLogTypes",
        name: "name",
        group: (name) => `/aws/eks/${name}/cluster`,
    },
    {
        type: RDS_INSTANCE,
        logs: "enabledCloudwatchLogsExports",
        name: "identifier",
        group: (name, log) => `/aws/rds/instance/${name}/${log}`,
    },
    {
        type: RDS_CLUSTER,
        logs: "enabledCloudwatchLogsExports",
        name: "clusterIdentifier",
        group: (name, log) => `/aws/rds/cluster/${name}/${log}`,
    },
];

/** What AWS services log goes to log groups of the stack. AWS makes those that are missing, and keeps their logs for ever. */
export function awsSinks(stack: Stack): readonly StackVerdict[] {
    const unnamed = unnamedGroup(stack);
    const written = WRITERS.flatMap((writer) =>
        stack
            .all(writer.type)
            .flatMap((one) => on(one, groupVerdicts(stack, one, writer, unnamed))),
    );
    const flows = stack.all(AWS_FLOW_LOG).flatMap((one) => on(one, flowVerdicts(stack, one)));
    return [...written, ...flows];
}

/** Unknown as long as a log group's name is. */
function unnamedGroup(stack: Stack): Truth {
    const name = stack
        .all(LOG_GROUP)
        .map(({ inputs }) => inputs.get("name"))
        .find(({ state }) => state === "unknown");
    return name === undefined ? false : { unknown: name.path };
}

function groupVerdicts(
    stack: Stack,
    resource: StackResource,
    writer: Writer,
    unnamed: Truth,
): readonly Verdict[] {
    const name = resource.inputs.get(writer.name);
    const owner = name.text();
    const verdicts = each(resource.given.get(writer.logs), (log) => {
        const text = log.text();
        if (text.state !== "known") return [{ state: "unknown", path: log.path }];
        if (owner.state !== "known") return [{ state: "unknown", path: name.path }];
        const groups = stack.named(LOG_GROUP, "name", writer.group(owner.value, text.value));
        return groups.length > 0 ? [] : failIf(not(unnamed), log, UNSEEN);
    });
    // All logs of a cluster go to one group, so one finding is enough.
    return writer.type === EKS ? verdicts.slice(0, 1) : verdicts;
}

/** Flow logs may well go to a central archive, whose stack is another one. */
function flowVerdicts(stack: Stack, log: StackResource): readonly Verdict[] {
    const destination = log.inputs.get("logDestination");
    const text = destination.text();
    const isHere =
        stack.targets(log, "logDestination").length > 0 ||
        (text.state === "known" && stack.named(LOG_GROUP, "arn", text.value).length > 0);
    return isHere ? [] : [{ state: "unknown", path: destination.path }];
}
