import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { display, table } from "../../tools/stack/display.ts";
import { describeUrn, Progress } from "../../tools/stack/progress.ts";
import { CLUSTER, DATABASE, EKS, PREFIX, RDS, SITE, error, event, step, told } from "./support.ts";

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
