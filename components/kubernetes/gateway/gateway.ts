import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../contracts/cluster.ts";
import type { DnsZone } from "../../contracts/dns-zone.ts";
import type { CloudGateway, Edge, Reach } from "../../contracts/edge.ts";
import { refuse } from "../../lib/errors.ts";
import type { Tags } from "../../lib/tags.ts";
import type { GatewaySettings } from "../../settings/service-types.ts";
import type { Environment } from "../../settings/types.ts";
import { chartProblems } from "../charts.ts";
import type { CertManager } from "../operators/cert-manager.ts";
import { controllerKeys, installControllers } from "./controllers.ts";
import type { GatewayObject } from "./gateway-object.ts";
import { GATEWAYS, gatewayName } from "./places.ts";
import type { GatewayNames } from "./places.ts";
import { gatewayProblems } from "./problems.ts";
import { makeGateways } from "./standing.ts";

/** The way into a site. */
export interface GatewaysArgs<C extends Cluster> {
    readonly cluster: C;
    /** What the cloud contributes. */
    readonly edge: Edge;
    readonly certManager: CertManager;
    /** The zone of the domain, whose records external-dns then keeps. @default - somebody else keeps them */
    readonly zone?: DnsZone<C>;
    readonly settings: GatewaySettings;
    /** The gateways there are. */
    readonly reaches: readonly Reach[];
    /** Become labels on every object. Project, environment and site say whose the zone's records are. */
    readonly tags: Tags;
    /** True if the gateways survive the loss of a zone. */
    readonly highAvailability: boolean;
    /** Decides for how long browsers remember to come over TLS only. */
    readonly environment: Environment;
}

/**
 * The way into a site: a gateway per reach, which ends TLS and routes to applications, with its balancer, its certificate
 * and the records of its zone.
 *
 * Makes the namespace `gateways` with a Gateway per reach, the issuer and the certificate, and the redirect to HTTPS; with
 * `kind: envoy` Envoy's controller and proxies, with `kind: cloud` what the cloud's own balancer needs; with a zone
 * external-dns. Gateways and what makes their balancers go before the cluster, or the balancers would stay in its network.
 *
 * Per gateway and month about 18 USD for a network load balancer or 25 USD for an application load balancer, and what
 * passes through it.
 */
export class Gateways<C extends Cluster = Cluster> extends pulumi.ComponentResource {
    readonly settings: GatewaySettings;
    readonly environment: Environment;
    readonly edge: Edge;
    /** The balancers' own names or numbers, to which somebody else's records have to point. Unknown until they stand. */
    readonly addresses: Readonly<Partial<Record<Reach, pulumi.Output<string>>>>;
    /** The gateways, on which routes depend. */
    readonly objects: Readonly<Partial<Record<Reach, GatewayObject>>>;
    /** The gateways' names, which routes and policies go by. */
    readonly names: GatewayNames;
    /** With `kind: cloud`, what the cloud said of each. */
    readonly clouds: Readonly<Partial<Record<Reach, CloudGateway>>>;

    constructor(name: string, args: GatewaysArgs<C>, opts?: pulumi.ComponentResourceOptions) {
        super("platform:kubernetes:Gateways", name, {}, opts);
        const { cluster, edge, settings, reaches, environment } = args;
        refuse(this, name, [
            ...gatewayProblems(settings, { path: "gateway" }),
            ...chartProblems(cluster.version, controllerKeys(args)),
        ]);
        const within = {
            parent: this,
            provider: cluster.provider,
            deletedWith: cluster.resource,
        };
        this.settings = settings;
        this.environment = environment;
        this.edge = edge;
        this.clouds = settings.kind === "cloud" ? cloudsOf(edge, reaches) : {};
        this.names = namesOf(settings, edge, reaches);
        const controllers = installControllers(name, args, within);
        this.objects = makeGateways(
            name,
            { ...args, controllers, clouds: this.clouds, names: this.names },
            within,
        );
        this.addresses = Object.fromEntries(
            Object.entries(this.objects).map(([reach, { address }]) => [reach, address]),
        );
        this.registerOutputs({ addresses: this.addresses });
    }
}

/** The name of each reach's gateway. Those of the cloud's own are changed in place. */
function namesOf({ kind }: GatewaySettings, edge: Edge, reaches: readonly Reach[]): GatewayNames {
    const variant = (reach: Reach) => (kind === "envoy" ? edge.balancer(reach).variant : undefined);
    return Object.fromEntries(reaches.map((reach) => [reach, gatewayName(reach, variant(reach))]));
}

/** The cloud's own gateway of each reach. */
function cloudsOf(edge: Edge, reaches: readonly Reach[]): Partial<Record<Reach, CloudGateway>> {
    return Object.fromEntries(
        reaches.map((reach) => [
            reach,
            edge.cloudGateway(reach, { name: reach, namespace: GATEWAYS.namespace }),
        ]),
    );
}
