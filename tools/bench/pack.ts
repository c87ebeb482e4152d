import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../stack/layout.ts";
import type { Figure } from "./figure.ts";
import { measure, median } from "./process.ts";

const CHILD = join(import.meta.dirname, "pack-child.ts");
const ROUNDS = 7;

/** A pack with one rule that does nothing, which is the least that any pack costs. */
const EMPTY = `import { PolicyPack } from "@pulumi/policy";
new PolicyPack("empty", {
    policies: [
        { name: "empty", description: "Nothing.", enforcementLevel: "advisory", validateResource: () => {} },
    ],
});
`;

/** What a preview took. */
interface Sample {
    /** Milliseconds. */
    readonly elapsed: number;
    /** MB of the pack's process. */
    readonly memory: number;
}

/** What policies/platform adds to a preview of prod by the real engine over what an empty pack adds. */
export async function packFigures(say: (line: string) => void): Promise<Figure[]> {
    const folder = await mkdtemp(join(tmpdir(), "platform-bench-"));
    try {
        const empty = await emptyPack(join(folder, "empty"));
        const platform = join(ROOT, "policies", "platform");
        const first = {
            empty: await preview(folder, empty),
            platform: await preview(folder, platform),
        };
        // What Node compiled stays for the next preview, as in a project's folder. Written by a round that does not count.
        const cache = join(folder, "cache");
        const previewAgain = (pack?: string) => preview(folder, pack, cache);
        await previewAgain(platform);
        const samples = { none: [], empty: [], platform: [] } as Record<string, Sample[]>;
        // In turn, so that a machine that gets slower or faster does so for all.
        for (let round = 0; round < ROUNDS; round++) {
            samples.none!.push(await previewAgain());
            samples.empty!.push(await previewAgain(empty));
            samples.platform!.push(await previewAgain(platform));
        }
        for (const [name, own] of Object.entries(samples)) {
            say(`  ${name}: ${own.map(({ elapsed }) => (elapsed / 1000).toFixed(2)).join(", ")} s`);
        }
        return figures(samples.none!, samples.empty!, samples.platform!, first);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

function figures(
    none: readonly Sample[],
    empty: readonly Sample[],
    platform: readonly Sample[],
    first: { readonly empty: Sample; readonly platform: Sample },
): Figure[] {
    const time = (samples: readonly Sample[]) =>
        median(samples.map(({ elapsed }) => elapsed)) / 1000;
    const memory = (samples: readonly Sample[]) => median(samples.map((one) => one.memory));
    // Each round by itself, since a machine that changes its pace halfway would otherwise be compared with itself.
    const added = empty.map(
        ({ elapsed }, round) => (platform[round]?.elapsed ?? NaN) / elapsed - 1,
    );
    return [
        {
            name: "preview of prod with policies/platform over one with an empty pack, time added",
            value: median(added) * 100,
            unit: "%",
            limit: 10,
            detail: `${time(platform).toFixed(2)} s against ${time(empty).toFixed(2)} s; ${time(none).toFixed(2)} s without a pack; ${time([first.platform]).toFixed(2)} s against ${time([first.empty]).toFixed(2)} s with an empty compile cache`,
        },
        {
            name: "what policies/platform adds to a preview of prod over what an empty pack adds, time",
            value: (time(platform) - time(none)) / (time(empty) - time(none)),
            unit: "×",
            detail: `${(time(platform) - time(none)).toFixed(2)} s against ${(time(empty) - time(none)).toFixed(2)} s`,
        },
        {
            name: "process of policies/platform over that of an empty pack, memory",
            value: memory(platform) / memory(empty),
            unit: "×",
            limit: 1.5,
            detail: `${memory(platform).toFixed(0)} MB against ${memory(empty).toFixed(0)} MB`,
        },
    ];
}

async function emptyPack(folder: string): Promise<string> {
    await mkdir(folder);
    await writeFile(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
    await writeFile(join(folder, "package.json"), '{"version":"1.0.0","type":"module"}');
    await writeFile(join(folder, "index.js"), EMPTY);
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
    return folder;
}

/** A preview in a folder of its own, with a compile cache of its own unless one is named. */
async function preview(parent: string, pack?: string, cache?: string): Promise<Sample> {
    const folder = await mkdtemp(join(parent, "run-"));
    const args = [
        CHILD,
        folder,
        cache ?? join(folder, "cache"),
        ...(pack === undefined ? [] : [pack]),
    ];
    const { output, code } = await measure(process.execPath, args);
    if (code !== 0) throw new Error(`The preview failed:\n${output}`);
    return JSON.parse(output.trim().split("\n").pop() ?? "{}") as Sample;
}
