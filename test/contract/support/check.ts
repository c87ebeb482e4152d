import assert from "node:assert/strict";
import { CLOUDS, type CloudName } from "../../../components/contracts/cloud.ts";
import { baseArgs, build, type Built, type ContractArgs } from "./build.ts";
import type { Recorded } from "../../../tools/offline/mocks.ts";
import { difference } from "./difference.ts";
import { recordParity } from "./parity.ts";

/** Where an argument has to land: an input of a resource type, and the value it then has. */
export interface Landing {
    readonly type: string;
    /** `[]` stands for the elements of a list; `(exists)` for the resource itself, `(protect)` for the option. */
    readonly path: string;
    readonly value: string | number | boolean | RegExp;
}

/** Shorthand for a landing. */
export function at(type: string, path: string, value: Landing["value"]): Landing {
    return { type, path, value };
}

/** What a cloud makes of an argument. */
export interface Honoured {
    /** These inputs get these values, besides others that follow from them. */
    readonly lands?: readonly Landing[];
    /** What of the component's outputs changes. */
    readonly gives?: (built: Built) => unknown;
    /** Said where the cloud gives the promise whatever the argument says, with the reason. */
    readonly always?: string;
}

/** Proves that a field of a contract is honoured: one change, and what each cloud makes of it. */
export interface Check {
    /** The field's promise, in a few words, for the parity page. */
    readonly promise: string;
    readonly change: (args: ContractArgs, cloud: CloudName) => ContractArgs;
    readonly on: Readonly<Record<CloudName, Honoured>>;
}

/** A check for every field, so that a new field without one does not compile. */
export type Checks<Args> = Readonly<Record<keyof Args, Check>>;

const before = new Map<CloudName, Promise<Recorded<Built>>>();

/** The run that changes are compared with, made once per cloud. */
function base(cloud: CloudName): Promise<Recorded<Built>> {
    const run = before.get(cloud) ?? build(cloud);
    before.set(cloud, run);
    return run;
}

async function prove(contract: string, field: string, check: Check, cloud: CloudName) {
    const { lands = [], gives, always } = check.on[cloud];
    const was = await base(cloud);
    const is = await build(cloud, check.change(baseArgs(cloud), cloud));
    const changes = difference(was, is);
    for (const { type, path, value } of lands) {
        const there = changes.filter((change) => change.type === type && change.path === path);
        assert.ok(
            there.some((change) => reaches(change.after, value)),
            `${type} ${path} should become ${String(value)}; got ${JSON.stringify(there)}`,
        );
    }
    if (gives) assert.notDeepEqual(gives(is.result), gives(was.result));
    if (always) assert.deepEqual(lands, [], "either it lands somewhere or it always holds");
    assert.ok(lands.length > 0 || gives || always, "a check without an expectation proves nothing");
    recordParity(contract, field, check.promise, cloud, { lands, always });
}

/** True if the values at a path now hold the one wanted, or a text that matches. */
function reaches(after: readonly unknown[] | undefined, wanted: Landing["value"]): boolean {
    return (after ?? []).some((value) =>
        wanted instanceof RegExp ? wanted.test(String(value)) : value === wanted,
    );
}

/** Runs every check of a contract on every cloud. */
export function honours<Args>(contract: string, checks: Checks<Args>): void {
    describe(`the ${contract} contract`, () => {
        for (const [field, check] of Object.entries<Check>(checks)) {
            for (const cloud of CLOUDS) {
                it(`${cloud} honours ${field}`, () => prove(contract, field, check, cloud));
            }
        }
    });
}
