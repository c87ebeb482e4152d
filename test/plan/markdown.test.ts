import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Comparison } from "../../tools/plan/against/model.ts";
import { fit, LIMIT } from "../../tools/plan/markdown/blocks.ts";
import { documentOptions, renderDocument } from "../../tools/plan/markdown/document.ts";
import { code, comment, link, prose, row, value } from "../../tools/plan/markdown/escape.ts";
import { readArguments } from "../../tools/plan/arguments.ts";
import type { Plan } from "../../tools/plan/model.ts";
import { compare, DATABASE, finding, planOf, resource, urn, VPC } from "./against-support.ts";
import { HIDDEN, network, plan, withProject } from "./support.ts";

const OPTIONS = { subject: "small", command: "npm run plan -- --stack small --json plan.json" };

/** What somebody could put into a name, a tag or a message. */
const NASTY = [
    "a | b",
    "`code` ``more`` ```",
    "<script>alert(1)</script>",
    "</code></details><img src=x onerror=alert(1)>",
    "<!-- --> -->",
    "@octocat and @github/security",
    "fixes #1, GH-2 and octo/repo#3",
    "[click](javascript:alert(1)) ![x](https://example.com/pixel.png)",
    "https://example.com www.example.com mail@example.com",
    "**bold** _em_ ~~gone~~ # heading",
    "line\n\n# heading\r\n| cell |",
    "\u001b[31mred\u001b[0m \u202Egnp.exe\u200B",
    "&lt;b&gt; &#60;",
    "\\| \\` \\<b>",
    "$x$ ==y== ^z^",
];

async function document(head: Plan, base?: Plan | Comparison): Promise<string> {
    if (base === undefined) return renderDocument([{ plan: head }], OPTIONS);
    const comparison = "format" in base ? await compare(base, head) : base;
    return renderDocument([{ plan: head, comparison }], OPTIONS);
}

