import { get, same } from "./paths.ts";
import type { Standing, Store } from "./store.ts";
import type { Json, Scope, World } from "./table.ts";

/** The world as one provider's rules see it: what stands ready, its own account and region first. */
export function viewOf(store: Store, scope: Scope): World {
    const ready = (where: string, ...values: string[]): Standing[] =>
        store.instances(`ready_at <= ? AND gone_at IS NULL AND ${where}`, Date.now(), ...values);
    return {
        all: (type) => (type === undefined ? ready("TRUE") : ready("type = ?", type)),
        find(types: readonly string[], value: Json, by?: string) {
            const found = types.flatMap((type) =>
                by === undefined || by === "id"
                    ? ready("type = ? AND id = ?", type, String(value))
                    : ready("type = ?", type).filter(({ outputs }) =>
                          same(get(outputs, by), value),
                      ),
            );
            const near = (instance: Standing): number =>
                Number(instance.scope.account === scope.account) * 2 +
                Number(instance.scope.region === scope.region);
            return found.sort((left, right) => near(right) - near(left))[0];
        },
    };
}
