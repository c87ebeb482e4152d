import { stackOf } from "../../policies/runtime/judge.ts";
import { normalise } from "../../policies/runtime/normalise.ts";
import { isObject, type Path } from "../../simulator/paths.ts";
import { UNKNOWN, type Json, type Properties } from "../../simulator/table.ts";
import { Stack } from "../../policies/runtime/stack.ts";
import { UserError } from "../lib/user-error.ts";
import { toResource, toStackResource } from "../offline/guardrails.ts";
import { RecordedResource } from "../offline/recorded.ts";
import { judge, type Guardrails } from "../plan/judge.ts";
import type { EvidenceInput } from "./evidence.ts";

/** The key by which the engine marks what JSON cannot say: secrets, assets, references. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** The type of the stack itself, which is no resource of anybody's. */
const STACK_TYPE = "pulumi:pulumi:Stack";

/** What is known of a resource that a state lists. */
interface Exported {
    readonly urn: string;
    readonly type: string;
    readonly [key: string]: Json;
}

/** Judges what a state says is there, as a plan judges what would be there. */
export function judgeState(
    resources: readonly RecordedResource[],
    guardrails: Guardrails,
): EvidenceInput {
    const stack = new Stack(resources.map((one) => toStackResource(one)));
    const judged = judge(
        { resources: resources.map((one) => toResource(one)), stack, repairs: [] },
        guardrails,
    );
    const [start = "", project = ""] = (resources[0]?.urn ?? "").split("::");
    return {
        project,
        stack: stackOf(start),
        rules: judged.rules,
        findings: judged.findings.map((finding) =>
            finding.state === "unknown"
                ? { ...finding, message: "cannot be told from the state" }
                : finding,
        ),
        resources: resources.map(({ urn, type, options }) => ({
            urn,
            type: normalise(type),
            provider: options.provider,
            dependencies: options.dependencies,
        })),
    };
}

/**
 * Reads what `pulumi stack export` writes. Secrets are never looked at, whether encrypted or in plain: they count as
 * unknown. Left out is what the stack only reads, and what waits to be deleted or replaced.
 *
 * @param file the file's name, for messages
 */
export function readState(text: string, file: string): readonly RecordedResource[] {
    const root = parse(text);
    const deployment = isObject(root) ? root["deployment"] : undefined;
    const listed = isObject(deployment) ? (deployment["resources"] ?? []) : undefined;
    if (!Array.isArray(listed) || !listed.every(isExported)) {
        const fix = `Write one by: pulumi stack export --file ${file}`;
        throw new UserError(`${file} is no state of a stack. ${fix}`, 2);
    }
    const stack = listed.find(({ type }) => type === STACK_TYPE);
    return listed.filter(stands).map((one) => toRecorded(one, stack?.urn));
}

function parse(text: string): Json | undefined {
    try {
        return JSON.parse(text) as Json;
    } catch {
        return undefined;
    }
}

function isExported(value: Json): value is Exported {
    return isObject(value) && typeof value["urn"] === "string" && typeof value["type"] === "string";
}

function stands({ type, ...one }: Exported): boolean {
    const gone = ["delete", "external", "pendingReplacement"].some((key) => one[key] === true);
    return type !== STACK_TYPE && !gone;
}

function toRecorded(one: Exported, stack: string | undefined): RecordedResource {
    const { urn, type } = one;
    const secrets: Path[] = [];
    const decoded = (key: string): Properties => {
        const value = one[key] ?? {};
        return isObject(value) ? decodeAll(value, [], secrets) : {};
    };
    const parent = textOf(one["parent"]);
    return new RecordedResource({
        type,
        name: urn.split("::").slice(3).join("::"),
        urn,
        parent: parent === stack ? "" : parent,
        custom: one["custom"] === true,
        id: textOf(one["id"]),
        inputs: decoded("inputs"),
        outputs: decoded("outputs"),
        secrets,
        options: {
            protect: one["protect"] === true,
            // The id of the provider follows its URN.
            provider: textOf(one["provider"]).replace(/::[^:]*$/, ""),
            dependencies: textsOf(one["dependencies"]),
            propertyDependencies: dependenciesOf(one["propertyDependencies"]),
            ignoreChanges: [],
            replaceOnChanges: [],
            additionalSecretOutputs: [],
            deleteBeforeReplace: undefined,
            retainOnDelete: one["retainOnDelete"] === true,
            deletedWith: textOf(one["deletedWith"]),
            aliases: [],
        },
    });
}

/** Properties without what providers note for themselves, such as `__defaults`. */
function decodeAll(object: Properties, path: Path, secrets: Path[]): Properties {
    return Object.fromEntries(
        Object.entries(object)
            .filter(([key]) => !key.startsWith("__"))
            .map(([key, value]) => [key, decode(value, [...path, key], secrets)]),
    );
}

function decode(value: Json, path: Path, secrets: Path[]): Json {
    if (Array.isArray(value)) {
        return value.map((item, index) => decode(item, [...path, index], secrets));
    }
    if (!isObject(value)) return value;
    const signature = value[SIGNATURE];
    if (signature === undefined) return decodeAll(value, path, secrets);
    if (signature === SECRET_SIGNATURE) secrets.push(path);
    return UNKNOWN;
}

function dependenciesOf(value: Json | undefined): Record<string, readonly string[]> {
    if (!isObject(value)) return {};
    return Object.fromEntries(Object.entries(value).map(([input, urns]) => [input, textsOf(urns)]));
}

function textOf(value: Json | undefined): string {
    return typeof value === "string" ? value : "";
}

function textsOf(value: Json | undefined): readonly string[] {
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
