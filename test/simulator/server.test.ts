import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import empty from "google-protobuf/google/protobuf/empty_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import type plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type { ServiceError } from "@grpc/grpc-js";

import { addFault } from "../../simulator/faults.ts";
import { listen } from "../../simulator/server.ts";
import { Store } from "../../simulator/store.ts";
import { UNKNOWN } from "../../simulator/table.ts";
import { timeScale } from "../../simulator/time-scale.ts";
import { decode, encode } from "../../simulator/wire.ts";
import { Client, start, stopAll } from "./support/client.ts";
import { DISK, NETWORK, SUBNET, toy, urnOf, VAULT } from "./support/toy.ts";

describe("server", () => {
    const urn = urnOf(NETWORK, "n");
    let store: Store;
    let client: Client;
    let close: () => void;

    beforeEach(async () => {
        store = Store.open(":memory:", "seed");
        const server = await listen(toy, store, 0);
        close = () => {
            server.close();
        };
        client = new Client(server.port);
        await client.configure({ account: "a", region: "r" });
    });

    afterEach(() => {
        client.close();
        close();
        store.close();
    });

    it("shakes hands, tells its version and what it supports", async () => {
        const handshake = await client.call<
            pb.ProviderHandshakeRequest,
            pb.ProviderHandshakeResponse
        >("handshake", new pb.ProviderHandshakeRequest());
        assert.equal(handshake.getAcceptSecrets(), true);
        const info = await client.call<empty.Empty, plugin.PluginInfo>(
            "getPluginInfo",
            new empty.Empty(),
        );
        assert.equal(info.getVersion(), "1.2.3");
        const configured = await client.configure({});
        assert.equal(configured.getSupportspreview(), true);
        assert.equal(configured.getAcceptsecrets(), true);
    });

    it("leads a resource through its life", async () => {
        const { values: inputs } = await client.check(urn, { cidr: "c", size: 1 });
        const made = await client.create(urn, inputs);
        assert.equal(made.values["arn"], `arn:${made.id}`);
        const again = await client.check(urn, { cidr: "c", size: 1 }, inputs);
        assert.deepEqual(again.values, inputs);
        const none = await client.diff(urn, made.id, inputs, again.values);
        assert.equal(none.getChanges(), pb.DiffResponse.DiffChanges.DIFF_NONE);
        const news = { ...inputs, size: 2 };
        const updated = await client.update(urn, made.id, made.values, news);
        assert.deepEqual(updated.values, { ...made.values, size: 2, twice: "22" });
        const read = await client.read(urn, made.id, news);
        assert.deepEqual(read.inputs.values, news);
        assert.deepEqual(read.outputs.values, updated.values);
        await client.delete(urn, made.id);
        assert.equal((await client.read(urn, made.id)).id, "");
        await client.delete(urn, made.id);
    });

    it("tells which changes replace, property by property", async () => {
        const olds = { networkId: "n", tags: { a: "1" } };
        const where = urnOf(SUBNET, "s");
        const diff = await client.diff(where, "x", olds, { networkId: "m", tags: { "b/c": "1" } });
        assert.equal(diff.getChanges(), pb.DiffResponse.DiffChanges.DIFF_SOME);
        assert.deepEqual(diff.getReplacesList(), ["networkId"]);
        assert.deepEqual(diff.getDiffsList(), ["networkId", "tags"]);
        assert.equal(diff.getDeletebeforereplace(), true);
        const { Kind } = pb.PropertyDiff;
        const kinds = [...diff.getDetaileddiffMap().entries()].map(([path, detail]) => [
            path,
            detail.getKind(),
        ]);
        assert.deepEqual(kinds, [
            ["networkId", Kind.UPDATE_REPLACE],
            ["tags.a", Kind.DELETE],
            ['tags["b/c"]', Kind.ADD],
        ]);
    });

    it("previews a creation without making anything", async () => {
        const planned = await client.create(urn, { cidr: "c", size: UNKNOWN }, [["size"]], true);
        assert.equal(planned.id, "");
        assert.deepEqual(planned.values, {
            cidr: "c",
            size: UNKNOWN,
            arn: UNKNOWN,
            twice: UNKNOWN,
        });
        assert.deepEqual(planned.secrets, [["size"]]);
        assert.deepEqual(store.instances(), []);
    });

    it("previews an update without changing anything", async () => {
        const made = await client.create(urn, { cidr: "c", name: "n", size: 1 });
        const news = { cidr: "c", name: "n", size: UNKNOWN };
        const planned = await client.update(urn, made.id, made.values, news, true);
        assert.deepEqual(planned.values, { ...made.values, size: UNKNOWN, twice: UNKNOWN });
        assert.equal(store.instances()[0]?.outputs["size"], 1);
    });

    it("keeps secrets secret: the program's own and those of the table", async () => {
        const where = urnOf(DISK, "d");
        const { values, secrets } = await client.check(where, { name: "d", key: "k" }, undefined, [
            ["key"],
        ]);
        assert.deepEqual(secrets, [["key"]]);
        const made = await client.create(where, values, [["key"]]);
        assert.deepEqual(made.secrets.toSorted(), [["accessKey"], ["key"]]);
        const read = await client.read(where, made.id, values, [["key"]]);
        assert.deepEqual(read.inputs.secrets, [["key"]]);
        assert.deepEqual(read.outputs.secrets.toSorted(), [["accessKey"], ["key"]]);
        const imported = await client.read(where, made.id);
        assert.deepEqual(imported.inputs.secrets, [["key"]]);
    });

    it("shows a change by hand, and a deletion by hand", async () => {
        const made = await client.create(urn, { cidr: "c", name: "n", size: 1 });
        const [instance] = store.instances();
        assert.ok(instance);
        const drifted = { ...instance.inputs, size: 9 };
        store.save(instance.row, { inputs: drifted, outputs: drifted, secrets: [] });
        const read = await client.read(urn, made.id, { cidr: "c", name: "n", size: 1 });
        assert.equal(read.inputs.values["size"], 9);
        assert.equal(read.outputs.values["size"], 9);
        store.vanish(instance.row, 0);
        assert.equal((await client.read(urn, made.id)).id, "");
    });

    it("rejects inputs in Check, each beside its property", async () => {
        const { failures } = await client.check(urn, { cidr: "bad", name: "Bad" });
        assert.deepEqual(failures, [
            { property: "name", reason: "invalid value for name (Bad)" },
            { property: "cidr", reason: "malformed" },
        ]);
        const config = await client.call<pb.CheckRequest, pb.CheckResponse>(
            "checkConfig",
            new pb.CheckRequest().setNews(encode({ bad: true })),
        );
        assert.equal(config.getFailuresList()[0]?.getReason(), "no bad ones");
    });

    it("rejects a creation in the cloud's words, without a stack trace", async () => {
        const creation = client.create(urnOf(SUBNET, "s"), { networkId: "net-0" });
        await assert.rejects(creation, (error: ServiceError) => {
            assert.equal(error.details, "InvalidParameterValue: networkId: net-0 does not exist");
            return true;
        });
    });

    it("reports a broken thing with its id, so that the state learns of it", async () => {
        addFault(store, { kind: "break", operation: "create", target: VAULT, remaining: 1 });
        const creation = client.create(urnOf(VAULT, "v"), { group: "g", name: "v" });
        await assert.rejects(creation, (error: ServiceError) => {
            const [packed] = error.metadata.get("grpc-status-details-bin");
            const details = status.Status.deserializeBinary(packed as Buffer).getDetailsList();
            const detail = pb.ErrorResourceInitFailed.deserializeBinary(
                details[0]?.getValue_asU8() ?? new Uint8Array(),
            );
            assert.equal(detail.getId(), "g/v");
            assert.equal(decode(detail.getProperties()).values["key"], "key:g/v");
            return true;
        });
    });

    it("replaces everything when the provider moves to another account", async () => {
        const diffConfig = async (account: string) => {
            const request = new pb.DiffRequest()
                .setOldInputs(encode({ account: "a", x: 1 }))
                .setNews(encode({ account, x: 2 }));
            const diff = await client.call<pb.DiffRequest, pb.DiffResponse>("diffConfig", request);
            return diff.getReplacesList();
        };
        assert.deepEqual(await diffConfig("a"), []);
        assert.deepEqual(await diffConfig("b"), ["account", "x"]);
        assert.deepEqual(await diffConfig(UNKNOWN), []);
    });

    it("calls functions, and marks as secret what comes from a secret", async () => {
        const invoke = async (secrets: string[][]) => {
            const request = new pb.InvokeRequest()
                .setTok("toy:net:getZones")
                .setArgs(encode({ x: 1 }, secrets));
            const answer = await client.call<pb.InvokeRequest, pb.InvokeResponse>(
                "invoke",
                request,
            );
            return decode(answer.getReturn());
        };
        assert.deepEqual(await invoke([]), { values: { names: ["ra", "rb"] }, secrets: [] });
        assert.deepEqual((await invoke([["x"]])).secrets, [["names"]]);
    });

    it("stops waiting when the engine cancels", async () => {
        const slow = await listen(toy, store, 10_000);
        const canceller = new Client(slow.port);
        await canceller.configure({ account: "a", region: "r" });
        const creation = canceller.create(urn, { cidr: "c", name: "n" });
        await canceller.call("cancel", new empty.Empty());
        assert.match((await creation).id, /^net-/);
        canceller.close();
        slow.close();
    });

    it("reads SIM_TIME_SCALE, and rejects what is no number", () => {
        assert.equal(timeScale({}), 0.01);
        assert.equal(timeScale({ SIM_TIME_SCALE: "0" }), 0);
        assert.throws(() => timeScale({ SIM_TIME_SCALE: "fast" }), {
            message: 'SIM_TIME_SCALE is "fast"; it must be a number from 0, e.g. 0.01',
        });
    });
});

