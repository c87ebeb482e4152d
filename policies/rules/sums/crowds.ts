import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { isPatch } from "../objects.ts";
import { RELEASE } from "../places.ts";
import { amount, SCALED_TYPES, scalesOf, type Amount } from "../scale.ts";

/** How many pods a workload has at once, at most. */
export interface Crowd {
    readonly pods: Amount;
    /** Those that a new version adds before the old pods go. */
    readonly surge: Amount;
}

const DAEMON_SET = "kubernetes:apps:DaemonSet";
const JOB = "kubernetes:batch:Job";
const CRON_JOB = "kubernetes:batch:CronJob";
const POD = "kubernetes:core:Pod";

/** Kinds that make pods, as far as the stack shows how many. */
export const CROWD_TYPES: readonly string[] = [...SCALED_TYPES, DAEMON_SET, JOB, CRON_JOB, POD];

/** What makes pods that no rule sees. */
export const HIDDEN_TYPES: readonly string[] = [RELEASE, "kubernetes:keda.sh:ScaledJob"];

/** How many pods a workload of the stack has at most. */
export function crowdOf(stack: Stack, workload: StackResource): Crowd {
    const { type, inputs } = workload;
    if (isPatch(workload.token)) return { pods: { unknown: "spec" }, surge: 0 };
    switch (type) {
        case POD:
            return { pods: 1, surge: 0 };
        case JOB:
            return { pods: parallel(inputs.get("spec")), surge: 0 };
        case CRON_JOB:
            return { pods: parallel(inputs.at("spec.jobTemplate.spec")), surge: 0 };
        case DAEMON_SET:
            // One on each node, however many nodes there are.
            return { pods: { unknown: "spec" }, surge: 0 };
        default: {
            const { max } = scalesOf(stack).of(workload);
            return { pods: max, surge: typeof max === "number" ? surgeOf(workload, max) : max };
        }
    }
}

/** Never more pods than there is work left. */
function parallel(job: Value): Amount {
    const wanted = amount(job.get("parallelism"), 1);
    const work = amount(job.get("completions"), Infinity);
    if (typeof wanted === "object") return wanted;
    return typeof work === "object" ? work : Math.min(wanted, work);
}

function surgeOf({ type, inputs }: StackResource, pods: number): Amount {
    switch (type) {
        case "kubernetes:apps:Deployment": {
            const strategy = inputs.at("spec.strategy");
            const kind = strategy.get("type").text();
            if (kind.state === "unknown") return { unknown: strategy.path };
            if (kind.state === "known" && kind.value === "Recreate") return 0;
            return share(strategy.at("rollingUpdate.maxSurge"), pods);
        }
        case "kubernetes:argoproj.io:Rollout": {
            const strategy = inputs.at("spec.strategy");
            if (strategy.get("blueGreen").state === "known") return pods;
            return share(strategy.at("canary.maxSurge"), pods);
        }
        default:
            return 0;
    }
}

/** A number, or a percentage of the pods, rounded up; a quarter where nothing is said. */
function share(value: Value, pods: number): Amount {
    const text = value.text();
    if (value.state === "absent") return Math.ceil(pods / 4);
    const percent = text.state === "known" ? /^(\d{1,3})%$/.exec(text.value)?.[1] : undefined;
    return percent === undefined ? amount(value, 0) : Math.ceil((Number(percent) * pods) / 100);
}
