import type { Value } from "../../runtime/reader.ts";
import {
    and,
    failIf,
    isOn,
    isPresent,
    not,
    or,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { isMissing, POD_TYPES, podCheck, type Container, type Pod } from "../pods.ts";
import { quantityAt } from "../quantities.ts";
import { forTypes, type Rule } from "../rule.ts";

/** Whether an amount is there. Nought is as good as none: it asks for nothing, and as a limit it means no limit. */
function isSet(amount: Value, pod: Pod): Truth {
    if (amount.state === "absent") return not(isMissing(pod, amount));
    const quantity = quantityAt(amount);
    return typeof quantity === "bigint" ? quantity > 0n : isPresent(amount);
}

/** Whether an amount is given. A limit is the request too where there is none. */
function isGiven(resources: Value, path: string, pod: Pod): Truth {
    const amount = resources.at(path);
    const limit = resources.at(path.replace("requests", "limits"));
    return amount.state === "absent"
        ? or(isSet(amount, pod), isSet(limit, pod))
        : isSet(amount, pod);
}

const AMOUNTS: readonly string[] = ["requests.cpu", "requests.memory", "limits.memory"];

function judgeResources({ at }: Container, pod: Pod, asked: readonly string[]): readonly Verdict[] {
    const own = at.get("resources");
    // What a pod may use as a whole covers all of its containers.
    const shared = pod.spec.get("resources");
    return asked.flatMap((path) => {
        const isKept = or(isGiven(own, path, pod), isGiven(shared, path, pod));
        return failIf(not(isKept), own.at(path), "is not set");
    });
}

/** The containers that are part of a pod from its start. */
function lasting({ containers, spec }: Pod): readonly Container[] {
    const ephemeral = spec.get("ephemeralContainers").list();
    const count = ephemeral.state === "known" ? ephemeral.value.length : 0;
    return containers.slice(0, containers.length - count);
}

const resources = podCheck((pod, { options }) => {
    const cpuLimit = isOn(options.get("cpuLimit"), false) === true;
    const asked = cpuLimit ? [...AMOUNTS, "limits.cpu"] : AMOUNTS;
    return [
        ...pod.unread,
        ...lasting(pod).flatMap((container) => judgeResources(container, pod, asked)),
    ];
});

/** The scheduler knows what a pod needs, and its neighbours are safe from it. */
export const resourcesSet: Rule = {
    id: "k8s-resources-set",
    title: "Every container asks for CPU and memory, and has a limit on memory.",
    why: "Without requests pods land on full nodes and autoscalers know nothing; without a limit one leak takes a node down.",
    clouds: ["kubernetes"],
    pack: "reliability",
    severity: "medium",
    requirements: { NSA: ["C-0270", "C-0271"] },
    analogies: { "SOC 2": ["A1.2"] },
    remediation:
        "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory on every container, init containers included.",
    see: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    options: {
        properties: {
            cpuLimit: {
                type: "boolean",
                default: false,
                description:
                    "Whether every container needs a limit on CPU too, which slows it down when it is reached.",
            },
        },
    },
    checks: forTypes(POD_TYPES, resources),
    note: "Ephemeral containers are left out: they take no resources, and use the pod's own.",
};

const PROBES = ["readinessProbe", "livenessProbe"] as const;

/** What is meant to end needs no probe; a pod that is not restarted is meant to. */
function runsOn({ spec }: Pod): Truth {
    const policy = spec.get("restartPolicy");
    const text = policy.text();
    if (text.state === "unknown") return { unknown: policy.path };
    return text.state === "absent" || text.value === "Always";
}

function judgeProbes(pod: Pod): readonly Verdict[] {
    const unread = pod.spec.get("containers");
    if (unread.list().state === "unknown") return [{ state: "unknown", path: unread.path }];
    return pod.main.flatMap(({ at }) =>
        PROBES.flatMap((name) => {
            const probe = at.get(name);
            const isGone = probe.state === "absent" ? isMissing(pod, probe) : not(isPresent(probe));
            return failIf(and(isGone, runsOn(pod)), probe, "is missing");
        }),
    );
}

const LONG_RUNNING = POD_TYPES.filter((type) => !type.startsWith("kubernetes:batch:"));

/** Kubernetes knows when a container can serve, and when it hangs. */
export const probes: Rule = {
    id: "k8s-probes",
    title: "Every container that runs on has a readiness probe and a liveness probe.",
    why: "Without them requests go to pods that cannot answer yet, a bad release rolls out to the end, and what hangs stays.",
    clouds: ["kubernetes"],
    pack: "reliability",
    severity: "low",
    requirements: {},
    analogies: { "SOC 2": ["A1.2"] },
    remediation: "Add readinessProbe and livenessProbe to each of the pod's containers.",
    see: "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    checks: forTypes(LONG_RUNNING, podCheck(judgeProbes)),
    note: "Pods whose restartPolicy is not Always are left out with Jobs and CronJobs, because they are meant to end.",
};
