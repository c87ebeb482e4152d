import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import platform from "../../index.ts";
import { get } from "../../simulator/paths.ts";
import { loadProvider, packageOf } from "../../simulator/providers.ts";
import type { Json, Properties, TypeRule } from "../../simulator/table.ts";
import { makePlan } from "../../tools/plan/make.ts";
import { SECRET, UNKNOWN, type Finding, type Plan } from "../../tools/plan/model.ts";
import { stacksIn } from "../../tools/stack/files.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { PLATFORM_PACK } from "../../tools/stack/local-stack.ts";
import { assertSame } from "./support/compare.ts";
import { differences, type Difference } from "./support/differences.ts";
import { STACKS, Stage, type Program } from "./support/stage.ts";

/** The engine's mark for "known after the update" in what it tells. */
const SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** What the engine tells of a resource before it acts on it. */
type Told = NonNullable<NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]["new"]>;

/** What the engine tells during a preview with the policy pack. */
interface Preview {
    readonly resources: ReadonlyMap<string, Told>;
    /** As "level rule urn: where and what". */
    readonly findings: readonly string[];
}

async function preview(stage: Stage, program?: Program): Promise<Preview> {
    const events: EngineEvent[] = [];
    const done = await stage.run("preview", {
        policyPacks: [PLATFORM_PACK],
        onEvent: (event) => events.push(event),
        ...(program && { program }),
    });
    const findings = events.flatMap(({ policyEvent: event }) =>
        event === undefined ? [] : [told(event)],
    );
    const isStopped = findings.some((finding) => finding.startsWith("mandatory"));
    assert.ok(done.error === undefined || isStopped, String(done.error));
    const resources = events.flatMap(({ resourcePreEvent: event }) => {
        const told = event?.metadata.new;
        return told === undefined || told.type === "pulumi:pulumi:Stack" ? [] : [told];
    });
    return { resources: new Map(resources.map((one) => [one.urn, one])), findings };
}

/** The engine's words without colours and without the title, which the plan has apart. */
function told({
    enforcementLevel,
    policyName,
    resourceUrn = "",
    message,
}: NonNullable<EngineEvent["policyEvent"]>): string {
    const lines = message.replaceAll(/<\{%.*?%\}>/g, "").split("\n");
    // What concerns the stack as a whole is told of the stack's own resource.
    const urn = /::pulumi:pulumi:Stack::/.test(resourceUrn) ? "" : resourceUrn;
    return `${enforcementLevel} ${policyName} ${urn}: ${lines[1]}`;
}

function foundBy({ level, rule, urn, path, message }: Finding): string {
    const what = path === "" ? message.charAt(0).toUpperCase() + message.slice(1) : message;
    return `${level} ${rule} ${urn}: ${path === "" ? "" : `${path}: `}${what}.`;
}

/** Equality of findings, but where the plan says that it cannot tell. */
function assertSameFindings({ findings }: Plan, real: Preview): void {
    const open = findings.filter(({ state }) => state === "unknown");
    const undecided = new Set(open.map(({ level, rule, urn }) => `${level} ${rule} ${urn}: `));
    const decided = real.findings.filter(
        (finding) => ![...undecided].some((start) => finding.startsWith(start)),
    );
    const failures = findings.filter(({ state }) => state === "fail").map(foundBy);
    const surplus = failures.filter((failure) => !real.findings.includes(failure));
    const missing = decided.filter((finding) => !failures.includes(finding));
    assert.deepEqual({ surplus, missing }, { surplus: [], missing: [] });
}

/** What the provider's own check adds to what the program gives: defaults, names, and the SDK's version. */
async function isAdded(type: string, { path, right }: Difference): Promise<boolean> {
    if (type.startsWith("pulumi:providers:")) return /^(version|__internal)$/.test(path);
    const table = await loadProvider(packageOf(type));
    const rule: TypeRule | undefined = table.types[type] ?? table.fallback?.(type);
    const standard = get(rule?.defaults ?? {}, path);
    return path === rule?.name?.property || (standard !== undefined && standard === right);
}

