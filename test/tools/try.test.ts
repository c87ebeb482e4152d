import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { stripVTControlCharacters } from "node:util";
import { parse } from "yaml";
import { rules } from "../../policies/rules/index.ts";
import { readArguments } from "../../tools/stack/arguments.ts";
import { tryCommand } from "../../tools/stack/command.ts";
import { layoutOf, ROOT } from "../../tools/stack/layout.ts";
import { levelsFor, refuseProtected, withoutProtection } from "../../tools/stack/unprotect.ts";
import { Paper } from "../support/paper.ts";
import { EKS, resource } from "./support.ts";

describe("the options of npm run try", () => {
    it("default to up of dev", () => {
        assert.deepEqual(readArguments([]), {
            stack: "dev",
            action: "up",
            unprotect: false,
            profile: undefined,
            policyConfig: undefined,
            help: false,
        });
    });

    for (const [args, message] of [
        [["--preview", "--destroy"], "--preview and --destroy cannot go together. Choose one."],
        [["--unprotect"], "--unprotect goes with --destroy only."],
        [
            ["--profile", "pci", "--policy-config", "levels.json"],
            "--profile and --policy-config cannot go together. Choose one.",
        ],
        [["--stak", "prod"], /Unknown option '--stak'/],
    ] as const) {
        it(`rejects ${args.join(" ")}`, () =>
            assert.throws(() => readArguments(args), { message, exitCode: 2 }));
    }
});

describe("npm run try", () => {
    const { SIM_TIME_SCALE } = process.env;
    afterEach(() => {
        if (SIM_TIME_SCALE === undefined) delete process.env.SIM_TIME_SCALE;
        else process.env.SIM_TIME_SCALE = SIM_TIME_SCALE;
    });

    it("rejects a time scale that is no number before anything is started", async () => {
        process.env.SIM_TIME_SCALE = "fast";
        const shown = new Paper();
        const errors = new Paper();
        assert.equal(await tryCommand(["--preview"], shown, errors), 2);
        assert.equal(shown.text, "");
        assert.equal(
            stripVTControlCharacters(errors.text),
            'SIM_TIME_SCALE is "fast"; it must be a number from 0, e.g. 0.01.\n',
        );
    });

    it("rejects simulated clouds of another version of the program before anything is started", async () => {
        const folder = await mkdtemp(join(tmpdir(), "try-"));
        try {
            const database = new DatabaseSync(join(folder, "world.sqlite"));
            database.exec("PRAGMA user_version = 99");
            database.close();
            const [shown, errors] = [new Paper(), new Paper()];
            const program = () => assert.fail("the program was loaded");
            const around = { root: ROOT, folder, program };
            assert.equal(await tryCommand(["--preview"], shown, errors, around), 2);
            assert.equal(shown.text, "");
            assert.match(
                errors.text,
                /holds a world in form 99, .* keeps in \.local\/, to start over\./,
            );
        } finally {
            await rm(folder, { recursive: true });
        }
    });

    it("rejects a profile that does not exist before anything is started", async () => {
        const shown = new Paper();
        const errors = new Paper();
        assert.equal(await tryCommand(["--profile", "pic"], shown, errors), 2);
        assert.equal(shown.text, "");
        assert.match(
            errors.text,
            /There is no profile "pic"\. Did you mean pci\? There are: baseline, cis,/,
        );
    });
});

describe("npm run try of a file that is wrong", () => {
    let folder: string;
    beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), "try-"));
    });
    afterEach(() => rm(folder, { recursive: true }));

    const refused = async (text: string, args: readonly string[]) => {
        await writeFile(join(folder, "Pulumi.dev.yaml"), text);
        const [shown, errors] = [new Paper(), new Paper()];
        const program = () => assert.fail("the program was loaded");
        const around = { root: folder, folder, program };
        assert.equal(await tryCommand(args, shown, errors, around), 2);
        assert.equal(shown.text, "");
        return stripVTControlCharacters(errors.text);
    };

    it("names the line before anything is started", async () => {
        assert.equal(
            await refused("config:\n    platform:owner: a\n    platform:owner: b\n", ["--destroy"]),
            "Pulumi.dev.yaml has 1 problem; nothing was created:\n" +
                "  1. Pulumi.dev.yaml, line 3: says a key again that stands above. Keep one of the two.\n",
        );
    });

    it("tells wrong settings once, before anything is started", async () => {
        const dev = await readFile(new URL("../../Pulumi.dev.yaml", import.meta.url), "utf8");
        assert.equal(
            await refused(dev.replace("environment: dev", "environment: dve"), ["--preview"]),
            "Pulumi.dev.yaml has 1 problem; nothing was created:\n" +
                '  1. environment: "dve" is not one of dev, staging, prod. Did you mean "dev"?\n',
        );
    });
});

