import type { Example, Inputs, Json } from "../example.ts";
import type { PodBreak } from "../pods.ts";

const IMAGE = "registry.k8s.io/pause:3.10";

/** The three lists of containers, each with two that have this security context. */
export function containersWith(securityContext: Inputs): Inputs {
    return Object.fromEntries(
        ["containers", "initContainers", "ephemeralContainers"].map((list) => [
            list,
            ["one", "two"].map((name) => ({ name, image: IMAGE, securityContext })),
        ]),
    );
}

/** A break in each list of containers. */
export function inEachList(
    title: string,
    path: string,
    value: Json | undefined,
): readonly PodBreak[] {
    return ["containers", "initContainers", "ephemeralContainers"].map((list) => ({
        title: `${title} in one of its ${list}`,
        set: [`spec.${list}[1].${path}`, value],
    }));
}

/** What Linux alone knows is not asked of a pod for Windows. */
export const WINDOWS_POD: Example = {
    type: "kubernetes:core/v1:Pod",
    good: { spec: { os: { name: "windows" }, containers: [{ name: "one" }] } },
    breaks: [],
};

/** What a patch does not name is not missing. */
export const SMALL_PATCH: Example = {
    type: "kubernetes:apps/v1:DeploymentPatch",
    good: { spec: { replicas: 3 } },
    breaks: [],
};
