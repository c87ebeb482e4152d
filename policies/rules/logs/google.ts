import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { and, failIf, holds, isOn, isOneOf, not, or, type Truth } from "../../runtime/truth.ts";
import { keepsFlowLogs } from "../network/google.ts";
import { on, type StackVerdict } from "../rule.ts";
import { PROJECT_BUCKET } from "./retention.ts";

export const PROJECT_SINK = "gcp:logging/projectSink:ProjectSink";

const UNSEEN = "logs to the default bucket of its project, which this program does not set up";

/** A cluster logs unless its list of what to log is empty. */
function logsAnything(components: Value): Truth {
    return holds(components, components.list(), (list) => list.length > 0, true);
}

/** What writes to Cloud Logging, and how a sink's filter names it. */
interface Source {
    readonly type: string;
    readonly filter: RegExp;
    readonly logs: (given: Value) => Truth;
}

export const GOOGLE_SOURCES: readonly Source[] = [
    {
        type: "gcp:container/cluster:Cluster",
        filter: /k8s_|gke_/,
        logs: (given) => logsAnything(given.at("loggingConfig.enableComponents")),
    },
    { type: "gcp:sql/databaseInstance:DatabaseInstance", filter: /cloudsql/, logs: () => true },
    {
        type: "gcp:compute/subnetwork:Subnetwork",
        filter: /gce_subnetwork|vpc_flows/,
        logs: keepsFlowLogs,
    },
];

/**
 * What Google's services log is taken by a sink of the stack, or ends in a default bucket that the stack sets up.
 *
 * All else ends in the project's own default bucket, which keeps it for 30 days.
 */
export function googleSinks(stack: Stack): readonly StackVerdict[] {
    const isSetUp = or(...stack.all(PROJECT_BUCKET).map(isDefault));
    return GOOGLE_SOURCES.flatMap((source) => {
        const sinks = stack.all(PROJECT_SINK).map((sink) => takes(stack, sink, source));
        const kept = or(isSetUp, ...sinks);
        return stack
            .all(source.type)
            .flatMap((one) =>
                on(one, failIf(and(source.logs(one.given), not(kept)), one.inputs, UNSEEN)),
            );
    });
}

/** A name that comes from another resource is not the one that Google gives to its own bucket. */
function isDefault({ given, references }: StackResource): Truth {
    if (references("bucketId").length > 0) return false;
    return isOneOf(given.get("bucketId"), ["_default"], false);
}

/** Whether a sink takes what a source writes, as far as its filter names the kind of source, to a place of the stack. */
function takes(stack: Stack, sink: StackResource, { filter }: Source): Truth {
    const words = sink.given.get("filter");
    const destination = sink.given.get("destination");
    return and(
        not(isOn(sink.given.get("disabled"), false)),
        holds(words, words.text(), (text) => text === "" || filter.test(text), true),
        stack.targets(sink, "destination").length > 0 ? true : { unknown: destination.path },
    );
}
