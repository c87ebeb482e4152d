import type * as pulumi from "@pulumi/pulumi";
import type { IGateway } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway";
import type { IGatewayClass } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GatewayClass";
import type { IHTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import type { CloudGateway, Reach } from "../../contracts/edge.ts";
import type { Labels } from "../labels.ts";
import type { Manifest } from "../manifest.ts";
import { ENVOY_CLASS } from "./envoy.ts";
import { listeners, redirectSpec } from "./listeners.ts";
import type { ListenersArgs } from "./listeners.ts";

const API = "gateway.networking.k8s.io/v1" as const;

/** Where an object of a gateway is. */
interface Placed {
    /** The gateway's name. */
    readonly gateway: string;
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
}

/** What a Gateway is made of. */
export interface GatewayManifestArgs extends Placed {
    readonly listeners: ListenersArgs;
    /** The cloud's own gateway. @default - Envoy's */
    readonly cloud?: CloudGateway;
}

/** A Gateway, which is waited for until its balancer has an address and takes requests. */
export function gatewayManifest(args: GatewayManifestArgs) {
    const { gateway, namespace, labels, cloud } = args;
    const addresses = cloud?.addresses ?? [];
    const parameters = cloud ? cloud.parameters : proxyOf(gateway);
    return {
        apiVersion: API,
        kind: "Gateway",
        metadata: {
            name: gateway,
            namespace,
            labels,
            annotations: { ...cloud?.annotations, "pulumi.com/waitFor": "condition=Programmed" },
        },
        spec: {
            gatewayClassName: cloud?.className ?? ENVOY_CLASS.className,
            listeners: listeners(args.listeners),
            ...(addresses.length > 0 && { addresses }),
            ...(parameters && { infrastructure: { parametersRef: parameters } }),
        },
    } satisfies Manifest<IGateway>;
}

/** The EnvoyProxy of a gateway, which has its name. */
const proxyOf = (name: string) => ({
    group: "gateway.envoyproxy.io",
    kind: "EnvoyProxy",
    name,
});

/** A class of gateways. */
export function classManifest(name: string, controllerName: string, labels: Labels) {
    return {
        apiVersion: API,
        kind: "GatewayClass",
        metadata: { name, labels },
        spec: { controllerName },
    } satisfies Manifest<IGatewayClass>;
}

/** The redirect to HTTPS. It is no name's own, so external-dns is told to leave it alone. */
export function redirectManifest(reach: Reach, { gateway, namespace, labels }: Placed) {
    return {
        apiVersion: API,
        kind: "HTTPRoute",
        metadata: {
            name: `redirect-${reach}`,
            namespace,
            labels,
            annotations: { "external-dns.alpha.kubernetes.io/controller": "none" },
        },
        spec: redirectSpec(gateway),
    } satisfies Manifest<IHTTPRoute>;
}