for (const name of STACKS) {
    describe(`the plan of ${name}`, () => {
        let stage: Stage;
        let plan: Plan;
        let real: Preview;

        before(async () => {
            stage = await Stage.empty(name);
            real = await preview(stage);
            plan = await makePlan({ stack: name });
        });
        after(() => stage.dispose());

        it("has the resources of a real preview, but for those that depend on who runs it", () => {
            // Whoever runs the stack on AWS becomes an administrator; who that is, only the cloud knows.
            const ofTheCaller = [...real.resources.keys()].filter(
                (urn) =>
                    /\$aws:eks\/access(Entry|PolicyAssociation):/.test(urn) &&
                    !plan.resources.some((one) => one.urn === urn),
            );
            const sites = plan.sites.filter(({ cloud }) => cloud === "aws").length;
            assert.equal(ofTheCaller.length, 2 * sites);
            const urns = plan.resources.map(({ urn }) => urn);
            assertSame([...urns, ...ofTheCaller], [...real.resources.keys()]);
        });

        it("knows their parents, their providers and their protection", () => {
            const facts = plan.resources.map(
                ({ urn, parent, provider, protect }) => `${urn} ${parent} ${provider} ${protect}`,
            );
            const root = /^urn:pulumi:[^:]+::[^:]+::pulumi:pulumi:Stack::.*$/;
            const realFacts = plan.resources.flatMap(({ urn }) => {
                const { parent = "", provider = "", protect } = real.resources.get(urn) ?? {};
                const own = provider.split("::").slice(0, -1).join("::");
                return [`${urn} ${parent.replace(root, "")} ${own} ${protect ?? false}`];
            });
            assertSame(facts, realFacts);
        });

        it("says of inputs what a real preview says, wherever it says that it knows them", async () => {
            const wrong: string[] = [];
            for (const { urn, token, inputs } of plan.resources) {
                const given = real.resources.get(urn)?.inputs as Properties | undefined;
                for (const difference of differences(inputs, given ?? {})) {
                    const { path, left, right } = difference;
                    if (left === UNKNOWN || (left === SECRET && isSecret(right))) continue;
                    // The plan may know more: the next test holds it against what stands in the end.
                    if (right === SENTINEL) continue;
                    if (left === undefined && (await isAdded(token, difference))) continue;
                    wrong.push(`${urn} ${path}: ${JSON.stringify(left)}, ${JSON.stringify(right)}`);
                }
            }
            assert.deepEqual(wrong, []);
        });

        it("is right where it knows more than a real preview, as the update shows", async () => {
            const more = plan.resources.flatMap(({ urn, inputs }) => {
                const given = real.resources.get(urn)?.inputs as Properties | undefined;
                return differences(inputs, given ?? {})
                    .filter(({ left, right }) => left !== UNKNOWN && right === SENTINEL)
                    .map(({ path, left }) => ({ urn, path, left }));
            });
            assert.ok(
                more.length > 0,
                "a preview knows nothing of what it makes inside a new cluster",
            );
            const standing = await Stage.standing(name);
            try {
                const { resources } = await standing.state();
                const inputs = new Map(resources.map((one) => [one.urn, one.inputs ?? {}]));
                for (const { urn, path, left } of more) {
                    assert.deepEqual(get((inputs.get(urn) ?? {}) as Properties, path), left, urn);
                }
            } finally {
                await standing.dispose();
            }
        });

        it("finds what the policy pack finds, wherever it can tell", () => {
            assertSameFindings(plan, real);
        });
    });
}

describe("the plan of a stack with something wrong", () => {
    let stage: Stage;
    afterEach(() => stage.dispose());

    it("finds what the policy pack finds", async () => {
        const careless: Program = async () => {
            const outputs = await platform();
            const { Instance } = await import("@pulumi/aws/rds/instance.js");
            const { SecurityGroup } = await import("@pulumi/aws/ec2/securityGroup.js");
            const { Provider } = await import("@pulumi/aws/provider.js");
            const provider = new Provider("careless", { region: "eu-central-1" });
            const args = {
                engine: "postgres",
                instanceClass: "db.t4g.micro",
                allocatedStorage: 20,
                username: "dbadmin",
                manageMasterUserPassword: true,
                skipFinalSnapshot: true,
            };
            new Instance("careless", { ...args, publiclyAccessible: true }, { provider });
            const open = { fromPort: 22, toPort: 22, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] };
            new SecurityGroup("careless", { ingress: [open] }, { provider });
            return { ...outputs };
        };
        stage = await Stage.empty("dev");
        const real = await preview(stage, careless);
        const plan = await makePlan({ stack: "dev", program: careless });
        assert.ok(plan.counts.mandatory.fail > 2);
        assertSameFindings(plan, real);
    });
});

describe("the stacks that are planned and previewed", () => {
    it("are all there are", async () => {
        const all = (await stacksIn(ROOT)).map(({ stack }) => stack);
        assert.deepEqual([...STACKS].sort(), all);
    });
});

function isSecret(value: Json | undefined): boolean {
    return typeof value === "object" && value !== null && SIGNATURE in value;
}
