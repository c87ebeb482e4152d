import { UNKNOWN, type ExampleResource, type Inputs } from "../example.ts";

/** A cluster and what leads to it: nothing about it is known yet but the references. */
export function clusterOf(type: string, inputs: Inputs = {}): readonly ExampleResource[] {
    return [
        { name: "cluster", type, inputs },
        {
            name: "kube",
            type: "pulumi:providers:kubernetes",
            inputs: { kubeconfig: UNKNOWN },
            references: { kubeconfig: ["cluster"] },
        },
    ];
}

/** The service account shop/web, or another, with an annotation that refers to what it names. */
export function accountOf(
    annotation?: readonly [key: string, target: string],
    name = "web",
): ExampleResource {
    const [key, target] = annotation ?? [];
    return {
        name: `account-${name}`,
        type: "kubernetes:core/v1:ServiceAccount",
        inputs: {
            metadata: { namespace: "shop", name, ...(key && { annotations: { [key]: UNKNOWN } }) },
        },
        ...(target && { references: { metadata: [target] } }),
        provider: "kube",
    };
}

/** A chart, which may hide service accounts of its namespace. */
export function releaseOf(values: Inputs): ExampleResource {
    return {
        name: "chart",
        type: "kubernetes:helm.sh/v3:Release",
        inputs: { namespace: "shop", chart: "web", values },
        provider: "kube",
    };
}
