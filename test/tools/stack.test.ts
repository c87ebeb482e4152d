import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EngineEvent, OpType } from "@pulumi/pulumi/automation/index.js";
import { ResourceError, RunError } from "@pulumi/pulumi";
import { stripVTControlCharacters } from "node:util";
import { parse } from "yaml";
import { UserError } from "../../tools/lib/user-error.ts";
import { commandFor, readArguments } from "../../tools/stack/arguments.ts";
import { tryCommand } from "../../tools/stack/command.ts";
import { display, table } from "../../tools/stack/display.ts";
import { explain as explainInColour } from "../../tools/stack/failure.ts";
import { copyFiles, findStack } from "../../tools/stack/files.ts";
import { layoutOf } from "../../tools/stack/layout.ts";
import { Progress, describeUrn } from "../../tools/stack/progress.ts";
import { leftovers } from "../../tools/stack/recover.ts";
import type { ReportInput } from "../../tools/stack/report.ts";
import { changesToMake, report as reportInColour } from "../../tools/stack/report.ts";
import type { Action } from "../../tools/stack/run.ts";
import type { State, StateResource } from "../../tools/stack/state.ts";
import { nameOf, placeOf, readState, typeOf } from "../../tools/stack/state.ts";
import {
    renderOutputs as renderOutputsInColour,
    renderStanding,
    standing,
} from "../../tools/stack/summary.ts";
import { refuseProtected, withoutProtection } from "../../tools/stack/unprotect.ts";

// On a terminal and in CI there are colours, which is not what is tested here.
const plain = (lines: readonly string[]) => lines.map((line) => stripVTControlCharacters(line));
const explain = (...args: Parameters<typeof explainInColour>) => {
    const failure = explainInColour(...args);
    return { ...failure, lines: plain(failure.lines) };
};
const report = (...args: Parameters<typeof reportInColour>) => plain(reportInColour(...args));
const renderOutputs = (...args: Parameters<typeof renderOutputsInColour>) =>
    plain(renderOutputsInColour(...args));

const PREFIX = "urn:pulumi:dev::platform::";
const STACK = `${PREFIX}pulumi:pulumi:Stack::platform-dev`;
const SITE = `${PREFIX}platform:aws:Site::myapp-dev-aws`;
const CLUSTER = `${PREFIX}platform:aws:Site$platform:aws:Cluster::myapp-dev-aws`;
const DATABASE = `${PREFIX}platform:aws:Site$platform:aws:Database::myapp-dev-aws-main`;
const EKS = `${PREFIX}platform:aws:Site$platform:aws:Cluster$aws:eks/cluster:Cluster::myapp-dev-aws`;
const RDS = `${PREFIX}platform:aws:Site$platform:aws:Database$aws:rds/instance:Instance::myapp-dev-aws-main`;

const PARENTS: Readonly<Record<string, string>> = {
    [SITE]: STACK,
    [CLUSTER]: SITE,
    [DATABASE]: SITE,
    [EKS]: CLUSTER,
    [RDS]: DATABASE,
};

const resource = (urn: string, more: Partial<StateResource> = {}): StateResource => ({
    urn,
    type: typeOf(urn),
    custom: !typeOf(urn).startsWith("platform:") && urn !== STACK,
    ...(PARENTS[urn] && { parent: PARENTS[urn] }),
    ...more,
});

const SECRET = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: "v1:abc",
};

const state: State = {
    resources: [
        resource(STACK, {
            outputs: { kubeconfigs: { aws: SECRET }, sites: { aws: { region: "eu-central-1" } } },
        }),
        ...[SITE, CLUSTER, DATABASE, EKS, RDS].map((urn) => resource(urn)),
        resource(`${PREFIX}pulumi:providers:aws::myapp-dev-aws`),
    ],
    pending: [],
};

