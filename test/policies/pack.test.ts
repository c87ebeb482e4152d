import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rules } from "../../policies/rules/index.ts";
import { remediesOf } from "../../policies/rules/remedy.ts";
import { levelOf } from "../../policies/rules/rule.ts";
import { change } from "../../policies/examples/example.ts";
import { examples } from "../../policies/examples/index.ts";
import { givePlatformPack, RunningPack, secret, type Sent } from "./pack.ts";

/** The rules that no standard asks for, and that keep things running all the same. */
const ALONE: readonly string[] = ["k8s-no-bare-pod"];

describe("the pack policies/platform over gRPC", function () {
    let pack: RunningPack;
    givePlatformPack((started) => (pack = started));

    it("has exactly the rules of all families behind the runner, with their levels", async () => {
        const facts = await pack.facts();
        assert.deepEqual(
            facts.map(({ name, level }) => [name, level]),
            [
                ["guardrails", "remediate"],
                ...rules.map((rule) => [rule.id, levelOf(rule)]),
                ["waiver-expired", "advisory"],
                ["waiver-unused", "advisory"],
            ],
        );
    });

    it("tells engines the page and the requirements of each rule", async () => {
        const facts = (await pack.facts()).find(({ name }) => name === "db-encrypted-at-rest")!;
        assert.match(facts.url, /^https:\/\/docs\.aws\.amazon\.com\//);
        assert.deepEqual(facts.tags, [
            "aws",
            "azure",
            "gcp",
            "security",
            "pci-dss:3.5.1",
            "pci-dss:3.6.1",
            "hipaa:164.312(a)(2)(iv)",
            "hipaa:164.312(e)(2)(ii)",
            "soc-2:PI1.5",
            "gdpr:32",
            "cis-aws:3.2.1",
        ]);
    });

    it("says what is wrong, where, why, what to do, and where to read on", async () => {
        const [finding] = await pack.judge({
            type: "kubernetes:core/v1:Pod",
            name: "pod",
            inputs: { spec: { containers: [{ securityContext: { privileged: true } }] } },
        });
        assert.equal(
            finding!.message,
            [
                "No container is privileged.",
                "spec.containers[0].securityContext.privileged: the container is privileged.",
                "A privileged container is root on its node, and from there on every pod and secret of that node.",
                "Remove securityContext.privileged, and add the single capability that is needed.",
                "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
            ].join("\n"),
        );
    });

    it("lets a binding to cluster-admin stand that the options name", async () => {
        const binding: Sent = {
            type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
            name: "binding",
            inputs: { metadata: { name: "break-glass" }, roleRef: { name: "cluster-admin" } },
        };
        assert.equal((await pack.judge(binding, "k8s-rbac-no-cluster-admin")).length, 1);
        const id = "k8s-rbac-no-cluster-admin";
        await pack.configure({ [id]: "mandatory" }, { [id]: { allowed: ["break-glass"] } });
        assert.deepEqual(await pack.judge(binding, "k8s-rbac-no-cluster-admin"), []);
        await pack.configure({ [id]: "mandatory" }, { [id]: { allowed: ["another"] } });
        assert.equal((await pack.judge(binding, "k8s-rbac-no-cluster-admin")).length, 1);
    });

    describe("on credentials", () => {
        const CREDENTIALS = "secret-not-plaintext";
        const password = "correct-horse-battery";
        const user: Sent = { type: "gcp:sql/user:User", name: "user", inputs: { password } };

        it("rejects one in plain text, without repeating it", async () => {
            const found = await pack.judge(user, CREDENTIALS);
            assert.deepEqual(
                found.map(({ policy, level }) => [policy, level]),
                [["secret-not-plaintext", "mandatory"]],
            );
            assert.ok(!found[0]!.message.includes(password));
        });

        it("passes one that is a secret, alone or in a secret map", async () => {
            assert.deepEqual(
                await pack.judge({ ...user, inputs: { password: secret(password) } }, CREDENTIALS),
                [],
            );
            const data: Sent = {
                type: "kubernetes:core/v1:Secret",
                name: "data",
                inputs: { stringData: { ...secret(""), value: { password } } },
            };
            assert.deepEqual(await pack.judge(data, CREDENTIALS), []);
        });

        it("judges anew when a secret turns plain", async () => {
            assert.deepEqual(
                await pack.judge({ ...user, inputs: { password: secret(password) } }, CREDENTIALS),
                [],
            );
            assert.equal((await pack.judge(user, CREDENTIALS)).length, 1);
        });

        it("knows secrets whatever level is set for all policies", async () => {
            await pack.configure({ guardrails: "mandatory", [CREDENTIALS]: "mandatory" });
            const inputs = { password: secret(password) };
            assert.deepEqual(await pack.judge({ ...user, inputs }, CREDENTIALS), []);
            assert.equal((await pack.judge(user, CREDENTIALS)).length, 1);
        });

        it("never prints a secret, whatever rule fires", async () => {
            const canary = "canary-5d1f0c";
            const firing = Object.entries(examples).flatMap(([id, resources]) =>
                resources.slice(0, 2).flatMap(({ type, good, breaks: [first] }) => {
                    if (first?.set === undefined) return [];
                    const inputs = { ...change(good, ...first.set), note: secret(canary) };
                    return [{ type, name: id, inputs }];
                }),
            );
            const found = await Promise.all(firing.map((sent) => pack.judge(sent)));
            assert.ok(found.flat().length > rules.length);
            assert.ok(!JSON.stringify(found).includes(canary));
        });
    });

    it("takes a level from the configuration", async () => {
        const open: Sent = {
            type: "aws:rds/instance:Instance",
            name: "db",
            inputs: { publiclyAccessible: true, storageEncrypted: true },
        };
        await pack.configure({ "db-no-public-access": "advisory" });
        assert.deepEqual(
            (await pack.judge(open, "db-no-public-access")).map(({ level }) => level),
            ["advisory"],
        );
        await pack.configure({ "db-no-public-access": "disabled" });
        assert.deepEqual(await pack.judge(open, "db-no-public-access"), []);
    });
});

describe("the entry of the pack", () => {
    it("says which Node it needs where types are not stripped", () => {
        const folder = fileURLToPath(new URL("../../policies/security/", import.meta.url));
        const { status, stdout, stderr } = spawnSync(
            process.execPath,
            ["--no-experimental-strip-types", "index.js"],
            { cwd: folder, encoding: "utf8" },
        );
        assert.equal(status, 1);
        assert.equal(stdout, "");
        assert.match(stderr, /^The policy pack needs Node 22\.18 or newer; this is v\d/m);
    });
});

describe("what Node compiles of a pack", () => {
    let folder: string;
    let pack: RunningPack;

    before(async () => {
        folder = await mkdtemp(join(tmpdir(), "pack-"));
        pack = await RunningPack.start("security", { NODE_COMPILE_CACHE: folder });
    });
    after(async () => {
        pack.stop();
        await rm(folder, { recursive: true, maxRetries: 10 });
    });

    it("is written after the stack was judged, and not before", async () => {
        const [own = ""] = await readdir(folder);
        const cache = join(folder, own);
        assert.deepEqual(await readdir(cache), []);
        const written = watch(cache, { persistent: false }).next();
        await pack.judgeStack([]);
        assert.equal((await written).done, false);
    });
});

describe("the rules of the pack", () => {
    it("are complete: each names clouds, reasons, remedies and a page", () => {
        for (const rule of rules) {
            assert.match(rule.id, /^[a-z0-9]+(-[a-z0-9]+)+$/);
            assert.match(rule.title, /^[A-Z].*\.$/, rule.id);
            assert.match(rule.why, /\.$/, rule.id);
            for (const remedy of remediesOf(rule)) assert.match(remedy, /\.$/, rule.id);
            assert.match(rule.see, /^https:\/\//, rule.id);
            assert.ok(rule.clouds.length > 0, rule.id);
        }
    });

    it("serve a requirement of a standard, all but those that only make sense by themselves", () => {
        const alone = rules.filter(({ requirements, analogies = {} }) =>
            [...Object.values(requirements), ...Object.values(analogies)].every(
                (numbers) => numbers.length === 0,
            ),
        );
        assert.deepEqual(
            alone.map(({ id }) => id),
            ALONE,
        );
    });

    it("have ids of their own", () => {
        const ids = rules.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
    });
});
