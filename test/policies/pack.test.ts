import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { rules } from "../../policies/rules/index.ts";
import { change } from "./examples/example.ts";
import { examples } from "./examples/index.ts";
import { UNKNOWN } from "./judge.ts";
import { RunningPack, secret, urnOf, type Sent } from "./pack.ts";

const NAMES = [
    "input-ledger",
    "aws-eks-endpoint-not-world-open",
    "az-aks-api-not-world-open",
    "gcp-gke-control-plane-not-public",
    "db-no-public-access",
    "db-no-world-firewall",
    "db-encrypted-at-rest",
    "registry-no-public-or-anonymous",
    "bucket-public-access-blocked",
    "bucket-no-public-acl-or-iam",
    "net-no-world-ingress-admin-ports",
    "net-no-world-ingress-db-ports",
    "net-no-world-ingress-any",
    "kms-no-public-principal",
    "secret-not-plaintext",
    "iam-no-star-admin",
    "iam-no-wildcard-trust",
    "k8s-no-privileged",
    "k8s-rbac-no-cluster-admin",
];

/** An entry for all ports is one for SSH and for databases too. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
    "net-no-world-ingress-any": [
        "net-no-world-ingress-admin-ports",
        "net-no-world-ingress-db-ports",
    ],
};

const bucket = (name: string): Sent => ({
    type: "aws:s3/bucketV2:BucketV2",
    name,
    inputs: {},
    outputs: { bucket: UNKNOWN },
});

const block = (of: Sent): Sent => ({
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    name: of.name,
    inputs: {
        bucket: UNKNOWN,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
    },
    references: { bucket: [of] },
});

describe("the pack policies/security over gRPC", function () {
    let pack: RunningPack;

    before(async () => {
        pack = await RunningPack.start("security");
    });
    afterEach(() => pack.configure({}));
    after(() => pack.stop());

    it("has exactly these policies, all mandatory behind the recorder", async () => {
        const facts = await pack.facts();
        assert.deepEqual(
            facts.map(({ name }) => name),
            NAMES,
        );
        assert.deepEqual(
            facts.map(({ level }) => level),
            ["remediate", ...NAMES.slice(1).map(() => "mandatory")],
        );
    });

    it("tells engines the page and the requirements of each rule", async () => {
        const facts = (await pack.facts()).find(({ name }) => name === "db-encrypted-at-rest")!;
        assert.match(facts.url, /^https:\/\/docs\.aws\.amazon\.com\//);
        assert.deepEqual(facts.tags, [
            "aws",
            "azure",
            "gcp",
            "pci-dss:3.5.1",
            "pci-dss:3.6.1",
            "hipaa:164.312(a)(2)(iv)",
            "hipaa:164.312(e)(2)(ii)",
            "soc-2:PI1.5",
            "gdpr:32",
            "cis-aws:3.2.1",
        ]);
    });

    it("finds nothing in any good example, known or unknown", async () => {
        for (const [id, resources] of Object.entries(examples)) {
            for (const { type, good, undecided } of resources) {
                const sent = { type, name: "good", inputs: good };
                assert.deepEqual(await pack.judge(sent), [], `${id} ${type}`);
                if (undecided === undefined) continue;
                const inputs = change(good, undecided, UNKNOWN);
                assert.deepEqual(await pack.judge({ ...sent, inputs }), [], `${id} ${type}`);
            }
        }
    });

    it("finds in each broken example what is broken, and nothing else", async () => {
        for (const [id, resources] of Object.entries(examples)) {
            for (const { type, good, breaks } of resources) {
                for (const { set, at, title } of breaks) {
                    const sent = { type, name: "bad", inputs: change(good, ...set) };
                    const found = await pack.judge(sent);
                    const expected = [...at.map(() => id), ...(ALSO[id] ?? [])].sort();
                    const label = `${id} on ${type}: ${title}`;
                    assert.deepEqual(found.map(({ policy }) => policy).sort(), expected, label);
                    assert.ok(
                        found.every(({ level }) => level === "mandatory"),
                        label,
                    );
                }
            }
        }
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
        assert.equal((await pack.judge(binding)).length, 1);
        const id = "k8s-rbac-no-cluster-admin";
        await pack.configure({ [id]: "mandatory" }, { [id]: { allowed: ["break-glass"] } });
        assert.deepEqual(await pack.judge(binding), []);
        await pack.configure({ [id]: "mandatory" }, { [id]: { allowed: ["another"] } });
        assert.equal((await pack.judge(binding)).length, 1);
    });

    describe("on credentials", () => {
        const password = "correct-horse-battery";
        const user: Sent = { type: "gcp:sql/user:User", name: "user", inputs: { password } };

        it("rejects one in plain text, without repeating it", async () => {
            const found = await pack.judge(user);
            assert.deepEqual(
                found.map(({ policy, level }) => [policy, level]),
                [["secret-not-plaintext", "mandatory"]],
            );
            assert.ok(!found[0]!.message.includes(password));
        });

        it("passes one that is a secret, alone or in a secret map", async () => {
            assert.deepEqual(
                await pack.judge({ ...user, inputs: { password: secret(password) } }),
                [],
            );
            const data: Sent = {
                type: "kubernetes:core/v1:Secret",
                name: "data",
                inputs: { stringData: { ...secret(""), value: { password } } },
            };
            assert.deepEqual(await pack.judge(data), []);
        });

        it("judges anew when a secret turns plain", async () => {
            assert.deepEqual(
                await pack.judge({ ...user, inputs: { password: secret(password) } }),
                [],
            );
            assert.equal((await pack.judge(user)).length, 1);
        });

        it("says unknown where the recorder is switched off", async () => {
            const name = "unrecorded";
            await pack.configure({ "input-ledger": "mandatory" });
            assert.deepEqual(await pack.judge({ ...user, name }), []);
        });

        it("never prints a secret, whatever rule fires", async () => {
            const canary = "canary-5d1f0c";
            for (const [id, resources] of Object.entries(examples)) {
                for (const { type, good, breaks } of resources) {
                    for (const { set } of breaks.slice(0, 1)) {
                        const inputs = { ...change(good, ...set), note: secret(canary) };
                        const found = await pack.judge({ type, name: "canary", inputs });
                        assert.ok(found.length > 0, id);
                        assert.ok(!JSON.stringify(found).includes(canary), id);
                    }
                }
            }
        });
    });

    describe("on buckets of S3 in a stack", () => {
        const one = bucket("one");
        const two = bucket("two");

        it("passes one whose block refers to it, while its name is unknown", async () => {
            assert.deepEqual(await pack.judgeStack([one, block(one)]), []);
        });

        it("rejects the one that has no block", async () => {
            const found = await pack.judgeStack([one, block(one), two]);
            assert.deepEqual(
                found.map(({ policy, urn, level }) => [policy, urn, level]),
                [["bucket-public-access-blocked", urnOf(two), "mandatory"]],
            );
        });

        it("passes all of them where the account's own block is complete", async () => {
            const account: Sent = {
                ...block(one),
                type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
                references: {},
            };
            assert.deepEqual(await pack.judgeStack([one, two, account]), []);
        });

        it("joins by name where the program wrote the name out twice", async () => {
            const named: Sent = { ...one, outputs: { bucket: "logs" } };
            const of = (name: string): Sent => ({
                ...block(one),
                inputs: { ...block(one).inputs, bucket: name },
                references: {},
            });
            assert.deepEqual(await pack.judgeStack([named, of("logs")]), []);
            assert.equal((await pack.judgeStack([named, of("others")])).length, 1);
        });

        it("says unknown while it cannot tell which bucket a block is for", async () => {
            assert.deepEqual(await pack.judgeStack([one, { ...block(one), references: {} }]), []);
        });

        it("reads the inputs that it noted where the provider gives no outputs yet", async () => {
            const named: Sent = { ...one, name: "noted", inputs: { bucket: "noted" }, outputs: {} };
            const by: Sent = {
                ...block(one),
                name: "noted",
                inputs: { ...block(one).inputs, bucket: "noted" },
                outputs: {},
                references: {},
            };
            await pack.judge(named);
            await pack.judge(by);
            assert.deepEqual(await pack.judgeStack([named, by]), []);
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
            (await pack.judge(open)).map(({ level }) => level),
            ["advisory"],
        );
        await pack.configure({ "db-no-public-access": "disabled" });
        assert.deepEqual(await pack.judge(open), []);
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

describe("the rules of the pack", () => {
    it("are complete: each names clouds, reasons, remedies, a page and requirements", () => {
        for (const rule of rules) {
            assert.match(rule.id, /^[a-z0-9]+(-[a-z0-9]+)+$/);
            assert.match(rule.title, /^[A-Z].*\.$/, rule.id);
            assert.match(rule.why, /\.$/, rule.id);
            assert.match(rule.remediation, /\.$/, rule.id);
            assert.match(rule.see, /^https:\/\//, rule.id);
            assert.ok(rule.clouds.length > 0 && rule.requirements.length > 0, rule.id);
        }
    });

    it("have ids of their own", () => {
        const ids = rules.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
    });
});

describe("docs/policies.md", () => {
    it("lists every rule with its title, in the pack's order", async () => {
        const page = await readFile(new URL("../../docs/policies.md", import.meta.url), "utf8");
        const listed = [...page.matchAll(/^\| `([a-z0-9-]+)` +\| (.*?) +\|$/gm)].map(
            ([, id, title]) => [id, title],
        );
        assert.deepEqual(
            listed,
            rules.map(({ id, title }) => [id, title]),
        );
    });
});
