import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { ROOT } from "../../tools/stack/layout.ts";
import { makePlan } from "../../tools/plan/make.ts";
import type { Plan } from "../../tools/plan/model.ts";
import { renderPage } from "../../tools/plan/html/page.ts";
import { html, link } from "../../tools/plan/html/template.ts";
import { verdictOf } from "../../tools/plan/html/verdict.ts";
import { finding, prodPlan, rename, withFindings } from "./html-support.ts";
import { HIDDEN, network, RULES, TODAY, withProject } from "./support.ts";

const HOSTILE = `"'/><script>alert(1)</script><img/src=x/onerror=alert(1)>&lt;\u202e`;

function small(): Promise<Plan> {
    return withProject({ small: "config: {}\n" }, (root) =>
        makePlan({
            stack: "small",
            root,
            program: network,
            rules: RULES,
            waivers: [],
            today: TODAY,
        }),
    );
}

/** The tags of a page with the names of their attributes, which texts must not change. */
function structure(page: string): readonly string[] {
    const body = page.replace(/<style>[^]*?<\/style>|<script>[^]*<\/script>/g, "");
    return [...body.matchAll(/<(\/?[a-z][\w-]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
        ([, tag, attributes = ""]) => {
            const names = [...attributes.matchAll(/([\w-]+)(?:="[^"]*")?/g)].map(
                ([, name]) => name,
            );
            return [tag, ...names].join(" ");
        },
    );
}

describe("the markup of a page", () => {
    it("escapes whatever is put in", () => {
        const shown = html`<p title="${HOSTILE}">
            ${["<b>", 1, html`<i></i>`, undefined, false]}
        </p>`;
        assert.equal(
            shown.toString().replaceAll("\n", ""),
            '<p title="&quot;&#39;/&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img/src=x/onerror=alert(1)&gt;' +
                '&amp;lt;\\u202e">&lt;b&gt;1<i></i></p>',
        );
    });

    it("links to pages of the web only", () => {
        assert.match(
            link("https://example.com/?a=1&b").toString(),
            /^<a href="https:.*&amp;b" rel/,
        );
        for (const address of [
            "javascript:alert(1)",
            " https://example.com",
            "data:text/html,x",
            "",
        ]) {
            assert.doesNotMatch(link(address).toString(), /<a/);
        }
    });
});

describe("the page of a plan", function () {
    this.timeout(60_000);

    it("has the same markup whatever the texts of a plan are", async () => {
        for (const plan of [withFindings(await small()), withFindings(await prodPlan())]) {
            for (const keep of [[], ["type", "token", "path"]]) {
                const [hostile, harmless] = [HOSTILE, "~".repeat(HOSTILE.length)].map((text) =>
                    structure(renderPage({ plan: rename(plan, text, keep) })),
                );
                assert.ok(harmless && harmless.length > 100);
                assert.deepEqual(hostile, harmless);
            }
        }
    });

    it("shows no secret, and tells secrets and unknown values from texts that read the same", async () => {
        const page = renderPage({ plan: await small() });
        assert.ok(!page.includes(HIDDEN));
        assert.match(page, /<b>password<\/b>: <mark class="secret">secret<\/mark>/);
        assert.match(page, /<b>vpcId<\/b>: <mark class="unknown">unknown<\/mark>/);
        const plan = await small();
        const outputs = { values: { said: "[unknown]" }, secrets: [], unknowns: [] };
        assert.match(
            renderPage({ plan: { ...plan, outputs } }),
            /<td>&quot;\[unknown\]&quot;<\/td>/,
        );
    });

    it("is the same for the same plan, names no path of a machine, and stays small", async () => {
        const plan = await prodPlan();
        const page = renderPage({ plan });
        assert.equal(page, renderPage({ plan }));
        assert.ok(!page.includes(ROOT));
        assert.ok(Buffer.byteLength(page) < 1_500_000, `${Buffer.byteLength(page)} bytes`);
    });

    it("holds every resource, finding, setting and output", async () => {
        const plan = await prodPlan();
        const page = renderPage({ plan });
        const count = (text: string) => page.split(text).length - 1;
        const custom = plan.resources.filter((resource) => resource.custom).length;
        assert.equal(count('class="resource"'), custom);
        assert.equal(count("data-severity="), plan.findings.length);
        for (const { setting } of plan.settings.stack) {
            assert.ok(page.includes(`<code>${setting}</code>`));
        }
        for (const output of Object.keys(plan.outputs.values)) {
            assert.ok(page.includes(`<code>${output}`));
        }
    });

    it("forbids everything but its own style sheet and script", async () => {
        const page = renderPage({ plan: await prodPlan() });
        const policy =
            /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
        assert.match(policy, /^default-src &#39;none&#39;; /);
        for (const element of ["style", "script"]) {
            const [, text = ""] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page) ?? [];
            const hash = createHash("sha256").update(text).digest("base64");
            assert.ok(policy.includes(`${element}-src &#39;sha256-${hash}&#39;`), element);
            assert.equal(page.split(`<${element}>`).length, 2);
        }
        const tags = structure(page).join("\n");
        assert.doesNotMatch(
            tags,
            /\s(?:style|src|srcset|on\w+)(?:\s|$)|^(?:link|iframe|img|object)\b/m,
        );
    });

    it("leads every link within the page to something that is there once", async () => {
        const page = renderPage({ plan: withFindings(await prodPlan()) });
        const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id ?? "");
        assert.deepEqual(ids, [...new Set(ids)]);
        const led = [...page.matchAll(/(?:href="#|url\(#)([^")]*)/g)].map(([, id]) => id ?? "");
        assert.deepEqual(
            led.filter((id) => !ids.includes(id)),
            [],
        );
        const labels = [...page.matchAll(/aria-labelledby="([^"]*)"/g)].flatMap(([, of]) =>
            of?.split(" "),
        );
        assert.deepEqual(
            labels.filter((id) => !ids.includes(id ?? "")),
            [],
        );
    });

    it("has one title, headings without gaps, and heads for rows and columns", async () => {
        const page = renderPage({ plan: withFindings(await prodPlan()) });
        const levels = [...page.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
        assert.equal(levels.filter((level) => level === 1).length, 1);
        levels.reduce((before, level) => {
            assert.ok(level <= before + 1, `h${before} is followed by h${level}`);
            return level;
        }, 0);
        assert.match(page, /<html lang="en">/);
        assert.deepEqual([...page.matchAll(/<th(?!ead)(?! scope="(?:row|col)")[^>]*>/g)], []);
        assert.equal(page.split("<table>").length, page.split("<caption>").length);
    });

    it("shows what stops the stack open, and what is waived with its owner", async () => {
        const page = renderPage({ plan: withFindings(await small()) });
        assert.match(page, /<strong>1 mandatory finding would stop the deployment\.<\/strong>/);
        assert.match(page, /<details class="card bad" data-group open>/);
        assert.match(page, /for now\s+<span class="quiet">somebody, until 2027-01-31<\/span>/);
        assert.match(page, /<a href="https:\/\/example\.com\/why" rel="noreferrer noopener">/);
    });
});

