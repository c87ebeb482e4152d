import { join } from "node:path";
import type { Figure } from "./figure.ts";
import { measure } from "./process.ts";

const CHILD = join(import.meta.dirname, "rules-child.ts");

/** What judging one resource of many took. */
interface Sample {
    readonly size: number;
    readonly seconds: number;
    readonly bytes: number;
}

interface Told {
    /** Seconds of the processor for 10,000 resources, right after the start. */
    readonly cold: number;
    readonly samples: readonly [Sample, Sample, Sample];
    /** The dearest first. What several rules share stands among them in brackets. */
    readonly shares: readonly { readonly id: string; readonly share: number }[];
}

/** How long all rules take over many resources, how that grows, and which rule takes most of it. */
export async function ruleFigures(say: (line: string) => void): Promise<Figure[]> {
    const { cold, samples, shares } = await measured();
    for (const { size, seconds, bytes } of samples) {
        say(`  ${size} resources at once: ${micro(seconds)}, ${bytes.toFixed(0)} bytes each`);
    }
    const [few, middle, many] = samples;
    const rules = shares.filter(({ id }) => !id.startsWith("("));
    return [
        {
            name: "all rules over 10,000 resources, time",
            value: cold,
            unit: "s",
            detail: `${micro(cold / 10_000)} each right after the start, ${micro(middle.seconds)} later`,
        },
        {
            name: "dearest rule over all of them together",
            value: (rules[0]?.share ?? NaN) * 100,
            unit: "%",
            limit: 5,
            detail: shares
                .slice(0, 6)
                .map(({ id, share }) => `${id} ${(share * 100).toFixed(1)} %`)
                .join(", "),
        },
        {
            name: "100,000 resources over 1,000, time per resource",
            value: many.seconds / few.seconds,
            unit: "×",
            limit: 1.1,
            detail: samples.map(({ size, seconds }) => `${size}: ${micro(seconds)}`).join(", "),
        },
        {
            name: "100,000 resources over 1,000, memory per resource",
            value: many.bytes / few.bytes,
            unit: "×",
            limit: 1.1,
            detail: samples
                .map(({ size, bytes }) => `${size}: ${bytes.toFixed(0)} bytes`)
                .join(", "),
        },
    ];
}

const micro = (seconds: number) => `${(seconds * 1e6).toFixed(1)} µs`;

async function measured(): Promise<Told> {
    const { output, code } = await measure(process.execPath, ["--expose-gc", CHILD]);
    if (code !== 0) throw new Error(`The rules did not run:\n${output}`);
    return JSON.parse(output.trim().split("\n").pop() ?? "{}") as Told;
}
