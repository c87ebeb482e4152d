import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rules } from "../../policies/rules/index.ts";
import { remediesOf } from "../../policies/rules/remedy.ts";
import { levelOf } from "../../policies/rules/rule.ts";
import {
    broken,
    change,
    type Example,
    type Inputs,
    type Circumstances,
    type ExampleResource,
} from "../../policies/examples/example.ts";
import { examples, stackExamples } from "../../policies/examples/index.ts";
import { ruleOf, UNKNOWN } from "./judge.ts";
import { RunningPack, secret, urnOf, type Finding, type Sent } from "./pack.ts";

/** Where a finding stands, which its second line begins with; a finding about the whole resource has no path. */
function pathIn({ message }: Finding): string {
    return /^(\S+): /.exec(message.split("\n")[1] ?? "")?.[1] ?? "";
}

/** The rules that no standard asks for, and that keep things running all the same. */
const ALONE: readonly string[] = ["k8s-no-bare-pod"];

function sorted<T>(list: readonly T[]): readonly T[] {
    return [...list].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

/** The example's resources as the engine sends them, with the references between them. */
function send(resources: readonly ExampleResource[]): readonly Sent[] {
    const bare = (name: string): Sent => {
        const found = resources.find((resource) => resource.name === name);
        return { name, type: found?.type ?? "missing", inputs: {} };
    };
    return resources.map(({ references = {}, parent, ...resource }) => ({
        ...resource,
        ...(parent !== undefined && { parent: bare(parent) }),
        references: Object.fromEntries(
            Object.entries(references).map(([input, names]) => [input, names.map(bare)]),
        ),
    }));
}

/** An example as it is sent, and where it is found. */
interface Case {
    readonly title: string;
    readonly sent: Sent;
    readonly at: readonly string[];
}

/** The good, broken and undecided forms of examples, by the options that they are judged with. */
function casesByOptions(
    resources: readonly Example[],
): ReadonlyMap<Inputs | undefined, readonly Case[]> {
    const all = new Map<Inputs | undefined, Case[]>();
    const add = (options: Inputs | undefined, one: Case) => {
        const others = all.get(options);
        if (others === undefined) all.set(options, [one]);
        else others.push(one);
    };
    resources.forEach(({ good, breaks, undecided, ...example }, number) => {
        const sent = { ...example, name: `good-${number}`, inputs: good };
        add(example.options, { title: "good", sent, at: [] });
        breaks.forEach(({ set, at, title, options = example.options, ...given }, which) => {
            const inputs = set === undefined ? good : change(good, ...set);
            const name = `bad-${number}-${which}`;
            add(options, { title, sent: { ...sent, ...given, name, inputs }, at });
        });
        if (undecided === undefined) return;
        const inputs = change(good, undecided, UNKNOWN);
        const name = `undecided-${number}`;
        add(example.options, { title: "undecided", sent: { ...sent, name, inputs }, at: [] });
    });
    return all;
}

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

describe("the pack policies/platform over gRPC", function () {
    let pack: RunningPack;

    before(async () => {
        pack = await RunningPack.start("platform");
    });
    afterEach(() => pack.configure({}));
    after(() => pack.stop());

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

    /** Gives a rule options; without any, all rules go back to their own. */
    async function giveOptions(id: string, options: Inputs | undefined): Promise<void> {
        if (options === undefined) await pack.configure({});
        else await pack.configure({ [id]: levelOf(ruleOf(id)) }, { [id]: options });
    }

    for (const [id, resources] of Object.entries(examples)) {
        it(`${id} finds in its examples what is broken, and nothing else`, async () => {
            const level = levelOf(ruleOf(id));
            // The options in force are the whole pack's, so what shares them is asked at once.
            for (const [options, cases] of casesByOptions(resources)) {
                await giveOptions(id, options);
                const asked = cases.map(async ({ sent, at, title }) => {
                    const findings = await pack.judge(sent, id);
                    const paths = findings.map(pathIn);
                    assert.deepEqual(sorted(paths), sorted(at), `${sent.type}: ${title}`);
                    assert.ok(findings.every((finding) => finding.level === level));
                });
                await Promise.all(asked);
            }
        });
    }

    for (const [id, stacks] of Object.entries(stackExamples)) {
        it(`${id} finds in its stacks what is broken, and nothing else`, async () => {
            const judge = async (resources: readonly ExampleResource[], given: Circumstances) => {
                await giveOptions(id, given.options);
                const findings = await pack.judgeStack(send(resources), id);
                return findings.map((finding) => [finding.urn.split("::").at(-1), pathIn(finding)]);
            };
            for (const example of stacks) {
                const { good, breaks, title } = example;
                assert.deepEqual(await judge(good, example), [], title);
                for (const one of breaks) {
                    const found = await judge(broken(good, one), { ...example, ...one });
                    // The wire keeps no order of keys.
                    assert.deepEqual(sorted(found), sorted(one.at), `${title}: ${one.title}`);
                }
            }
        });
    }

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

    describe("at level remediate", () => {
        const ESCALATION = "k8s-no-privilege-escalation";
        const container = { name: "app", image: "app", env: [{ name: "TOKEN", value: UNKNOWN }] };
        const deployment: Sent = {
            type: "kubernetes:apps/v1:Deployment",
            name: "app",
            inputs: {
                metadata: { annotations: secret("canary-91") },
                spec: { template: { spec: { containers: [container] } } },
            },
        };
        const pod: Sent = {
            type: "kubernetes:core/v1:Pod",
            name: "pod",
            inputs: { spec: { containers: [container] } },
        };
        const mended = { ...container, securityContext: { allowPrivilegeEscalation: false } };

        it("mends what breaks the rule, and leaves secrets secret and unknown values unknown", async () => {
            await pack.configure({ [ESCALATION]: "remediate" });
            assert.deepEqual(await pack.remediate(deployment), [
                {
                    policy: ESCALATION,
                    properties: {
                        metadata: { annotations: secret("canary-91") },
                        spec: { template: { spec: { containers: [mended] } } },
                    },
                },
            ]);
        });

        it("changes nothing that keeps the rule, and nothing at another level", async () => {
            await pack.configure({ [ESCALATION]: "remediate" });
            const good = { spec: { template: { spec: { containers: [mended] } } } };
            assert.deepEqual(await pack.remediate({ ...deployment, inputs: good }), []);
            await pack.configure({ [ESCALATION]: "mandatory" });
            assert.deepEqual(await pack.remediate(deployment), []);
        });

        it("mends for production what holds in production only, as far as the option says", async () => {
            const rule = "kms-deletion-window";
            const key: Sent = {
                type: "aws:kms/key:Key",
                name: "key",
                inputs: { deletionWindowInDays: 7 },
            };
            await pack.configure({ [rule]: "remediate" });
            assert.equal((await pack.remediate(key)).length, 1);
            await pack.configure({ [rule]: "remediate" }, { [rule]: { stacks: ["live"] } });
            assert.deepEqual(await pack.remediate(key), []);
        });

        it("replaces a resource only where the user allows it by name", async () => {
            await pack.configure({ [ESCALATION]: "remediate" });
            assert.deepEqual(await pack.remediate(pod), []);
            const [finding] = await pack.judge(pod, ESCALATION);
            assert.equal(finding?.level, "mandatory");
            await pack.configure(
                { [ESCALATION]: "remediate" },
                { [ESCALATION]: { allowReplacement: true } },
            );
            const [repair] = await pack.remediate(pod);
            assert.deepEqual(repair?.properties, { spec: { containers: [mended] } });
        });
    });

    describe("on buckets of S3 in a stack", () => {
        const BLOCKED = "bucket-public-access-blocked";
        const one = bucket("one");
        const two = bucket("two");

        it("passes one whose block refers to it, while its name is unknown", async () => {
            assert.deepEqual(await pack.judgeStack([one, block(one)], BLOCKED), []);
        });

        it("rejects the one that has no block", async () => {
            const found = await pack.judgeStack([one, block(one), two], BLOCKED);
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
            assert.deepEqual(await pack.judgeStack([one, two, account], BLOCKED), []);
        });

        it("joins by name where the program wrote the name out twice", async () => {
            const named: Sent = { ...one, outputs: { bucket: "logs" } };
            const of = (name: string): Sent => ({
                ...block(one),
                inputs: { ...block(one).inputs, bucket: name },
                references: {},
            });
            assert.deepEqual(await pack.judgeStack([named, of("logs")], BLOCKED), []);
            assert.equal((await pack.judgeStack([named, of("others")], BLOCKED)).length, 1);
        });

        it("says unknown while it cannot tell which bucket a block is for", async () => {
            assert.deepEqual(
                await pack.judgeStack([one, { ...block(one), references: {} }], BLOCKED),
                [],
            );
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
            assert.deepEqual(await pack.judgeStack([named, by], BLOCKED), []);
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
