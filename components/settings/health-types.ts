/** How often a probe asks, and how patient it is. */
export interface ProbePace {
    /** Seconds between two questions, 1 to 300. */
    readonly period: number;
    /** Seconds until an answer, 1 to 300. */
    readonly timeout: number;
    /** Questions in a row that may fail, 1 to 100. */
    readonly failures: number;
}

/** How an application's health is asked for (G3.8, G3.9). */
export interface HealthSettings {
    /** What its port is asked by: a path over HTTP, gRPC's own health service, or a connection. @default - http */
    readonly by: "http" | "grpc" | "tcp";
    /** The path that says whether to restart a pod, for `http`. @default - /health */
    readonly live: string;
    /** The path that says whether to send it requests, for `http`. @default - /ready */
    readonly ready: string;
    /** What runs in the container to know whether to restart a pod that has no port. @default - nothing */
    readonly command: readonly string[];
    /** Seconds it may take to start, 10 to 1800. @default - 150 */
    readonly start: number;
    /** Whether to restart a pod. @default - every 10 seconds, 5 for an answer, 3 failures */
    readonly liveness: ProbePace;
    /** Whether to send it requests. @default - every 5 seconds, 3 for an answer, 3 failures */
    readonly readiness: ProbePace;
}
