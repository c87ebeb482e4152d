import type { ApplicationSettings } from "../../settings/application-types.ts";

/** The name of the port that the container listens on. */
export const PORT_NAME = "http";

/** The name of a port that gives metrics only. */
const METRICS_PORT = "metrics";

/** Ports besides the application's own, by name: with the one of its metrics, if that has no name yet. */
export function furtherPorts({
    port,
    ports,
    metrics,
}: Pick<ApplicationSettings, "port" | "ports" | "metrics">): Readonly<Record<string, number>> {
    const own = metrics?.port;
    if (own === undefined || own === port || Object.values(ports).includes(own)) return ports;
    return { ...ports, [METRICS_PORT]: own };
}

/** The name of the port that gives metrics; undefined if there is none. */
export function metricsPort(
    settings: Pick<ApplicationSettings, "port" | "ports" | "metrics">,
): string | undefined {
    const { metrics, port } = settings;
    const wanted = metrics?.port ?? port;
    if (metrics === undefined || wanted === undefined) return undefined;
    if (wanted === port) return PORT_NAME;
    return Object.entries(furtherPorts(settings)).find(([, number]) => number === wanted)?.[0];
}
