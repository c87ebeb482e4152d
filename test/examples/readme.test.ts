import assert from "node:assert/strict";
import { EXAMPLES, answers, listed, textOf } from "./support.ts";

/** How many requirements each part of the cases and the guide has. */
const KNOWN: Readonly<Record<string, number>> = { D: 60, P: 94, E: 86, G3: 30, G7: 19, G12: 12 };

function exists(id: string): boolean {
    const [, part = "", number = ""] = /^([DPE]|G\d+(?=\.))\.?(\d+)$/.exec(id) ?? [];
    return Number(number) >= 1 && Number(number) <= (KNOWN[part] ?? 0);
}

/** All requirements of a part of the cases. */
const all = (part: string) =>
    Array.from({ length: KNOWN[part] ?? 0 }, (_, index) => `${part}${index + 1}`);

async function answered(...examples: readonly (typeof EXAMPLES)[number][]): Promise<string[]> {
    const tables = await Promise.all(
        examples.map(async (example) => answers(await textOf(example, "README.md"))),
    );
    return tables.flat().map(({ id }) => id);
}

describe("the examples' pages", () => {
    it("stand beside one stack each, which has the folder's name", async () => {
        assert.deepEqual(await listed(), [...EXAMPLES]);
        for (const example of EXAMPLES) {
            assert.deepEqual(await listed(example), [`Pulumi.${example}.yaml`, "README.md"]);
        }
    });

    for (const example of EXAMPLES) {
        it(`name only commands for ${example}, and how it is planned, tried and taken down`, async () => {
            const readme = await textOf(example, "README.md");
            const commands = [...readme.matchAll(/^npm run (\w+) -- --stack (\S+)(.*)$/gm)];
            assert.deepEqual(
                [...new Set(commands.map(([, , stack]) => stack))],
                [`examples/${example}`],
            );
            const tools = commands.map(([, tool]) => tool);
            assert.deepEqual([...new Set(tools)], ["plan", "try"]);
            assert.match(commands.at(-1)?.[3] ?? "", /^ --destroy/);
        });

        it(`answer in ${example} only requirements that exist, each once`, async () => {
            const ids = await answered(example);
            assert.ok(ids.length >= 5, `${ids.length} answers`);
            assert.deepEqual(
                ids.filter((id) => !exists(id)),
                [],
            );
            assert.deepEqual([...new Set(ids)], ids);
        });
    }

    it("answer every line of the case of the small web application", async () => {
        assert.deepEqual(await answered("django", "django-prod"), all("D"));
    });

    it("answer every line of the case of the rollout", async () => {
        assert.deepEqual(await answered("rollout"), all("P"));
    });

    it("judge each line of a case by a word that the page explains", async () => {
        for (const example of ["django", "django-prod", "rollout"] as const) {
            const readme = await textOf(example, "README.md");
            const explained = [...readme.matchAll(/_(\w+)_: /g)].map(([, word]) => word);
            const used = answers(readme).map(({ verdict }) => verdict);
            assert.deepEqual([...new Set(used)].sort(), explained.sort(), example);
        }
    });
});
