import { diffInputs } from "./diff.ts";
import type { Address } from "./requests.ts";
import type { Standing, Store } from "./store.ts";
import type { Properties, Scope, TypeRule } from "./table.ts";

/** What was made for this URN without the state ever learning of it: an interrupted run began it. */
export function leftovers(store: Store, scope: Scope, address: Address): Standing[] {
    return store.instances(
        `urn = ? AND type = ? AND account = ? AND region = ? AND known = 0
            AND gone_at IS NULL`,
        address.urn,
        address.type,
        scope.account,
        scope.region,
    );
}

/** The last one that an update, at most, makes into what is wanted. */
export function fitting(
    rule: TypeRule,
    found: readonly Standing[],
    wanted: Properties,
): Standing | undefined {
    return found.findLast(({ inputs }) =>
        diffInputs(rule, inputs, wanted).every(({ replaces }) => !replaces),
    );
}

/** Notes that the state knows what a request shows it to know, which is no leftover from then on. */
export function acknowledge(
    store: Store,
    address: Address,
    isIt: (instance: Standing) => boolean,
): void {
    for (const instance of store.instances("urn = ? AND known = 0", address.urn)) {
        if (instance.type === address.type && isIt(instance)) store.acknowledge(instance);
    }
}
