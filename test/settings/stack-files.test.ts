import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { parse as parseYaml } from "yaml";
import { describeProblem } from "../../components/lib/problem.ts";
import { SCHEMA } from "../../components/settings/schema.ts";
import { checkStackFile, settingsCommand } from "../../tools/settings/command.ts";
import { readStackFile } from "../../tools/settings/stack-file.ts";
import { Paper } from "../support/paper.ts";
import { TODAY } from "./support.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

const GOOD = `config:
  pulumi:disable-default-providers: ["*"]
  platform:environment: dev
  platform:owner: platform-team
  platform:costCentre: cc-1000
  platform:sites:
    main:
      cloud: aws
      region: eu-central-1
      account: "123456789012"
`;

function check(text: string) {
    const { settings, problems, ...rest } = checkStackFile(text, "Pulumi.dev.yaml", TODAY);
    return { settings, problems: problems?.map(describeProblem), ...rest };
}

/** Runs the command and keeps what it prints. */
async function run(
    ...args: readonly string[]
): Promise<{ code: number; text: string; errors: string }> {
    const [output, errors] = [Object.assign(new Paper(), { columns: 120 }), new Paper()];
    const code = await settingsCommand(args, output, errors);
    return { code, text: stripVTControlCharacters(output.text), errors: errors.text };
}

interface Printed {
    readonly sites: Readonly<
        Record<string, readonly { setting: string; value: unknown; origin: string }[]>
    >;
    readonly problems?: readonly object[];
}

describe("the repository's stack files", () => {
    it("dev is one small site on AWS", () => {
        const { settings, problems } = check(read("Pulumi.dev.yaml"));
        assert.equal(problems, undefined);
        assert.deepEqual(settings?.warnings, []);
        assert.deepEqual(
            settings?.sites.map(({ name, network }) => [name, network.highAvailability]),
            [["myapp-dev-aws", false]],
        );
    });

    it("prod is all three clouds, highly available, protected and closed", () => {
        const { settings, problems } = check(read("Pulumi.prod.yaml"));
        assert.equal(problems, undefined);
        assert.deepEqual(settings?.warnings, []);
        assert.deepEqual(
            settings?.sites.map(({ cloud }) => cloud),
            ["aws", "azure", "gcp"],
        );
        for (const { cluster, databases } of settings?.sites ?? []) {
            assert.ok(cluster.highAvailability && cluster.deletionProtection);
            assert.deepEqual(cluster.apiCidrs, []);
            assert.ok(databases.main?.highAvailability && databases.main.deletionProtection);
        }
    });

    it("switch the default providers off", () => {
        for (const stack of ["dev", "prod"]) {
            const file = parseYaml(read(`Pulumi.${stack}.yaml`)) as {
                config: Record<string, unknown>;
            };
            assert.deepEqual(file.config["pulumi:disable-default-providers"], ["*"]);
        }
    });

    it("are described key by key in Pulumi.yaml", () => {
        const project = parseYaml(read("Pulumi.yaml")) as {
            config: Record<string, { type: string; description: string }>;
        };
        const keys = Object.keys(project.config).map((key) => key.replace(/^platform:/, ""));
        assert.deepEqual(keys.sort(), Object.keys(SCHEMA.fields).sort());
        for (const { description } of Object.values(project.config)) {
            assert.match(description, /\w/);
        }
    });
});

describe("a stack file read without the engine", () => {
    it("holds what the engine would hand over", () => {
        const { raw } = readStackFile(GOOD, "Pulumi.dev.yaml");
        assert.deepEqual(Object.keys(raw), ["environment", "owner", "costCentre", "sites"]);
    });

    it("takes a key without a namespace for the project's, as the engine does", () => {
        const text = GOOD.replace("platform:owner", "owner");
        assert.notEqual(text, GOOD);
        assert.deepEqual(check(`${text}  other:owner: x\n`).problems, undefined);
        assert.deepEqual(check(`${GOOD}  chaces: x\n`).problems, [
            'chaces: is not a setting. Did you mean "caches"?',
        ]);
    });

    it("takes a misspelt namespace for a mistake", () => {
        assert.deepEqual(check(`${GOOD}  platfrom:caches: {}\n`).problems, [
            'platfrom:caches: is not a setting. Did you mean "caches"?',
        ]);
    });

    it("rejects a key that stands there twice, with its line", () => {
        assert.deepEqual(check(`${GOOD}  platform:owner: other\n`).problems, [
            "Pulumi.dev.yaml, line 11: says a key again that stands above. Keep one of the two.",
        ]);
    });

    it("rejects what is no YAML, and settings that stand somewhere else", () => {
        assert.match(
            check("config: [").problems?.[0] ?? "",
            /^Pulumi\.dev\.yaml, line 1: is not YAML/,
        );
        assert.deepEqual(check("config:\n    a: [x\n    b: 1\n    c: 2\n").problems?.length, 1);
        for (const text of ["config: []", "config: dev"]) {
            assert.deepEqual(check(text).problems, [
                "config: is no mapping. Indent the settings below config:.",
            ]);
        }
        assert.equal(check("").problems?.length, 4);
        assert.equal(check("- a").problems?.length, 4);
        assert.equal(check("config:").problems?.length, 4);
    });

    it("says nothing about values that only the engine can decrypt", () => {
        const text = GOOD.replace("owner: platform-team", "owner: { secure: v1:abc= }").replace(
            '"123456789012"',
            "{ secure: v1:def= }",
        );
        const { settings, problems, ...rest } = check(text);
        assert.equal(problems, undefined);
        assert.deepEqual(rest, { secrets: ["owner", "sites.main.account"] });
        assert.equal(JSON.stringify(settings).includes("v1:"), false);
    });
});

