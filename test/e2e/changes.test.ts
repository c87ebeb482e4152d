import assert from "node:assert/strict";
import { clear, edit } from "../../simulator/inspect.ts";
import type { Json } from "../../simulator/table.ts";
import { typeOf } from "../../tools/stack/state.ts";
import { assertSame, changedInClouds, known, standing } from "./support/compare.ts";
import { STACKS, Stage, type StackName } from "./support/stage.ts";

/** `update aws:eks/nodeGroup:NodeGroup`: operations without the names. */
function kinds(lines: readonly string[]): string[] {
    return lines.map((line) => {
        const [op = "", urn = ""] = line.split(" ");
        return `${op} ${typeOf(urn)}`;
    });
}

const POOLS: Readonly<Record<StackName, readonly string[]>> = {
    dev: ["update aws:eks/nodeGroup:NodeGroup"],
    prod: [
        "update aws:eks/nodeGroup:NodeGroup",
        "update azure-native:containerservice:AgentPool",
        "update gcp:container/nodePool:NodePool",
    ],
};

for (const name of STACKS) {
    describe(`changes to ${name}`, () => {
        let stage: Stage;
        beforeEach(async () => (stage = await Stage.standing(name)));
        afterEach(() => stage.dispose());

        it("scales a node pool in place and touches nothing else", async () => {
            await stage.edit((set) =>
                set(["platform:cluster"], { nodePools: { workers: { max: 12 } } }),
            );
            const before = standing(stage);
            const up = await stage.succeed("up");
            // On Azure a pool is one per zone, of which some or all take their share.
            assert.deepEqual([...new Set(kinds(changedInClouds(up)).sort())], POOLS[name]);
            assertSame(standing(stage), before, "every resource is still the same one");
        });
    });
}

describe("an immutable change", () => {
    let stage: Stage;
    afterEach(() => stage.dispose());

    it("previews as a replacement", async () => {
        stage = await Stage.standing("dev");
        await stage.edit((set) => set(["platform:databases", "main"], { username: "keeper" }));
        const preview = await stage.succeed("preview");
        const replaced = changedInClouds(preview).filter((line) => line.startsWith("replace "));
        assert.deepEqual(kinds(replaced), [
            "replace aws:rds/instance:Instance",
            // The administrator's credentials and the application's tell where the database is, and a version of a secret
            // never changes.
            "replace aws:secretsmanager/secretVersion:SecretVersion",
            "replace aws:secretsmanager/secretVersion:SecretVersion",
        ]);
    });

    it("replaces the database with its new user and keeps state and clouds equal", async () => {
        stage = await Stage.standing("dev");
        await stage.edit((set) => set(["platform:databases", "main"], { username: "keeper" }));
        await stage.succeed("up");
        const [database, ...others] = stage
            .instances()
            .filter(({ type }) => type === "aws:rds/instance:Instance");
        assert.deepEqual(others, []);
        assert.equal(database?.inputs.username, "keeper");
        assertSame(standing(stage), known(await stage.state()));
    });

    it("rejects the replacement of a protected database, before anything is touched", async () => {
        stage = await Stage.standing("prod");
        await stage.edit((set) => set(["platform:databases", "main"], { username: "keeper" }));
        const before = standing(stage);
        const { code, text } = await stage.tryIt([]);
        assert.equal(code, 1);
        assert.match(text, /protect/);
        assertSame(standing(stage), before);
    });
});

/** What somebody changes by hand in the clouds: a type of which one resource gets another value of a property. */
const BY_HAND: Readonly<Record<StackName, readonly (readonly [string, string, Json])[]>> = {
    dev: [["aws:ec2/vpc:Vpc", "enableDnsSupport", false]],
    prod: [
        ["aws:rds/instance:Instance", "backupRetentionPeriod", 1],
        ["azure-native:network:VirtualNetwork", "enableDdosProtection", true],
        ["gcp:compute/subnetwork:Subnetwork", "privateIpGoogleAccess", false],
    ],
};

for (const name of STACKS) {
    describe(`changes made by hand in ${name}`, () => {
        let stage: Stage;
        afterEach(() => stage.dispose());

        it("are shown by refresh and put back by up", async () => {
            stage = await Stage.standing(name);
            const edited = BY_HAND[name].map(([type, property, value]) => {
                const victim = stage.instances().find((instance) => instance.type === type);
                assert.ok(victim, `${name} has a ${type}`);
                stage.world((store) => edit(store, victim.urn, property, value));
                return { ...victim, property, right: victim.outputs[property] };
            });
            const refresh = await stage.succeed("refresh");
            assertSame(
                [...refresh.progress.differences].map(([urn, properties]) =>
                    [urn, ...properties].join(" "),
                ),
                edited.map(({ urn, property }) => `${urn} ${property}`),
            );
            const up = await stage.succeed("up");
            assertSame(
                changedInClouds(up),
                edited.map(({ urn }) => `update ${urn}`),
            );
            for (const { row, property, right } of edited) {
                const after = stage.instances().find((instance) => instance.row === row);
                assert.deepEqual(after?.outputs[property], right);
            }
        });
    });
}

describe("clouds in which nothing stands any more", () => {
    const variable = "PULUMI_K8S_DELETE_UNREACHABLE";
    let stage: Stage;
    afterEach(async () => {
        delete process.env[variable];
        await stage.dispose();
    });

    it("stop a refresh, which says how the state can forget a cluster, and are filled again", async () => {
        stage = await Stage.standing("dev");
        const before = known(await stage.state()).length;
        stage.world(clear);
        const stopped = await stage.tryIt(["--refresh"]);
        assert.equal(stopped.code, 1);
        assert.match(stopped.text, /cluster is unreachable: .* PULUMI_K8S_DELETE_UNREACHABLE set /);
        process.env[variable] = "true";
        const { code, text } = await stage.tryIt(["--refresh"]);
        assert.equal(code, 0, text);
        delete process.env[variable];
        assert.deepEqual(known(await stage.state()), []);
        await stage.succeed("up");
        const after = known(await stage.state());
        assert.equal(after.length, before);
        assertSame(standing(stage), after);
    });
});
