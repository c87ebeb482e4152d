import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Comparison } from "../../tools/plan/against/model.ts";
import type { Finding, Plan } from "../../tools/plan/model.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { Repository } from "../plan/repository.ts";

const run = promisify(execFile);

const PROGRAM = `
    import { Vpc } from "@pulumi/aws/ec2/vpc.js";
    import { Provider } from "@pulumi/aws/provider.js";
    export default () => {
        const provider = new Provider("p", { region: "eu-central-1" });
        new Vpc("net", { cidrBlock: "10.0.0.0/16" }, { provider });
        return {};
    };
`;

/** A rule that there is, so that levels can name it. */
const RULE = "net-egress-restricted";

// The copy goes by the day on which the tests run.
const SOON = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** Guardrails of another revision, which judge by that expression over a resource. */
function judging(finds: string): string {
    return `
        import { limit } from "../../../policies/limit.ts";
        const facts = {
            rule: "${RULE}", title: "A network is small.", severity: "high", level: "mandatory",
            pack: "security", state: "fail", path: "cidrBlock", message: "is too large",
            why: "It may be.", remediation: "Make it smaller.", see: "https://example.com/", fixable: false,
        };
        export function judgeStacks({ stacks, today, root }) {
            if (!/^\\d{4}-\\d\\d-\\d\\d$/.test(today) || !import.meta.filename.startsWith(root)) throw new Error("odd");
            return stacks.map(({ resources, policyConfig }) => resources
                .filter(({ type, inputs }) => type === "aws:ec2/vpc:Vpc" && ${finds})
                .map(({ urn }) => ({ ...facts, level: policyConfig["${RULE}"] ?? policyConfig.all, urn })));
        }
    `;
}

describe("a change of the guardrails, held against another revision's", function () {
    // Each starts processes that load SDKs.
    this.timeout(60_000);

    /** A repository whose guardrails find the network too large, and do so no longer in the files that stand there. */
    async function loosened(finds: string, use: (repository: Repository) => Promise<void>) {
        await Repository.use(async (repository) => {
            await mkdir(join(repository.root, "policies"));
            await mkdir(join(repository.root, "tools", "plan", "against"), { recursive: true });
            await repository.write("index.ts", PROGRAM);
            await repository.write("Pulumi.small.yaml", "config: {}\n");
            await repository.write("policies/limit.ts", `export const limit = "10.0.0.0/16";\n`);
            await repository.write("tools/plan/against/judging.ts", judging(finds));
            await repository.commit();
            await repository.write("policies/limit.ts", `export const limit = "";\n`);
            await use(repository);
        });
    }

    const LARGE = "inputs.cidrBlock === limit";

    it("tells what only that revision's guardrails find, by the levels that are asked for", () =>
        loosened(LARGE, async (repository) => {
            const { code, text, against } = await repository.against("HEAD");
            assert.equal(code, 0, text);
            assert.match(text, /1 finding by the rules of HEAD only/);
            assert.deepEqual(
                against?.guardrails?.findings.map(({ rule, level }) => [rule, level]),
                [[RULE, "advisory"]],
            );
            await repository.assertClean();
        }));

    it("ends with 1 on a mandatory one, and with 0 once the change is accepted", () =>
        loosened(LARGE, async (repository) => {
            const levels = JSON.stringify({ all: "advisory", [RULE]: "mandatory" });
            const mandatory = await repository.againstAt(levels, "HEAD");
            assert.equal(mandatory.code, 1, mandatory.text);
            assert.match(mandatory.text, /net-egress-restricted \(high\) .*Vpc net/);
            const accepted = await repository.againstAt(levels, "HEAD", "--accept-policy-changes");
            assert.equal(accepted.code, 0, accepted.text);
            assert.match(accepted.text, /Accepted by --accept-policy-changes\./);
        }));

    it("ends with 1 where that revision's guardrails fail, in their words", () =>
        loosened(`inputs.missing.at`, async (repository) => {
            const { code, text } = await repository.against("HEAD");
            assert.equal(code, 1, text);
            assert.match(text, /The rules of HEAD could not judge this revision:\nTypeError: /);
            await repository.assertClean();
        }));

    it("asks nobody where the guardrails are the same, or that revision has none that answer", () =>
        loosened(LARGE, async (repository) => {
            await repository.write("policies/limit.ts", `export const limit = "10.0.0.0/16";\n`);
            assert.equal((await repository.against("HEAD")).against?.guardrails, undefined);
            await repository.git("rm", "-r", "--quiet", "tools");
            await repository.commit();
            await repository.write("policies/limit.ts", "");
            const { code, text, against } = await repository.against("HEAD");
            assert.equal(code, 0, text);
            assert.equal(against?.guardrails, undefined);
            assert.match(text, /note: The guardrails differ as well/);
        }));

    it("finds what this program's own waivers begin to wave through", () => {
        // The copy would compile everything anew.
        const env = { ...process.env, NODE_COMPILE_CACHE: join(ROOT, ".local", "cache") };
        return Repository.use(async (repository) => {
            const names = (await readdir(ROOT)).filter((name) => !name.startsWith("."));
            for (const name of names) {
                if (["node_modules", "test", "docs"].includes(name)) continue;
                await cp(join(ROOT, name), join(repository.root, name), { recursive: true });
            }
            await repository.commit();
            const types = "aws:cloudwatch/logGroup:*";
            const waiver = `{ rule: logs-retention, select: { type: "${types}" }, owner: me, reason: "A test.", expires: "${SOON}" }`;
            await repository.write(join("policies", "waivers.yaml"), `waivers: [${waiver}]\n`);
            const command = ["tools/plan.ts", "--stack", "dev", "--against", "HEAD", "--json", "-"];
            const { stdout } = await run(process.execPath, command, {
                cwd: repository.root,
                env,
                maxBuffer: 2 ** 28,
            });
            const whole = JSON.parse(stdout) as Plan & { against: Comparison };
            const waived = whole.findings.filter(({ state }) => state === "waived");
            const placeOf = ({ rule, urn, path }: Finding) => [rule, urn, path];
            assert.ok(waived.length > 0);
            assert.deepEqual(whole.against.guardrails?.findings.map(placeOf), waived.map(placeOf));
            await repository.assertClean();
        });
    });
});