describe("npm run settings", () => {
    it("says where target and acknowledgements come from", () => {
        const text = `${GOOD}  platform:target: aws\n`;
        const { settings } = check(text);
        assert.deepEqual(
            [settings?.origins["target"], settings?.origins["acknowledge"]],
            ["stack", "default"],
        );
    });

    it("prints every value of a site with its origin, in the order of the reference", async () => {
        const { code, text } = await run("--stack", "prod", "--json", "--site", "gcp");
        assert.equal(code, 0);
        const { sites } = JSON.parse(text) as Printed;
        assert.deepEqual(Object.keys(sites), ["gcp"]);
        const rows = sites.gcp ?? [];
        assert.deepEqual(rows.slice(0, 4), [
            { setting: "cloud", value: "gcp", origin: "site" },
            { setting: "region", value: "europe-west3", origin: "site" },
            { setting: "project", value: "my-project-id", origin: "site" },
            { setting: "network.cidr", value: "10.211.0.0/16", origin: "default" },
        ]);
        const of = (name: string) => rows.find(({ setting }) => setting === name);
        assert.equal(of("databases.main.size")?.origin, "profile");
        assert.equal(of("applications.podinfo.port")?.origin, "stack");
        assert.equal(of("apiAccess.administrators")?.origin, "site");
    });

    it("prints a table for a person", async () => {
        const { code, text } = await run("--stack", "dev");
        assert.equal(code, 0);
        assert.match(text, /aws: myapp-dev-aws/);
        assert.match(text, /│ databases\.main\.size +│ micro +│ profile │/);
    });

    it("prints the same table with colours", () => {
        const printed = (colours: NodeJS.ProcessEnv) =>
            execFileSync(process.execPath, ["tools/settings.ts", "--stack", "dev"], {
                cwd: ROOT,
                encoding: "utf8",
                env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...colours },
            });
        const plain = printed({ NO_COLOR: "1" });
        const painted = printed({ FORCE_COLOR: "1" });
        assert.notEqual(painted, plain);
        assert.equal(stripVTControlCharacters(painted), plain);
    });

    it("rejects unknown stacks, sites and options with exit code 2", async () => {
        assert.deepEqual((await run("--stack", "nowhere")).code, 2);
        assert.deepEqual(await run("--site", "mars"), {
            code: 2,
            text: "",
            errors: 'There is no site "mars". There are: aws.\n',
        });
        assert.equal((await run("--colour")).code, 2);
    });

    it("tells what is wrong with a file as an error, and to programs as JSON", async () => {
        const folder = mkdtempSync(join(tmpdir(), "settings-"));
        try {
            const file = join(folder, "Pulumi.dev.yaml");
            writeFileSync(file, GOOD.replace("environment: dev", "environment: moon"));
            const { code, text, errors } = await run("--stack", file);
            assert.deepEqual([code, text], [2, ""]);
            assert.match(errors, /^Pulumi\.dev\.yaml has 1 problem/);
            const asJson = await run("--stack", file, "--json");
            assert.deepEqual([asJson.code, asJson.errors], [2, ""]);
            assert.equal((JSON.parse(asJson.text) as Printed).problems?.length, 1);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it("makes the reference page that stands in docs/settings.md", async () => {
        const { code, text } = await run("--docs");
        assert.equal(code, 0);
        assert.equal(
            text,
            read("docs/settings.md"),
            "docs/settings.md is stale: npm run --silent settings -- --docs > docs/settings.md",
        );
    });
});
