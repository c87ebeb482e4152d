import assert from "node:assert/strict";
import { access, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { globSync, readFileSync } from "node:fs";
import { readArguments as readEvidenceArguments } from "../tools/evidence/arguments.ts";
import { readArguments as readNewArguments } from "../tools/new/arguments.ts";
import { readArguments as readPlanArguments } from "../tools/plan/arguments.ts";
import { readArguments as readTryArguments } from "../tools/stack/arguments.ts";

const ROOT = join(import.meta.dirname, "..");
const PAGES = globSync("{*.md,docs/**/*.md,examples/*/*.md,simulator/*.md}", { cwd: ROOT });

/** Reads, and so checks, the options of a script. */
const READERS: Readonly<Record<string, (args: readonly string[]) => unknown>> = {
    evidence: readEvidenceArguments,
    new: readNewArguments,
    plan: readPlanArguments,
    try: readTryArguments,
};

/** The anchors that GitHub gives a page's headings. */
function anchors(text: string): string[] {
    return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
        heading
            .toLowerCase()
            .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
            .replaceAll(" ", "-"),
    );
}

const scripts = Object.keys(
    (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object }).scripts,
);

for (const page of PAGES) {
    describe(page, () => {
        const text = readFileSync(join(ROOT, page), "utf8");

        it("links to what is there", async () => {
            const broken: string[] = [];
            for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
                if (/^[a-z]+:/.test(target)) continue;
                const [file = "", anchor] = target.split("#");
                const path = file === "" ? join(ROOT, page) : join(ROOT, dirname(page), file);
                const there = await access(path).then(
                    () => true,
                    () => false,
                );
                if (!there) broken.push(target);
                else if (anchor && !anchors(await readFile(path, "utf8")).includes(anchor)) {
                    broken.push(target);
                }
            }
            assert.deepEqual(broken, []);
        });

        it("names only npm scripts and options that there are", () => {
            for (const [, script = "", rest = ""] of text.matchAll(
                /npm run ([\w:-]+)(?: -- ([^`\n#|]*))?/g,
            )) {
                assert.ok(scripts.includes(script), `there is no npm run ${script}`);
                const read = READERS[script];
                const words = rest.matchAll(/(?:"([^"]*)"|[^\s"]+)+/g);
                read?.([...words].map(([word]) => word.replaceAll('"', "")));
            }
        });
    });
}
