import { stringify } from "yaml";
import { quote } from "../../lib/shell.ts";
import { isObject } from "../mask.ts";
import { UNKNOWN, type Json, type JsonObject, type PlannedResource } from "../model.ts";
import { nameIn } from "./order.ts";

/** A file for a cluster's folder. */
export interface Manifest {
    /** Without the number in front. */
    readonly name: string;
    readonly text: string;
    /** What is left to do before it can be applied; empty if nothing is. */
    readonly open: string;
}

/**
 * The key of an annotation by which the API server refuses an object that is not complete: no key may read like this.
 *
 * Without it, a marker in a field for text would be applied as if it were the value.
 */
export const INCOMPLETE =
    "Incomplete: fill in what the comment at the top names, then remove this annotation";

/** A Kubernetes object as a file. */
export function render(resource: PlannedResource): Manifest {
    if (nameIn(resource.token) === "Release") return renderRelease(resource);
    if (nameIn(resource.token).endsWith("Patch")) return renderPatch(resource);
    const object = ordered(named(resource.inputs));
    const holes = holesOf(resource);
    const name = `${fileName(resource)}.yaml`;
    if (holes.length === 0) return { name, text: yaml(object), open: "" };
    const comment = [
        "What a plan does not know, or does not show, has to be filled in here:",
        ...holes.map((hole) => `  ${hole}`),
        `Until then the API server refuses the object, because of its annotation.`,
    ];
    return { name, text: commented(comment, blocked(object)), open: `fill in ${holes.join(", ")}` };
}

/** The values of a Helm release: `helm` takes the file as it is, and `kubectl` leaves it alone. */
function renderRelease(resource: PlannedResource): Manifest {
    const { inputs } = resource;
    const text = (key: string) => (typeof inputs[key] === "string" ? inputs[key] : "");
    const repository = isObject(inputs["repositoryOpts"]) ? inputs["repositoryOpts"]["repo"] : "";
    const name = `${fileName(resource)}.values.yaml.txt`;
    const option = (name: string, given: string) => (given === "" ? [] : [name, word(given)]);
    const words = [
        "helm upgrade --install",
        word(text("name") || resource.name),
        word(text("chart")),
        ...option("--repo", typeof repository === "string" ? repository : ""),
        ...option("--version", text("version")),
        ...option("--namespace", text("namespace")),
        "--values FILE",
    ];
    const holes = holesOf(resource);
    const comment = [
        "Values of a Helm release. Its objects cannot be rendered here; this installs them, with FILE for this file:",
        `  ${words.join(" ")}`,
        ...(holes.length > 0
            ? ["To be filled in first:", ...holes.map((hole) => `  ${hole}`)]
            : []),
    ];
    const values = inputs["values"] ?? {};
    return { name, text: commented(comment, values), open: words.join(" ") };
}

/** A change of an object that something else made. */
function renderPatch(resource: PlannedResource): Manifest {
    const name = `${fileName(resource)}.patch.yaml.txt`;
    const open = "kubectl apply --server-side --field-manager pulumi --filename FILE";
    const holes = holesOf(resource);
    const comment = [
        "Changes an object that something else makes. To be applied once that is there, with FILE for this file:",
        `  ${open}`,
        ...(holes.length > 0
            ? ["To be filled in first:", ...holes.map((hole) => `  ${hole}`)]
            : []),
    ];
    return { name, text: commented(comment, ordered(resource.inputs)), open };
}

/** What is missing, as `spec.provider (known only after the update)`. */
function holesOf({ inputs, secrets, unknowns }: PlannedResource): readonly string[] {
    return [
        ...(nameOf(inputs) === undefined ? ["metadata.name (made up by the provider)"] : []),
        ...unknowns.map((path) => `${path} (known only after the update)`),
        ...secrets.map((path) => `${path} (secret)`),
    ].map(oneLine);
}

function nameOf({ metadata, name, values }: JsonObject): Json | undefined {
    return isObject(metadata) ? metadata["name"] : values === undefined ? undefined : (name ?? "");
}

function named(inputs: JsonObject): JsonObject {
    const metadata = isObject(inputs["metadata"]) ? inputs["metadata"] : {};
    return { ...inputs, metadata: { name: UNKNOWN, ...metadata } };
}

function blocked(object: JsonObject): JsonObject {
    const metadata = isObject(object["metadata"]) ? object["metadata"] : {};
    const given = isObject(metadata["annotations"]) ? metadata["annotations"] : {};
    return { ...object, metadata: { ...metadata, annotations: { [INCOMPLETE]: "", ...given } } };
}

/** The keys in the order in which people read objects. */
function ordered(object: JsonObject): JsonObject {
    const { apiVersion, kind, metadata, ...rest } = object;
    const head = { apiVersion, kind, metadata };
    return Object.fromEntries(
        Object.entries({ ...head, ...rest }).filter(
            (entry): entry is [string, Json] => entry[1] !== undefined,
        ),
    );
}

/** Kubernetes reads YAML 1.1, in which more texts have to be quoted. */
function yaml(value: Json): string {
    return stringify(value, { version: "1.1", lineWidth: 0 });
}

function commented(lines: readonly string[], value: Json): string {
    return `${lines.map((line) => `# ${line}`.trimEnd()).join("\n")}\n${yaml(value)}`;
}

/** Names and keys come from the program, and none may end the comment that it stands in. */
function oneLine(text: string): string {
    return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");
}

/** A word of a command that somebody copies into a shell. */
function word(text: string): string {
    return /^[\w.:/@%+=,-]+$/.test(text) ? text : quote(oneLine(text));
}

/** `deployment-podinfo`: the kind and the name in the cluster, with the namespace where names repeat. */
function fileName({ token, inputs, name }: PlannedResource): string {
    const metadata = isObject(inputs["metadata"]) ? inputs["metadata"] : inputs;
    const own = [metadata["namespace"], metadata["name"]].filter(
        (part): part is string => typeof part === "string" && part !== UNKNOWN,
    );
    const parts = [nameIn(token), ...(own.length > 0 ? own : [name])];
    return parts
        .join("-")
        .toLowerCase()
        .replaceAll(/[^a-z0-9.-]+/g, "-");
}
