import assert from "node:assert/strict";
import { homedir } from "node:os";
import { makePlan } from "../../tools/plan/make.ts";
import type { Plan } from "../../tools/plan/model.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { cluster, HIDDEN, network, TODAY, wholePlan, withProject } from "./support.ts";

const BOX = "urn:pulumi:small::tiny::test:index:Box";

describe("a plan", () => {
    let plan: Plan;

    before(() =>
        withProject({ small: "config: {}\n" }, async (root) => {
            plan = await makePlan({ stack: "small", root, program: network, today: TODAY });
        }),
    );

    it("names the project and the stack", () => {
        assert.deepEqual([plan.format, plan.project, plan.stack], [1, "tiny", "small"]);
        assert.deepEqual(plan.settings, { stack: [], sites: {} });
    });

    it("lists resources in a fixed order, with markers for what is secret and what is unknown", () => {
        assert.deepEqual(
            plan.resources.map(({ token, inputs }) => ({ token, inputs })),
            [
                { token: "test:index:Box", inputs: {} },
                {
                    token: "aws:ec2/subnet:Subnet",
                    inputs: {
                        cidrBlock: "10.0.1.0/24",
                        tags: { account: "[unknown]", password: "[secret]" },
                        vpcId: "[unknown]",
                    },
                },
                { token: "aws:ec2/vpc:Vpc", inputs: { cidrBlock: "10.0.0.0/16" } },
                {
                    token: "pulumi:providers:aws",
                    inputs: {
                        region: "eu-central-1",
                        skipCredentialsValidation: "false",
                        skipRegionValidation: "true",
                    },
                },
            ],
        );
    });

    it("tells everything about a resource", () => {
        const [, subnet] = plan.resources;
        assert.deepEqual(subnet, {
            urn: `${BOX}$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::tiny`,
            type: "aws:ec2/subnet:Subnet",
            token: "aws:ec2/subnet:Subnet",
            name: "tiny",
            site: "tiny",
            component: ["test:index:Box tiny"],
            parent: `${BOX}$aws:ec2/vpc:Vpc::tiny`,
            custom: true,
            protect: true,
            provider: `${BOX}$pulumi:providers:aws::tiny`,
            inputs: subnet?.inputs,
            secrets: ["tags.password"],
            unknowns: ["tags.account", "vpcId"],
            dependencies: [`${BOX}$aws:ec2/vpc:Vpc::tiny`],
            propertyDependencies: { vpcId: [`${BOX}$aws:ec2/vpc:Vpc::tiny`] },
            ignoreChanges: [],
            replaceOnChanges: [],
            retainOnDelete: false,
            deletedWith: "",
            aliases: [],
        });
    });

    it("arranges them as a tree", () => {
        const [site, ...others] = plan.sites;
        assert.deepEqual(others, []);
        assert.deepEqual(site, {
            key: "tiny",
            cloud: "",
            region: "",
            component: {
                urn: `${BOX}::tiny`,
                type: "test:index:Box",
                name: "tiny",
                resources: [
                    `${BOX}$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::tiny`,
                    `${BOX}$aws:ec2/vpc:Vpc::tiny`,
                    `${BOX}$pulumi:providers:aws::tiny`,
                ],
                components: [],
                total: 2,
                byType: {
                    "aws:ec2/subnet:Subnet": 1,
                    "aws:ec2/vpc:Vpc": 1,
                    "pulumi:providers:aws": 1,
                },
            },
        });
    });

    it("masks outputs", () => {
        assert.deepEqual(plan.outputs, {
            values: { block: "10.0.0.0/16", id: "[unknown]", password: "[secret]" },
            secrets: ["password"],
            unknowns: ["id"],
        });
    });

    it("asks nobody for what only a cloud knows, and says so", () => {
        const token = "aws:index/getCallerIdentity:getCallerIdentity";
        assert.deepEqual(plan.unanswered, [{ token, inputs: {} }]);
    });

    it("passes on once what the program tells", () => {
        const urn = `${BOX}$aws:ec2/vpc:Vpc::tiny`;
        assert.deepEqual(plan.messages, [{ severity: "warning", text: "mind the gap", urn }]);
    });

    it("counts", () => {
        const { components, resources, providers } = plan.counts;
        assert.deepEqual(
            { components, resources, providers },
            { components: 1, resources: 2, providers: 1 },
        );
    });

    it("says where the program makes a resource, if it is asked to", async () => {
        const options = { stack: "dev", config: {}, program: network, sources: true };
        const sourced = await makePlan(options);
        const subnet = sourced.resources.find(({ token }) => token === "aws:ec2/subnet:Subnet");
        assert.equal(subnet?.source?.file, "test/plan/support.ts");
        assert.ok(subnet.source.line > 0);
        assert.deepEqual(
            subnet.source.callers.map(({ file }) => file),
            ["test/plan/support.ts"],
        );
        assert.ok(plan.resources.every((resource) => !("source" in resource)));
    });

    it("leaves unknown the names that a provider makes up", async () => {
        await withProject({ small: "" }, async (root) => {
            const { pulumi, SecurityGroup, Provider } = await sdk();
            const program = () => {
                const provider = new Provider("p", { region: "eu-central-1" });
                const group = new SecurityGroup("made-up", {}, { provider });
                return { name: group.name, own: pulumi.interpolate`${group.name}-own` };
            };
            const { outputs } = await makePlan({ stack: "small", root, program });
            assert.deepEqual(outputs.values, { name: "[unknown]", own: "[unknown]" });
        });
    });

    it("takes what stands in no component as a site without a key", async () => {
        await withProject({ small: "" }, async (root) => {
            const { sites } = await makePlan({ stack: "small", root, program: cluster });
            assert.deepEqual(
                sites.map(({ key, component }) => [key, component.total]),
                [["", 7]],
            );
        });
    });
});