let sequence = 0;
const event = (fields: Partial<EngineEvent>): EngineEvent => ({
    sequence: sequence++,
    timestamp: 0,
    ...fields,
});

function step(
    kind: "resourcePreEvent" | "resOutputsEvent" | "resOpFailedEvent",
    op: OpType,
    urn: string,
): EngineEvent {
    const side = {
        urn,
        type: typeOf(urn),
        custom: resource(urn).custom,
        parent: PARENTS[urn] ?? "",
    };
    const metadata = {
        op,
        urn,
        type: typeOf(urn),
        provider: "",
        new: { ...side, id: "", inputs: {}, outputs: {}, provider: "" },
    };
    return event({ [kind]: { metadata, status: 0, steps: 0 } });
}

const error = (message: string, urn = EKS) =>
    event({ diagnosticEvent: { message, urn, severity: "error", color: "never" } });

const violation = (level: "mandatory" | "warning") =>
    event({
        policyEvent: {
            message: "RDS instances must not be public.\nMake it private.\n",
            resourceUrn: RDS,
            color: "never",
            policyName: "no-public-database",
            policyPackName: "platform-security",
            policyPackVersion: "",
            policyPackVersionTag: "",
            enforcementLevel: level,
        },
    });

function told(...events: EngineEvent[]): Progress {
    const progress = new Progress(() => 0);
    events.forEach((one) => progress.take(one));
    return progress;
}

describe("a URN", () => {
    it("gives its name, even one with colons, and its own type without its parents'", () => {
        assert.equal(nameOf(`${PREFIX}a:b:C::my::name`), "my::name");
        assert.equal(typeOf(EKS), "aws:eks/cluster:Cluster");
    });

    it("is placed in its site and in the site's part by its parents", () => {
        const parentOf = (urn: string) => PARENTS[urn];
        assert.deepEqual(placeOf(EKS, parentOf), {
            site: "myapp-dev-aws",
            part: "platform:aws:Cluster",
            partUrn: CLUSTER,
        });
        assert.deepEqual(placeOf(SITE, parentOf), { site: "myapp-dev-aws" });
        assert.equal(placeOf(STACK, parentOf), undefined);
    });
});

describe("the progress of a run", () => {
    it("counts what is under way, done and failed, and tells only what changed in a cloud", () => {
        const progress = new Progress(() => 0);
        assert.equal(progress.take(step("resourcePreEvent", "create", SITE)), undefined);
        assert.equal(progress.take(step("resOutputsEvent", "create", SITE)), undefined);
        progress.take(step("resourcePreEvent", "create", EKS));
        progress.take(step("resourcePreEvent", "create", RDS));
        assert.deepEqual([...progress.running.keys()], [EKS, RDS]);
        assert.deepEqual(progress.take(step("resOutputsEvent", "create", EKS)), progress.done[1]);
        assert.deepEqual(
            progress.take(step("resOpFailedEvent", "create", RDS)),
            progress.failed[0],
        );
        assert.equal(progress.running.size, 0);
        assert.equal(progress.take(step("resOutputsEvent", "same", EKS)), undefined);
    });

    it("tells an error that is reported twice only once, and no debugging message", () => {
        const progress = told(error("<{%fg 1%}>no quota<{%reset%}>\n"), error("no quota"));
        progress.take(
            event({ diagnosticEvent: { message: "x", severity: "info", color: "never" } }),
        );
        assert.deepEqual(progress.messages, [{ severity: "error", text: "no quota", urn: EKS }]);
    });
});

