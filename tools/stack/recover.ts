import { hostname } from "node:os";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { isAlive } from "../lib/process.ts";
import { UserError } from "../lib/user-error.ts";
import type { Layout } from "./layout.ts";
import { describeUrn } from "./progress.ts";
import type { PendingOperation } from "./state.ts";
import { readLocks, readState } from "./state.ts";

/** What a run that was killed left behind. */
export interface Leftovers {
    /** True if the lock's owner is gone. */
    readonly staleLock: boolean;
    readonly pending: readonly PendingOperation[];
}

/** Looks for what an interrupted run left. Refuses to go on beside a run that is alive. */
export async function leftovers(
    layout: Layout,
    project: string,
    stack: string,
): Promise<Leftovers> {
    const locks = await readLocks(layout, project, stack);
    for (const { pid, hostname: host, username, timestamp } of locks) {
        if (host !== hostname()) {
            throw new UserError(
                `${username} on ${host} (process ${pid}) has worked on ${stack} since ${timestamp}. ` +
                    "If that run is over, take its lock away there.",
            );
        }
        if (isAlive(pid)) {
            throw new UserError(
                `Process ${pid} has worked on ${stack} since ${timestamp}. Wait for it, or stop it with Ctrl-C.`,
            );
        }
    }
    const { pending } = await readState(layout, project, stack);
    return { staleLock: locks.length > 0, pending };
}

/**
 * Brings state and clouds together after a killed run: takes the dead run's lock away, then lets the engine read what
 * stands and forget the creations whose end it never heard of.
 *
 * The clouds know those by the token that each creation carries, so that the `up` that follows gets the same resource
 * again instead of a second one.
 */
export async function recover(
    stack: Stack,
    { staleLock, pending }: Leftovers,
    say: (line: string) => void,
): Promise<void> {
    if (staleLock) {
        say("The last run was killed: its lock is taken away.");
        await stack.cancel();
    }
    if (pending.length === 0) return;
    say(`${pending.length} of its operations were under way and are looked into:`);
    for (const { type, resource } of pending) say(`  ${type} ${describeUrn(resource.urn)}`);
    await stack.refresh({ clearPendingCreates: true });
}
