import * as pulumi from "@pulumi/pulumi";
import type {
    Backend,
    BalancerService,
    CloudGateway,
    Edge,
    EdgeArgs,
    EdgeObject,
    GatewayPlace,
    Reach,
} from "../contracts/edge.ts";
import { ddosProblems, isAdvanced } from "../contracts/ddos.ts";
import { refuse } from "../lib/errors.ts";
import type { Problem } from "../lib/problem.ts";
import { protectRegion } from "./ddos.ts";
import { keepBalancerLogs } from "./edge-logs.ts";
import { backendObjects, gatewayPolicy } from "./edge-objects.ts";
import { type Entrance, balancerEntrance, gatewayEntrance } from "./entrances.ts";
import { firewallPolicy } from "./firewall-policy.ts";
import type { GcpFoundation } from "./foundation.ts";
import { GCP_SERVICE_LIMITS } from "./limits.ts";
import type { GcpNetwork } from "./network.ts";

export interface GcpEdgeArgs extends EdgeArgs {
    readonly foundation: GcpFoundation;
    readonly network: GcpNetwork;
}

/** Where Google's own proxies and health checks call from, all over the world. */
const GOOGLE_PROXIES = ["35.191.0.0/16", "130.211.0.0/22"] as const;

/** GKE's classes for Google's application load balancers. */
const CLASSES: Readonly<Record<Reach, string>> = {
    internal: "gke-l7-rilb",
    public: "gke-l7-global-external-managed",
};

/** What makes GKE put a network load balancer before a Service: with health checks of its own, one per region. */
const BALANCERS: Readonly<Record<Reach, Readonly<Record<string, string>>>> = {
    internal: {
        "networking.gke.io/load-balancer-type": "Internal",
        // From other regions and from what is connected to the network there, too.
        "networking.gke.io/internal-load-balancer-allow-global-access": "true",
    },
    public: { "cloud.google.com/l4-rbs": "enabled" },
};

/**
 * The way in on Google Cloud: an address that stays for each gateway, and what its balancer needs besides.
 *
 * `envoy`: passthrough network load balancers, which GKE makes from annotations. They keep no logs of their own: the
 * flow logs of the network and Envoy's own tell who came.
 *
 * `cloud`: GKE's gateway controller with Google's application load balancers, TLS 1.2 and later only. The public one is
 * global and can have Cloud Armor before it; the internal one needs a subnet for its proxies, of which a network has
 * one. Certificates come from Secrets, so that no domain has to be known.
 *
 * With `ddosProtection: advanced`, which takes a project in Cloud Armor Enterprise, network load balancers are protected
 * with all that has a public address in the region; before the global one Google stops floods by rules of its own.
 *
 * Costs about 18 USD a month for each balancer and 7 USD for each public address, and with the firewall 17 USD and 0.75
 * USD for each million requests.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/concepts/gateway-api
 */
export class GcpEdge extends pulumi.ComponentResource implements Edge {
    /** Everything is part of GKE. */
    readonly addons = [];
    readonly hasGatewayTypes = true;
    readonly ready: readonly pulumi.Resource[];
    /** Cloud Armor's policy; undefined without a firewall. */
    readonly firewall?: pulumi.Output<string>;
    readonly #network: GcpNetwork;
    readonly #entrances: ReadonlyMap<Reach, Entrance>;

    constructor(name: string, args: GcpEdgeArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:gcp:Edge", name, {}, opts);
        refuse(this, name, checkArgs(args));
        const within = { parent: this };
        this.#network = args.network;
        const enter = args.gateway === "cloud" ? gatewayEntrance : balancerEntrance;
        this.#entrances = new Map(
            args.reaches.map((reach) => [reach, enter(`${name}-${reach}`, reach, args, within)]),
        );
        const advanced = isAdvanced(args);
        const policy = args.firewall
            ? firewallPolicy(name, { ...args, advanced }, within)
            : undefined;
        const region =
            advanced && args.gateway === "envoy"
                ? protectRegion(name, args.foundation, within)
                : undefined;
        this.firewall = policy?.name;
        if (args.gateway === "cloud") {
            for (const reach of args.reaches) {
                keepBalancerLogs(`${name}-${reach}`, reach, { ...args, policy }, within);
            }
        }
        this.ready = [
            ...[...this.#entrances.values()].flatMap(({ resources }) => resources),
            ...(policy ? [policy] : []),
            ...(region ? [region] : []),
        ];
        this.registerOutputs({});
    }

    balancer(reach: Reach): BalancerService {
        const { address } = this.#entrance(reach);
        return {
            annotations: {
                ...BALANCERS[reach],
                "networking.gke.io/load-balancer-ip-addresses": address,
            },
        };
    }

    cloudGateway(reach: Reach, place: GatewayPlace): CloudGateway {
        const { address, sslPolicy } = this.#entrance(reach);
        const { proxies } = this.#network.ranges;
        return {
            className: CLASSES[reach],
            annotations: {},
            addresses: [{ type: "NamedAddress", value: address }],
            objects: sslPolicy ? [gatewayPolicy(reach, place, sslPolicy)] : [],
            certificateSecrets: true,
            sources: reach === "internal" ? [proxies, ...GOOGLE_PROXIES] : GOOGLE_PROXIES,
        };
    }

    backendObjects(backend: Backend): readonly EdgeObject[] {
        return backendObjects(backend, backend.reach === "public" ? this.firewall : undefined);
    }

    #entrance(reach: Reach): Entrance {
        const entrance = this.#entrances.get(reach);
        if (entrance) return entrance;
        throw new pulumi.ResourceError(`no ${reach} gateway was asked for`, this, true);
    }
}

function checkArgs(args: GcpEdgeArgs): Problem[] {
    const possible = GCP_SERVICE_LIMITS.edge.advancedDdos;
    return [...checkFirewall(args), ...ddosProblems(args, { possible, cloud: "Google Cloud" })];
}

function checkFirewall({ firewall, gateway, reaches }: GcpEdgeArgs): Problem[] {
    if (!firewall || (gateway === "cloud" && reaches.includes("public"))) return [];
    return [
        {
            path: "firewall",
            value: "true",
            message: "has nothing to stand before: Cloud Armor guards the cloud's public gateway",
            fix: "Choose gateway cloud with a public reach, or set firewall to false",
        },
    ];
}
