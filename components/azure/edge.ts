import * as pulumi from "@pulumi/pulumi";
import type { ClusterAddon } from "../contracts/cluster.ts";
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
import type { AzureCluster } from "./cluster.ts";
import { makeProtectedAddress, type ProtectedAddress } from "./ddos.ts";
import { firewallBefore, healthCheck } from "./edge-objects.ts";
import type { AzureFoundation } from "./foundation.ts";
import { AZURE_SERVICE_LIMITS } from "./limits.ts";
import { retentionProblems } from "./logs.ts";
import type { AzureNetwork } from "./network.ts";
import { makeTrafficController, type TrafficController } from "./traffic-controller.ts";

export interface AzureEdgeArgs extends EdgeArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
    readonly cluster: AzureCluster;
}

const BALANCER = "service.beta.kubernetes.io";

/** Probes by TCP: the default asks for the path "/" by HTTP, which a gateway without such a route answers with 404. */
const PROBES = {
    [`${BALANCER}/port_80_health-probe_protocol`]: "tcp",
    [`${BALANCER}/port_443_health-probe_protocol`]: "tcp",
} as const;

/**
 * The way in: AKS's own load balancer before Envoy, or Application Gateway for Containers.
 *
 * The latter rather than the Gateway API that AKS manages (`approuting-istio`), because only before it can a web
 * application firewall stand. It cannot be reached inside the network only, which therefore is refused, and its firewall
 * knows no limits of rate.
 *
 * Public addresses have Azure's basic protection from floods. With `ddosProtection: advanced` Envoy's load balancer has an
 * address of the site's own with DDoS IP Protection (some 200 USD a month); the address of Application Gateway for
 * Containers cannot have it. A load balancer logs no requests: Envoy does, and the network's flow logs tell who connected.
 *
 * `gateway: envoy` makes nothing but that address and costs what traffic does. `gateway: cloud` makes the gateway with its
 * subnet, frontend, controller and logs, and costs some 110 USD a month before traffic; the firewall is paid for by the
 * hour and the request.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/for-containers/overview
 */
export class AzureEdge extends pulumi.ComponentResource implements Edge {
    readonly addons: readonly ClusterAddon[];
    readonly ready: readonly pulumi.Resource[];
    private readonly network: AzureNetwork;
    private readonly gateway: TrafficController | undefined;
    private readonly address: ProtectedAddress | undefined;

    constructor(name: string, args: AzureEdgeArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:azure:Edge", name, {}, opts);
        refuse(this, name, problemsOf(args));
        const cloud = args.gateway === "cloud" && args.reaches.length > 0;
        this.network = args.network;
        this.gateway = cloud ? makeTrafficController(name, args, { parent: this }) : undefined;
        this.addons = this.gateway ? [this.gateway.addon] : [];
        this.address = isAdvanced(args)
            ? makeProtectedAddress(`${name}-public`, args, { parent: this })
            : undefined;
        this.ready = [...(this.gateway?.ready ?? []), ...(this.address?.ready ?? [])];
        this.registerOutputs({});
    }

    /** @see https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/ */
    balancer(reach: Reach): BalancerService {
        if (reach === "public") return { annotations: { ...PROBES, ...placed(this.address) } };
        return {
            annotations: {
                ...PROBES,
                [`${BALANCER}/azure-load-balancer-internal`]: "true",
                // Its address is one of this subnet, and serves all zones.
                [`${BALANCER}/azure-load-balancer-internal-subnet`]: "nodes-1",
            },
        };
    }

    cloudGateway(_reach: Reach, place: GatewayPlace): CloudGateway {
        const { controller, frontend, firewall } = this.standing();
        return {
            className: "azure-alb-external",
            annotations: { "alb.networking.azure.io/alb-id": controller.id },
            addresses: [{ type: "alb.networking.azure.io/alb-frontend", value: frontend.name }],
            objects: firewall ? [firewallBefore(place, firewall.policy.id)] : [],
            certificateSecrets: true,
            sources: [this.network.gatewayCidr],
        };
    }

    backendObjects(backend: Backend): readonly EdgeObject[] {
        return [healthCheck(backend)];
    }

    private standing(): TrafficController {
        if (this.gateway) return this.gateway;
        throw new pulumi.ResourceError("There is no gateway of the cloud's own.", this, true);
    }
}

/** Which address AKS takes. Without one it makes its own, and lets go of it with the Service. */
function placed(address: ProtectedAddress | undefined): BalancerService["annotations"] {
    if (address === undefined) return {};
    return {
        [`${BALANCER}/azure-pip-name`]: address.name,
        [`${BALANCER}/azure-load-balancer-resource-group`]: address.resourceGroup,
    };
}

const NOTHING_TO_GUARD: Problem = {
    path: "firewall",
    value: "true",
    message: "has nothing to stand before: Azure's guards the cloud's own gateway only",
    fix: "Choose gateway: cloud, or set firewall to false",
};

function problemsOf(args: AzureEdgeArgs): Problem[] {
    const { gateway, reaches, firewall, logRetention } = args;
    const { advancedDdos: floods } = AZURE_SERVICE_LIMITS.edge;
    const unprotected = ddosProblems(args, { possible: floods, cloud: "Azure" });
    if (gateway !== "cloud") return [...(firewall ? [NOTHING_TO_GUARD] : []), ...unprotected];
    const possible: readonly Reach[] = AZURE_SERVICE_LIMITS.edge.cloudReaches;
    const impossible = reaches.filter((reach) => !possible.includes(reach));
    return [
        ...retentionProblems(logRetention),
        ...unprotected,
        ...impossible.map((reach) => ({
            path: "reaches",
            value: reach,
            message: "is no reach that Application Gateway for Containers has",
            fix: "Choose gateway: envoy, or public only",
        })),
    ];
}
