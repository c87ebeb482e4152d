// What the API server and its admission refuse about pods: what they name has to stand, what they mount has to be theirs.
import { isObject, reach, renderPath } from "../../paths.ts";
import {
    UNKNOWN,
    type Draft,
    type Json,
    type Properties,
    type Refusal,
    type World,
} from "../../table.ts";
import { here } from "./clusters.ts";

/** Refuses pods that would never start, or that the API server does not take. `pods` is where they stand. */
export function admitPods(draft: Draft, pods: string, namespace = "", world: World): Refusal[] {
    const reasons = [
        ...missingObjects(draft, pods, namespace, world),
        ...missingClasses(draft, pods, world),
        ...wrongContainers(draft.inputs, pods),
        ...wrongMounts(draft.inputs, pods),
    ];
    return [...new Set(reasons)].map((reason) => ({ property: pods, reason }));
}

function missingObjects(draft: Draft, pods: string, namespace: string, world: World): string[] {
    const stands = (type: string, name: Json): boolean =>
        here(draft, world, type).some(({ id }) => id === `${namespace}/${String(name)}`);
    const accounts = ["serviceAccountName", "serviceAccount"]
        .flatMap((property) => texts(draft.inputs, `${pods}.${property}`))
        .filter((name) => name !== "default" && !stands("kubernetes:core/v1:ServiceAccount", name))
        .map(
            (name) =>
                `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`,
        );
    const maps = configMaps(draft.inputs, pods)
        .filter((name) => !stands("kubernetes:core/v1:ConfigMap", name))
        .map((name) => `configmap "${name}" not found`);
    return [...accounts, ...maps];
}

function missingClasses(draft: Draft, pods: string, world: World): string[] {
    const classes = here(draft, world, "kubernetes:scheduling.k8s.io/v1:PriorityClass");
    return texts(draft.inputs, `${pods}.priorityClassName`)
        .filter((name) => !name.startsWith("system-") && !classes.some(({ id }) => id === name))
        .map((name) => `no PriorityClass with name ${name} was found`);
}

const LISTS = ["initContainers", "containers"];

/** Containers of one pod have names of their own. */
function wrongContainers(inputs: Properties, pods: string): string[] {
    const seen = new Set<string>();
    return LISTS.flatMap((list) => reach(inputs, `${pods}.${list}[].name`)).flatMap(
        ({ path, value }) => {
            if (typeof value !== "string" || value === UNKNOWN) return [];
            const isTwice = seen.has(value);
            seen.add(value);
            return isTwice ? [`${renderPath(path)}: Duplicate value: "${value}"`] : [];
        },
    );
}

/** What containers mount has to be a volume of the pod, or a claim of the StatefulSet. */
function wrongMounts(inputs: Properties, pods: string): string[] {
    const volumes = reach(inputs, `${pods}.volumes[].name`);
    const claims = reach(inputs, "spec.volumeClaimTemplates[].metadata.name");
    const known = new Set([...volumes, ...claims].map(({ value }) => value));
    return LISTS.flatMap((list) => reach(inputs, `${pods}.${list}[].volumeMounts[].name`)).flatMap(
        ({ path, value }) =>
            typeof value === "string" && !known.has(value) && !known.has(UNKNOWN)
                ? [`${renderPath(path)}: Not found: "${value}"`]
                : [],
    );
}

function texts(inputs: Properties, path: string): string[] {
    return reach(inputs, path).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

/** The ConfigMaps that pods cannot start without. Secrets are left out: operators make them later. */
function configMaps(inputs: Properties, pods: string): string[] {
    const paths = ["containers", "initContainers"].flatMap((list) => [
        `${pods}.${list}[].envFrom[].configMapRef`,
        `${pods}.${list}[].env[].valueFrom.configMapKeyRef`,
    ]);
    return [...paths, `${pods}.volumes[].configMap`]
        .flatMap((path) => reach(inputs, path))
        .flatMap(({ value }) =>
            isObject(value) && value["optional"] !== true && typeof value["name"] === "string"
                ? [value["name"]]
                : [],
        );
}
