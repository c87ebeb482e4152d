import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { instanceLabels, selectorLabels } from "../labels.ts";
import type { Within } from "../platform-namespace.ts";
import type { ApplicationArgs } from "./application.ts";
import { PORT_NAME, furtherPorts } from "./ports.ts";
import type { Metadata } from "./workload.ts";

/**
 * What finds the pods: port 80 in front of its own port, further ports as they are. Returns the address; undefined if it
 * answers nobody.
 */
export function makeService(
    name: string,
    { application, settings }: Pick<ApplicationArgs, "application" | "settings">,
    metadata: Metadata,
    within: Within,
): string | undefined {
    const { port } = settings;
    const further = Object.entries(furtherPorts(settings));
    if (port === undefined && further.length === 0) return undefined;
    const own = {
        name: PORT_NAME,
        port: 80,
        targetPort: PORT_NAME,
        protocol: "TCP",
        // Without it a gateway speaks HTTP/1.1, which gRPC does not.
        ...(settings.health.by === "grpc" && { appProtocol: "kubernetes.io/h2c" }),
    };
    new Service(
        name,
        {
            // The Deployment waits for ready pods already; the Service would wait for the same ones again.
            metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
            spec: {
                type: "ClusterIP",
                // Every label by which policies mean these pods: EKS lets callers out to a Service by its selector.
                selector: { ...selectorLabels(application), ...instanceLabels(application) },
                ports: [
                    ...(port === undefined ? [] : [own]),
                    ...further.map(([key, number]) => ({
                        name: key,
                        port: number,
                        targetPort: key,
                        protocol: "TCP",
                    })),
                ],
            },
        },
        within,
    );
    return `http://${application}.${application}.svc.cluster.local`;
}
