import assert from "node:assert/strict";
import { dangerWords, isSame, verdict } from "../../tools/plan/against/words.ts";
import {
    compare,
    DATABASE,
    finding,
    planOf,
    reference,
    resource,
    SUBNET,
    urn,
    VPC,
} from "./against-support.ts";

const vpc = (cidrBlock: string, more = {}) => resource(VPC, "net", { cidrBlock }, more);
const subnet = resource(
    SUBNET,
    "a",
    { vpcId: "[unknown]", cidrBlock: "10.0.1.0/24" },
    reference("vpcId", urn(VPC, "net")),
);

describe("two plans compared", () => {
    it("are the same if nothing differs", async () => {
        const comparison = await compare(
            [vpc("10.0.0.0/16"), subnet],
            [vpc("10.0.0.0/16"), subnet],
        );
        assert.ok(isSame(comparison));
        assert.equal(comparison.counts.unchanged, 2);
    });

    it("tell what is added, changed and removed, with the old and the new value", async () => {
        const comparison = await compare(
            [resource(VPC, "net", { tags: { a: "1", b: "2" } }), resource(DATABASE, "gone")],
            [
                resource(VPC, "net", { tags: { a: "3", c: "4" } }),
                resource("aws:iam/role:Role", "new"),
                resource(SUBNET, "elsewhere", {}, { site: "x" }),
            ],
        );
        assert.deepEqual(
            comparison.resources.map(({ kind, name }) => `${kind} ${name}`),
            ["changed net", "added new", "removed gone", "added elsewhere"],
        );
        const changed = comparison.resources.find(({ kind }) => kind === "changed");
        assert.deepEqual(
            changed?.changes.map(({ path, kind, old, new: now }) => [path, kind, old, now]),
            [
                ["tags.a", "update", "1", "3"],
                ["tags.b", "delete", "2", undefined],
                ["tags.c", "add", undefined, "4"],
            ],
        );
        assert.match(verdict(comparison), /^2 added, 1 changed, 1 removed; 1 database/);
    });

    it("call everything new where the other revision has no such stack", async () => {
        const comparison = await compare(undefined, [vpc("10.0.0.0/16"), subnet]);
        assert.equal(verdict(comparison), "new stack: 2 added");
        assert.ok(!isSame(comparison));
    });

    it("ignore what the program ignores, and what the cloud would fill in anyway", async () => {
        const entry = "aws:eks/accessEntry:AccessEntry";
        const inputs = { clusterName: "c", principalArn: "p" };
        const ignoring = { ignoreChanges: ["tags"] };
        const comparison = await compare(
            [resource(VPC, "net", { tags: { a: "1" } }, ignoring), resource(entry, "e", inputs)],
            [
                resource(VPC, "net", { tags: { a: "2" } }, ignoring),
                resource(entry, "e", { ...inputs, type: "STANDARD" }),
            ],
        );
        assert.deepEqual(
            comparison.resources.map(({ kind, name }) => `${kind} ${name}`),
            ["changed e"],
        );
    });

    it("show no secret, and tell one that changed by its print", async () => {
        const secret = (text: string) => [
            resource(DATABASE, "main", { password: text }, { secrets: ["password"] }),
        ];
        const silent = await compare(secret("[secret]"), secret("[secret]"));
        assert.ok(isSame(silent));
        const of = (print: string) => ({ [urn(DATABASE, "main")]: { password: print } });
        const both = { base: of("x"), head: of("y") };
        const told = await compare(secret("[secret]"), secret("[secret]"), both);
        const change = { path: "password", kind: "update", old: "[secret]", new: "[secret]" };
        const how = { certainty: "will", replaces: false, hidden: true };
        assert.deepEqual(told.resources[0]?.changes, [{ ...change, ...how }]);
    });

    it("tell a marker from a text that reads like it", async () => {
        const comparison = await compare(
            [resource(DATABASE, "main", { password: "[secret]" })],
            [resource(DATABASE, "main", { password: "[secret]" }, { secrets: ["password"] })],
        );
        assert.deepEqual(comparison.resources[0]?.changes[0]?.path, "password");
    });

    it("say that a value may change where only one side knows it, or it refers to something else", async () => {
        const known = resource("aws:iam/role:Role", "r", { description: "x" });
        const unknown = resource(
            "aws:iam/role:Role",
            "r",
            { description: "[unknown]" },
            { unknowns: ["description"] },
        );
        const one = await compare([known], [unknown]);
        assert.deepEqual(
            one.resources.map(({ kind, certainty }) => [kind, certainty]),
            [["changed", "may"]],
        );
        assert.equal(verdict(one), "0 added, 0 changed, 0 removed, 1 may change");
        const role = (to: string) =>
            resource(
                "aws:iam/role:Role",
                "r",
                { description: "[unknown]" },
                reference("description", to),
            );
        const other = await compare([role("urn:a")], [role("urn:b")]);
        assert.equal(other.resources[0]?.certainty, "may");
    });

    it("replace what cannot be changed in place, and what may follow from it", async () => {
        const comparison = await compare(
            [vpc("10.0.0.0/16"), subnet],
            [vpc("10.1.0.0/16"), subnet],
        );
        assert.deepEqual(
            comparison.resources.map(({ kind, name, certainty, because }) => [
                kind,
                name,
                certainty,
                because,
            ]),
            [
                ["replaced", "a", "may", [urn(VPC, "net")]],
                ["replaced", "net", "will", []],
            ],
        );
        assert.deepEqual(
            comparison.resources.map(({ changes }) => changes.map(({ path }) => path)),
            [["vpcId"], ["cidrBlock"]],
        );
    });

    it("say that a secret may change which is made of something that is made anew", async () => {
        const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
        const made = (input: string, to: string) => ({
            secrets: [input],
            propertyDependencies: { [input]: [to] },
        });
        const login = resource(
            VERSION,
            "login",
            { secretString: "[secret]" },
            made("secretString", urn(DATABASE, "main")),
        );
        const comparison = await compare(
            [resource(DATABASE, "main", { username: "a" }), login],
            [resource(DATABASE, "main", { username: "b" }), login],
        );
        const [, follows] = comparison.resources;
        assert.deepEqual(
            [follows?.name, follows?.kind, follows?.certainty, follows?.because],
            ["login", "replaced", "may", [urn(DATABASE, "main")]],
        );
        const change = { path: "secretString", kind: "update", old: "[secret]", new: "[secret]" };
        const how = { certainty: "may", replaces: true, hidden: true };
        assert.deepEqual(follows?.changes, [{ ...change, ...how }]);
    });

    it("replace by replaceOnChanges, and by another provider", async () => {
        const anew = { replaceOnChanges: ["tags"] };
        const tags = await compare(
            [resource(VPC, "net", { tags: { a: "1" } }, anew)],
            [resource(VPC, "net", { tags: { a: "2" } }, anew)],
        );
        assert.equal(tags.counts.replaced, 1);
        const provider = await compare(
            [vpc("10.0.0.0/16", { provider: "urn:a" })],
            [vpc("10.0.0.0/16", { provider: "urn:b" })],
        );
        assert.deepEqual(
            provider.resources[0]?.changes.map(({ path }) => path),
            ["options.provider"],
        );
        assert.equal(provider.counts.replaced, 1);
    });

    it("replace everything that a provider holds which now points elsewhere", async () => {
        const aws = (region: string) => resource("pulumi:providers:aws", "p", { region });
        const inside = vpc("10.0.0.0/16", { provider: urn("pulumi:providers:aws", "p") });
        const comparison = await compare([aws("eu-central-1"), inside], [aws("eu-west-1"), inside]);
        assert.equal(comparison.counts.replaced, 2);
        const [danger] = comparison.dangers;
        assert.deepEqual(danger && dangerWords(danger).because, ["provider aws p"]);
        assert.ok(verdict(comparison).endsWith("2 replaced; 1 network would be replaced"));
    });

    it("notice that protection is taken off", async () => {
        const comparison = await compare(
            [vpc("10.0.0.0/16", { protect: true })],
            [vpc("10.0.0.0/16")],
        );
        assert.deepEqual(
            comparison.resources[0]?.changes.map(({ path, old, new: now }) => [path, old, now]),
            [["options.protect", true, false]],
        );
    });
});

