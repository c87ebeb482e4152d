import assert from "node:assert/strict";
import type { Operation } from "../../../tools/stack/progress.ts";
import { changes } from "../../../tools/stack/progress.ts";
import type { Run } from "../../../tools/stack/run.ts";
import type { State } from "../../../tools/stack/state.ts";
import type { Stage } from "./stage.ts";

/** What a run changed, or would change: `create <urn>`, sorted. The engine tells of a component more than once. */
export function changed({ progress }: Run): string[] {
    return [...new Set(progress.done.filter(({ op }) => changes(op)).map(line))].sort();
}

/** What a run changed in the clouds, without the engine's own bookkeeping. */
export function changedInClouds({ progress }: Run): string[] {
    return progress.done
        .filter(({ op, custom }) => custom && changes(op))
        .map(line)
        .sort();
}

function line({ op, urn }: Operation): string {
    return `${op} ${urn}`;
}

/** What the state says stands in the clouds, as `<urn> <id>`, sorted. What is random lives in the state alone. */
export function known(state: State): string[] {
    return state.resources
        .filter(({ custom, type }) => custom && !/^(?:pulumi|random):/.test(type))
        .map(({ urn, id }) => `${urn} ${id}`)
        .sort();
}

/** What stands in the clouds, as `<urn> <id>`, sorted. */
export function standing(stage: Stage): string[] {
    return linesOf(stage.instances());
}

/** What Google knows once per project, and other stacks may rely on: how reads of objects and secrets are written down. */
const STAYS = "gcp:projects/iAMAuditConfig:IAMAuditConfig";

/** What a stack that was destroyed leaves in the clouds besides, in the same form. */
export function left(stage: Stage): string[] {
    return linesOf(stage.instances().filter(({ type }) => type !== STAYS));
}

function linesOf(instances: ReturnType<Stage["instances"]>): string[] {
    return instances.map(({ urn, id }) => `${urn} ${id}`).sort();
}

/** Equality of two lists, which names only what differs: whole stacks are too long to read. */
export function assertSame(
    actual: readonly string[],
    expected: readonly string[],
    message?: string,
): void {
    const surplus = difference(actual, expected);
    const missing = difference(expected, actual);
    assert.deepEqual({ surplus, missing }, { surplus: [], missing: [] }, message);
}

/** What the first list has more than the second, each as often as it has it more. */
function difference(first: readonly string[], second: readonly string[]): string[] {
    const rest = [...second];
    return first.filter((entry) => {
        const at = rest.indexOf(entry);
        if (at >= 0) rest.splice(at, 1);
        return at < 0;
    });
}