describe("taking protection off", () => {
    it("is proposed with commands that name the stack as the user did", () => {
        const { message } = refuseProtected("small", { stack: "examples/small" }, [resource(EKS)]);
        assert.match(message, /^small holds 1 protected resource, which nobody deletes/);
        assert.match(
            message,
            /^ {2}npm run try -- --stack examples\/small --destroy --unprotect$/m,
        );
    });

    it("is proposed under the same profile", () => {
        const asked = { stack: "prod", profile: "pci" };
        const commands = refuseProtected("prod", asked, [resource(EKS)]).message.match(
            /npm run try -- .*/g,
        );
        assert.deepEqual(commands, [
            "npm run try -- --stack prod --profile pci",
            "npm run try -- --stack prod --profile pci --destroy",
            "npm run try -- --stack prod --profile pci --destroy --unprotect",
        ]);
    });

    it("switches it off everywhere it can be said, with the acknowledgement, and keeps the rest", () => {
        const text = [
            "config:",
            "  platform:environment: prod # the real thing",
            "  platform:acknowledge: [single-zone-prod]",
            "  platform:databases:",
            "    main: { size: large }",
            "  platform:registries:",
            "    images: {}",
            "  platform:sites:",
            "    aws:",
            "      region: eu-central-1",
            "      cluster: { version: '1.36' }",
            "      databases: { main: null, extra: {} }",
            "      streams: { events: { topics: {} } }",
            "  platform:caches:",
            "    pages: {}",
            "  platform:applications:",
            "    web: {}",
        ].join("\n");
        const result = withoutProtection(text);
        assert.match(result, /# the real thing/);
        assert.deepEqual(parse(result), {
            config: {
                "platform:environment": "prod",
                "platform:acknowledge": ["single-zone-prod", "unprotected-prod"],
                "platform:databases": { main: { size: "large", deletionProtection: false } },
                "platform:registries": { images: { deletionProtection: false } },
                "platform:sites": {
                    aws: {
                        region: "eu-central-1",
                        cluster: { version: "1.36", deletionProtection: false },
                        databases: { main: null, extra: { deletionProtection: false } },
                        streams: { events: { topics: {}, deletionProtection: false } },
                    },
                },
                "platform:caches": { pages: { deletionProtection: false } },
                "platform:applications": { web: {} },
                "platform:cluster": { deletionProtection: false },
                "platform:secretStore": { deletionProtection: false },
            },
        });
    });
});

describe("the levels of the guardrails in a local run", () => {
    it("let protection be taken off where the stack's file acknowledges it, and only there", async () => {
        const folder = await mkdtemp(join(tmpdir(), "levels-"));
        try {
            const layout = layoutOf(folder);
            await mkdir(layout.project, { recursive: true });
            const file = join(layout.project, "Pulumi.prod.yaml");
            await writeFile(file, "config:\n    platform:environment: prod\n");
            assert.deepEqual(await levelsFor(layout, "prod"), []);
            await writeFile(file, "config:\n    platform:acknowledge: [unprotected-prod]\n");
            const [levels = ""] = await levelsFor(layout, "prod");
            const known = rules.map(({ id }) => id);
            const named = Object.entries(JSON.parse(await readFile(levels, "utf8")) as object);
            assert.ok(named.length > 0);
            for (const [rule, level] of named) {
                assert.ok(known.includes(rule), rule);
                assert.equal(level, "advisory");
            }
            const asked = {
                "k8s-image-approved-registry": { allowed: ["ghcr.io/acme"] },
                "db-deletion-protection": "mandatory",
            } as const;
            const [both = ""] = await levelsFor(layout, "prod", asked);
            assert.deepEqual(JSON.parse(await readFile(both, "utf8")), {
                ...asked,
                ...Object.fromEntries(named),
            });
        } finally {
            await rm(folder, { recursive: true });
        }
    });
});
