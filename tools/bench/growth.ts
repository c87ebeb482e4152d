import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Figure } from "./figure.ts";
import { render } from "./figure.ts";
import { measure } from "./process.ts";

const CHILD = join(import.meta.dirname, "preview-child.ts");
const COUNTS = [1, 3, 10, 30] as const;

/** What a preview of so many sites took. */
interface Sample {
    readonly sites: number;
    /** Milliseconds. */
    readonly time: number;
    /** MB. */
    readonly memory: number;
    readonly resources: number;
}

/** How the preview's time and memory grow with the number of sites. */
export async function growthFigures(say: (line: string) => void): Promise<Figure[]> {
    const samples: Sample[] = [];
    for (const sites of COUNTS) {
        const sample = await preview(sites);
        say(
            `  ${sites} ${sites === 1 ? "site" : "sites"}: ${(sample.time / 1000).toFixed(1)} s, ${sample.memory.toFixed(0)} MB, ${sample.resources} resources`,
        );
        samples.push(sample);
    }
    return [
        figure("time", samples, ({ time }) => time / 1000, "s"),
        figure("memory", samples, ({ memory }) => memory, "MB"),
    ];
}

/**
 * The cost per site of the largest stack over that of the smaller ones together. At most 1 is no worse than linear; a
 * tenth is left for what the machine does meanwhile.
 */
function figure(
    what: string,
    samples: readonly Sample[],
    of: (sample: Sample) => number,
    unit: "s" | "MB",
): Figure {
    const perSite = (some: readonly Sample[]) =>
        some.reduce((sum, one) => sum + of(one), 0) / some.reduce((sum, one) => sum + one.sites, 0);
    return {
        name: `preview of 30 sites over fewer, ${what} per site`,
        value: perSite(samples.slice(-1)) / perSite(samples.slice(0, -1)),
        unit: "×",
        limit: 1.1,
        detail: samples.map((sample) => `${sample.sites}: ${render(of(sample), unit)}`).join(", "),
    };
}

async function preview(sites: number): Promise<Sample> {
    const folder = await mkdtemp(join(tmpdir(), "platform-bench-"));
    try {
        const file = join(folder, "Pulumi.many.yaml");
        await writeFile(file, stringify({ config: manySites(sites) }));
        const { output, code, memory } = await measure(process.execPath, [CHILD, file, folder]);
        if (code !== 0) throw new Error(`The preview of ${sites} sites failed:\n${output}`);
        const { elapsed, resources } = JSON.parse(output.trim().split("\n").pop() ?? "{}") as {
            elapsed: number;
            resources: number;
        };
        return { sites, time: elapsed, memory: memory ?? NaN, resources };
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** Sites of one kind, so that only their number differs. */
export function manySites(count: number): Record<string, unknown> {
    const site = (index: number) => ({
        cloud: "aws",
        region: "eu-central-1",
        account: "123456789012",
        network: { cidr: `10.${index}.0.0/16` },
    });
    const sites = Array.from({ length: count }, (_, index) => [
        `site${index + 1}`,
        site(index + 1),
    ]);
    return {
        "pulumi:disable-default-providers": ["*"],
        "platform:environment": "dev",
        "platform:owner": "platform-team",
        "platform:costCentre": "cc-1000",
        "platform:sites": Object.fromEntries(sites) as Record<string, unknown>,
        "platform:apiAccess": {
            cidrs: ["203.0.113.0/24"],
            administrators: ["arn:aws:iam::123456789012:role/platform-admin"],
        },
        "platform:databases": { main: {} },
        "platform:registries": { images: { repositories: ["podinfo"] } },
        "platform:applications": {
            podinfo: {
                image: "ghcr.io/stefanprodan/podinfo:6.9.2",
                port: 9898,
                health: { live: "/healthz", ready: "/readyz" },
                database: "main",
            },
        },
    };
}
