import { join } from "node:path";
import type { Figure } from "./figure.ts";
import { measure } from "./process.ts";

const CHILD = join(import.meta.dirname, "rules-child.ts");
const COUNTS = [1_000, 10_000, 100_000] as const;
const ROUNDS = 3;

/** What judging so many resources took. */
interface Sample {
    readonly count: number;
    readonly seconds: number;
    /** MB. */
    readonly memory: number;
    readonly shares: readonly { readonly id: string; readonly share: number }[];
}

/** How long all rules take over many resources, how that grows, and which rule takes most of it. */
export async function ruleFigures(say: (line: string) => void): Promise<Figure[]> {
    const samples: Sample[] = [];
    for (const count of COUNTS) {
        const sample = await best(count);
        say(`  ${count} resources: ${sample.seconds.toFixed(2)} s, ${sample.memory.toFixed(0)} MB`);
        samples.push(sample);
    }
    const [few, middle, many] = samples as [Sample, Sample, Sample];
    const perResource = ({ seconds, count }: Sample) => seconds / count;
    const [dearest] = middle.shares;
    return [
        {
            name: "all rules over 10,000 resources, time",
            value: middle.seconds,
            unit: "s",
            detail: `${((middle.seconds / middle.count) * 1e6).toFixed(0)} µs per resource; ${middle.memory.toFixed(0)} MB`,
        },
        {
            name: "dearest rule over all of them together",
            value: (dearest?.share ?? NaN) * 100,
            unit: "%",
            limit: 5,
            detail: middle.shares
                .map(({ id, share }) => `${id} ${(share * 100).toFixed(1)} %`)
                .join(", "),
        },
        {
            name: "100,000 resources over 1,000, time per resource",
            value: perResource(many) / perResource(few),
            unit: "×",
            limit: 1.1,
            detail: samples
                .map((sample) => `${sample.count}: ${(perResource(sample) * 1e6).toFixed(0)} µs`)
                .join(", "),
        },
    ];
}

/** The best of several runs: whatever else the machine does only ever adds. */
async function best(count: number): Promise<Sample> {
    const samples: Sample[] = [];
    for (let round = 0; round < ROUNDS; round++) {
        const { output, code, memory } = await measure(process.execPath, [CHILD, String(count)]);
        if (code !== 0) throw new Error(`The rules did not run:\n${output}`);
        const told = JSON.parse(output.trim().split("\n").pop() ?? "{}") as Pick<
            Sample,
            "seconds" | "shares"
        >;
        samples.push({ count, memory: memory ?? NaN, ...told });
    }
    return samples.reduce((least, one) => (one.seconds < least.seconds ? one : least));
}
