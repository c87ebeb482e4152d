import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { Provider } from "@pulumi/aws/provider.js";
import * as pulumi from "@pulumi/pulumi";
import type { Waiver } from "../../policies/runtime/waivers.ts";
import { HELP } from "../../tools/plan/arguments.ts";
import type { Plan } from "../../tools/plan/model.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { cluster, HIDDEN, network, plan, withProject } from "./support.ts";

const TINY = { small: "config: {}\n" };

/** Breaks a mandatory rule. */
function careless(): Record<string, unknown> {
    const provider = new Provider("careless", { region: "eu-central-1" });
    const open = { fromPort: 22, toPort: 22, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] };
    new SecurityGroup("careless", { ingress: [open] }, { provider });
    return {};
}

function onTiny(args: readonly string[], program: () => unknown, waivers: readonly Waiver[] = []) {
    return withProject(TINY, (root) =>
        plan(["--stack", "small", ...args], { root, program, waivers }),
    );
}

describe("npm run plan", () => {
    it("ends with 0 when nothing stops the stack, and says what to do next", async () => {
        const { code, text } = await onTiny([], network);
        assert.equal(code, 0);
        assert.match(text, /^small · 1 site, 2 resources, 1 component, 1 provider\n/);
        assert.match(text, /│ Box +│ +3 │ Subnet, Vpc, provider aws +│/);
        assert.match(text, /│ password │ \[secret\] +│/);
        assert.match(text, /Not asked, as only the clouds know: aws getCallerIdentity\./);
        assert.match(text, /warning: mind the gap\n/);
        assert.match(
            text.trimEnd().split("\n").at(-1) ?? "",
            /^Next {2}Nothing .*npm run try -- --stack small/,
        );
    });

    it("repeats the file of levels in what to do next", () =>
        withProject(TINY, async (root) => {
            const file = join(root, "levels.json");
            await writeFile(file, "{}");
            const options = { root, program: network };
            const { text } = await plan(["--stack", "small", "--policy-config", file], options);
            const again = `npm run try -- --stack small --policy-config ${file} rehearses small `;
            assert.ok(text.includes(again), text);
        }));

    it("ends with 1 on mandatory findings, which it shows in full", async () => {
        const { code, text } = await onTiny([], careless);
        assert.equal(code, 1);
        const words = [
            "test-no-ingress (critical) ec2 SecurityGroup careless",
            "    Nothing comes in.",
            "    ingress[0]: lets something in.",
            "    It might be anybody.",
            "    Take the rule away.",
            "    https://example.com",
        ];
        assert.ok(text.includes(`\n${words.join("\n")}\n`), text);
        assert.match(
            text.trimEnd().split("\n").at(-1) ?? "",
            /^Next {2}\d+ mandatory findings? would stop/,
        );
    });

    it("names the line that makes the resource of a mandatory finding", async () => {
        const { text } = await plan([], { program: careless });
        assert.match(text, /\n {4}Made at test\/plan\/[a-z-.]+\.ts:\d+\n/);
    });

    it("tells errors where errors belong, so that nothing but a plan is read as one", async () => {
        let errors = "";
        const { code, text } = await plan(["--stack", "nope", "--json", "-"], {
            errors: { write: (chunk: string) => (errors += chunk) },
        });
        assert.equal(code, 2);
        assert.equal(text, "");
        assert.match(errors, /^There is no stack "nope"/);
    });

    it("ends with 0 once the findings are waived, and names who answers for them", async () => {
        const waiver = {
            rule: "test-no-ingress",
            select: { name: "careless" },
            owner: "network@example.com",
            reason: "It is a test.",
            expires: "2027-01-31",
        };
        const waivers = [waiver];
        const { code, text } = await onTiny([], careless, waivers);
        assert.equal(code, 0);
        assert.match(
            text,
            /^waived test-no-ingress .+\(network@example\.com, until 2027-01-31\)$/m,
        );
    });

    it("takes levels from a file, and refuses rules and levels that do not exist", async () => {
        await withProject(TINY, async (root) => {
            const file = join(root, "levels.json");
            const run = async (text: string) => {
                await writeFile(file, text);
                const args = ["--stack", "small", "--policy-config", file];
                return plan(args, { root, program: careless });
            };
            assert.equal((await run('{"all": "advisory"}')).code, 0);
            const mended = await run('{"all": "remediate"}');
            assert.equal(mended.code, 0);
            assert.match(
                mended.text,
                /^mended by test-no-ingress: ec2 SecurityGroup careless, ingress$/m,
            );
            const wrong = await run('{"db-no-public-acess": "advisory", "all": "off"}');
            assert.equal(wrong.code, 2);
            assert.match(
                wrong.text,
                /no rule "db-no-public-acess"\. Did you mean "db-no-public-access"\?/,
            );
            assert.match(wrong.text, /the level of "all" is "off"\. Allowed are advisory, /);
            assert.equal((await run("[]")).code, 2);
            assert.equal((await run('{"data-residency": {"regions": ["eu-central-1"]}}')).code, 1);
            const options = await run('{"data-residency": {"regions": "eu", "region": []}}');
            assert.equal(options.code, 2);
            assert.match(options.text, /option "regions" of "data-residency" is no array: "eu"\./);
            assert.match(options.text, /has no option "region"\. Did you mean "regions"\?/);
        });
    });

    it("takes levels from a profile, and names the profiles if there is none of that name", async () => {
        assert.equal((await plan(["--profile", "baseline"])).code, 0);
        const { code, text } = await plan(["--profile", "base"]);
        assert.equal(code, 2);
        assert.match(
            text,
            /There is no profile "base"\. Did you mean baseline\? There are: baseline, /,
        );
    });

    it("prints the help, which names the exit codes", async () => {
        assert.deepEqual(await plan(["--help"]), { code: 0, text: `${HELP}\n` });
        assert.match(HELP, /Exit codes: 0 .+ · 1 .+ · 2 /);
    });

    it("refuses options that do not exist or contradict each other", async () => {
        for (const [args, words] of [
            [["--stak", "dev"], /Unknown option '--stak'.* Did you mean --stack\?\n.*--help/s],
            [["--all", "--stack", "dev"], /--all and --stack cannot go together/],
            [["--profile", "x", "--policy-config", "y"], /cannot go together/],
            [["--json", "x", "--sarif", "./x"], /--json and --sarif both write \.\/x\. Name two/],
            [["--stack", "nowhere"], /There is no stack "nowhere"\. There are: dev, prod/],
            [["--policy-config", "nowhere.json"], /There is no file nowhere\.json/],
        ] as const) {
            const { code, text } = await plan(args);
            assert.equal(code, 2, args.join(" "));
            assert.match(text, words);
        }
    });

    it("ends with 2 on wrong settings, with every problem and without a stack trace", async () => {
        const wrong = "config:\n  platform:environment: pord\n  platform:owner: 3\n";
        await withProject({ small: wrong }, async (root) => {
            await writeFile(join(root, "Pulumi.yaml"), "name: platform\n");
            const { default: program } = await import("../../index.ts");
            const { code, text } = await plan(["--stack", "small"], { root, program });
            assert.equal(code, 2);
            assert.match(
                text,
                /^Pulumi\.small\.yaml has \d+ problems; nothing was created:\n {2}1\. /,
            );
            assert.match(text, /environment: "pord"/);
            assert.match(text, /sites/);
            assert.doesNotMatch(text, /\n\s+at /);
        });
    });

    it("ends with 2 on a stack file that is no YAML, and on encrypted values", async () => {
        const broken = await withProject({ small: "config: [" }, (root) =>
            plan(["--stack", "small"], { root, program: network }),
        );
        assert.equal(broken.code, 2);
        assert.match(broken.text, /is not YAML that can be read/);
        const secret = "config:\n  platform:owner:\n    secure: v1:abc\n";
        await withProject({ small: secret }, async (root) => {
            await writeFile(join(root, "Pulumi.yaml"), "name: platform\n");
            const { default: program } = await import("../../index.ts");
            const { code, text } = await plan(["--stack", "small"], { root, program });
            assert.equal(code, 2);
            assert.match(text, /owner: holds an encrypted value/);
        });
    });

    it("ends with 2 on what a cloud refuses, in its words", async () => {
        const { code, text } = await onTiny([], () => {
            const provider = new Provider("p", { region: "eu-central-1" });
            new Vpc("bad", { cidrBlock: "10.0.0.0/99" }, { provider });
        });
        assert.equal(code, 2);
        assert.match(text, /^aws:ec2\/vpc:Vpc bad: /);
        assert.doesNotMatch(text, /\n\s+at /);
    });

    it("ends with 2 on a fault of the program, and shows where it is", async () => {
        const { code, text } = await onTiny([], () => {
            throw new TypeError("no such thing");
        });
        assert.equal(code, 2);
        assert.match(
            text,
            /^The program failed:\nTypeError: no such thing\n\s+at .*command\.test\.ts/,
        );
    });

    it("ends with 2 on what a program throws where nobody waits for it", () => {
        const script = `
            import * as pulumi from "@pulumi/pulumi";
            import { planCommand } from "./tools/plan/command.ts";
            const program = () => void pulumi.output(1).apply(() => { throw new pulumi.RunError("lost"); });
            process.exitCode = await planCommand([], process.stdout, { program });
        `;
        const { status, stdout } = spawnSync(
            process.execPath,
            ["--input-type=module", "--eval", script],
            { cwd: ROOT, encoding: "utf8" },
        );
        assert.deepEqual({ status, stdout }, { status: 2, stdout: "lost\n" });
    });

    it("ends with 2 if the program tells an error, as under the engine", async () => {
        const { code, text } = await onTiny([], () => {
            void pulumi.log.error("that will not do");
        });
        assert.equal(code, 2);
        assert.match(text, /error: that will not do/);
    });

    it("plans every stack file, whatever is wrong with one of them", async () => {
        await withProject({ a: "", b: "config: [", c: "" }, async (root) => {
            const { code, text } = await plan(["--all"], { root, program: network });
            assert.equal(code, 2);
            assert.match(text, /^a · /m);
            assert.match(text, /^Pulumi\.b\.yaml has 1 problem/m);
            assert.match(text, /^c · /m);
        });
    });

    it("writes JSON to a file or prints it and nothing else, one plan or all", async () => {
        await withProject({ a: "", b: "" }, async (root) => {
            const file = join(root, "plan.json");
            const around = { root, program: network };
            const { text } = await plan(["--stack", "a", "--json", file], around);
            assert.match(text, new RegExp(`\nWritten: ${file}\n$`));
            const one = JSON.parse(await readFile(file, "utf8")) as Plan;
            assert.equal(one.stack, "a");
            const all = await plan(["--all", "--json", "-"], around);
            const plans = JSON.parse(all.text) as Plan[];
            assert.deepEqual(
                plans.map(({ stack }) => stack),
                ["a", "b"],
            );
            const nowhere = await plan(["--stack", "a", "--json", join(root, "no", "f")], around);
            assert.equal(nowhere.code, 2);
            assert.match(nowhere.text, /cannot be written: there is no folder/);
        });
    });

    it("shows the chosen resources whole", async () => {
        const { code, text } = await onTiny(["--resource", "*Subnet"], network);
        assert.equal(code, 0);
        assert.match(text, /^aws:ec2\/subnet:Subnet tiny\nurn: /);
        assert.match(text, /\nunknown: tags\.account, vpcId\n/);
        assert.match(text, /\n {2}cidrBlock: 10\.0\.1\.0\/24\n/);
        const none = await onTiny(["--resource", "aws:ec2/subnet:Subnot"], network);
        assert.equal(none.code, 2);
        assert.match(none.text, /Did you mean aws:ec2\/subnet:Subnet\?/);
    });

    it("lists every resource and finding on demand", async () => {
        const { text } = await onTiny(["--details"], network);
        assert.match(text, /aws:ec2\/vpc:Vpc tiny \(protected\)/);
        const words =
            "unknown test-no-network (high) ec2 Subnet tiny: vpcId: cannot be told from what is known before the update.";
        assert.ok(text.includes(`\n${words}\n`), text);
    });

    it("paints nothing where there is no terminal, even if CI would have it", async () => {
        const { text } = await onTiny([], careless);
        assert.ok(!text.includes("\u001b["));
    });

    it("shows no secret, whatever is asked for", async () => {
        for (const program of [network, cluster]) {
            for (const args of [[], ["--details"], ["--resource", "*"], ["--json", "-"]]) {
                const { code, text } = await onTiny(args, program);
                assert.ok(code < 2, text);
                assert.ok(!text.includes(HIDDEN), args.join(" "));
            }
        }
    });
});
