import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { renderPage } from "../../tools/plan/html/page.ts";
import { pagesOf } from "../../tools/plan/html/write.ts";
import { Browser, findChromium } from "../plan/html-browser.ts";
import { compared, prodPlan, rename, withFindings } from "../plan/html-support.ts";

const chromium = findChromium();
const why = chromium ? "" : " (skipped: there is no Chromium on the PATH, and CHROMIUM names none)";

/** The text nodes that people see, whose contrast is below 4.5, with their colours. */
const FAINT = `(() => {
    const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const part = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const light = ([red, green, blue]) => 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
    const ground = (element) => {
        const box = element.closest("g.box");
        if (box) return parse(getComputedStyle(box.querySelector(":scope > rect")).fill);
        for (let at = element; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const faint = new Set();
    let seen = 0;
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const words = walker.currentNode.textContent.trim();
        if (words === "" || element.closest("script, option, title, desc") || !element.checkVisibility()) continue;
        seen += 1;
        const style = getComputedStyle(element);
        const own = parse(element instanceof SVGElement ? style.fill : style.color);
        const [dark, bright] = [light(own), light(ground(element))].sort((a, b) => a - b);
        const ratio = (bright + 0.05) / (dark + 0.05);
        if (ratio < 4.5) faint.add(words.slice(0, 40) + " " + ratio.toFixed(2) + " " + own + " on " + ground(element));
    }
    return { seen, faint: [...faint] };
})()`;

const OPEN_ALL = `document.querySelectorAll("details").forEach((one) => { one.open = true; })`;

/** How many of what a selector finds take up space. */
function shown(selector: string): string {
    return `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((one) => one.checkVisibility()).length`;
}

/** Chooses or types in a filter, as a person does. */
function choose(list: string, name: string, value: string): string {
    return `(() => {
        const field = document.querySelector('[data-filter="${list}"] [name="${name}"]');
        field.value = ${JSON.stringify(value)};
        field.dispatchEvent(new Event("input", { bubbles: true }));
        return field.form.querySelector(".found").textContent;
    })()`;
}