async function sdk() {
    const pulumi = await import("@pulumi/pulumi");
    const { SecurityGroup } = await import("@pulumi/aws/ec2/securityGroup.js");
    const { Provider } = await import("@pulumi/aws/provider.js");
    return { pulumi, SecurityGroup, Provider };
}

for (const stack of ["dev", "prod"]) {
    describe(`the plan of ${stack}`, () => {
        let plan: Plan;
        let text: string;

        before(async () => {
            plan = await wholePlan(stack);
            text = JSON.stringify(plan);
        });

        it("is the same to the byte when it is made again", async () => {
            const again = await makePlan({ stack, today: TODAY, sources: true });
            assert.equal(JSON.stringify(again), text);
        });

        it("names no path of the machine and no secret", () => {
            for (const place of [ROOT, homedir(), HIDDEN]) assert.ok(!text.includes(place), place);
        });

        it("shows nothing that the clouds would have to compute or to answer", () => {
            // What the simulated clouds answer where they are asked.
            for (const invented of ["eu-central-1a", "assumed-role", "eksbuild"]) {
                assert.ok(!text.includes(invented), invented);
            }
        });

        it("finds nothing mandatory", () => assert.equal(plan.counts.mandatory.fail, 0));

        it("knows its sites and where their settings come from", () => {
            const rows = Object.entries(plan.settings.sites);
            assert.deepEqual(
                rows.map(([site]) => site).sort(),
                plan.sites.map(({ key }) => key),
            );
            for (const [, own] of rows) {
                assert.ok(own.some(({ origin }) => origin === "profile"));
                assert.ok(own.some(({ origin }) => origin === "site"));
            }
        });

        it("says of every resource where it is made: in components/, by a call in index.ts", () => {
            const elsewhere = plan.resources.filter(
                ({ source }) => !/^components\/.+\.ts$/.test(source?.file ?? ""),
            );
            assert.deepEqual(elsewhere, []);
            const last = plan.resources.map(({ source }) => source?.callers.at(-1)?.file);
            assert.deepEqual([...new Set(last)], ["index.ts"]);
        });

        it("judges every resource by the rules for its type", () => {
            const applied = plan.rules.filter(({ judged }) => judged > 0);
            assert.ok(applied.length > 20);
            for (const { judged, kept, fail, unknown, waived, rule } of plan.rules) {
                assert.ok(kept <= judged && kept + fail + unknown + waived >= judged, rule);
            }
        });
    });
}
