import type { Stack, StackResource } from "../../runtime/stack.ts";
import { failIf, type Verdict } from "../../runtime/truth.ts";
import { KUBERNETES_PROVIDER, placesOf } from "../places.ts";
import { podsOf } from "../pods.ts";
import { bytesText, coresText, mebibytes, thousandths, type Quantity } from "../quantities.ts";
import { on, type Rule, type StackVerdict } from "../rule.ts";
import { CROWD_TYPES } from "./crowds.ts";
import type { Allocatable } from "./machines/machine.ts";
import { podNeed } from "./needs.ts";
import { grownClusters, NODE_MAKERS, POOL_TYPES, poolsOf, type NodePools } from "./pools/index.ts";

const TYPES = CROWD_TYPES;

/** GKE makes nodes for pods that select a class, the built-in classes of Autopilot among them. */
const GKE_CLASS = "cloud.google.com/compute-class";

/** The nodes of a cluster, as far as they can be told. */
interface Room {
    readonly offers: readonly Allocatable[];
    readonly doubt: string | undefined;
}

function roomOf({ pools, doubt }: NodePools): Room {
    return {
        offers: pools.flatMap(({ offers }) => offers),
        doubt: doubt ?? pools.find(({ unknown }) => unknown !== undefined)?.unknown,
    };
}

function judge(workload: StackResource, { offers, doubt }: Room): readonly Verdict[] {
    return podsOf(workload).flatMap(({ spec }): readonly Verdict[] => {
        const cpu = podNeed(spec, "requests", "cpu");
        const memory = podNeed(spec, "requests", "memory");
        const fits = offers.some(
            ({ millicores, mebibytes: size }) =>
                cpu.amount <= thousandths(millicores) && memory.amount <= mebibytes(size),
        );
        const unsure = cpu.unknown ?? memory.unknown;
        const at = spec.get("containers");
        const classed = spec.get("nodeSelector").get(GKE_CLASS);
        const elsewhere = doubt ?? (classed.state === "absent" ? undefined : classed.path);
        if (fits) return failIf(unsure === undefined ? false : { unknown: unsure }, at, "");
        if (elsewhere !== undefined) return failIf({ unknown: elsewhere }, at, "");
        return failIf(true, at, inWords(cpu.amount, memory.amount, offers));
    });
}

/** What is asked for, and what there is: of the one that no node has enough of, or of both together. */
function inWords(cpu: Quantity, memory: Quantity, offers: readonly Allocatable[]): string {
    const most = (sort: keyof Allocatable) => Math.max(...offers.map((offer) => offer[sort]));
    const cores = thousandths(Math.floor(most("millicores")));
    const bytes = mebibytes(Math.floor(most("mebibytes")));
    if (memory > bytes) {
        return `a pod asks for ${bytesText(memory)} of memory; the largest node leaves ${bytesText(bytes)} for pods`;
    }
    if (cpu > cores) {
        return `a pod asks for ${coresText(cpu)} CPU; the largest node leaves ${coresText(cores)} for pods`;
    }
    return `a pod asks for ${coresText(cpu)} CPU and ${bytesText(memory)} of memory; no type of node leaves both for pods`;
}

function misfits(stack: Stack): readonly StackVerdict[] {
    const places = placesOf(stack);
    const pools = poolsOf(stack);
    const rooms = new Map([...pools].map(([urn, one]) => [urn, roomOf(one)]));
    const grown = grownClusters(stack);
    return stack.all(...TYPES).flatMap((workload) => {
        const cluster = places.cluster(workload);
        const room = rooms.get(cluster);
        // Nodes of a cluster that is made elsewhere, or without pools in the stack, are out of sight.
        if (room === undefined || (room.offers.length === 0 && room.doubt === undefined)) {
            return on(workload, [{ state: "unknown", path: "spec" }]);
        }
        const doubt = room.doubt ?? (grown.has(cluster) ? "spec" : undefined);
        return on(workload, judge(workload, { ...room, doubt }));
    });
}

/** Every pod fits on some node of its cluster. */
export const podFitsNode: Rule = {
    id: "k8s-pod-fits-node",
    title: "Every pod fits on a node of its cluster.",
    why: "A pod that asks for more than any node has waits for ever, and the autoscaler does not help: it adds nodes only where one would be enough.",
    clouds: ["kubernetes", "aws", "azure", "gcp"],
    pack: "reliability",
    severity: "high",
    requirements: {},
    analogies: { "SOC 2": ["A1.1"] },
    remediation:
        "Add a pool of larger machines, or lower resources.requests of the containers. Of a machine, the system keeps a " +
        "part: of 4 GiB about 3.4 are left.",
    see: "https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/",
    checks: {},
    stack: {
        judges: TYPES,
        reads: [...POOL_TYPES, ...NODE_MAKERS, KUBERNETES_PROVIDER],
        check: misfits,
    },
    note:
        "A node counts with the memory that its cloud names, less what the cloud's formula keeps; the kernel keeps a little " +
        "more. Taints, selectors and DaemonSets are not counted, so that a finding is certain. Machine types that the " +
        "tables lack, and clusters that make nodes as pods ask for them, leave the rule undecided.",
};