describe("simulator/bin", () => {
    let folder = "";

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "world-"));
    });

    afterEach(async () => {
        await stopAll();
        rmSync(folder, { recursive: true });
    });

    it("starts a provider that answers with its SDK's version", async () => {
        const plugin = await start("random", { SIM_WORLD: join(folder, "w.sqlite") });
        const client = new Client(plugin.port);
        const info = await client.call<empty.Empty, plugin.PluginInfo>(
            "getPluginInfo",
            new empty.Empty(),
        );
        const sdk = join(import.meta.dirname, "../../node_modules/@pulumi/random/package.json");
        const { version } = JSON.parse(readFileSync(sdk, "utf8")) as { version: string };
        assert.equal(info.getVersion(), version);
        client.close();
    });

    it("shares one world among processes, and finishes what a crashed one began", async () => {
        const world = { SIM_WORLD: join(folder, "w.sqlite"), SIM_TIME_SCALE: "0" };
        const store = Store.open(world.SIM_WORLD);
        store.insert(eks);
        const namespace = "kubernetes:core/v1:Namespace";
        addFault(store, { kind: "crash", operation: "create", target: namespace, remaining: 1 });
        const urn = urnOf(namespace, "app");
        const inputs = { metadata: { name: "app" } };
        const kubeconfig = JSON.stringify(config);

        const first = await start("kubernetes", world);
        const crashing = new Client(first.port);
        await crashing.configure({ kubeconfig });
        await assert.rejects(crashing.create(urn, inputs));
        assert.equal(await first.ended, 1);
        crashing.close();

        const second = await start("kubernetes", world);
        const client = new Client(second.port);
        await client.configure({ kubeconfig });
        assert.equal((await client.create(urn, inputs)).id, "app");
        assert.equal(store.instances("type = ?", namespace).length, 1);
        client.close();
        store.close();
    });
});

const server = "https://ABC.gr7.eu-west-1.eks.amazonaws.com";

const eks = {
    type: "aws:eks/cluster:Cluster",
    id: "c",
    urn: urnOf("aws:eks/cluster:Cluster", "c"),
    scope: { account: "1", region: "eu-west-1" },
    inputs: {},
    outputs: { endpoint: server },
    secrets: [],
    number: 0,
    known: true,
    readyAt: 0,
};

const config = {
    "current-context": "x",
    contexts: [{ name: "x", context: { cluster: "y" } }],
    clusters: [{ name: "y", cluster: { server } }],
};
