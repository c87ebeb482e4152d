import { Address4 } from "ip-address";

import { get } from "../../paths.ts";
import {
    UNKNOWN,
    type Draft,
    type Instance,
    type Json,
    type Properties,
    type Reference,
    type Refusal,
    type World,
} from "../../table.ts";

/** What is at a path, if it is text that is known. */
export function text(root: Properties, path: string): string | undefined {
    const value = get(root, path);
    return typeof value === "string" && value !== UNKNOWN ? value : undefined;
}

/** What is at a path, if it is a number that is known. */
export function number(root: Properties, path: string): number | undefined {
    const value = get(root, path);
    return typeof value === "number" ? value : undefined;
}

/** The known texts of the list at a path. */
export function texts(root: Properties, path: string): string[] {
    const value = get(root, path);
    return Array.isArray(value)
        ? value.filter((item): item is string => typeof item === "string" && item !== UNKNOWN)
        : [];
}

/** The objects of the list at a path. */
export function objects(root: Properties, path: string): Properties[] {
    const value = get(root, path);
    return Array.isArray(value)
        ? value.filter((item): item is Properties => typeof item === "object" && item !== null)
        : [];
}

/** An ARN in the draft's account and region. */
export function arn({ scope }: Pick<Draft, "scope">, service: string, resource: string): string {
    return `arn:aws:${service}:${scope.region}:${scope.account}:${resource}`;
}

/** An id as EC2 makes them: `vpc-0a1b2c3d4e5f60718`. */
export function ec2Id(prefix: string): (draft: Draft) => string {
    return (draft) => `${prefix}-0${draft.random(16)}`;
}

/** A reference to another EC2 object by its id, in EC2's words. */
export function ec2Reference(path: string, type: string, kind: string, blocks = true): Reference {
    const words = (value: string) =>
        `api error Invalid${kind}ID.NotFound: The ${kind} ID '${value}' does not exist`;
    return { path, to: [type], blocks, words };
}

/** A reference by ARN, which never keeps its target from being deleted. */
export function byArn(path: string, type: string, words?: (value: string) => string): Reference {
    return { path, to: [type], by: "arn", blocks: false, ...(words && { words }) };
}

/** A refusal if something does not hold. */
export function unless(holds: boolean, reason: string, property?: string): Refusal[] {
    return holds ? [] : [{ reason, ...(property !== undefined && { property }) }];
}

/** A refusal if what is at a path is known and none of the values allowed there, in the provider's own words. */
export function oneOf(root: Properties, path: string, allowed: readonly string[]): Refusal[] {
    const value = text(root, path);
    const last = path.split(".").at(-1) ?? path;
    const argument = last.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return unless(
        value === undefined || allowed.includes(value),
        `expected ${argument} to be one of [${allowed.join(" ")}], got ${value}`,
        path,
    );
}

/** Instances of a type in the draft's own account and region. */
export function here(draft: Draft, world: World, type: string): readonly Instance[] {
    const { account, region } = draft.scope;
    return world
        .all(type)
        .filter(({ scope }) => scope.account === account && scope.region === region);
}

/** A policy's statements; undefined if the text is unknown, and no statements at all if it is no policy. */
export function statements(policy: Json | undefined): Properties[] | undefined {
    if (typeof policy !== "string" || policy === UNKNOWN) return undefined;
    try {
        const document = JSON.parse(policy) as Properties;
        const found = document["Statement"];
        if (Array.isArray(found)) return found as Properties[];
        return typeof found === "object" && found !== null ? [found] : [];
    } catch {
        return [];
    }
}

/** A value of a policy that may stand alone or in a list, as a list. */
export function listed(value: Json | undefined): string[] {
    if (Array.isArray(value)) return value.map(String);
    return value === undefined || value === null ? [] : [String(value)];
}

/** True if an action, an ARN or a principal matches a pattern with `*` and `?`. */
export function matches(pattern: string, value: string): boolean {
    const source = pattern
        .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${source}$`).test(value);
}

/** True if the role with this ARN stands and the service may take it on with all the actions. */
export function trusts(
    world: World,
    roleArn: string,
    service: string,
    actions: readonly string[] = ["sts:AssumeRole"],
): boolean {
    const role = world.find(["aws:iam/role:Role"], roleArn, "arn");
    const found = statements(role?.outputs["assumeRolePolicy"]) ?? [];
    return actions.every((action) =>
        found.some(
            (statement) =>
                statement["Effect"] === "Allow" &&
                listed(get(statement, "Principal.Service")).includes(service) &&
                listed(statement["Action"]).some((pattern) => matches(pattern, action)),
        ),
    );
}

/** First and last address of a block as numbers; undefined if it is none. */
export function bounds(cidr: string): [first: number, last: number] | undefined {
    if (!/^[\d.]+\/\d+$/.test(cidr) || !Address4.isValid(cidr)) return undefined;
    const block = new Address4(cidr);
    if (block.startAddress().correctForm() !== block.correctForm()) return undefined;
    const first = Number(block.startAddress().bigInt());
    return [first, first + 2 ** (32 - block.subnetMask) - 1];
}

/** The prefix length of a block. */
export function prefix(cidr: string): number {
    return Number(cidr.split("/")[1]);
}

/** The ARN of an EC2 object. */
export function named(kind: string) {
    return (draft: Draft, _world: World, id: string): Properties => ({
        arn: arn(draft, "ec2", `${kind}/${id}`),
        ownerId: draft.scope.account,
    });
}

/** Minutes of the day of `03:00`. */
function minutes(time: string): number {
    const [hour, minute] = time.split(":").map(Number);
    return (hour ?? 0) * 60 + (minute ?? 0);
}

/** True if the daily backup falls into the weekly maintenance, as `03:00-04:00` and `sun:03:30-sun:04:30`. */
export function windowsOverlap(
    backup: string | undefined,
    maintenance: string | undefined,
): boolean {
    if (backup === undefined || maintenance === undefined) return false;
    const [from, to] = backup.split("-").map(minutes);
    const [begin, end] = maintenance.split("-").map((time) => minutes(time.slice(4)));
    return (from ?? 0) < (end ?? 0) && (begin ?? 0) < (to ?? 0);
}
