/** What all resources of Azure Resource Manager have in common. */
import { get, same } from "../../paths.ts";
import {
    UNKNOWN,
    type Draft,
    type Instance,
    type Json,
    type Properties,
    type Reference,
    type Refusal,
    type SimName,
    type TypeRule,
    type World,
} from "../../table.ts";

/** The directory that every simulated subscription belongs to. */
export const TENANT_ID = "6f1c2b7a-3d54-4e0f-9a8b-5c7d1e2f3a4b";

const RESOURCE_GROUP = "azure-native:resources:ResourceGroup";
const LOCK = "azure-native:authorization:ManagementLockByScope";

/** What is particular about a type. */
export interface ArmType extends Omit<TypeRule, "id" | "name"> {
    /** The namespace and kinds, as in ids: `Microsoft.Network/virtualNetworks/subnets`. */
    readonly arm: string;
    /**
     * The inputs that hold the names along the id, outermost first. The last one is the resource's own. A name that is
     * always the same stands there itself, after an equals sign.
     */
    readonly path: readonly string[];
    readonly name?: Omit<SimName, "property">;
    /** True for what Azure puts into a group of its own, so that the group need not stand. */
    readonly anyGroup?: boolean;
    /** How the id begins, if not with the resource group. */
    readonly under?: (draft: Draft) => string;
}

/** A rule for a type of ARM resource. */
export function arm(type: ArmType): TypeRule {
    const { arm: kind, path, name, anyGroup, under, ...rule } = type;
    const own = path.at(-1) ?? "";
    const inGroup = under === undefined;
    return {
        ...rule,
        required: [...(inGroup ? ["resourceGroupName"] : []), ...(rule.required ?? [])],
        ...(name && {
            name: { separator: "", unique: "none", ...name, property: own },
        }),
        references: [...(inGroup && !anyGroup ? [groupReference] : []), ...(rule.references ?? [])],
        immutable: [
            ...(inGroup ? ["resourceGroupName", "location"] : []),
            ...path.filter((one) => !isFixed(one)),
            ...(rule.immutable ?? []),
        ],
        admit: (draft, world, old) => [
            ...(inGroup && !anyGroup ? orphan(draft, type, world) : []),
            ...(rule.admit?.(draft, world, old) ?? []),
        ],
        id: (draft) => idOf(draft, type),
        outputs: (draft, world, id) => ({
            name: id.slice(id.lastIndexOf("/") + 1),
            type: kind,
            provisioningState: "Succeeded",
            ...rule.outputs?.(draft, world, id),
        }),
        refuseDelete: (instance, world) =>
            lockWords(instance, world) ?? rule.refuseDelete?.(instance, world),
    };
}

const groupReference: Reference = {
    path: "resourceGroupName",
    to: [RESOURCE_GROUP],
    by: "name",
    blocks: false,
    words: (name) =>
        `Code="ResourceGroupNotFound" Message="Resource group '${name}' could not be found."`,
};

function idOf(
    draft: Draft,
    { arm: kind, path, under }: Pick<ArmType, "arm" | "path" | "under">,
): string {
    const [namespace, ...kinds] = kind.split("/");
    const names = path.map((one) => (isFixed(one) ? one.slice(1) : text(draft.inputs, one)));
    const tail = kinds.map((one, index) => `${one}/${names[index] ?? ""}`).join("/");
    return `${under?.(draft) ?? groupId(draft)}/providers/${namespace}/${tail}`;
}

function isFixed(name: string): boolean {
    return name.startsWith("=");
}

/** A refusal for a resource whose place in another resource does not stand. What always has the same name always does. */
function orphan(draft: Draft, { arm: kind, path }: ArmType, world: World): Refusal[] {
    if (path.length < 2) return [];
    const levels =
        path.length - 1 - path.findLastIndex((one, i) => i < path.length - 1 && !isFixed(one));
    const parent = parentId(idOf(draft, { arm: kind, path }), levels);
    if (world.all().some(({ id }) => id === parent)) return [];
    const message =
        `Failed to perform 'write' on resource(s) of type '${kind}', because the parent resource '${parent}' could ` +
        `not be found.`;
    return [refusal("ParentResourceNotFound", message, path.at(-1 - levels))];
}

/** The id of what a resource is a part of, over so many levels. */
function parentId(id: string, levels: number): string {
    return id
        .split("/")
        .slice(0, -2 * levels)
        .join("/");
}

