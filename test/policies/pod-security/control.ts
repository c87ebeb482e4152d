import type { Inputs, Json } from "../../../policies/examples/example.ts";

/** The levels of the Pod Security Standards that forbid anything. */
export type StandardLevel = "Baseline" | "Restricted";

/** A pod, or the template of one. */
export interface PlainPod {
    readonly metadata?: Inputs;
    readonly spec: Inputs;
}

/** A line of the standard's tables: what may stand at some places of a pod. */
export interface Control {
    readonly name: string;
    readonly level: StandardLevel;
    /** `spec.hostPID`; a path that begins with `*.` is for each container of every sort. */
    readonly places: readonly string[];
    readonly permits: (value: Json | undefined) => boolean;
    /** Values to try. `permits` has to agree with both lists. */
    readonly allowed: readonly (Json | undefined)[];
    readonly forbidden: readonly (Json | undefined)[];
    readonly exempt?: (pod: PlainPod) => boolean;
    /** Where a container that says nothing has what the pod says. */
    readonly inherited?: string;
}

/** What stands at a path in plain JSON. */
export function read(value: Json | undefined, path: string): Json | undefined {
    return path.split(".").reduce<Json | undefined>((place, key) => {
        if (typeof place !== "object" || place === null || Array.isArray(place)) return undefined;
        return (place as Inputs)[key] ?? undefined;
    }, value);
}

export const listAt = (value: Json | undefined): readonly Json[] =>
    Array.isArray(value) ? value : [];

export const isWindows = ({ spec }: PlainPod) => read(spec, "os.name") === "windows";
export const hasOwnUsers = ({ spec }: PlainPod) => spec.hostUsers === false;

export const unset = (value: Json | undefined) => value === undefined;
export const oneOf = (values: readonly Json[]) => (value: Json | undefined) =>
    unset(value) || values.includes(value!);
export const eachOf = (values: readonly string[]) => (value: Json | undefined) =>
    listAt(value).every((element) => values.includes(element as string));

/** A field of the pod's security context and of every container's. */
export const onPodAndContainers = (field: string) => [
    `spec.securityContext.${field}`,
    `*.securityContext.${field}`,
];

/** The kinds of volumes that the Restricted level allows. */
export const VOLUMES = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/** The kinds that only the Baseline level allows. */
export const OTHER_VOLUMES =
    "awsElasticBlockStore azureDisk azureFile cephfs cinder fc flexVolume flocker gcePersistentDisk gitRepo glusterfs iscsi nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume".split(
        " ",
    );

export const volume = (kind: string): Json => [{ name: "data", [kind]: {} }];
