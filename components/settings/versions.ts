import type { CloudName } from "../contracts/cloud.ts";
import type { KubernetesVersion } from "../contracts/cluster.ts";
import type { PostgresVersion } from "../contracts/database.ts";

/** The last day of a cloud's standard support, as `YYYY-MM-DD`; undefined while the cloud has not announced one. */
export type SupportEnd = string | undefined;

type Support = Readonly<Record<CloudName, SupportEnd>>;

/**
 * Standard support for minor versions of Kubernetes, as of 2026-11-20. Where a cloud names a month only, its last day.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 * @see https://learn.microsoft.com/azure/aks/supported-kubernetes-versions
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/release-schedule
 */
export const KUBERNETES: Readonly<Record<KubernetesVersion, Support>> = {
    "1.35": { aws: "2027-03-27", azure: "2027-03-31", gcp: "2027-04-11" },
    "1.36": { aws: "2027-08-02", azure: "2027-06-30", gcp: "2027-08-09" },
    "1.37": { aws: undefined, azure: "2027-10-31", gcp: undefined },
};

/** Minor versions that are over or nearly so, and were never offered here: only for the message. */
export const KUBERNETES_ENDED: Readonly<Record<string, Support>> = {
    "1.34": { aws: "2026-12-02", azure: "2026-11-30", gcp: "2026-10-01" },
};

/**
 * Versions that a cloud has, or is about to have, and that its clusters here cannot take yet, each with the reason. A
 * test compares it with what the charts support.
 */
export const KUBERNETES_WAITING: Readonly<
    Record<CloudName, Readonly<Partial<Record<KubernetesVersion, string>>>>
> = {
    aws: { "1.37": "the cluster autoscaler has no release for it" },
    azure: {},
    gcp: {},
};

/**
 * Support for major versions of PostgreSQL. RDS ends some months after the community, the others with it.
 *
 * @see https://www.postgresql.org/support/versioning/
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
export const POSTGRES: Readonly<Record<PostgresVersion, Support>> = {
    "15": { aws: "2028-02-29", azure: "2027-11-11", gcp: "2027-11-11" },
    "16": { aws: "2029-02-28", azure: "2028-11-09", gcp: "2028-11-09" },
    "17": { aws: "2030-02-28", azure: "2029-11-08", gcp: "2029-11-08" },
    "18": { aws: "2031-02-28", azure: "2030-11-14", gcp: "2030-11-14" },
};

/** Major versions that are over or nearly so, and were never offered here: only for the message. */
export const POSTGRES_ENDED: Readonly<Record<string, Support>> = {
    "13": { aws: "2026-02-28", azure: "2026-07-31", gcp: "2025-11-13" },
    "14": { aws: "2027-02-28", azure: "2026-11-12", gcp: "2026-11-12" },
};

/** How many days before the end of support a warning begins. */
const NOTICE_DAYS = 60;

const DAY = 86_400_000;

/** Whether a version is within support on a day: `ends soon` within the notice, the last day included. */
export function supportOn(end: SupportEnd, today: Date): "supported" | "ends soon" | "ended" {
    if (end === undefined) return "supported";
    const left = Date.parse(`${end}T00:00:00Z`) + DAY - today.getTime();
    if (left <= 0) return "ended";
    return left <= NOTICE_DAYS * DAY ? "ends soon" : "supported";
}