/** The id of the resource group that a resource is in. */
export function groupId({ scope, inputs }: Draft): string {
    return `/subscriptions/${scope.account}/resourceGroups/${text(inputs, "resourceGroupName")}`;
}

/** A lock holds its scope, and everything below it. */
function lockWords({ id }: Instance, world: World): string | undefined {
    const lock = world
        .all(LOCK)
        .find((one) => one.id !== id && isBelow(id, text(one.inputs, "scope")));
    if (!lock) return undefined;
    const scope = text(lock.inputs, "scope");
    return (
        `Code="ScopeLocked" Message="The scope '${id}' cannot perform delete operation because following scope(s) ` +
        `are locked: '${scope}'. Please remove the lock and try again."`
    );
}

/** True if the id names the scope or something in it. */
export function isBelow(id: string, scope: string): boolean {
    return id === scope || id.startsWith(`${scope}/`);
}

/** What stands below a resource, and goes with it. */
export function below(instance: Instance, world: World): Instance[] {
    return world.all().filter(({ id }) => id !== instance.id && isBelow(id, instance.id));
}

/** The text at a path, or nothing if it is absent. */
export function text(root: Json | undefined, path: string): string {
    const value = get(root, path);
    return typeof value === "string" ? value : "";
}

/** The list at a path; empty if it is absent or unknown. */
export function list(root: Json | undefined, path: string): Json[] {
    const value = get(root, path);
    return Array.isArray(value) ? value : [];
}

/** The number at a path, or undefined if it is absent or unknown. */
export function number(root: Json | undefined, path: string): number | undefined {
    const value = get(root, path);
    return typeof value === "number" ? value : undefined;
}

/** A GUID out of 32 random digits. */
export function guid(digits: string): string {
    const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`];
    return [...parts, `a${digits.slice(17, 20)}`, digits.slice(20, 32)].join("-");
}

/** A refusal in ARM's form. */
export function refusal(code: string, message: string, property?: string): Refusal {
    return { property, reason: `Code="${code}" Message="${message}"` };
}

/** A refusal if the value is known and not one of these. */
export function oneOf(
    inputs: Properties,
    path: string,
    allowed: readonly (string | number)[],
    code = "InvalidParameter",
): Refusal[] {
    const value = get(inputs, path);
    if (value === undefined || value === null || value === UNKNOWN) return [];
    if (allowed.includes(value as string | number)) return [];
    const message = `The value '${String(value)}' of '${path}' is not allowed: ${allowed.join(", ")}.`;
    return [refusal(code, message, path)];
}

/** Refusals of changes that Azure knows to be impossible, and that the provider sends all the same. */
export function fixed(
    old: Instance | undefined,
    inputs: Properties,
    paths: readonly string[],
): Refusal[] {
    if (old === undefined) return [];
    return paths
        .filter((path) => get(inputs, path) !== UNKNOWN)
        .filter((path) => !same(get(old.inputs, path), get(inputs, path)))
        .map((path) => {
            const message = `Changing property 'properties.${path}' is not allowed.`;
            return refusal("PropertyChangeNotAllowed", message, path);
        });
}

/** A refusal if the number is known and out of range. */
export function between(
    inputs: Properties,
    path: string,
    min: number,
    max: number,
    code = "InvalidParameter",
): Refusal[] {
    const value = number(inputs, path);
    if (value === undefined || (value >= min && value <= max)) return [];
    return [
        refusal(code, `The value ${value} of '${path}' is not between ${min} and ${max}.`, path),
    ];
}

/** True if both are known blocks that share an address. */
export function overlap(left: string, right: string): boolean {
    const [a, b] = [bounds(left), bounds(right)];
    return a !== undefined && b !== undefined && a[0] <= b[1] && b[0] <= a[1];
}

/** True if every address of `inner` lies in `outer`. */
export function holds(outer: string, inner: string): boolean {
    const [a, b] = [bounds(outer), bounds(inner)];
    return a !== undefined && b !== undefined && a[0] <= b[0] && b[1] <= a[1];
}

/** The first and last address of a block as numbers; undefined for what is no block. */
function bounds(block: string): readonly [first: number, last: number] | undefined {
    const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(block);
    if (!match) return undefined;
    const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
    const first = ((a * 256 + b) * 256 + c) * 256 + d;
    return [first, first + 2 ** (32 - prefix) - 1];
}
