import { randomBytes } from "node:crypto";

import { Cloud } from "./cloud.ts";
import { overlay } from "./paths.ts";
import type { Before } from "./plan.ts";
import type { Address, Begun, Wanted } from "./requests.ts";
import type { Standing } from "./store.ts";
import type { Draft, Properties } from "./table.ts";

/** A provider whose resources live in the state only, like random passwords: nothing of them stands in the world. */
export class StatelessCloud extends Cloud {
    override create(address: Address, wanted: Wanted): Begun {
        const rule = this.rule(address.type);
        const draft = this.draft(address, wanted.inputs, 0);
        const id = rule.id(draft, this.world);
        const outputs = this.outputs(rule, draft, id);
        return this.done({ ...address, ...wanted, id, outputs });
    }

    override update(
        address: Address & { readonly id: string },
        wanted: Wanted,
        before: Before,
    ): Begun {
        const computed = Object.fromEntries(
            Object.entries(before.outputs).filter(([key]) => !(key in before.inputs)),
        );
        return this.done({ ...address, ...wanted, outputs: overlay(wanted.inputs, computed) });
    }

    override delete(): undefined {
        return undefined;
    }

    override read(
        address: Address & { readonly id: string },
        before?: Before & Wanted,
    ): Standing | undefined {
        return before && this.done({ ...address, ...before, id: address.id }).instance;
    }

    /** Digits that nobody can derive from the world, and that are new with each creation. */
    protected override draft(address: Address, inputs: Properties, number: number): Draft {
        const salt = this.salt();
        return {
            ...super.draft(address, inputs, number),
            random: (length, alphabet) =>
                this.store.random(`${address.urn} ${salt}`, number, length, alphabet),
        };
    }

    protected salt(): string {
        return randomBytes(16).toString("hex");
    }

    private done(one: Address & Wanted & { id: string; outputs: Properties }): Begun {
        const { scope } = this;
        const instance = { ...one, scope, row: 0, number: 0, known: true, readyAt: 0 };
        return { instance, seconds: 0, until: 0 };
    }
}

/** Draws the same for the same URN whenever it is asked, so that two runs can be compared. */
export class RepeatableCloud extends StatelessCloud {
    protected override salt(): string {
        return "";
    }
}