describe("the display", () => {
    it("writes a line per change where there is no terminal", () => {
        let text = "";
        const shown = display(
            new Progress(() => 0),
            { heading: "dev · up" },
            { write: (chunk) => (text += stripVTControlCharacters(chunk)) },
        );
        shown.take(step("resourcePreEvent", "create", EKS));
        shown.take(step("resOutputsEvent", "create", EKS));
        shown.take(error("first line\nsecond line"));
        shown.close();
        assert.equal(
            text,
            "dev · up\n  0:00  created  eks Cluster myapp-dev-aws 0.0 s\n  0:00  error  eks Cluster myapp-dev-aws: first line\n",
        );
    });

    it("never says of a preview that something was created", () => {
        let text = "";
        const shown = display(
            new Progress(() => 0),
            { heading: "dev · preview", lookOnly: true },
            { write: (chunk) => (text += stripVTControlCharacters(chunk)) },
        );
        shown.take(step("resourcePreEvent", "create", EKS));
        shown.take(step("resOutputsEvent", "create", EKS));
        shown.take(error("no quota"));
        shown.close();
        assert.equal(text, "dev · preview\n  0:00  error  eks Cluster myapp-dev-aws: no quota\n");
    });

    it("names a resource by its module, or by its provider where that has none", () => {
        assert.equal(describeUrn(EKS), "eks Cluster myapp-dev-aws");
        const password = `${PREFIX}random:index/randomPassword:RandomPassword::db`;
        assert.equal(describeUrn(password), "random RandomPassword db");
    });

    it("draws a table of sites and of what has been under way the longest", () => {
        const progress = told(
            ...[SITE, CLUSTER, DATABASE].map((urn) => step("resOutputsEvent", "create", urn)),
            step("resourcePreEvent", "create", EKS),
            step("resOutputsEvent", "create", EKS),
            step("resourcePreEvent", "create", RDS),
        );
        const [heading, site, running, ...more] = table(
            progress,
            { heading: "dev · up", total: 2 },
            65_000,
        );
        assert.equal(heading, "dev · up  1:05  1 of 2 changes");
        assert.match(site ?? "", /^ {2}myapp-dev-aws +1 done +1 under way$/);
        assert.match(running ?? "", /^ {4}creating rds Instance myapp-dev-aws-main/);
        assert.deepEqual(more, []);
    });
});

describe("the summary", () => {
    it("counts what stands per site and part, without components and providers", () => {
        const counts = [...standing(state)].map(([site, parts]) => [site, [...parts]]);
        assert.deepEqual(counts, [
            [
                "myapp-dev-aws",
                [
                    ["Cluster", 1],
                    ["Database main", 1],
                ],
            ],
        ]);
    });

    it("has the sites in the order of their names, whatever the state's", () => {
        const other = `${PREFIX}platform:gcp:Site::a-site`;
        const bucket = `${PREFIX}platform:gcp:Site$gcp:storage/bucket:Bucket::b`;
        const resources = [
            ...state.resources,
            resource(other),
            resource(bucket, { parent: other }),
        ];
        const text = renderStanding({ resources, pending: [] });
        assert.ok(text.indexOf("a-site") < text.indexOf("myapp-dev-aws"), text);
    });

    it("shows outputs and masks secrets at any depth", () => {
        assert.deepEqual(renderOutputs(state), [
            "  kubeconfigs:",
            "    aws: [secret]",
            "  sites:",
            "    aws:",
            "      region: eu-central-1",
        ]);
    });

    it("says that nothing was to be done, and what to try next", () => {
        const lines = report({
            action: "up",
            stack: "prod",
            state,
            progress: told(step("resOutputsEvent", "same", EKS)),
            elapsed: 1234,
            layout: layoutOf("/somewhere"),
        });
        assert.ok(lines.includes("prod stands as described: nothing to do (1.2 s)"));
        assert.ok(lines.some((line) => line.includes("npm run try -- --stack prod --refresh")));
    });

    const next = (action: Action, progress: Progress, more: Partial<ReportInput> = {}) => {
        const layout = layoutOf("/somewhere");
        const input = { action, stack: "small", state, progress, elapsed: 0, layout, ...more };
        const lines = report(input);
        return lines.slice(lines.findIndex((line) => line.startsWith("Next"))).join("\n");
    };
    const updated = () => told(step("resOutputsEvent", "update", EKS));

    it("calls a stack what the user called it, in every command that it proposes", () => {
        const text = next("up", updated(), { asked: "examples/small" });
        assert.match(text, /^Next +npm run try -- --stack examples\/small {2}/);
        assert.match(text, /npm run try -- --stack examples\/small --destroy {2}/);
        assert.equal(commandFor("dev"), "npm run try");
    });

    it("proposes what would work: protection taken off, drift put back, changes made", () => {
        const guarded = { resources: [resource(EKS, { protect: true })], pending: [] };
        assert.match(next("up", updated(), { state: guarded }), /--destroy --unprotect/);
        assert.match(next("refresh", updated()), /npm run try -- --stack small {2}puts it back/);
        assert.match(next("preview", updated()), /npm run try -- --stack small {2}does it/);
        const same = told(step("resOutputsEvent", "same", EKS));
        assert.doesNotMatch(next("preview", same), /does it/);
    });

    it("counts what a preview would change", () => {
        assert.equal(changesToMake(updated()), "1 change to make");
        assert.equal(changesToMake(new Progress()), "nothing to change");
    });
});

