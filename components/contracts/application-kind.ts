/** The golden paths: what an application is, which chooses its defaults and its objects. */
export const KINDS = ["web", "service", "worker", "job", "pipeline"] as const;

/** One of the golden paths. */
export type ApplicationKind = (typeof KINDS)[number];

/** Kinds that answer requests: they have a port, a Service and probes over HTTP. */
export const SERVING: readonly ApplicationKind[] = ["web", "service"];

/** Kinds that run all the time. The others run by a schedule. */
export const RUNNING: readonly ApplicationKind[] = ["web", "service", "worker"];
