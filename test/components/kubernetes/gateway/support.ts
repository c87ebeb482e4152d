import * as pulumi from "@pulumi/pulumi";
import type { DnsZone } from "../../../../components/contracts/dns-zone.ts";
import type {
    Backend,
    BalancerService,
    CloudGateway,
    Edge,
    EdgeObject,
    GatewayPlace,
    Reach,
} from "../../../../components/contracts/edge.ts";
import type {
    Cluster,
    ClusterAddon,
    WorkloadIdentity,
    WorkloadIdentityArgs,
} from "../../../../components/contracts/cluster.ts";
import { Gateways } from "../../../../components/kubernetes/gateway/gateway.ts";
import type { GatewaysArgs } from "../../../../components/kubernetes/gateway/gateway.ts";
import { installCertManager } from "../../../../components/kubernetes/operators/cert-manager.ts";
import type { GatewaySettings } from "../../../../components/settings/service-types.ts";
import { record } from "../record.ts";
import type { Recorded } from "../record.ts";
import { FakeCluster, TAGS } from "../site.ts";

/** A resource of a cloud, for the fakes. */
class CloudThing extends pulumi.CustomResource {
    constructor(type: string, name: string, opts?: pulumi.CustomResourceOptions) {
        super(`cloud:index:${type}`, name, {}, opts);
    }
}

/** A cluster whose workloads have identities. */
export class IdentityCluster extends pulumi.ComponentResource implements Cluster {
    readonly inner: FakeCluster;

    constructor(name: string, unknown: boolean) {
        super("platform:fake:IdentityCluster", name);
        this.inner = new FakeCluster(name, { unknown });
        this.registerOutputs({});
    }

    get clusterName() {
        return this.inner.clusterName;
    }
    get kubeconfig() {
        return this.inner.kubeconfig;
    }
    get provider() {
        return this.inner.provider;
    }
    get version() {
        return this.inner.version;
    }
    get reach() {
        return this.inner.reach;
    }
    get resource() {
        return this.inner.resource;
    }
    get nodes() {
        return this.inner.nodes;
    }
    get addons() {
        return this.inner.addons;
    }
    get viewers() {
        return this.inner.viewers;
    }

    identity(_name: string, args: WorkloadIdentityArgs): WorkloadIdentity {
        const principal = pulumi.output(`${args.namespace}/${args.serviceAccount}`);
        return {
            annotations: { "cloud/identity": principal },
            podLabels: { "cloud/identity": "true" },
            destinations: [{ cidrs: ["169.254.169.254/32"], ports: [80] }],
            principal,
        };
    }
}

/** A zone that says who was let into it by a resource. */
export class FakeZone extends pulumi.ComponentResource implements DnsZone<IdentityCluster> {
    readonly domain = "example.com";
    readonly nameServers = pulumi.output(["ns1.cloud", "ns2.cloud"]);
    readonly externalDns = { provider: { name: "aws" }, extraArgs: ["--zone-id-filter=Z1"] };

    constructor(name: string) {
        super("platform:fake:Zone", name);
        this.registerOutputs({});
    }

    solver() {
        return { route53: { region: "eu-central-1", hostedZoneID: "Z1" } };
    }

    grant(name: string): readonly pulumi.Resource[] {
        return [new CloudThing("ZoneGrant", name, { parent: this })];
    }
}

/** What a fake edge differs in. */
export interface FakeEdgeArgs {
    readonly cloud?: Partial<CloudGateway>;
    readonly balancer?: Partial<BalancerService>;
    readonly hasGatewayTypes?: boolean;
    readonly addons?: readonly ClusterAddon[];
}

/** What a cloud contributes, as the contract has it. */
export class FakeEdge extends pulumi.ComponentResource implements Edge {
    readonly addons: readonly ClusterAddon[];
    readonly ready: readonly pulumi.Resource[];
    readonly hasGatewayTypes: boolean;
    readonly places: GatewayPlace[] = [];
    readonly backends: Backend[] = [];
    readonly args: FakeEdgeArgs;