describe("a failure", () => {
    const failed = new Error("code: -2 stderr: …");

    it("of the settings is told in their own words, without a stack trace", () => {
        const thrown = new RunError("2 problems in Pulumi.dev.yaml");
        assert.deepEqual(explain(failed, thrown, new Progress()), {
            exitCode: 2,
            lines: [thrown.message],
        });
        const refused = new ResourceError("pool too large", undefined, true);
        assert.deepEqual(explain(failed, refused, new Progress()), {
            exitCode: 2,
            lines: [refused.message],
        });
    });

    it("of the policy pack names the resource and the rule; advice alone is none", () => {
        const { exitCode, lines } = explain(
            failed,
            undefined,
            told(violation("mandatory"), violation("warning")),
        );
        assert.equal(exitCode, 3);
        assert.deepEqual(lines, [
            "The policy pack stopped the run: 1 mandatory.",
            "  rds Instance myapp-dev-aws-main\n    no-public-database: RDS instances must not be public.\n    Make it private.",
        ]);
        assert.equal(explain(failed, undefined, told(violation("warning"))).exitCode, 1);
    });

    it("of a cloud names the resource and the cloud's words, and nothing else", () => {
        const progress = told(
            error("LimitExceeded"),
            error("failed to run remediation: context canceled", RDS),
            error("update failed", ""),
        );
        assert.deepEqual(explain(failed, undefined, progress), {
            exitCode: 1,
            lines: ["eks Cluster myapp-dev-aws: LimitExceeded"],
        });
    });

    it("of the engine itself gives its last words without the wrapping", () => {
        const wrapped = new Error(
            "code: -2\n stderr: Command failed\nerror: no such stack\nUpdating:\nerror: no such stack",
        );
        assert.deepEqual(explain(wrapped, undefined, new Progress()).lines, [
            "error: no such stack",
        ]);
        assert.deepEqual(explain(new UserError("wrong option", 2), undefined, new Progress()), {
            exitCode: 2,
            lines: ["wrong option"],
        });
    });
});

describe("the options of npm run try", () => {
    it("default to up of dev", () => {
        assert.deepEqual(readArguments([]), {
            stack: "dev",
            action: "up",
            unprotect: false,
            help: false,
        });
    });

    for (const [args, message] of [
        [["--preview", "--destroy"], "--preview and --destroy cannot go together. Choose one."],
        [["--unprotect"], "--unprotect goes with --destroy only."],
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
        let text = "";
        const screen = { write: (chunk: string) => (text += chunk) };
        assert.equal(await tryCommand(["--preview"], screen), 2);
        assert.equal(text, 'SIM_TIME_SCALE is "fast"; it must be a number from 0, e.g. 0.01.\n');
    });
});

