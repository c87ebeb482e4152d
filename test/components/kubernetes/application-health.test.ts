import assert from "node:assert/strict";
import { containers, type Json, NAME, plan, pod } from "./program.ts";

/** The probes of an application that says this, without what the application itself is. */
async function probesOf(settings: Json) {
    const made = await plan({ shop: settings });
    const { startupProbe, livenessProbe, readinessProbe } =
        containers(pod(made, "shop", "Deployment"))["shop"] ?? {};
    const service = made
        .all("kubernetes:core/v1:Service")
        .find(({ name }) => name === `${NAME}-shop`);
    const { ports = [] } = (service?.inputs["spec"] ?? {}) as { ports?: Json[] };
    return { probes: [startupProbe, livenessProbe, readinessProbe], ports };
}

const paced = (question: Json, period: number, timeout: number, failures: number) => ({
    ...question,
    periodSeconds: period,
    timeoutSeconds: timeout,
    failureThreshold: failures,
});

describe("the health of an application", () => {
    it("is asked for by gRPC's own service, and gateways speak HTTP/2 to it", async () => {
        const { probes, ports } = await probesOf({ port: 9000, health: { by: "grpc" } });
        const grpc = { grpc: { port: 9000 } };
        assert.deepEqual(probes, [
            paced(grpc, 5, 5, 30),
            paced(grpc, 10, 5, 3),
            paced(grpc, 5, 3, 3),
        ]);
        assert.deepEqual(ports, [
            {
                name: "http",
                port: 80,
                targetPort: "http",
                protocol: "TCP",
                appProtocol: "kubernetes.io/h2c",
            },
        ]);
    });

    it("is asked for by a connection, as often and as patiently as it says (G3.8)", async () => {
        const { probes, ports } = await probesOf({
            health: {
                by: "tcp",
                start: 45,
                liveness: { period: 20, timeout: 2, failures: 6 },
                readiness: { period: 10, timeout: 5 },
            },
        });
        const tcp = { tcpSocket: { port: "http" } };
        assert.deepEqual(probes, [paced(tcp, 5, 2, 9), paced(tcp, 20, 2, 6), paced(tcp, 10, 5, 3)]);
        assert.equal("appProtocol" in (ports[0] ?? {}), false);
    });

    it("is told by a command where there is no port, and by nothing where there is none", async () => {
        const command = ["celery", "inspect", "ping"];
        const told = await probesOf({ kind: "worker", health: { command, start: 60 } });
        const exec = { exec: { command } };
        assert.deepEqual(told.probes, [paced(exec, 5, 5, 12), paced(exec, 10, 5, 3), undefined]);
        const { probes } = await probesOf({ kind: "worker" });
        assert.deepEqual(probes, [undefined, undefined, undefined]);
    });
});