describe(`the page of a plan in a browser${why}`, function () {
    this.timeout(120_000);
    let folder: string;
    let file: string;
    let browser: Browser;

    before(async function () {
        if (chromium === undefined) return this.skip();
        folder = await mkdtemp(join(tmpdir(), "page-"));
        file = join(folder, "plan.html");
        const options = { file, several: false };
        const [page = ""] = pagesOf([await compared()], options).values();
        await writeFile(file, page);
        browser = await Browser.open(chromium, file);
    });

    after(async () => {
        await browser?.close();
        if (folder) await rm(folder, { recursive: true });
    });

    beforeEach(async () => {
        await browser.look(1280);
        await browser.load(file);
    });

    it("loads without a complaint, and asks the network for nothing", () => {
        const methods = ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"];
        assert.deepEqual(
            browser.told.filter(({ method }) => methods.includes(method)),
            [],
        );
        const asked = browser.told.filter(({ method }) => method === "Network.requestWillBeSent");
        const addresses = asked.map(({ params }) => (params.request as { url: string }).url);
        assert.deepEqual([...new Set(addresses)], [pathToFileURL(file).href]);
    });

    it("runs nothing that a plan holds", async () => {
        const hostile = join(folder, "hostile.html");
        const bad = `"'/><script>alert(1)</script><img/src=x/onerror=alert(1)>`;
        const plan = rename(withFindings(await prodPlan()), bad, ["type", "token", "path"]);
        await writeFile(hostile, renderPage({ plan }));
        const before = browser.told.length;
        await browser.load(hostile);
        assert.equal(await browser.evaluate("document.scripts.length + document.images.length"), 1);
        const told = browser.told.slice(before).map(({ method }) => method);
        assert.ok(!told.includes("Page.javascriptDialogOpening"));
        assert.ok(!told.includes("Log.entryAdded"));
    });

    it("finds resources by text, site, kind and marks, and says how many", async () => {
        const plan = await prodPlan();
        const custom = plan.resources.filter((resource) => resource.custom);
        const on = custom.filter(({ site }) => site === "azure");
        const locked = on.filter(({ protect }) => protect);
        const text = await browser.evaluate(choose("resources-list", "site", "azure"));
        assert.equal(text, `${on.length} of ${custom.length} resources`);
        await browser.evaluate(choose("resources-list", "mark", "protected"));
        assert.equal(await browser.evaluate(shown("#resources details")), locked.length);
        await browser.evaluate(choose("resources-list", "text", "vault MYAPP"));
        assert.equal(await browser.evaluate(shown("#resources details")), 1);
        await browser.evaluate(choose("resources-list", "text", "no such thing"));
        assert.equal(await browser.evaluate(shown("[data-list=resources-list] h3")), 0);
    });

    it("finds guardrails by severity, and hides rules without a place left", async () => {
        const plan = withFindings(await prodPlan());
        const text = await browser.evaluate(choose("findings-list", "text", "test-waived"));
        assert.equal(text, `1 of ${plan.findings.length} findings`);
        assert.equal(await browser.evaluate(shown("#findings .state")), 1);
        await browser.evaluate(choose("findings-list", "severity", "low"));
        assert.equal(await browser.evaluate(shown("#findings .state")), 0);
    });

    it("opens what a link leads to, though a filter hides it", async () => {
        await browser.evaluate(choose("resources-list", "text", "no such thing"));
        await browser.evaluate(`document.querySelector("#findings .places a").click()`);
        await browser.evaluate("new Promise((resolve) => setTimeout(resolve, 100))");
        assert.equal(await browser.evaluate(`document.querySelector(":target").open`), true);
        assert.equal(await browser.evaluate(shown(":target > pre")), 1);
    });

    it("fits a phone of 360 pixels, with everything open", async () => {
        await browser.look(360);
        await browser.evaluate(OPEN_ALL);
        assert.equal(await browser.evaluate("document.documentElement.scrollWidth"), 360);
        assert.equal(
            await browser.evaluate("getComputedStyle(document.body).overflowX"),
            "visible",
        );
        assert.equal(await browser.evaluate(shown(".wide-only")), 0);
    });

    it("can be read in light and in dark, down to the words in the pictures", async () => {
        for (const scheme of ["light", "dark"] as const) {
            await browser.look(1280, scheme);
            await browser.evaluate(OPEN_ALL);
            const { seen, faint } = (await browser.evaluate(FAINT)) as {
                seen: number;
                faint: string[];
            };
            assert.ok(seen > 1000);
            assert.deepEqual(faint, [], scheme);
        }
    });

    it("can be used by keyboard alone", async () => {
        const press = async (key: string, code: number, text?: string) => {
            const what = { key, code: key, windowsVirtualKeyCode: code, text };
            await browser.send("Input.dispatchKeyEvent", { type: "keyDown", ...what });
            await browser.send("Input.dispatchKeyEvent", { type: "keyUp", ...what });
        };
        const focused = (of: string) => browser.evaluate(`((at) => ${of})(document.activeElement)`);
        await press("Tab", 9);
        assert.equal(await focused("at.className"), "skip");
        assert.equal(await focused("at.getBoundingClientRect().top >= 0"), true);
        assert.equal(await focused("getComputedStyle(at).outlineStyle"), "solid");
        await press("Enter", 13, "\r");
        assert.equal(await focused("at.id"), "content");
        // The controls of the first filter, and then what they filter.
        for (const tag of ["INPUT", "SELECT", "SELECT", "SUMMARY"]) {
            await press("Tab", 9);
            assert.equal(await focused("at.tagName"), tag);
        }
        await press("Enter", 13, "\r");
        assert.equal(await focused("at.parentElement.open"), true);
    });

    it("has all its content without scripts, and no control that does nothing", async () => {
        await browser.send("Emulation.setScriptExecutionDisabled", { value: true });
        await browser.load(file);
        const items = await browser.evaluate(shown("#resources [data-item] > summary"));
        assert.equal(items, (await prodPlan()).resources.filter(({ custom }) => custom).length);
        assert.equal(await browser.evaluate(shown("form")), 0);
        await browser.send("Emulation.setScriptExecutionDisabled", { value: false });
    });

    it("shows on paper what is folded away, and where links lead", async () => {
        await browser.send("Emulation.setEmulatedMedia", { media: "print" });
        assert.equal(await browser.evaluate(shown("form, nav")), 0);
        const closed = await browser.evaluate(
            `document.querySelectorAll("details:not([open]) pre").length`,
        );
        assert.ok(Number(closed) > 300);
        assert.equal(await browser.evaluate(shown("details:not([open]) pre")), closed);
        const hidden = `[...document.querySelectorAll("a[href^=http]")].filter((one) => one.textContent !== one.getAttribute("href")).length`;
        assert.equal(await browser.evaluate(hidden), 0);
        await browser.send("Emulation.setEmulatedMedia", { media: "" });
    });
});