describe("the verdict", () => {
    it("says apart what is to be done in different ways about one rule", async () => {
        const plan = await prodPlan();
        const [first, second, third] = plan.resources.filter(({ custom }) => custom);
        const findings = [
            finding({ urn: first?.urn ?? "", remediation: "Turn it off." }),
            finding({ urn: second?.urn ?? "", remediation: "Take it away.", fixable: true }),
            finding({ urn: third?.urn ?? "", remediation: "Turn it off." }),
        ];
        const text = renderPage({ plan: { ...plan, findings } }).replace(/<[^>]*>|\s+/g, " ");
        assert.equal(text.split("Turn it off.").length, 2);
        assert.match(text, /What to do: +Take it away\. A pack at level remediate mends it\./);
    });

    it("says what stops a stack, or what cannot be told yet", async () => {
        const plan = await small();
        const of = (changes: Partial<Plan>) => verdictOf({ ...plan, ...changes }).words;
        const counts = (fail: number, unknown: number) => {
            return { counts: { ...plan.counts, mandatory: { fail, unknown, waived: 0 } } };
        };
        assert.equal(of(counts(0, 0)), "Nothing stops the stack.");
        assert.equal(of(counts(0, 2)), "Nothing known stops the stack.");
        assert.equal(of(counts(2, 1)), "2 mandatory findings would stop the deployment.");
        const messages = [{ severity: "error", text: "no", urn: "" } as const];
        assert.equal(of({ messages }), "The program tells 1 error.");
    });

    it("is shown for an empty stack too", async () => {
        const plan = await withProject({ small: "config: {}\n" }, (root) =>
            makePlan({
                stack: "small",
                root,
                program: () => ({}),
                rules: RULES,
                waivers: [],
                today: TODAY,
            }),
        );
        const page = renderPage({ plan: { ...plan, findings: [finding({ severity: "low" })] } });
        assert.match(page, /Nothing stops the stack\./);
        assert.doesNotMatch(page, /id="topology"/);
    });
});
