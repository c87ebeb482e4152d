import type { Stack, StackResource } from "../../runtime/stack.ts";
import { isOneOf, or, type Truth } from "../../runtime/truth.ts";

const RESOURCE_GROUP = "azure-native:resources:ResourceGroup";
const SUBSCRIPTION_LOCK = "azure-native:authorization:ManagementLockAtSubscriptionLevel";

/** Azure's locks, and the input in which each says what it locks. */
const LOCKS: Readonly<Record<string, string>> = {
    "azure-native:authorization:ManagementLockByScope": "scope",
    "azure-native:authorization:ManagementLockAtResourceGroupLevel": "resourceGroupName",
    "azure-native:authorization:ManagementLockAtResourceLevel": "resourceName",
};

/** What the search for locks looks at. */
export const LOCK_READS = [...Object.keys(LOCKS), SUBSCRIPTION_LOCK, RESOURCE_GROUP];

const EVERYTHING = "everything";
const group = (name: string): string => `group ${name.toLowerCase()}`;
const named = (name: string): string => `name ${name.toLowerCase()}`;

/** What an address locks that the program wrote out: a subscription, a group, or a database or its server. */
function scopeOf(scope: string): string | undefined {
    const parts = scope.toLowerCase().split("/").slice(1);
    if (parts.length === 2) return EVERYTHING;
    if (parts.length === 4) return group(parts[3] ?? "");
    const isDatabase = /\/providers\/microsoft\.(?:sql|dbforpostgresql|dbformysql)\//i.test(scope);
    return isDatabase ? named(parts.at(-1) ?? "") : undefined;
}

/** What a lock says it locks, where it refers to no resource. */
function toldBy(input: string, text: string): string | undefined {
    if (input === "scope") return scopeOf(text);
    return input === "resourceGroupName" ? group(text) : named(text);
}

/** By URN of what is locked, or by what the program wrote: whether a lock there holds. */
interface Locks {
    readonly by: ReadonlyMap<string, readonly Truth[]>;
    /** Unknown if there is a lock of which cannot be told what it locks. */
    readonly loose: Truth;
}

const holdsFast = ({ given }: StackResource): Truth =>
    isOneOf(given.get("level"), ["cannotdelete", "readonly"], false);

function locksIn(stack: Stack): Locks {
    const by = new Map<string, Truth[]>([
        [EVERYTHING, stack.all(SUBSCRIPTION_LOCK).map(holdsFast)],
    ]);
    let loose: Truth = false;
    for (const lock of stack.all(...Object.keys(LOCKS))) {
        const input = LOCKS[lock.type] ?? "";
        const at = lock.given.get(input);
        const text = at.text();
        const urns = lock.references(input);
        const told = text.state === "known" ? toldBy(input, text.value) : undefined;
        if (text.state === "unknown" && urns.length === 0) loose = { unknown: at.path };
        for (const key of [...urns, ...(told === undefined ? [] : [told])]) {
            const held = by.get(key);
            if (held === undefined) by.set(key, [holdsFast(lock)]);
            else held.push(holdsFast(lock));
        }
    }
    return { by, loose };
}

/** What a database's inputs name: itself, what it is in, and what that is in. */
function placesOf(stack: Stack, database: StackResource): readonly string[] {
    const text = (input: string) => {
        const name = database.given.get(input).text();
        return name.state === "known" ? [name.value] : [];
    };
    const groups = text("resourceGroupName");
    const names = ["serverName", "databaseName", "managedInstanceName"].flatMap(text);
    return [
        EVERYTHING,
        database.urn,
        ...database.references("resourceGroupName"),
        ...database.references("serverName"),
        ...groups.flatMap((name) => [
            group(name),
            ...stack.named(RESOURCE_GROUP, "resourceGroupName", name).map(({ urn }) => urn),
        ]),
        ...names.map(named),
    ];
}

const NAMES = ["resourceGroupName", "serverName", "databaseName", "managedInstanceName"] as const;

/** Unknown if a name of the database is not known yet, nor told by a reference, so that a lock may fit. */
function doubt({ given, references }: StackResource): Truth {
    const input = NAMES.find(
        (name) => given.get(name).state === "unknown" && references(name).length === 0,
    );
    return input === undefined ? false : { unknown: input };
}

/** The same for names of groups under a lock, which a database may name in writing. */
function hasUntoldGroup(stack: Stack, { by }: Locks): boolean {
    return stack
        .all(RESOURCE_GROUP)
        .some(
            ({ urn, given }) => by.has(urn) && given.get("resourceGroupName").state === "unknown",
        );
}

/** Whether a lock keeps a database from deletion: its own, its server's, its group's or its subscription's. */
export function lockedBy(stack: Stack): (database: StackResource) => Truth {
    const locks = locksIn(stack);
    const untold = hasUntoldGroup(stack, locks);
    return (database) =>
        or(
            ...placesOf(stack, database).flatMap((place) => locks.by.get(place) ?? []),
            locks.loose,
            // Without any lock there is nothing that could fit.
            locks.by.size > 1 && doubt(database),
            untold && database.given.get("resourceGroupName").text().state === "known"
                ? { unknown: "resourceGroupName" }
                : false,
        );
}