    constructor(name: string, args: FakeEdgeArgs = {}) {
        super("platform:fake:Edge", name);
        this.args = args;
        this.addons = args.addons ?? [];
        this.hasGatewayTypes = args.hasGatewayTypes ?? false;
        this.ready = [new CloudThing("EdgeGrant", `${name}-edge`, { parent: this })];
        this.registerOutputs({});
    }

    balancer(reach: Reach): BalancerService {
        return {
            annotations: { "cloud/scheme": reach === "public" ? "internet-facing" : "internal" },
            loadBalancerClass: "cloud/nlb",
            ...this.args.balancer,
        };
    }

    cloudGateway(reach: Reach, place: GatewayPlace): CloudGateway {
        this.places.push(place);
        return {
            className: `cloud-${reach}`,
            annotations: { "cloud/name": reach },
            addresses: [],
            objects: [],
            certificateSecrets: true,
            sources: ["10.0.0.0/16"],
            ...this.args.cloud,
        };
    }

    backendObjects(backend: Backend): readonly EdgeObject[] {
        this.backends.push(backend);
        const spec = { path: backend.healthPath };
        return [{ apiVersion: "cloud.io/v1", kind: "Health", name: backend.service, spec }];
    }
}

/** A way in with a domain, a zone and Let's Encrypt. Each test changes what it is about. */
export const GATEWAY: GatewaySettings = {
    kind: "envoy",
    domain: "example.com",
    zone: true,
    certificates: "letsencrypt",
    email: "ops@example.com",
    firewall: false,
    ddosProtection: "standard",
};

/** A way in without a domain. */
export const NAMELESS: GatewaySettings = {
    kind: "envoy",
    zone: false,
    certificates: "private",
    firewall: false,
    ddosProtection: "standard",
};

/** What a test changes. */
export interface Change extends Partial<
    Pick<GatewaysArgs<IdentityCluster>, "settings" | "reaches" | "highAvailability" | "environment">
> {
    readonly edge?: FakeEdgeArgs;
    readonly unknown?: boolean;
}

/** Makes the gateways of a fake site. */
export function makeGateways(change: Change = {}): Gateways<IdentityCluster> {
    const { unknown = false, edge, settings = GATEWAY } = change;
    const cluster = new IdentityCluster("site", unknown);
    const zone = settings.zone ? new FakeZone("site") : undefined;
    const { provider, resource } = cluster;
    const common = { cluster, tags: TAGS, highAvailability: change.highAvailability ?? true };
    const certManager = installCertManager(
        "site",
        { ...common, ...(zone && { zone }) },
        { parent: cluster, provider, deletedWith: resource },
    );
    return new Gateways("site", {
        ...common,
        certManager,
        edge: new FakeEdge("site", edge),
        ...(zone && { zone }),
        settings,
        reaches: change.reaches ?? ["public"],
        environment: change.environment ?? "dev",
    });
}

const GATEWAY_TYPE = "kubernetes:gateway.networking.k8s.io/v1:Gateway";

/** What a controller says of a Gateway that stands. */
export const standing = (value: string) => ({
    [GATEWAY_TYPE]: { status: { addresses: [{ type: "IPAddress", value }] } },
});

/** The resources that the gateways' own component made. */
export const own = (resources: readonly Recorded[]): Recorded[] =>
    resources.filter(({ urn }) => urn.includes("platform:kubernetes:Gateways$"));

/** What was made of a fake site's gateways. */
export async function recordGateways(change: Change = {}, address = "203.0.113.7") {
    return own(await record(() => void makeGateways(change), standing(address)));
}

/** `kind name`, as a reader would look for it. */
export const names = (resources: readonly Recorded[]): string[] =>
    resources.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort();

/** The one resource of a kind and a name. */
export function find(resources: readonly Recorded[], kind: string, name: string): Recorded {
    const found = resources.filter((one) => one.type.endsWith(`:${kind}`) && one.name === name);
    const [only] = found;
    if (only === undefined || found.length > 1) throw new Error(`${found.length} ${kind} ${name}`);
    return only;
}

/** The spec of the one resource of a kind and a name. */
export function specOf(resources: readonly Recorded[], kind: string, name: string) {
    return find(resources, kind, name).inputs["spec"] as Record<string, unknown>;
}
