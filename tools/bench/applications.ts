import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { ROOT } from "../stack/layout.ts";
import { kindFigures } from "./applications-kinds.ts";
import type { Figure } from "./figure.ts";
import { render } from "./figure.ts";
import { measure } from "./process.ts";

const CHILD = join(import.meta.dirname, "applications-child.ts");
const COUNTS = [0, 10, 100] as const;
/** The best of these: whatever else the machine does only ever adds. */
const ROUNDS = 3;

/** What a plan of so many applications took. */
export interface Sample {
    readonly applications: number;
    /** Seconds of the processor. */
    readonly time: number;
    /** MB. */
    readonly memory: number;
    readonly resources: number;
}

/**
 * How the plan grows with applications, how long a new one takes until it is planned, and how much YAML its settings
 * stand for.
 */
export async function applicationFigures(say: (line: string) => void): Promise<Figure[]> {
    const folder = await mkdtemp(join(tmpdir(), "platform-bench-"));
    try {
        const samples: Sample[] = [];
        for (const count of COUNTS) {
            const sample = await best(count, folder);
            say(
                `  ${count} applications: ${sample.time.toFixed(1)} s, ${sample.memory.toFixed(0)} MB, ${sample.resources} resources`,
            );
            samples.push(sample);
        }
        return [...growthOf(samples), await newFigure(folder), ...(await kindFigures())];
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** What 100 applications take over ten times what 10 take: in all, and above what the sites take without any. */
export function growthOf(samples: readonly Sample[]): Figure[] {
    const [none, few, many] = samples;
    if (none === undefined || few === undefined || many === undefined) return [];
    const each = (of: (sample: Sample) => number, base: number) =>
        (of(many) - base) / many.applications / ((of(few) - base) / few.applications);
    const detail = (of: (sample: Sample) => number, unit: "s" | "MB") =>
        samples.map((one) => `${one.applications}: ${render(of(one), unit)}`).join(", ");
    const time = (sample: Sample) => sample.time;
    const memory = (sample: Sample) => sample.memory;
    const resources = `${many.resources} resources`;
    return [
        {
            name: "plan of 100 applications on three sites over 10, time per application above none",
            value: each(time, time(none)),
            unit: "×",
            limit: 1.1,
            detail: `${detail(time, "s")} of the processor; ${resources}`,
        },
        {
            // Without the sites' own share the collector's habits would decide: it begins late where there is room.
            name: "plan of 100 applications on three sites over 10, memory per application",
            value: each(memory, 0),
            unit: "×",
            limit: 1.1,
            detail: `${detail(memory, "MB")}; above none ${each(memory, memory(none)).toFixed(2)} ×`,
        },
    ];
}

async function best(count: number, folder: string): Promise<Sample> {
    const file = join(folder, "Pulumi.many.yaml");
    await writeFile(file, stringify({ config: manyApplications(count) }));
    const samples: Sample[] = [];
    for (let round = 0; round < ROUNDS; round += 1) samples.push(await planOf(count, file));
    return samples.reduce((least, one) => ({
        ...least,
        time: Math.min(least.time, one.time),
        memory: Math.min(least.memory, one.memory),
    }));
}

async function planOf(applications: number, file: string): Promise<Sample> {
    const { output, code, memory } = await measure(process.execPath, [CHILD, file]);
    if (code !== 0) throw new Error(`The plan of ${applications} applications failed:\n${output}`);
    const told = JSON.parse(output.trim().split("\n").pop() ?? "{}") as {
        readonly time: number;
        readonly resources: number;
    };
    return { applications, memory: memory ?? NaN, ...told };
}

/** From the command to the plan, as somebody waits for it. */
async function newFigure(folder: string): Promise<Figure> {
    const file = join(folder, "Pulumi.one.yaml");
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
        await writeFile(file, stringify({ config: manyApplications(0) }));
        const into = join(folder, `shop${round}`);
        const words = ["application", "--name", "shop", "--kind", "web", "--image", "shop:1.4.2"];
        const uses = ["--database", "main", "--cache", "sessions", "--slo", "99.9"];
        const place = ["--stack", file, "--into", into, "--runtime", "node"];
        const command = [join(ROOT, "tools", "new.ts"), ...words, ...uses, ...place];
        const { time, code, output } = await measure(process.execPath, command);
        if (code !== 0) throw new Error(`npm run new failed:\n${output}`);
        times.push(time / 1000);
    }
    return {
        name: "npm run new until the application is planned on three sites, time",
        value: Math.min(...times),
        unit: "s",
        detail: times.map((time) => `${time.toFixed(1)} s`).join(", "),
    };
}

const SITES = {
    aws: {
        cloud: "aws",
        region: "eu-central-1",
        account: "123456789012",
        apiAccess: { administrators: ["arn:aws:iam::123456789012:role/platform-admin"] },
        gateway: { domain: "aws.example.com" },
    },
    azure: {
        cloud: "azure",
        region: "westeurope",
        subscription: "00000000-0000-4000-8000-000000000000",
        apiAccess: { administrators: ["00000000-0000-4000-8000-000000000001"] },
        gateway: { domain: "azure.example.com" },
    },
    gcp: {
        cloud: "gcp",
        region: "europe-west3",
        project: "my-project-id",
        apiAccess: { administrators: ["group:platform-team@example.com"] },
        gateway: { domain: "gcp.example.com" },
    },
} as const;

/** A stack of three sites with web applications of one form, so that only their number differs. */
export function manyApplications(count: number): Readonly<Record<string, unknown>> {
    const application = {
        kind: "web",
        image: "shop:1.4.2",
        registry: "images",
        database: "main",
        cache: "sessions",
        slo: 99.9,
    };
    const applications = Array.from({ length: count }, (_, at) => [`shop${at + 1}`, application]);
    return {
        "pulumi:disable-default-providers": ["*"],
        "platform:environment": "dev",
        "platform:owner": "platform-team",
        "platform:costCentre": "cc-1000",
        "platform:sites": SITES,
        "platform:databases": { main: {} },
        "platform:caches": { sessions: {} },
        "platform:queues": { mail: {} },
        "platform:objectStores": { exports: {} },
        "platform:registries": { images: { repositories: ["shop"] } },
        "platform:applications": Object.fromEntries(applications) as unknown,
    };
}