describe("what else differs", () => {
    it("is findings that come, go and change their state", async () => {
        const plan = (...findings: Parameters<typeof finding>[]) =>
            planOf([vpc("10.0.0.0/16")], { findings: findings.map((one) => finding(...one)) });
        const at = urn(VPC, "net");
        const comparison = await compare(
            plan(["stays", at], ["goes", at], ["waived", at]),
            plan(
                ["stays", at],
                ["comes", at],
                ["waived", at, { state: "waived" }],
                ["mild", at, { level: "advisory" }],
            ),
        );
        const names = (all: readonly { rule: string; state: string }[]) =>
            all.map(({ rule, state }) => `${rule} ${state}`);
        assert.deepEqual(names(comparison.findings.appeared), [
            "comes fail",
            "waived waived",
            "mild fail",
        ]);
        assert.deepEqual(names(comparison.findings.resolved), ["goes fail", "waived fail"]);
        assert.ok(
            verdict(comparison).endsWith(
                "; 2 new findings, 1 mandatory; 1 newly waived; 1 resolved",
            ),
        );
    });

    it("is settings by their effective value, outputs and messages", async () => {
        const row = (setting: string, value: string, origin: "default" | "site" = "default") => ({
            setting,
            value,
            origin,
        });
        const plan = (value: string, text: string) =>
            planOf([], {
                settings: {
                    stack: [row("owner", "a")],
                    sites: { aws: [row("size", value, "site"), row("same", "x")] },
                },
                outputs: { values: { url: value, id: "[unknown]" }, secrets: [], unknowns: ["id"] },
                messages: [{ severity: "warning", text, urn: "" }],
            });
        const comparison = await compare(plan("small", "old"), plan("large", "new"));
        assert.deepEqual(comparison.settings, [
            { site: "aws", setting: "size", old: "small", new: "large" },
        ]);
        assert.deepEqual(
            comparison.outputs.map(({ path }) => path),
            ["url"],
        );
        assert.deepEqual(
            comparison.messages.map(({ text }) => text),
            ["new"],
        );
    });
});
