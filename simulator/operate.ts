import { setTimeout as sleep } from "node:timers/promises";

import { strike, type Fault, type OperationKind } from "./faults.ts";
import type { Address, Begun } from "./requests.ts";
import type { Standing, Store } from "./store.ts";
import { Refused, wordsOf, type Words } from "./words.ts";

/** How often a provider tries again by itself when the cloud is busy, before it gives up. */
const ATTEMPTS = 10;

/** The resource stands, but not as it should: the state must learn its id all the same. */
export class Broken extends Error {
    readonly instance: Standing;

    constructor(instance: Standing, message: string) {
        super(message);
        this.instance = instance;
    }
}

/** What carries out operations: the world, how fast time goes, and when to stop waiting. */
export interface Operator {
    readonly provider: string;
    readonly store: Store;
    /** How long a second of the real thing lasts here, in seconds; 0 leaves the waiting out. */
    readonly scale: number;
    /** Aborted when the engine asks to stop: what has begun goes on in the cloud, but nobody waits for it. */
    readonly stop: AbortSignal;
    /** Ends the process for a `crash` fault. */
    readonly crash: () => never;
}

/**
 * Carries out one operation as a real provider does: it tries again while the cloud is busy, waits as long as the real
 * thing takes, and leaves a line in the world's log.
 */
export async function operate(
    operator: Operator,
    kind: OperationKind,
    address: Address & { readonly id?: string },
    begin: () => Begun | undefined,
): Promise<Standing | undefined> {
    const { store, crash } = operator;
    const fault = await passFaults(operator, kind, address);
    const { begun, sequence } = start(operator, kind, address, begin);
    if (fault?.kind === "crash") crash();
    if (!begun) return undefined;
    await rest(begun.until - Date.now(), operator.stop);
    store.transact(() => finish(store, kind, begun, sequence));
    if (fault?.kind === "break") throw new Broken(begun.instance, wordsFor(operator, fault).failed);
    return begun.instance;
}

/** Waits out the faults that ask for it, throws the ones that refuse, and returns what is to happen later on. */
async function passFaults(
    operator: Operator,
    kind: OperationKind,
    address: Address,
): Promise<Fault | undefined> {
    for (let attempt = 0; ; attempt++) {
        const fault = operator.store.transact(() => strike(operator.store, kind, address));
        if (fault?.kind === "fail") return refuse(operator, kind, address, fault, "failed");
        if (fault?.kind !== "throttle") return fault;
        if (attempt === ATTEMPTS) return refuse(operator, kind, address, fault, "throttled");
        await rest(Math.min(2 ** attempt, 30) * operator.scale * 1000, operator.stop);
    }
}

function refuse(
    operator: Operator,
    kind: OperationKind,
    address: Address & { readonly id?: string },
    fault: Fault,
    word: "failed" | "throttled",
): never {
    const message = wordsFor(operator, fault)[word];
    logFailure(operator, kind, address, message);
    throw new Refused(message);
}

function wordsFor(operator: Operator, fault: Fault): Pick<Words, "failed" | "throttled"> {
    const words = wordsOf(operator.provider);
    return { failed: fault.message ?? words.failed, throttled: fault.message ?? words.throttled };
}

function start(
    operator: Operator,
    kind: OperationKind,
    address: Address & { readonly id?: string },
    begin: () => Begun | undefined,
): { begun: Begun | undefined; sequence: number } {
    const { store } = operator;
    try {
        return store.transact(() => {
            const begun = begin();
            const sequence = begun ? logBegin(operator, kind, begun) : 0;
            return { begun, sequence };
        });
    } catch (error) {
        if (error instanceof Refused) logFailure(operator, kind, address, error.message);
        throw error;
    }
}

function finish(store: Store, kind: OperationKind, begun: Begun, sequence: number): void {
    const { row } = begun.instance;
    if (kind === "delete") store.vanishAll(begun.until);
    if (kind === "create") store.settle(row);
    store.query("UPDATE operations SET ended = ? WHERE sequence = ?", Date.now(), sequence);
}

async function rest(milliseconds: number, stop: AbortSignal): Promise<void> {
    if (milliseconds <= 0) return;
    // An abort only ends the waiting.
    await sleep(milliseconds, undefined, { signal: stop }).catch(() => undefined);
}

function logBegin({ store, scale }: Operator, kind: OperationKind, begun: Begun): number {
    const { instance, seconds, until } = begun;
    const { type, urn, id } = instance;
    const [row] = store.query(
        `INSERT INTO operations (kind, type, urn, id, seconds, scale, began, ended)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING sequence`,
        kind,
        type,
        urn,
        id,
        seconds,
        scale,
        Date.now(),
        Math.max(until, Date.now()),
    );
    return Number(row?.["sequence"]);
}

function logFailure(
    { store, scale }: Operator,
    kind: OperationKind,
    address: Address & { readonly id?: string },
    message: string,
): void {
    const now = Date.now();
    store.query(
        `INSERT INTO operations (kind, type, urn, id, seconds, scale, began, ended, error)
            VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)`,
        kind,
        address.type,
        address.urn,
        address.id ?? "",
        scale,
        now,
        now,
        message,
    );
}