describe("text in Markdown", () => {
    it("means nothing but itself, whatever it is", () => {
        for (const nasty of NASTY) {
            for (const text of [code(nasty), value(nasty), value({ key: nasty }), prose(nasty)]) {
                const inner = text.replaceAll(/<\/?code>|&#\d+;/g, "");
                assert.doesNotMatch(inner, /[|`<>@#[\]*_~\\&$^!\n\r]/, nasty);
                assert.doesNotMatch(inner, /:\/\/|www\./, nasty);
                assert.doesNotMatch(text, /\p{Cc}|\u202E|\u200B/u, nasty);
            }
        }
    });

    it("keeps a mention and a number apart from what they name, outside of code too", () => {
        assert.equal(prose("ask @octocat"), "ask &#64;&#8203;octocat");
        assert.equal(prose("see #12"), "see &#35;&#8203;12");
    });

    it("stays readable where nothing has to be hidden", () => {
        assert.equal(code("myapp-dev/aws"), "<code>myapp-dev/aws</code>");
        assert.equal(
            prose("It's open (to all). Close it: now."),
            "It's open (to all). Close it: now.",
        );
        assert.equal(value(undefined), "–");
        assert.equal(value(""), "<code>&#34;&#34;</code>");
        assert.equal(value(true), "<code>true</code>");
    });

    it("is cut where it is long", () => {
        const long = code("x".repeat(100_000));
        assert.ok(long.length < 200);
        assert.ok(long.endsWith("…</code>"));
    });

    it("links to nothing but plain addresses", () => {
        assert.equal(link("https://example.com/a#b"), "<https://example.com/a#b>");
        assert.match(link("javascript:alert(1)"), /^<code>/);
        assert.match(link("https://example.com/><script>"), /^<code>/);
    });

    it("ends no comment and no row", () => {
        for (const nasty of NASTY) {
            assert.match(comment(nasty), /^<!-- (?:(?!-->|--!>|\n).)* -->$/);
            assert.equal(row([code(nasty), "x"]).split(" | ").length, 2);
        }
    });
});

describe("a document", () => {
    const block = (open: string, number: number) => ({
        open,
        lines: Array.from({ length: number }, (_, index) => `- ${open} ${index}`),
        close: "end",
    });

    it("is whole where it fits", () => {
        assert.equal(fit([block("a", 2)], 1000, "there"), "a\n- a 0\n- a 1\nend\n");
    });

    it("keeps the first blocks, every frame, and says how much is left out where", () => {
        const text = fit([block("a", 10), block("b", 1000), block("c", 5)], 1000, "there");
        assert.ok(text.length <= 1000, String(text.length));
        assert.match(text, /- a 9\nend\nb\n- b 0\n/);
        assert.match(text, /\n_8\d\d more left out\. The whole: there_\nend\nc\n/);
        assert.match(text, /_\d more left out\. The whole: there_\nend\n$/);
    });

    it("shows no head of a table or a box of which no line fits, and leaves out the last frames", () => {
        const lines = ["x".repeat(500)];
        const boxed = [block("a", 1), { open: "", head: "> [!WARNING]", lines, close: "" }];
        const cut = "\n_1 more left out. The whole: there_\n";
        assert.equal(fit(boxed, 200, "there"), `a\n- a 0\nend\n${cut}`);
        const frames = Array.from({ length: 9 }, () => block("folded away".repeat(3), 2));
        const text = fit([block("a", 1), ...frames], 300, "there");
        assert.ok(text.length <= 300);
        assert.match(
            text,
            /^a\n- a 0\nend\nfolded away[^]*\n_1\d more left out\. The whole: there_\n$/,
        );
    });

    it("counts what it takes in bytes, of which there are never fewer than characters", () => {
        const lines = Array.from({ length: 100 }, () => "äöü€😀");
        const text = fit([{ open: "", lines, close: "" }], 500, "there");
        assert.ok(Buffer.byteLength(text) <= 500);
    });
});

describe("a comparison as a comment", () => {
    const huge = (number: number) =>
        Array.from({ length: number }, (_, index) =>
            resource(DATABASE, `database-${index}`, { identifier: `x${index}`, tags: { a: "b" } }),
        );

    it("begins with the marker, the verdict and the dangers", async () => {
        const text = await document(planOf([]), planOf(huge(1)));
        const words = [
            "<!-- platform-plan: tiny/small -->",
            "### <code>small</code> against <code>main</code> (<code>0123456789</code>)",
            "",
            "**0 added, 0 changed, 1 removed; 1 database would be removed**",
        ];
        assert.ok(text.startsWith(words.join("\n")), text);
        assert.match(
            text,
            /> \[!CAUTION\]\n> - <code>database-0<\/code>: \*\*The database would be/,
        );
    });

    it("fits what GitHub takes, however much differs, and says where the whole is", async () => {
        const findings = huge(2000).map((one) => finding("r", one.urn, { why: "x".repeat(500) }));
        const all = await document(planOf(huge(2000), { findings }), planOf([]));
        const none = await document(planOf([]), planOf(huge(2000), { findings }));
        for (const text of [all, none]) {
            assert.ok(text.length <= LIMIT && Buffer.byteLength(text) <= LIMIT);
            assert.match(
                text,
                /more left out\. The whole: <code>npm run plan -- --stack small --json/,
            );
            assert.equal(text.match(/<details>/g)?.length, text.match(/<\/details>/g)?.length);
        }
        const both = renderDocument(
            [1, 2, 3].map(() => ({ plan: planOf(huge(2000), { findings }) })),
            OPTIONS,
        );
        assert.ok(Buffer.byteLength(both) <= LIMIT);
    });

    it("shows new mandatory findings whole and first, and folds other findings", async () => {
        const net = resource(VPC, "net");
        const mild = finding("net-tidy", net.urn, { level: "advisory" });
        const both = [finding("net-closed", net.urn), mild];
        const text = await document(planOf([net], { findings: both }), planOf([net]));
        const mandatory = text.indexOf("#### New mandatory findings (1)\n\n- **<code>net-closed");
        assert.ok(0 < mandatory && mandatory < text.indexOf("<details>"), text);
        assert.match(text, / is open\.<br>It is closed\. It might be anybody\. <b>Close it\.<\/b>/);
        assert.match(
            text,
            /<summary>New findings \(1\)<\/summary>\n\n- \*\*<code>net-tidy.+<details><summary>What to do/,
        );
        const alone = await document(planOf([net], { findings: both }));
        assert.ok(alone.indexOf("#### Mandatory findings (1)\n") < alone.indexOf("<details>"));
    });

    it("says once what to do about a rule that many resources break, and lists them below it", async () => {
        const all = huge(3);
        const mild = (one: { urn: string }) => finding("tidy", one.urn, { level: "advisory" });
        const other = finding("tidy", urn(VPC, "net"), {
            level: "advisory",
            remediation: "Sweep.",
        });
        const text = await document(planOf(all, { findings: [...all.map(mild), other] }));
        assert.deepEqual(
            text
                .split("\n")
                .filter((line) => /^ *- /.test(line))
                .map((line) => line.slice(0, 41)),
            [
                "- **<code>tidy</code>** high, advisory, f",
                "  - <code>Instance database-0</code> at <",
                "  - <code>Instance database-1</code> at <",
                "  - <code>Instance database-2</code> at <",
                "- **<code>tidy</code>** high, advisory, f",
                "  - <code>Vpc net</code> at <code>ingress",
            ],
        );
        assert.equal(text.match(/What to do/g)?.length, 2);
    });

    it("tells what cannot be told yet apart from what is broken, and how much of it would stop", async () => {
        const net = resource(VPC, "net");
        const later = finding("closed", net.urn, { state: "unknown" });
        const counts = {
            ...planOf([net]).counts,
            mandatory: { fail: 0, unknown: 1, waived: 0 },
        };
        const text = await document(planOf([net], { findings: [later], counts }));
        assert.match(text, /0 advisory; 1 mandatory check can be made only during the update\*\*/);
        assert.match(text, /<summary>Waived, or known only after the update \(1\)</);
        assert.doesNotMatch(text, /Findings that stop nothing/);
    });

    it("gives a stack the room that the others leave, and fits with very many of them", async () => {
        const [large, small] = [planOf(huge(2000)), planOf([])];
        const comparison = await compare(small, large);
        const none = { plan: small, comparison: await compare(small, small) };
        const many = renderDocument([none, { plan: large, comparison }, none], OPTIONS);
        assert.ok(Buffer.byteLength(many) <= LIMIT);
        assert.ok(Buffer.byteLength(many) > LIMIT - 500, String(many.length));
        assert.equal(many.match(/\*\*no differences\*\*/g)?.length, 2);
        const all = Array.from({ length: 60 }, () => ({ plan: large, comparison }));
        const crowd = renderDocument(all, OPTIONS);
        assert.ok(Buffer.byteLength(crowd) <= LIMIT);
        assert.equal(crowd.match(/<details>/g)?.length, crowd.match(/<\/details>/g)?.length);
        assert.equal(crowd.match(/^### /gm)?.length, 60);
    });

    it("folds findings with what to do about them, and shows settings and outputs", async () => {
        const net = resource(VPC, "net");
        const settings = (size: string) => ({
            stack: [{ setting: "size", value: size, origin: "stack" as const }],
            sites: {},
        });
        const outputs = (url: string) => ({ values: { url }, secrets: [], unknowns: [] });
        const text = await document(
            planOf([net], {
                findings: [finding("net-closed", net.urn, { level: "advisory" })],
                settings: settings("large"),
                outputs: outputs("b"),
            }),
            planOf([net], { settings: settings("small"), outputs: outputs("a") }),
        );
        assert.match(text, /<summary>New findings \(1\)<\/summary>\n\n- \*\*<code>net-closed/);
        assert.match(
            text,
            /<summary>What to do<\/summary>It might be anybody\. <b>Close it\.<\/b>/,
        );
        assert.match(
            text,
            /\|  \| <code>size<\/code> \| <code>small<\/code> \| <code>large<\/code> \|/,
        );
        assert.match(text, /\| <code>url<\/code> \| <code>a<\/code> → <code>b<\/code> \|/);
    });

    it("says first where there is nothing to compare with, as the other revision has no plan", () => {
        const error = new Error("The plan of small at main failed:\n<b>no such thing</b>");
        const text = renderDocument([{ plan: planOf([]), error }], OPTIONS);
        assert.match(
            text,
            /^<!--.*-->\n### <code>small<\/code>\n\n\*\*.*\*\*\n\n\n?> \[!CAUTION\]\n> - The plan of small at main failed:\n> - &#60;b/,
        );
    });

    it("says first of all which stack cannot be planned, and why", () => {
        const error = new Error("Pulumi.b.yaml has 1 problem:\n  1. environment: no such thing.");
        const told = [
            { asked: "a", plan: planOf([]) },
            { asked: "b", error },
        ];
        for (const [all, project] of [
            [told, "tiny"],
            [told.slice(1), "other"],
        ] as const) {
            const text = renderDocument(all, { ...OPTIONS, project: "other" });
            const words = [
                `<!-- platform-plan: ${project}/small -->`,
                "### <code>b</code>",
                "",
                "**This stack cannot be planned.**",
            ];
            assert.ok(text.startsWith(words.join("\n")), text);
            assert.match(
                text,
                /> \[!CAUTION\]\n> - Pulumi&#46;b&#46;yaml has 1 problem:\n> - 1\. environment: no such thing\./,
            );
        }
    });

    it("holds nothing that somebody wrote into names, values and messages as Markdown", async () => {
        const resources = (text: string) =>
            NASTY.map((name) => ({
                ...resource(VPC, name, { tags: { [name]: text } }),
                site: name,
            }));
        const findings = NASTY.map((text) =>
            finding(text, urn(VPC, text), { message: text, path: text, why: text, see: text }),
        );
        const settings = {
            stack: [],
            sites: Object.fromEntries(
                NASTY.map((key) => [key, [{ setting: key, value: key, origin: "site" as const }]]),
            ),
        };
        const messages = NASTY.map((text) => ({ severity: "warning" as const, text, urn: "" }));
        const head = planOf(resources("b"), {
            findings,
            settings,
            messages,
            stack: NASTY[3] ?? "",
        });
        for (const text of [await document(head, planOf(resources("a"))), await document(head)]) {
            const rest = text
                .replaceAll(/<!-- platform-plan: [^\n>]* -->/g, "")
                .replaceAll(/<\/?(?:code|b|br|details|summary)>|&#\d+;/g, "");
            assert.doesNotMatch(rest, /[<@`\\]|javascript:|https?:|www\./);
            assert.doesNotMatch(rest, /\p{Cc}(?<!\n)/u);
            assert.equal(text.match(/<details>/g)?.length, text.match(/<\/details>/g)?.length);
        }
    });
});

describe("npm run plan -- --markdown", () => {
    it("writes the plan alone where there is nothing to compare with, without a secret", () =>
        withProject({ small: "config: {}\n" }, async (root) => {
            const file = join(root, "plan.md");
            const args = ["--stack", "small", "--markdown", file];
            const { code: ended, text } = await plan(args, { root, program: network });
            assert.equal(ended, 0);
            assert.match(text, /\nWritten: .+plan\.md\n$/);
            const markdown = await readFile(file, "utf8");
            assert.match(
                markdown,
                /^<!-- platform-plan: tiny\/small -->\n### <code>small<\/code>\n\n\*\*2 resources; 0 mandatory/,
            );
            assert.match(markdown, /\| <code>tiny<\/code> \| – \| – \| 2 \| 0 \|/);
            assert.match(markdown, /warning: mind the gap/);
            assert.ok(!markdown.includes(HIDDEN));
        }));

    it("writes a comment where no stack can be planned, so that none of before is left to look fine", () =>
        withProject({ broken: "config: [\n" }, async (root) => {
            const file = join(root, "plan.md");
            const { code: ended, text } = await plan(["--all", "--markdown", file], { root });
            assert.equal(ended, 2);
            assert.match(text, /\nWritten: .+plan\.md\n$/);
            const markdown = await readFile(file, "utf8");
            assert.match(
                markdown,
                /^<!-- platform-plan: tiny\/all -->\n### <code>broken<\/code>\n/,
            );
            assert.match(markdown, /\*\*This stack cannot be planned\.\*\*/);
        }));

    it("names the command that shows the whole", () => {
        const of = (...args: string[]) => documentOptions(readArguments(args));
        assert.deepEqual(of("--all", "--against", "main", "--json", "x.json"), {
            subject: "all",
            command: "npm run plan -- --all --against main --json x.json",
        });
        assert.equal(
            of("--all", "--profile", "pci").command,
            "npm run plan -- --profile pci --all --json plan.json",
        );
        assert.equal(of().command, "npm run plan -- --stack dev --json plan.json");
    });

    it("takes --install only beside --against", async () => {
        const { code: ended, text } = await plan(["--install"]);
        assert.equal(ended, 2);
        assert.match(text, /--install goes with --against only/);
    });
});
