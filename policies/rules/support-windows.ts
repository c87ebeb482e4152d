import type { Value } from "../runtime/reader.ts";
import { holds, type Truth } from "../runtime/truth.ts";

/** The managed services whose support windows are known. */
export type KubernetesService = "EKS" | "AKS" | "GKE";

/** The last day of standard support, as `2027-03-27`, by minor version: 35 for 1.35. */
type Ends = Readonly<Record<number, string>>;

/**
 * Standard support for minor versions of Kubernetes, as published until 2026-11-20; later days are the clouds' plans.
 * Where a cloud names a month only, its last day stands here. A version without an announced end is left out.
 *
 * Keep the oldest version that has ended and everything newer: what is older than the table ended before it, and what
 * is newer ends after it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 * @see https://learn.microsoft.com/azure/aks/supported-kubernetes-versions
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/release-schedule
 */
export const SUPPORT_ENDS: Readonly<Record<KubernetesService, Ends>> = {
    EKS: { 33: "2026-07-29", 34: "2026-12-02", 35: "2027-03-27", 36: "2027-08-02" },
    AKS: {
        33: "2026-06-30",
        34: "2026-11-30",
        35: "2027-03-31",
        36: "2027-06-30",
        37: "2027-10-31",
    },
    GKE: { 33: "2026-08-03", 34: "2026-10-01", 35: "2027-04-11", 36: "2027-08-09" },
};

/** The minor version in `1.36`, `1.36.4-gke.1391000` or `v1.36.1`; undefined for aliases such as `latest`. */
export function minorOf(version: string): number | undefined {
    const minor = /^v?1\.(\d{1,3})(?![\da-z])/i.exec(version.trim())?.[1];
    return minor === undefined ? undefined : Number(minor);
}

/** Whether a version, where one stands, is at least this minor. */
export function isAtLeast(version: Value, least: number, absent: Truth): Truth {
    return holds(
        version,
        version.text(),
        (text) => {
            const minor = minorOf(text);
            return minor === undefined ? { unknown: version.path } : minor >= least;
        },
        absent,
    );
}

/** The last day of a minor's support, or the closest that is known: `until` if support lasts at least until then. */
type End =
    | { readonly bound: "exact"; readonly day: string }
    | { readonly bound: "at least"; readonly day: string }
    | { readonly bound: "at most"; readonly day: string };

/** Support ends in the order of the versions, so the table says something about every version. */
function endOf(service: KubernetesService, minor: number): End {
    const ends = SUPPORT_ENDS[service];
    const exact = ends[minor];
    if (exact !== undefined) return { bound: "exact", day: exact };
    const listed = Object.keys(ends).map(Number);
    const newest = Math.max(...listed);
    return minor > newest
        ? { bound: "at least", day: ends[newest] ?? "" }
        : { bound: "at most", day: ends[Math.min(...listed)] ?? "" };
}

/** Where a version stands on a day. "untold" means that the table does not reach as far. */
export type Support =
    | { readonly state: "supported" | "ended" | "untold" }
    | { readonly state: "ends soon"; readonly days: number };

const DAY = 86_400_000;

/**
 * Whether a cloud gives standard support to a minor version on a day, the last day included.
 *
 * @param date the day, as `2026-11-21`
 * @param warnDays how many days before its end support counts as ending soon
 */
export function supportOn(
    service: KubernetesService,
    minor: number,
    { date, warnDays }: { readonly date: string; readonly warnDays: number },
): Support {
    const { bound, day } = endOf(service, minor);
    const days = Math.round((Date.parse(day) - Date.parse(date)) / DAY);
    if (Number.isNaN(days)) return { state: "untold" };
    if (days < 0) return { state: bound === "at least" ? "untold" : "ended" };
    if (days > warnDays) return { state: bound === "at most" ? "untold" : "supported" };
    return bound === "exact" ? { state: "ends soon", days } : { state: "untold" };
}
