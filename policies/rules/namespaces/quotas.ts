import type { Stack } from "../../runtime/stack.ts";
import { and, failIf, holds, not, or, type Truth } from "../../runtime/truth.ts";
import { isAllowed, isPatch, namesOption } from "../objects.ts";
import { KUBERNETES_PROVIDER, NAMESPACE, placesOf, RELEASE, type Inhabitants } from "../places.ts";
import { POD_TYPES } from "../pods.ts";
import { on, type Context, type Rule, type StackVerdict } from "../rule.ts";
import { SYSTEM_NAMESPACES } from "./system.ts";

const QUOTA = "kubernetes:core:ResourceQuota";
const LIMITS = "kubernetes:core:LimitRange";
const WORKLOADS = [...POD_TYPES.filter((type) => !type.endsWith("List")), RELEASE];

/** What of a quota bounds pods; one for Services alone does not. */
const FOR_PODS = /^((requests|limits)\.)?(cpu|memory)$|^(count\/)?pods$/;

function namespacesWithout(stack: Stack, { options }: Context): readonly StackVerdict[] {
    const places = placesOf(stack);
    const workloads = places.inhabitants(...WORKLOADS);
    const quotas = places.inhabitants(QUOTA);
    const limits = places.inhabitants(LIMITS);
    return stack.all(NAMESPACE).flatMap((namespace) => {
        const place = places.namespace(namespace) ?? "";
        if (isPatch(namespace.token) || workloads.of(place).length === 0) return [];
        const counts = not(isAllowed(namespace.inputs, options.get("exempt")));
        const cluster = places.cluster(namespace);
        const doubt = places.doubt(namespace);
        const quota = or(
            ...quotas.of(place).map(({ inputs }) => {
                const hard = inputs.at("spec.hard");
                return holds(
                    hard,
                    hard.entries(),
                    (entries) => entries.some(([name]) => FOR_PODS.test(name)),
                    false,
                );
            }),
            loose(quotas, cluster),
            doubt,
        );
        const range = or(limits.of(place).length > 0, loose(limits, cluster), doubt);
        const { inputs } = namespace;
        return on(namespace, [
            ...failIf(
                and(counts, not(quota)),
                inputs,
                "has no ResourceQuota for CPU, memory or pods",
            ),
            ...failIf(and(counts, not(range)), inputs, "has no LimitRange"),
        ]);
    });
}

function loose(some: Inhabitants, cluster: string): Truth {
    const [first] = some.loose(cluster);
    return first === undefined ? false : { unknown: first.inputs.at("metadata.namespace").path };
}

/** One namespace cannot eat up the cluster. */
export const namespaceQuotaLimits: Rule = {
    id: "k8s-namespace-quota-limits",
    title: "A namespace with workloads has a ResourceQuota and a LimitRange.",
    why: "A loop that makes pods, or a pod that states no limits, otherwise takes the nodes away from everything else.",
    clouds: ["kubernetes"],
    pack: "reliability",
    severity: "low",
    requirements: {},
    analogies: { "SOC 2": ["A1.2"] },
    remediation:
        "Add a ResourceQuota whose spec.hard bounds CPU, memory or pods, and a LimitRange with defaults for containers.",
    see: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
    options: {
        properties: {
            exempt: namesOption(
                "The metadata.name of namespaces that need neither",
                SYSTEM_NAMESPACES,
            ),
        },
    },
    checks: {},
    stack: {
        judges: [NAMESPACE],
        reads: [...WORKLOADS, QUOTA, LIMITS, KUBERNETES_PROVIDER],
        check: namespacesWithout,
    },
};
