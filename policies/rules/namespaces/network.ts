import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import {
    and,
    andThen,
    each,
    failIf,
    holds,
    isOneOf,
    not,
    or,
    orElse,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import { forKinds, isAllowed, isPatch, namesOption, type ObjectCheck } from "../objects.ts";
import { KUBERNETES_PROVIDER, NAMESPACE, placesOf } from "../places.ts";
import { on, type Context, type Rule, type StackVerdict } from "../rule.ts";
import { SYSTEM_NAMESPACES } from "./system.ts";

const POLICY = "kubernetes:networking.k8s.io:NetworkPolicy";

/** Policies of a plug-in's own that may deny as well, in their namespace or in the whole cluster. */
const OTHERS_IN_NAMESPACE = [
    "kubernetes:cilium.io:CiliumNetworkPolicy",
    "kubernetes:projectcalico.org:NetworkPolicy",
    "kubernetes:crd.projectcalico.org:NetworkPolicy",
];
const OTHERS_IN_CLUSTER = [
    "kubernetes:cilium.io:CiliumClusterwideNetworkPolicy",
    "kubernetes:projectcalico.org:GlobalNetworkPolicy",
    "kubernetes:crd.projectcalico.org:GlobalNetworkPolicy",
    "kubernetes:policy.networking.k8s.io:AdminNetworkPolicy",
    "kubernetes:policy.networking.k8s.io:BaselineAdminNetworkPolicy",
    "kubernetes:policy.networking.k8s.io:ClusterNetworkPolicy",
];

const DIRECTIONS = [
    { name: "ingress", peers: "from" },
    { name: "egress", peers: "to" },
] as const;
type Direction = (typeof DIRECTIONS)[number];

/** Whether a list or map has nothing in it. */
function isEmpty(value: Value): Truth {
    const list = value.list();
    if (list.state === "known") return list.value.length === 0;
    return holds(value, value.entries(), (entries) => entries.length === 0, true);
}

function selectsAll(policy: Value): Truth {
    const selector = policy.at("spec.podSelector");
    return and(isEmpty(selector.get("matchLabels")), isEmpty(selector.get("matchExpressions")));
}

/** Whether a policy is about a direction. One that does not say is about ingress, and about egress if it has rules for it. */
function isAbout(policy: Value, { name }: Direction): Truth {
    const rules = policy.at(`spec.${name}`);
    const unsaid = name === "ingress" ? true : not(isEmpty(rules));
    return some(policy.at("spec.policyTypes"), (type) => isOneOf(type, [name], false), unsaid);
}

/** Whether a rule lets everything through, as an empty one does. */
function isOpen(rule: Value, { peers }: Direction): Truth {
    return and(isEmpty(rule.get(peers)), isEmpty(rule.get("ports")));
}

/** Whether a policy that is for all pods of its namespace denies a direction. */
function denies(policy: Value, direction: Direction): Truth {
    return andThen(isAbout(policy, direction), () =>
        not(some(policy.at(`spec.${direction.name}`), (rule) => isOpen(rule, direction))),
    );
}

/** Whether policies deny both directions together. Where some do, the others are not read. */
function areDenied(policies: readonly StackResource[], doubts: readonly Truth[]): Truth {
    let denied = DIRECTIONS.map((): Truth => false);
    for (const { inputs } of policies) {
        const all = selectsAll(inputs);
        if (all === false) continue;
        denied = denied.map((before, index) =>
            orElse(before, () => and(all, denies(inputs, DIRECTIONS[index]!))),
        );
        if (denied.every((direction) => direction === true)) return true;
    }
    return and(...denied.map((direction) => or(direction, ...doubts)));
}

const lettingAllThrough: ObjectCheck = (policy) =>
    DIRECTIONS.flatMap((direction) =>
        each(policy.at(`spec.${direction.name}`), (rule) => {
            // Hardly any rule is open, so nothing else is asked of the others.
            const bad = andThen(isOpen(rule, direction), () =>
                and(selectsAll(policy), isAbout(policy, direction)),
            );
            return failIf(bad, rule, "lets everything through for every pod of the namespace");
        }),
    );

function undeniedNamespaces(stack: Stack, { options }: Context): readonly StackVerdict[] {
    const places = placesOf(stack);
    const policies = places.inhabitants(POLICY);
    const others = places.inhabitants(...OTHERS_IN_NAMESPACE);
    const wide = new Set(stack.all(...OTHERS_IN_CLUSTER).map((one) => places.cluster(one)));
    return stack.all(NAMESPACE).flatMap((namespace) => {
        if (isPatch(namespace.token)) return [];
        const place = places.namespace(namespace) ?? "";
        const cluster = places.cluster(namespace);
        const own = policies.of(place);
        const doubts = [
            places.doubt(namespace),
            ...policies.loose(cluster).map(unreadPlace),
            ...(wide.has(cluster) || others.of(place).length > 0 || others.loose(cluster).length > 0
                ? [{ unknown: "spec" }]
                : []),
        ];
        const bad = andThen(not(areDenied(own, doubts)), () =>
            not(isAllowed(namespace.inputs, options.get("exempt"))),
        );
        return on(
            namespace,
            failIf(
                bad,
                namespace.inputs,
                "has no NetworkPolicy for all of its pods that denies ingress and egress",
            ),
        );
    });
}

function unreadPlace({ inputs }: StackResource): Truth {
    return { unknown: inputs.at("metadata.namespace").path };
}

/** Pods of a namespace reach, and are reached by, only what a policy allows. */
export const namespaceDefaultDeny: Rule = {
    id: "k8s-namespace-default-deny",
    title: "Every namespace denies traffic that no policy allows.",
    why: "In a namespace without such a policy, one pod that is taken over talks to every other pod of the cluster and sends out what it finds.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: {
        "CIS EKS": ["4.3.2"],
        "CIS GKE": ["4.3.2"],
        "CIS AKS": ["4.4.2"],
        NSA: ["C-0030", "C-0054"],
    },
    analogies: { "PCI DSS": ["1.3.1"], HIPAA: ["164.312(a)(1)"] },
    remediation:
        "Add a NetworkPolicy with spec.podSelector {} and policyTypes Ingress and Egress to the namespace, and further " +
        "policies for what its pods need: DNS first of all. Take away rules that allow everything.",
    see: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    options: {
        properties: {
            exempt: namesOption(
                "The metadata.name of namespaces that need no such policy",
                SYSTEM_NAMESPACES,
            ),
        },
    },
    checks: forKinds([POLICY], lettingAllThrough),
    stack: {
        judges: [NAMESPACE],
        reads: [POLICY, ...OTHERS_IN_NAMESPACE, ...OTHERS_IN_CLUSTER, KUBERNETES_PROVIDER],
        check: undeniedNamespaces,
    },
    note:
        "Policies add up, so one that lets everything through for every pod undoes the denial, and is found itself. Where " +
        "Cilium, Calico or cluster-wide policies are in the stack, which may deny as well, the rule says unknown.",
};
