import { RUNNING } from "../../contracts/application-kind.ts";
import type { PodSize } from "../../contracts/queue.ts";
import type { Problem } from "../../lib/problem.ts";
import { cpuQuantity, gibibytes, millicores } from "../../lib/quantities.ts";
import type { ApplicationSettings, QuotaSettings } from "../../settings/application-types.ts";

/** How many runs of a schedule are expected at once. */
const RUNS = { forbid: 1, replace: 1, allow: 10 } as const;

const blockVolumes = ({ volumes }: ApplicationSettings) =>
    Object.values(volumes).filter(({ kind }) => kind === "block");

/** The pods that an update adds at most; none where each has its own volume. */
function surging(settings: ApplicationSettings): number {
    const { replicas, update } = settings;
    const { surge } = update;
    if (blockVolumes(settings).length > 0) return 0;
    const share = (replicas.max * Number.parseInt(String(surge), 10)) / 100;
    return typeof surge === "number" ? surge : Math.ceil(share);
}

/**
 * The most pods that the application itself asks for at once.
 *
 * A release runs before its update, and beside what the update before it has added if that one is stuck: what mends it
 * must not wait for room.
 */
export function mostPods(settings: ApplicationSettings): number {
    const { kind, replicas, schedule, release } = settings;
    const beside = surging(settings) + (release ? 1 : 0);
    const running = RUNNING.includes(kind) ? replicas.max + beside : 0;
    return running + (schedule ? RUNS[schedule.overlap] : 0);
}

/** An amount in millicores or MiB, and how it is written. */
interface Unit {
    readonly of: (text: string) => number;
    readonly write: (amount: number) => string;
}

const CPU: Unit = {
    of: (text) => millicores(text) ?? 0,
    write: (amount) => cpuQuantity(`${amount}m`),
};

const MEMORY: Unit = {
    of: (text) => Math.ceil((gibibytes(text) ?? 0) * 1024),
    // As settings take it: never in Ti.
    write: (amount) => (amount % 1024 === 0 ? `${amount / 1024}Gi` : `${amount}Mi`),
};

const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);

/** What one pod asks for: its containers together, and of a pipeline the largest step, for they run one after the other. */
function podAsks(settings: ApplicationSettings, part: keyof PodSize, { of }: Unit): number {
    const { kind, resources, sidecars, steps } = settings;
    if (kind === "pipeline") {
        return Math.max(0, ...Object.values(steps).map((step) => of(step.resources[part])));
    }
    const beside = Object.values(sidecars).map((one) => of(one.resources[part]));
    return of(resources[part]) + sum(beside);
}

/** What an application asks for at most of one entry of its quota, and what that is made of. */
interface Ask {
    readonly part: keyof QuotaSettings;
    readonly unit: Unit;
    readonly times: number;
    readonly each: number;
    readonly of: "pod" | "volume";
}

function asksOf(settings: ApplicationSettings): readonly Ask[] {
    const pods = mostPods(settings);
    const each = sum(blockVolumes(settings).map(({ size = "0Mi" }) => MEMORY.of(size)));
    return [
        { part: "cpu", unit: CPU, times: pods, each: podAsks(settings, "cpu", CPU), of: "pod" },
        {
            part: "memory",
            unit: MEMORY,
            times: pods,
            each: podAsks(settings, "memory", MEMORY),
            of: "pod",
        },
        { part: "storage", unit: MEMORY, times: settings.replicas.max, each, of: "volume" },
    ];
}

function inWords(times: number, of: string, each: string): string {
    return times === 1 ? `one ${of} asks` : `${times} ${of}s of ${each} ask`;
}

/**
 * What an application may come to beyond its quota: Kubernetes would refuse pods on the day they are needed (G12.6).
 *
 * `path` is where the application's settings stand: `applications.web`.
 */
export function quotaProblems(path: string, settings: ApplicationSettings): Problem[] {
    return asksOf(settings).flatMap(({ part, unit, times, each, of }) => {
        const value = settings.quota[part];
        const most = times * each;
        if (most <= unit.of(value)) return [];
        return [
            {
                path: `${path}.quota.${part}`,
                value,
                message: `is less than the ${unit.write(most)} that ${inWords(times, of, unit.write(each))} for`,
                fix: `Set it to ${unit.write(most)}, or ask for less`,
            },
        ];
    });
}