describe("the files of a local run", () => {
    let folder: string;
    beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "platform-files-"))));
    afterEach(() => rm(folder, { recursive: true, force: true }));

    async function write(path: string, text: string): Promise<string> {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
        return join(folder, path);
    }

    it("finds a stack by its name, by its file and by a folder with one stack", async () => {
        const dev = await write("Pulumi.dev.yaml", "");
        const small = await write("examples/small/Pulumi.small.yaml", "");
        assert.deepEqual(await findStack("dev", folder), { stack: "dev", file: dev });
        assert.deepEqual(await findStack(small, folder), { stack: "small", file: small });
        assert.deepEqual(await findStack("examples/small", folder), {
            stack: "small",
            file: small,
        });
    });

    it("rejects a stack that is not there, and lists those that are", async () => {
        await write("Pulumi.dev.yaml", "");
        await write("examples/small/Pulumi.small.yaml", "");
        await assert.rejects(findStack("live", folder), {
            message: 'There is no stack "live". There are: dev, examples/small.',
        });
    });

    it("copies the stack's file and keeps the salt that the state is encrypted with", async () => {
        const layout = layoutOf(join(folder, ".local"));
        await write("Pulumi.yaml", "name: platform\nmain: index.ts\n");
        const file = await write("Pulumi.dev.yaml", "config: {a:b: 1}\n");
        await write(".local/project/Pulumi.dev.yaml", "config: {}\nencryptionsalt: v1:old\n");
        await copyFiles({ stack: "dev", file }, layout);
        assert.equal(
            await readFile(join(layout.project, "Pulumi.dev.yaml"), "utf8"),
            "config: {a:b: 1}\nencryptionsalt: v1:old\n",
        );
        assert.match(
            await readFile(join(layout.project, "Pulumi.yaml"), "utf8"),
            /^main: "\/.*index\.ts"$/m,
        );
    });

    it("rejects a second run beside one that is alive, wherever it is", async () => {
        const layout = layoutOf(folder);
        const lock = (pid: number, host: string) =>
            write(
                "state/.pulumi/locks/organization/platform/dev/x.json",
                JSON.stringify({ pid, hostname: host, username: "ada", timestamp: "noon" }),
            );
        await lock(process.pid, hostname());
        await assert.rejects(leftovers(layout, "platform", "dev"), {
            message: `Process ${process.pid} has worked on dev since noon. Wait for it, or stop it with Ctrl-C.`,
        });
        await lock(1, "elsewhere.example");
        await assert.rejects(leftovers(layout, "platform", "dev"), /ada on elsewhere\.example/);
        await lock(999_999_999, hostname());
        assert.deepEqual(await leftovers(layout, "platform", "dev"), {
            staleLock: true,
            pending: [],
        });
    });

    it("reads what stands and what was under way from the state's file", async () => {
        const pending = [{ type: "creating", resource: resource(EKS) }];
        const latest = { resources: [resource(RDS)], pending_operations: pending };
        await write(
            "state/.pulumi/stacks/platform/dev.json",
            JSON.stringify({ checkpoint: { latest } }),
        );
        assert.deepEqual(await readState(layoutOf(folder), "platform", "dev"), {
            resources: [resource(RDS)],
            pending,
        });
        assert.deepEqual(await readState(layoutOf(folder), "platform", "none"), {
            resources: [],
            pending: [],
        });
    });
});

describe("taking protection off", () => {
    it("is proposed with commands that name the stack as the user did", () => {
        const { message } = refuseProtected("small", "examples/small", [resource(EKS)]);
        assert.match(message, /^small holds 1 protected resource, which nobody deletes/);
        assert.match(
            message,
            /^ {2}npm run try -- --stack examples\/small --destroy --unprotect$/m,
        );
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
                    },
                },
                "platform:cluster": { deletionProtection: false },
                "platform:secretStore": { deletionProtection: false },
            },
        });
    });
});
