import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comparePlans } from "../../tools/plan/against/compare.ts";
import { renderPage } from "../../tools/plan/html/page.ts";
import { pagesOf } from "../../tools/plan/html/write.ts";
import { compared, prodPlan, rename } from "./html-support.ts";
import { HIDDEN, network, plan as run, withProject } from "./support.ts";

const DATABASE = "aws:rds/instance:Instance";

/** The text of a section without markup, each run of space as one. */
function words(page: string, id: string): string {
    const [, section = ""] = new RegExp(`<section id="${id}"([^]*?)</section>`).exec(page) ?? [];
    return section
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim();
}

describe("the changes in a page", function () {
    this.timeout(60_000);

    it("say first what would be lost, then what differs", async () => {
        const page = renderPage(await compared());
        const text = words(page, "changes");
        const lost = text.indexOf("What would be lost");
        const database = text.indexOf(
            "Instance myapp-prod-aws-main : The database would be replaced",
        );
        assert.ok(0 < lost && lost < database && database < text.indexOf("Resources"), text);
        assert.match(text, /against main \(0123456789\)/);
        assert.match(text, /protect refuses this: the update will stop\./);
        assert.match(text, /engine &lt;mysql&gt; postgres replaces/);
        assert.match(text, /The encryption key would be removed/);
        assert.match(text, /New findings 3 .*Resolved findings 1 .*test-resolved/);
        assert.match(text, /Outputs .* old there none/);
        assert.match(page, /<li><a href="#changes">Changes<\/a><\/li>/);
    });

    it("stand in the verdict too, with a sign if data is at stake", async () => {
        const { plan, comparison } = await compared();
        const calm = {
            ...plan,
            counts: { ...plan.counts, mandatory: { fail: 0, unknown: 0, waived: 0 } },
        };
        const page = renderPage({ plan: calm, comparison });
        assert.match(page, /<div class="verdict warn">/);
        assert.match(page, /data at stake<\/span> Against main:\s+<a href="#changes">0 added/);
        assert.match(renderPage({ plan: calm }), /<div class="verdict good">/);
    });

    it("are not there unless the plan was compared", async () => {
        const page = renderPage({ plan: await prodPlan() });
        assert.doesNotMatch(page, /id="changes"|href="#changes"/);
    });

    it("make the verdict bad if a rename loses a resource", async () => {
        const { comparison } = await compared();
        const lost = [{ before: "a", urn: "b", token: DATABASE, below: 0 }];
        const plan = await prodPlan();
        const page = renderPage({ plan, comparison: { ...comparison, lost } });
        assert.match(page, /<strong>1 rename without an alias would lose resources\.<\/strong>/);
    });

    it("say so where nothing differs, and where everything is new", async () => {
        const plan = await prodPlan();
        const sides = { head: plan, revision: "main", commit: "0123456789abcdef" };
        const same = await comparePlans({ ...sides, base: plan });
        assert.match(words(renderPage({ plan, comparison: same }), "changes"), /No differences\./);
        const fresh = await comparePlans({ ...sides, base: undefined });
        assert.match(words(renderPage({ plan, comparison: fresh }), "changes"), /new stack: /);
    });
});

describe("the texts of a comparison", function () {
    this.timeout(60_000);

    it("cannot become markup", async () => {
        const { plan, comparison } = await compared();
        const bad = `"'/><script>alert(1)</script><img/src=x/onerror=alert(1)>`;
        const page = renderPage({ plan, comparison: rename(comparison, bad) });
        const plain = renderPage({ plan, comparison: rename(comparison, "~".repeat(bad.length)) });
        assert.ok(page.includes("&lt;script&gt;alert(1)"));
        for (const tag of ["<script", "<img", "<a ", "<li", "<td", "<"]) {
            assert.equal(page.split(tag).length, plain.split(tag).length, tag);
        }
    });
});

describe("the evidence in a page", function () {
    this.timeout(60_000);

    it("shows each framework with its score, how it is made, and what is not covered", async () => {
        const plan = await prodPlan();
        const options = { file: "plan.html", several: false, profile: "pci", day: "2026-11-21" };
        const pages = pagesOf([{ plan }], options);
        const text = words(pages.get("plan.html") ?? "", "evidence");
        assert.match(text, /PCI DSS v?4\.0\.1/);
        assert.doesNotMatch(text, /SOC 2/);
        assert.match(text, /Score: pass \/ \(pass \+ fail \+ unknown\)/);
        assert.match(text, /Not covered \d+/);
        assert.match(text, /Out of sight, whatever the rules say/);
        assert.doesNotMatch(text, /compliant/i);
    });

    it("stays small with every framework", async () => {
        const options = { file: "plan.html", several: false };
        const [page = ""] = pagesOf([await compared()], options).values();
        assert.match(words(page, "evidence"), /SOC 2.*PCI DSS.*HIPAA.*GDPR/);
        assert.ok(Buffer.byteLength(page) < 1_500_000, `${Buffer.byteLength(page)} bytes`);
    });
});

describe("npm run plan -- --html", () => {
    async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
        const folder = await mkdtemp(join(tmpdir(), "page-"));
        try {
            return await use(folder);
        } finally {
            await rm(folder, { recursive: true });
        }
    }

    const onTwo = (args: readonly string[]) =>
        withProject({ one: "config: {}\n", two: "config: {}\n" }, (root) =>
            run(args, { root, program: network }),
        );

    it("writes a page without a secret and says so", () =>
        inFolder(async (folder) => {
            const file = join(folder, "plan.html");
            const { code, text } = await onTwo(["--stack", "one", "--html", file]);
            assert.equal(code, 0);
            assert.match(text, new RegExp(`^Written: ${file}$`, "m"));
            const page = await readFile(file, "utf8");
            assert.match(page, /^<!doctype html>\n<html lang="en">/);
            assert.ok(!page.includes(HIDDEN));
        }));

    it("writes a page for each of several stacks", () =>
        inFolder(async (folder) => {
            await onTwo(["--all", "--html", join(folder, "plan.html")]);
            assert.deepEqual((await readdir(folder)).sort(), ["plan.one.html", "plan.two.html"]);
        }));

    it("says what is wrong with a file that cannot be written", async () => {
        const { code, text } = await onTwo(["--stack", "one", "--html", "no/such/plan.html"]);
        assert.equal(code, 2);
        assert.match(text, /no\/such\/plan\.html cannot be written: there is no folder no\/such\./);
    });
});
