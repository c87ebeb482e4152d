import { UNKNOWN, type ExampleResource, type Inputs } from "./example.ts";

/** An object in a cluster of the same stack, whose provider is the resource `kubernetes`. */
export function object(
    name: string,
    type: string,
    inputs: Inputs,
    more: Partial<ExampleResource> = {},
): ExampleResource {
    return { name, type: `kubernetes:${type}`, provider: "kubernetes", inputs, ...more };
}

/** An EKS cluster and the provider for its objects, as a first preview has them. */
export const CLUSTER: readonly ExampleResource[] = [
    { name: "cluster", type: "aws:eks/cluster:Cluster", inputs: { name: "app" } },
    {
        name: "kubernetes",
        type: "pulumi:providers:kubernetes",
        inputs: { kubeconfig: UNKNOWN },
        references: { kubeconfig: ["cluster"] },
    },
];

/** The namespace that the objects of examples are in. */
export const SHOP = object("shop", "core/v1:Namespace", { metadata: { name: "shop" } });

/** The metadata of an object in it. */
export function inShop(name: string, more: Inputs = {}): Inputs {
    return { name, namespace: "shop", ...more };
}
