import type { Example, Inputs } from "./example.ts";
import { forms } from "./forms.ts";

const PODS: Readonly<Record<string, (pod: Inputs) => Inputs>> = {
    "kubernetes:core/v1:Pod": (pod) => pod,
    "kubernetes:core/v1:PodTemplate": (pod) => ({ template: pod }),
    "kubernetes:batch/v1:CronJob": (pod) => ({
        spec: { jobTemplate: { spec: { template: pod } } },
    }),
    ...Object.fromEntries(
        [
            "core/v1:ReplicationController",
            "apps/v1:Deployment",
            "apps/v1:ReplicaSet",
            "apps/v1:StatefulSet",
            "apps/v1:DaemonSet",
            "batch/v1:Job",
            "argoproj.io/v1alpha1:Rollout",
        ].map((type) => [`kubernetes:${type}`, (pod: Inputs) => ({ spec: { template: pod } })]),
    ),
};

/** Where the pod stands in each of them. */
function podPath(inputs: Inputs, path = ""): string {
    const [entry] = Object.entries(inputs);
    return entry === undefined
        ? path
        : podPath(entry[1] as Inputs, path === "" ? entry[0] : `${path}.${entry[0]}`);
}

/** A pod of every kind, with an image that breaks a rule in place of one that keeps it. */
export function imageExamples(images: readonly string[]): readonly Example[] {
    const pod = { spec: { containers: [{ image: "registry.example.com/shop/web:1.2.3" }] } };
    return Object.entries(PODS).flatMap(([type, wrap]) => {
        const inner = podPath(wrap({}));
        const path = `${inner === "" ? "" : `${inner}.`}spec.containers[0].image`;
        return forms(
            type,
            wrap(pod),
            images.map((image) => ({
                title: `its image is ${image}`,
                set: [path, image],
                at: [path],
            })),
            path,
        );
    });
}
