import type { Store } from "./store.ts";
import { logicalName } from "./urn.ts";

export type OperationKind = "create" | "update" | "delete";

/** Something that is to go wrong. */
export interface Fault {
    /**
     * - `throttle`: refused with the cloud's words for "too many requests"; the provider tries again by itself.
     * - `fail`: refused with an error before anything was made.
     * - `break`: done, but the answer is an error, as when a resource never becomes healthy.
     * - `crash`: the provider's process ends in the middle of the operation, with the work begun in the cloud.
     */
    readonly kind: "throttle" | "fail" | "break" | "crash";
    /** The operation it strikes; `any` for all three. */
    readonly operation: OperationKind | "any";
    /** The type, the URN or the logical name it strikes; `*` stands for any text. */
    readonly target: string;
    /** How many times; for `crash`, on which matching operation. */
    readonly remaining: number;
    /** The error's words. @default the cloud's own */
    readonly message?: string;
}

/** A fault as it is kept in the world. */
export interface StoredFault extends Fault {
    readonly number: number;
}

/** Adds a fault to the world. */
export function addFault(store: Store, fault: Fault): void {
    store.query(
        "INSERT INTO faults (kind, operation, target, remaining, message) VALUES (?, ?, ?, ?, ?)",
        fault.kind,
        fault.operation,
        fault.target,
        fault.remaining,
        fault.message ?? null,
    );
}

/** The faults that are still to strike. */
export function listFaults(store: Store): StoredFault[] {
    return store.query("SELECT * FROM faults WHERE remaining > 0 ORDER BY number").map((row) => ({
        number: Number(row["number"]),
        kind: String(row["kind"]) as Fault["kind"],
        operation: String(row["operation"]) as Fault["operation"],
        target: String(row["target"]),
        remaining: Number(row["remaining"]),
        ...(row["message"] !== null && { message: String(row["message"]) }),
    }));
}

/** Takes all faults away. */
export function heal(store: Store): void {
    store.query("DELETE FROM faults");
}

/** The fault that strikes this operation now, if any; it has one strike less afterwards. Call it inside `transact`. */
export function strike(
    store: Store,
    operation: OperationKind,
    resource: { readonly type: string; readonly urn: string },
): Fault | undefined {
    for (const fault of listFaults(store)) {
        if (fault.operation !== "any" && fault.operation !== operation) continue;
        if (!matches(fault.target, resource)) continue;
        store.query("UPDATE faults SET remaining = remaining - 1 WHERE number = ?", fault.number);
        // A crash waits for its turn and lets everything before it pass.
        if (fault.kind === "crash" && fault.remaining > 1) continue;
        return fault;
    }
    return undefined;
}

/** True if the pattern is the type, the URN or the logical name; `*` stands for any text. */
export function matches(
    pattern: string,
    resource: { readonly type: string; readonly urn: string },
): boolean {
    const { type, urn } = resource;
    return [type, urn, logicalName(urn)].some((text) => glob(pattern, text));
}

function glob(pattern: string, text: string): boolean {
    const source = pattern
        .split("*")
        .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
        .join(".*");
    return new RegExp(`^${source}$`, "s").test(text);
}
