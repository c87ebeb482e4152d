import { createHmac } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { get } from "../../../simulator/paths.ts";
import { run, type Recorded, type RunOptions } from "../../offline/mocks.ts";
import { ROOT } from "../../stack/layout.ts";
import { readConfiguration } from "../configuration.ts";
import { loadProgram, type PlanOptions, type Program } from "../make.ts";
import { Listener } from "../messages.ts";
import type { Plan, PlannedResource } from "../model.ts";
import type { Evidence } from "./changes.ts";
import type { Pair } from "./pairs.ts";

/**
 * A digest of every value that a plan hides, by URN and path.
 *
 * Two plans show the same marker for two policies that differ by one word, if an id that is known only later stands in
 * both. In a run in which the simulated clouds make up every id, always the same, they differ.
 */
export type Prints = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Runs the program once more, with everything known, and digests what the plan hides.
 *
 * @param key drawn for one comparison, so that nobody can try out what a digest was made of
 */
export async function printsOf(
    options: PlanOptions,
    { resources }: Plan,
    key: string,
): Promise<Prints> {
    const { root = ROOT, today = new Date().toISOString().slice(0, 10) } = options;
    const configuration = await readConfiguration({ ...options, root, today });
    const program = options.program ?? (await loadProgram(root));
    const hidden = new Map(resources.map((one) => [one.urn, [...one.secrets, ...one.unknowns]]));
    const recorded = await rehearse(program, configuration);
    const prints = (recorded?.resources ?? []).map(({ urn, inputs }) => {
        const paths = hidden.get(urn) ?? [];
        const own = paths.map((path) => [path, digest(get(inputs, path), key)] as const);
        return [urn, Object.fromEntries(own)] as const;
    });
    return Object.fromEntries(prints);
}

/** Runs a program on the simulated clouds. What only a real one would let pass is no reason to show nothing. */
async function rehearse(program: Program, around: RunOptions): Promise<Recorded | undefined> {
    // The plan has passed on already what the program tells, and has failed by what nobody caught.
    const listener = new Listener();
    const ignore = () => undefined;
    process.on("unhandledRejection", ignore);
    try {
        const recorded = await run(program, {
            ...around,
            defaultProviders: true,
            repeatable: true,
        });
        await setImmediate();
        return recorded;
    } catch {
        return undefined;
    } finally {
        process.off("unhandledRejection", ignore);
        listener.stop();
    }
}

function digest(value: unknown, key: string): string {
    return createHmac("sha256", key)
        .update(JSON.stringify(value) ?? "")
        .digest("base64url");
}

/**
 * Tells by digests whether what is hidden is the same.
 *
 * The simulated clouds draw ids from URNs, so whatever is made of a renamed resource differs for no other reason.
 */
export function evidenceOf(
    base: Prints,
    head: Prints,
    resources: readonly PlannedResource[],
    aliases: ReadonlySet<string>,
): (pair: Pair, path: string) => Evidence {
    const tainted = dependents(resources, aliases);
    return ({ base: { urn }, head: one }, path) => {
        const [old, now] = [base[urn]?.[path], head[one.urn]?.[path]];
        if (old === undefined || now === undefined) return "unclear";
        if (old === now) return "same";
        return tainted.has(one.urn) ? "unclear" : "differs";
    };
}

/** The URNs of the renamed resources and of everything that hangs on them. */
function dependents(
    resources: readonly PlannedResource[],
    renamed: ReadonlySet<string>,
): ReadonlySet<string> {
    const found = new Set(renamed);
    let before: number;
    do {
        before = found.size;
        for (const { urn, dependencies, provider } of resources) {
            if ([...dependencies, provider].some((other) => found.has(other))) found.add(urn);
        }
    } while (renamed.size > 0 && found.size > before);
    return found;
}
