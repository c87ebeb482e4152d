import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { ResourceError, RunError } from "@pulumi/pulumi";
import { UserError } from "../../tools/lib/user-error.ts";
import { commandFor } from "../../tools/stack/arguments.ts";
import { explain as explainInColour } from "../../tools/stack/failure.ts";
import { layoutOf } from "../../tools/stack/layout.ts";
import { Progress } from "../../tools/stack/progress.ts";
import type { ReportInput } from "../../tools/stack/report.ts";
import { changesToMake, report as reportInColour } from "../../tools/stack/report.ts";
import type { Action } from "../../tools/stack/run.ts";
import {
    renderOutputs as renderOutputsInColour,
    renderStanding,
    standing,
} from "../../tools/stack/summary.ts";
import {
    EKS,
    PREFIX,
    RDS,
    STACK,
    error,
    resource,
    state,
    step,
    told,
    violation,
} from "./support.ts";

// On a terminal and in CI there are colours, which is not what is tested here.
const plain = (lines: readonly string[]) => lines.map((line) => stripVTControlCharacters(line));
const explain = (...args: Parameters<typeof explainInColour>) => {
    const failure = explainInColour(...args);
    return { ...failure, lines: plain(failure.lines) };
};
const report = (...args: Parameters<typeof reportInColour>) => plain(reportInColour(...args));
const renderOutputs = (...args: Parameters<typeof renderOutputsInColour>) =>
    plain(renderOutputsInColour(...args));

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

    it("shows a list by its items, without numbers", () => {
        const outputs = { urls: ["http://a/", "http://b/"] };
        const lines = renderOutputs({ resources: [resource(STACK, { outputs })], pending: [] });
        assert.deepEqual(lines, ["  urls:", "    - http://a/", "    - http://b/"]);
    });

    it("says that nothing was to be done, and what to try next", () => {
        const lines = report({
            action: "up",
            stack: "prod",
            asked: { stack: "prod" },
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
        const input = {
            action,
            stack: "small",
            asked: { stack: "small" },
            state,
            progress,
            elapsed: 0,
            layout,
            ...more,
        };
        const lines = report(input);
        return lines.slice(lines.findIndex((line) => line.startsWith("Next"))).join("\n");
    };
    const updated = () => told(step("resOutputsEvent", "update", EKS));

    it("calls a stack what the user called it, in every command that it proposes", () => {
        const text = next("up", updated(), { asked: { stack: "examples/small" } });
        assert.match(text, /^Next +npm run try -- --stack examples\/small {2}/);
        assert.match(text, /npm run try -- --stack examples\/small --destroy {2}/);
        assert.equal(commandFor({ stack: "dev" }), "npm run try");
    });

    it("repeats the levels of the guardrails in every command that it proposes", () => {
        const guarded = { resources: [resource(EKS, { protect: true })], pending: [] };
        const asked = { stack: "dev", policyConfig: "levels.json" };
        const lines = next("up", updated(), { asked, state: guarded }).split("\n");
        assert.deepEqual(
            lines.map((line) => /npm run try.*?(?= {2,})/.exec(line)?.[0]),
            [
                "npm run try -- --policy-config levels.json",
                "npm run try -- --policy-config levels.json --refresh",
                undefined,
                undefined,
                "npm run try -- --policy-config levels.json --destroy --unprotect",
            ],
        );
        const drifted = report({
            action: "refresh",
            stack: "prod",
            asked: { stack: "prod", profile: "pci" },
            state,
            progress: updated(),
            elapsed: 0,
            layout: layoutOf("/somewhere"),
        });
        const headline = "(0.0 s); npm run try -- --stack prod --profile pci puts it back:";
        assert.ok(drifted.includes(`prod has drifted ${headline}`), drifted.join("\n"));
    });

    it("proposes what would work: protection taken off, drift put back, changes made", () => {
        const guarded = { resources: [resource(EKS, { protect: true })], pending: [] };
        assert.match(next("up", updated(), { state: guarded }), /--destroy --unprotect/);
        assert.match(next("refresh", updated()), /npm run try -- --stack small {2}puts it back/);
        assert.match(next("preview", updated()), /npm run try -- --stack small {2}does it/);
        const same = told(step("resOutputsEvent", "same", EKS));
        assert.doesNotMatch(next("preview", same), /does it/);
    });

    it("compares nothing where nothing stands, and proposes to build it", () => {
        const nothing = { resources: [], pending: [] };
        const layout = layoutOf("/somewhere");
        const asked = { stack: "small" };
        const input = { stack: "small", asked, state: nothing, elapsed: 0, layout };
        const lines = report({ ...input, action: "refresh", progress: new Progress() });
        assert.equal(lines[1], "small is not there: nothing to compare");
        assert.match(lines.at(-1) ?? "", /npm run try -- --stack small {2}builds it$/);
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
            "The policy pack stopped the run: 1 violation of mandatory rules.",
            "  rds Instance myapp-dev-aws-main\n    no-public-database: RDS instances must not be public.\n    Make it private.",
            "Mend the settings or the program, or waive in policies/waivers.yaml what somebody answers for (docs/guardrails.md).",
        ]);
        assert.equal(explain(failed, undefined, told(violation("warning"))).exitCode, 1);
    });

    it("of the policy pack says once what is the same of several resources", () => {
        const progress = told(violation("mandatory"), violation("mandatory", EKS));
        const { lines } = explain(failed, undefined, progress);
        assert.equal(lines[0], "The policy pack stopped the run: 2 violations of mandatory rules.");
        assert.deepEqual(lines[1]?.split("\n"), [
            "  rds Instance myapp-dev-aws-main",
            "  eks Cluster myapp-dev-aws",
            "    no-public-database: RDS instances must not be public.",
            "    Make it private.",
        ]);
        assert.equal(lines.length, 3);
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

    it("of a stack that another run took meanwhile says to wait for it", () => {
        const locked = new Error(
            "code: 255\nerror: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.",
        );
        assert.deepEqual(explain(locked, undefined, new Progress()), {
            exitCode: 1,
            lines: ["Another run of this stack has begun meanwhile. Wait for it."],
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
