import type * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../lib/cidr.ts";
import type { Days } from "../lib/units.ts";
import type { ClusterAddon } from "./cluster.ts";
import type { DdosProtection } from "./ddos.ts";

/** From where a gateway can be reached: inside the site's network and what is connected to it, or the internet. */
export type Reach = "internal" | "public";

/** All reaches. */
export const REACHES = ["internal", "public"] as const satisfies Reach[];

/**
 * Who terminates TLS and routes: Envoy in the cluster behind the cloud's network load balancer (the same features
 * everywhere), or the cloud's own application load balancer (where its web application firewall can stand).
 */
export type GatewayKind = "envoy" | "cloud";

/** What a cloud contributes to the way in. */
export interface EdgeArgs {
    readonly gateway: GatewayKind;
    /** The gateways there are. */
    readonly reaches: readonly Reach[];
    /** True if a web application firewall stands before the public gateway. Only with `gateway: cloud`. */
    readonly firewall: boolean;
    /**
     * How far the public gateway is protected from floods. `advanced` is the cloud's paid form, which the account has to be
     * subscribed to on AWS and Google Cloud. Changing it changes the gateway's address on AWS and Azure with
     * `gateway: envoy`.
     */
    readonly ddosProtection: DdosProtection;
    /** How long the firewall's and the balancer's access logs are kept. */
    readonly logRetention: Days;
    /** The domain whose names the gateways serve. @default - none */
    readonly domain?: string;
}

/** What a Service of type LoadBalancer says so that this cloud makes the right balancer of it. */
export interface BalancerService {
    readonly annotations: Readonly<Record<string, pulumi.Input<string>>>;
    /** `spec.loadBalancerClass`. @default - the cluster's own */
    readonly loadBalancerClass?: string;
    /**
     * What tells the balancer from one that the cloud cannot turn into it. It becomes a part of the Gateway's name, so that a
     * new balancer stands before the old one goes.
     *
     * @default - none: whatever changes, changes in place
     */
    readonly variant?: string;
    /**
     * True if the balancer tells each client's address ahead of its bytes (PROXY protocol), because it cannot keep it.
     *
     * @default false
     */
    readonly proxyProtocol?: boolean;
}

/** An object that a cloud's gateway needs, without its namespace: the site puts it beside the Gateway. */
export interface EdgeObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly spec: Readonly<Record<string, pulumi.Input<unknown>>>;
}

/** The cloud's own gateway of one reach. */
export interface CloudGateway {
    /** `spec.gatewayClassName`. */
    readonly className: string;
    /** The `controllerName` of a GatewayClass to make. @default - none: the cloud brings the class */
    readonly controllerName?: string;
    readonly annotations: Readonly<Record<string, pulumi.Input<string>>>;
    /** `spec.addresses`. */
    readonly addresses: readonly { readonly type: string; readonly value: pulumi.Input<string> }[];
    /** `spec.infrastructure.parametersRef`, which names one of `objects`. @default - none */
    readonly parameters?: { readonly group: string; readonly kind: string; readonly name: string };
    /** Objects beside the Gateway. */
    readonly objects: readonly EdgeObject[];
    /** True if the listener reads its certificate from a Secret, as cert-manager makes it. False if the cloud has its own. */
    readonly certificateSecrets: boolean;
    /**
     * True if the cloud's objects themselves add the protective headers to answers (HSTS, `X-Content-Type-Options: nosniff`,
     * `X-Frame-Options: DENY`). Otherwise the routes do, by a filter.
     *
     * @default false
     */
    readonly setsHeaders?: boolean;
    /** The addresses from which it reaches the pods, for their network policies. */
    readonly sources: readonly Cidr[];
}

/** The Gateway object that a cloud's gateway is asked for by, which objects beside it may have to name. */
export interface GatewayPlace {
    readonly name: string;
    readonly namespace: string;
}

/** How an exposed Service answers, for the objects that a cloud's balancer needs beside it. */
export interface Backend {
    readonly service: string;
    readonly port: number;
    readonly healthPath: string;
    readonly reach: Reach;
}

/** The way in of a site as far as the cloud makes it. */
export interface Edge extends pulumi.ComponentResource {
    /** Charts that the balancers need, such as AWS's controller. */
    readonly addons: readonly ClusterAddon[];
    /**
     * True if the cluster itself has the types of the Gateway API. Otherwise they are installed before the addons.
     *
     * @default false
     */
    readonly hasGatewayTypes?: boolean;
    /** Grants and objects that have to stand before a balancer is asked for. */
    readonly ready: readonly pulumi.Resource[];
    /** `gateway: envoy`: the balancer before Envoy. */
    balancer(reach: Reach): BalancerService;
    /** `gateway: cloud`: the cloud's own gateway. */
    cloudGateway(reach: Reach, place: GatewayPlace): CloudGateway;
    /** `gateway: cloud`: objects beside each exposed Service, in its namespace: health checks, the firewall. */
    backendObjects(backend: Backend): readonly EdgeObject[];
}
