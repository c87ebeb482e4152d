import assert from "node:assert/strict";
import { CLOUDS, type CloudName } from "../../../components/contracts/cloud.ts";
import { baseArgs, build, type Built, type ContractArgs } from "./build.ts";
import type { Recorded } from "../../../tools/offline/mocks.ts";
import { difference } from "./difference.ts";
import { recordParity } from "./parity.ts";
import { baseServices, buildServices, type SeenServices, type ServiceArgs } from "./services.ts";

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
export interface Honoured<Seen = Built> {
    /** These inputs get these values, besides others that follow from them. */
    readonly lands?: readonly Landing[];
    /** What of the component's outputs changes. */
    readonly gives?: (built: Seen) => unknown;
    /** Said where the cloud gives the promise whatever the argument says, with the reason. */
    readonly always?: string;
}

/** Proves that a field of a contract is honoured: one change, and what each cloud makes of it. */
export interface Check<All = ContractArgs, Seen = Built> {
    /** The field's promise, in a few words, for the parity page. */
    readonly promise: string;
    /** What the change starts from, where the field means nothing in plain arguments. @default plain arguments */
    readonly from?: (args: All) => All;
    readonly change: (args: All, cloud: CloudName) => All;
    readonly on: Readonly<Record<CloudName, Honoured<Seen>>>;
}

/** A check for every field, so that a new field without one does not compile. */
export type Checks<Args> = Readonly<Record<keyof Args, Check>>;

/** The same for a contract of the services. */
export type ServiceChecks<Args> = Readonly<Record<keyof Args, Check<ServiceArgs, SeenServices>>>;

/** How what the checks look at is built, with all its arguments. */
interface Bench<All, Seen> {
    readonly plain: (cloud: CloudName) => All;
    readonly build: (cloud: CloudName, args: All) => Promise<Recorded<Seen>>;
    /** The runs that changes are compared with, each made once. */
    readonly before: Map<string, Promise<Recorded<Seen>>>;
}

const SITE: Bench<ContractArgs, Built> = { plain: baseArgs, build, before: new Map() };
const SERVICES: Bench<ServiceArgs, SeenServices> = {
    plain: baseServices,
    build: buildServices,
    before: new Map(),
};

function runBefore<All, Seen>(
    { build, before }: Bench<All, Seen>,
    cloud: CloudName,
    args: All,
): Promise<Recorded<Seen>> {
    const key = JSON.stringify([cloud, args]);
    const run = before.get(key) ?? build(cloud, args);
    before.set(key, run);
    return run;
}

async function prove<All, Seen>(
    bench: Bench<All, Seen>,
    contract: string,
    field: string,
    check: Check<All, Seen>,
    cloud: CloudName,
) {
    const { lands = [], gives, always } = check.on[cloud];
    const start = check.from?.(bench.plain(cloud)) ?? bench.plain(cloud);
    const was = await runBefore(bench, cloud, start);
    const is = await bench.build(cloud, check.change(start, cloud));
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
    proveAll(SITE, contract, checks);
}

/** The same for a contract of the services. */
export function servicesHonour<Args>(contract: string, checks: ServiceChecks<Args>): void {
    proveAll(SERVICES, contract, checks);
}

function proveAll<All, Seen>(
    bench: Bench<All, Seen>,
    contract: string,
    checks: Readonly<Record<string, Check<All, Seen>>>,
): void {
    describe(`the ${contract} contract`, () => {
        for (const [field, check] of Object.entries(checks)) {
            for (const cloud of CLOUDS) {
                it(`${cloud} honours ${field}`, () => prove(bench, contract, field, check, cloud));
            }
        }
    });
}
