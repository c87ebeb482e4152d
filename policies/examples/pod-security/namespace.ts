import type { Example } from "../example.ts";
import { POD_KINDS, POD_LISTS } from "../pods.ts";

const OTHERS = [
    "kubernetes:core/v1:Service",
    "kubernetes:core/v1:ConfigMap",
    "kubernetes:core/v1:Secret",
    "kubernetes:core/v1:PersistentVolumeClaim",
    "kubernetes:networking.k8s.io/v1:Ingress",
];

const single = (type: string): Example => ({
    type,
    good: { metadata: { name: "web", namespace: "web" } },
    breaks: [
        {
            title: "it is in the default namespace",
            set: ["metadata.namespace", "default"],
            at: ["metadata.namespace"],
        },
        {
            title: "no namespace is named",
            set: ["metadata.namespace", undefined],
            at: ["metadata.namespace"],
        },
    ],
    undecided: "metadata.namespace",
});

const listed = (type: string): Example => ({
    type: `${type}List`,
    good: { items: [{ metadata: { namespace: "web" } }] },
    breaks: [
        {
            title: "one of them is in the default namespace",
            set: ["items[0].metadata.namespace", "default"],
            at: ["items[0].metadata.namespace"],
        },
    ],
    undecided: "items",
});

const release: Example = {
    type: "kubernetes:helm.sh/v3:Release",
    good: { chart: "web", namespace: "web" },
    breaks: [
        {
            title: "a release goes to the default namespace",
            set: ["namespace", undefined],
            at: ["namespace"],
        },
    ],
    undecided: "namespace",
};

export const namespaceExamples: Record<string, readonly Example[]> = {
    "k8s-no-default-namespace": [
        ...[...Object.keys(POD_KINDS), ...OTHERS].map(single),
        ...[...POD_LISTS, ...OTHERS].map(listed),
        release,
    ],
};
