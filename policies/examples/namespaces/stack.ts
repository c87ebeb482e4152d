import { CLUSTER, inShop, object, SHOP } from "../cluster-objects.ts";
import { UNKNOWN, type Inputs, type StackExample } from "../example.ts";

const denial = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

const POLICY = "networking.k8s.io/v1:NetworkPolicy";

function policy(name: string, spec: Inputs, more = {}) {
    return object(name, POLICY, { metadata: inShop(name), spec }, more);
}

export const namespacesStackExamples: Record<string, readonly StackExample[]> = {
    "k8s-namespace-default-deny": [
        {
            title: "a policy that names its namespace",
            good: [...CLUSTER, SHOP, policy("deny", denial)],
            breaks: [
                { title: "there is no policy", remove: "deny", at: [["shop", ""]] },
                {
                    title: "it is for some pods",
                    set: ["deny", "spec.podSelector.matchLabels", { app: "web" }],
                    at: [["shop", ""]],
                },
                {
                    title: "it leaves egress alone",
                    set: ["deny", "spec.policyTypes", ["Ingress"]],
                    at: [["shop", ""]],
                },
                {
                    title: "it says nothing of directions, which leaves egress alone",
                    set: ["deny", "spec.policyTypes", undefined],
                    at: [["shop", ""]],
                },
                {
                    title: "it lets all traffic out",
                    set: ["deny", "spec.egress", [{}]],
                    at: [["shop", ""]],
                },
                {
                    title: "it is in another namespace",
                    set: ["deny", "metadata.namespace", "other"],
                    at: [["shop", ""]],
                },
                {
                    title: "it is in the usual namespace",
                    set: ["deny", "metadata.namespace", undefined],
                    at: [["shop", ""]],
                },
                {
                    title: "it is in a namespace of that name in another cluster",
                    traits: ["deny", { provider: "another" }],
                    at: [["shop", ""]],
                },
            ],
            undecided: ["deny", "metadata.namespace"],
        },
        {
            title: "a policy that refers to its namespace, whose name is not known yet",
            good: [
                ...CLUSTER,
                object("shop", "core/v1:Namespace", { metadata: { name: UNKNOWN } }),
                object(
                    "deny",
                    POLICY,
                    { metadata: { namespace: UNKNOWN }, spec: denial },
                    { references: { metadata: ["shop"] } },
                ),
            ],
            breaks: [],
            undecided: ["deny", "metadata"],
        },
        {
            title: "two policies that deny a direction each",
            good: [
                ...CLUSTER,
                SHOP,
                policy("in", { podSelector: {} }),
                policy("out", { podSelector: {}, policyTypes: ["Egress"] }),
            ],
            breaks: [
                { title: "one is missing", remove: "in", at: [["shop", ""]] },
                { title: "the other is missing", remove: "out", at: [["shop", ""]] },
            ],
            undecided: ["in", "spec"],
        },
        {
            title: "a namespace that is exempt, and one of the cluster's own",
            good: [
                ...CLUSTER,
                object("tests", "core/v1:Namespace", { metadata: { name: "test-1" } }),
                object("own", "core/v1:NamespacePatch", { metadata: { name: "default" } }),
            ],
            options: { exempt: ["test-*"] },
            breaks: [
                { title: "it is not exempt", options: { exempt: ["prod"] }, at: [["tests", ""]] },
            ],
            undecided: ["tests", "metadata.name"],
        },
        {
            title: "a provider whose objects are in a namespace by themselves",
            good: [
                {
                    name: "kubernetes",
                    type: "pulumi:providers:kubernetes",
                    inputs: { namespace: "shop" },
                },
                SHOP,
                object("deny", POLICY, { metadata: { name: "deny" }, spec: denial }),
            ],
            breaks: [
                {
                    title: "the provider's namespace is another",
                    set: ["kubernetes", "namespace", "other"],
                    at: [["shop", ""]],
                },
            ],
            undecided: ["kubernetes", "namespace"],
        },
    ],
    "k8s-namespace-quota-limits": [
        {
            title: "a workload, a quota and limits",
            good: [
                ...CLUSTER,
                SHOP,
                object("web", "apps/v1:Deployment", { metadata: inShop("web") }),
                object("quota", "core/v1:ResourceQuota", {
                    metadata: inShop("quota"),
                    spec: { hard: { "limits.cpu": "8" } },
                }),
                object("limits", "core/v1:LimitRange", { metadata: inShop("limits") }),
                object("empty", "core/v1:Namespace", { metadata: { name: "empty" } }),
            ],
            breaks: [
                { title: "there is no quota", remove: "quota", at: [["shop", ""]] },
                { title: "there are no limits", remove: "limits", at: [["shop", ""]] },
                {
                    title: "the quota bounds Services only",
                    set: ["quota", "spec.hard", { "services.nodeports": "0" }],
                    at: [["shop", ""]],
                },
                {
                    title: "a release is in another namespace",
                    add: object("release", "helm.sh/v3:Release", { namespace: "empty" }),
                    at: [
                        ["empty", ""],
                        ["empty", ""],
                    ],
                },
            ],
            undecided: ["quota", "spec.hard"],
        },
    ],
};
