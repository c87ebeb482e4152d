import type { Provider, Scope, World } from "./table.ts";
import { Refused } from "./words.ts";

/** Refuses a request while nothing answers that the provider's configuration points at. */
export function reach({ unreachable }: Provider, scope: Scope, world: World): void {
    const reason = unreachable?.(scope, world);
    if (reason !== undefined) throw new Refused(reason);
}

/**
 * Whether a request to read or to delete is answered. Where nothing answers that is a refusal, unless the provider's
 * variable says that what cannot be reached is gone.
 */
export function answers({ unreachable, forgetsBy }: Provider, scope: Scope, world: World): boolean {
    const reason = unreachable?.(scope, world);
    if (reason === undefined) return true;
    if (forgetsBy === undefined) throw new Refused(reason);
    if (process.env[forgetsBy] === "true") return false;
    throw new Refused(
        `${reason}. If the cluster was deleted, run this again with the environment variable ${forgetsBy} set to ` +
            "true: the state then forgets what stood in it",
    );
}
