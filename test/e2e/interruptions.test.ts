import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { addFault } from "../../simulator/faults.ts";
import { Progress, changes } from "../../tools/stack/progress.ts";
import { run } from "../../tools/stack/run.ts";
import { assertSame, changed, known, standing } from "./support/compare.ts";
import { killable } from "./support/killable.ts";
import { Stage, type StackName } from "./support/stage.ts";

/** Nothing is left to do, and clouds and state hold the same, each thing once. */
async function assertComplete(stage: Stage): Promise<void> {
    assertSame(changed(await stage.succeed("preview")), []);
    const state = await stage.state();
    assert.deepEqual(state.pending, []);
    assertSame(standing(stage), known(state));
    const urns = stage.instances().map(({ urn }) => urn);
    assert.deepEqual(urns, [...new Set(urns)], "nothing was made twice");
}

describe("a creation that fails midway", () => {
    let stage: Stage;
    afterEach(() => stage.dispose());

    for (const [name, target] of [
        ["dev", "aws:rds/instance:Instance"],
        ["dev", "aws:eks/nodeGroup:NodeGroup"],
        ["prod", "azure-native:containerservice:ManagedCluster"],
        ["prod", "gcp:container/cluster:Cluster"],
    ] as const) {
        it(`leaves a stack that the next up completes: ${target} in ${name}`, async () => {
            stage = await Stage.empty(name);
            stage.world((store) =>
                addFault(store, { kind: "fail", operation: "create", target, remaining: 1 }),
            );
            const first = await stage.run("up");
            assert.ok(first.error !== undefined, "the fault strikes");
            assert.deepEqual(
                first.progress.failed.map(({ urn }) => urn.includes(target)),
                [true],
                String(first.error),
            );
            await stage.succeed("up");
            await assertComplete(stage);
        });
    }
});

describe("an engine that is killed", () => {
    let stage: Stage;
    afterEach(() => stage.dispose());

    /** Provisions and kills the engine once so many creations have ended. */
    async function killAfter(name: StackName, creations: number): Promise<void> {
        stage = await Stage.empty(name);
        const { engine, kill } = await killable(stage);
        const progress = new Progress();
        let killed: Promise<void> | undefined;
        const onEvent = (event: EngineEvent) => {
            progress.take(event);
            const done = progress.done.filter(({ op, custom }) => custom && changes(op)).length;
            if (done >= creations) killed ??= kill();
        };
        // Slow enough that creations are under way when the engine dies, and what it knows by then is written down.
        const environment = { SIM_TIME_SCALE: "0.002", PULUMI_SKIP_CHECKPOINTS: "false" };
        const stack = await stage.open({ engine, environment });
        const { error } = await run(stack, "up", { progress, onEvent });
        await killed;
        assert.ok(killed !== undefined && error !== undefined, "the engine was killed");
    }

    for (const [name, creations, moment] of [
        ["dev", 3, "at the very beginning"],
        ["dev", 40, "in the middle"],
        ["dev", 70, "near the end"],
        ["prod", 150, "in the middle"],
    ] as const) {
        it(`is recovered from by one command, npm run try: ${moment} of ${name}`, async () => {
            await killAfter(name, creations);
            const { code, text } = await stage.tryIt([]);
            assert.equal(code, 0, text);
            assert.match(text, /The last run was killed/);
            await assertComplete(stage);
        });
    }
});
