import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Provider as Kubernetes } from "@pulumi/kubernetes/provider.js";
import { Provider as Random } from "@pulumi/random/provider.js";
import { RandomId } from "@pulumi/random/randomId.js";
import { RandomPassword } from "@pulumi/random/randomPassword.js";

import { inspect, run } from "../../tools/offline/mocks.ts";

class Pair extends pulumi.ComponentResource {
    readonly password: pulumi.Output<string>;

    constructor(name: string, args: { length: number }, opts: pulumi.ComponentResourceOptions) {
        super("test:index:Pair", name, {}, opts);
        const password = new RandomPassword(name, args, { parent: this, protect: true });
        this.password = password.result;
        this.registerOutputs({ password: this.password });
    }
}

const build = (length = 20) => {
    const random = new Random("random");
    return new Pair("pair", { length }, { providers: [random] });
};

describe("mocks", () => {
    it("record what was registered, with the parents' types in the URN", async () => {
        const recorded = await run(() => build());
        assert.deepEqual(recorded.list(), [
            "random:index/randomPassword:RandomPassword pair",
            "test:index:Pair pair",
        ]);
        const password = recorded.one("random:index/randomPassword:RandomPassword");
        assert.equal(
            password.urn,
            "urn:pulumi:stack::project::test:index:Pair$random:index/randomPassword:RandomPassword::pair",
        );
        assert.equal(password.options.protect, true);
        assert.deepEqual(password.inputs, { length: 20 });
    });

    it("answer with known and secret outputs", async () => {
        const recorded = await run(() => build());
        const { value, known, secret } = await inspect(recorded.result.password);
        assert.equal(value.length, 20);
        assert.deepEqual({ known, secret }, { known: true, secret: true });
    });

    it("leave unknown in a preview what a cloud computes, with the same URNs", async () => {
        const planned = await run(() => build(), { preview: true });
        const recorded = await run(() => build());
        const { known, secret } = await inspect(planned.result.password);
        assert.deepEqual({ known, secret }, { known: false, secret: true });
        assert.deepEqual(planned.urns(), recorded.urns());
    });

    it("reject two resources of one URN, as the engine does, also while both are on their way", async () => {
        const twice = () => {
            const opts = { provider: new Random("random") };
            return [1, 2].map(() => new RandomPassword("password", { length: 20 }, opts));
        };
        await assert.rejects(
            run(twice),
            /^RefusedError: Duplicate resource URN '\S+RandomPassword::password'; try giving it a unique name$/,
        );
    });

    it("rejects what the table refuses, in its words", async () => {
        await assert.rejects(
            run(() => build(0)),
            { message: /RandomPassword pair: Attribute length value must be at least 1/ },
        );
    });

    it("rejects a resource without an explicit provider", async () => {
        await assert.rejects(
            run(() => new RandomId("id", { byteLength: 4 })),
            {
                message:
                    /Default provider for 'random' disabled\. 'urn:.*::id' must use an explicit/,
            },
        );
    });

    it("rejects with the error that the program throws", async () => {
        await assert.rejects(
            run(() => {
                build();
                throw new Error("wrong input");
            }),
            { message: "wrong input" },
        );
    });

    it("take a cluster that stands nowhere for one that has what is needed", async () => {
        const kubeconfig = JSON.stringify({ clusters: [], contexts: [] });
        const recorded = await run(() => {
            const provider = new Kubernetes("k", { kubeconfig });
            return new Namespace("app", { metadata: { name: "app" } }, { provider });
        });
        assert.equal(recorded.one("kubernetes:core/v1:Namespace").id, "app");
    });

    it("mark as secret what the program asks for", async () => {
        const recorded = await run(() => {
            const provider = new Random("random");
            return new RandomId(
                "id",
                { byteLength: 4 },
                { provider, additionalSecretOutputs: ["hex"] },
            );
        });
        assert.equal((await inspect(recorded.result.hex)).secret, true);
        assert.equal((await inspect(recorded.result.dec)).secret, false);
    });

    it("rejects with the first cause only, not with what hangs on it", async () => {
        const building = run(() => {
            const provider = new Random("random");
            const first = new RandomPassword("first", { length: 0 }, { provider });
            return new RandomPassword(
                "second",
                { length: 0, keepers: { first: first.id } },
                { provider },
            );
        });
        await assert.rejects(building, ({ message }: Error) => {
            assert.match(message, /RandomPassword first: /);
            assert.doesNotMatch(message, /second/);
            return true;
        });
    });

    it("give configuration to one run only", async () => {
        const read = () => new pulumi.Config("a").getObject<{ c: number }>("b");
        const config = { "a:b": { c: 1 } };
        assert.deepEqual((await run(read, { config })).result, { c: 1 });
        assert.equal((await run(read)).result, undefined);
    });
});
