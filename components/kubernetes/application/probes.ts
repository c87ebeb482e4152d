import type { input } from "@pulumi/kubernetes/types/index.js";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import type { HealthSettings, ProbePace } from "../../settings/health-types.ts";
import { PORT_NAME } from "./ports.ts";

type Question = Pick<input.core.v1.Probe, "httpGet" | "grpc" | "tcpSocket" | "exec">;
type Probes = Pick<input.core.v1.Container, "startupProbe" | "livenessProbe" | "readinessProbe">;

/** Seconds between two questions of a startup probe. */
export const STARTUP_PERIOD = 5;

/** What a port is asked. gRPC's probes know ports by number only. */
function ask(by: HealthSettings["by"], port: number, path: string): Question {
    switch (by) {
        case "http":
            return { httpGet: { path, port: PORT_NAME } };
        case "grpc":
            return { grpc: { port } };
        case "tcp":
            return { tcpSocket: { port: PORT_NAME } };
    }
}

const at = (question: Question, { period, timeout, failures }: ProbePace) => ({
    ...question,
    periodSeconds: period,
    timeoutSeconds: timeout,
    failureThreshold: failures,
});

/** Time to start in place of long delays (G3.8, G3.9); then whether to restart it. */
function alive(question: Question, { start, liveness }: HealthSettings): Probes {
    const failures = Math.ceil(start / STARTUP_PERIOD);
    return {
        startupProbe: at(question, { ...liveness, period: STARTUP_PERIOD, failures }),
        livenessProbe: at(question, liveness),
    };
}

/** How the container of an application that runs all the time is asked for its health. */
export function probes({ port, health }: Pick<ApplicationSettings, "port" | "health">): Probes {
    const { by, live, ready, command, readiness } = health;
    if (port !== undefined) {
        return {
            ...alive(ask(by, port, live), health),
            readinessProbe: at(ask(by, port, ready), readiness),
        };
    }
    return command.length === 0 ? {} : alive({ exec: { command: [...command] } }, health);
}
