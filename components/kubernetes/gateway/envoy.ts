import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { IClientTrafficPolicy } from "@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/ClientTrafficPolicy";
import type { IEnvoyProxy } from "@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/EnvoyProxy";
import type { Labels } from "../labels.ts";
import type { Manifest } from "../manifest.ts";
import { plainPolicy, tlsPolicy } from "./client-policy.ts";
import type { Header } from "./headers.ts";
import { tlsListeners } from "./listeners.ts";
import { LISTENERS } from "./places.ts";
import { proxySpec } from "./proxy.ts";
import type { ProxyArgs } from "./proxy.ts";

/** The class of Envoy's gateways, and the controller that answers to it. */
export const ENVOY_CLASS = {
    className: "envoy",
    controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
} as const;

const API = "gateway.envoyproxy.io/v1alpha1" as const;

/** What Envoy's controller needs beside a Gateway. */
export interface EnvoyArgs extends ProxyArgs {
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
    /** The domain that the gateway answers for. @default - none: it answers to every name */
    readonly domain?: string;
    /** Headers of every answer over TLS. */
    readonly headers: readonly Header[];
}

/** Makes what Envoy's controller reads beside a Gateway. It stands before the Gateway, which is never open without it. */
export function makeEnvoyParts(
    name: string,
    args: EnvoyArgs,
    opts: pulumi.CustomResourceOptions,
): readonly CustomResource[] {
    const { gateway, namespace, labels, domain, headers, balancer } = args;
    const metadata = (of: string) => ({ name: of, namespace, labels });
    const policy = (section: string, spec: Manifest<IClientTrafficPolicy["spec"]>) =>
        new CustomResource(
            `${name}-${section}`,
            {
                apiVersion: API,
                kind: "ClientTrafficPolicy",
                metadata: metadata(`${gateway}-${section}`),
                spec,
            } satisfies Manifest<IClientTrafficPolicy>,
            opts,
        );
    return [
        new CustomResource(
            name,
            {
                apiVersion: API,
                kind: "EnvoyProxy",
                metadata: metadata(gateway),
                spec: proxySpec(args),
            } satisfies Manifest<IEnvoyProxy>,
            opts,
        ),
        policy(LISTENERS.http, plainPolicy(gateway, balancer)),
        policy(LISTENERS.https, tlsPolicy(gateway, tlsListeners(domain), headers, balancer)),
    ];
}
