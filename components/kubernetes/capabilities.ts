import * as pulumi from "@pulumi/pulumi";
import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { CloudName } from "../contracts/cloud.ts";
import type { Cluster } from "../contracts/cluster.ts";
import type { DnsZone } from "../contracts/dns-zone.ts";
import type { SecretStore } from "../contracts/secret-store.ts";
import type { Tags } from "../lib/tags.ts";
import type { MonitoringSettings } from "../settings/service-types.ts";
import type { Needs } from "./capability-needs.ts";
import { privateAuthority } from "./operators/authority.ts";
import type { Authority } from "./operators/authority.ts";
import { installCertManager } from "./operators/cert-manager.ts";
import type { CertManager } from "./operators/cert-manager.ts";
import { installElastic } from "./operators/eck.ts";
import { installKeda } from "./operators/keda.ts";
import { installMonitoring } from "./operators/monitoring.ts";
import type { Monitoring } from "./operators/monitoring.ts";
import { installRabbitmq } from "./operators/rabbitmq.ts";
import { installSnapscheduler } from "./operators/snapscheduler.ts";
import { installStrimzi } from "./operators/strimzi.ts";
import { CERT_MANAGER } from "./gateway/places.ts";
import type { Within } from "./platform-namespace.ts";
import { snapshotClass } from "./snapshot-class.ts";
import { storageClasses } from "./storage-classes.ts";
import type { BlockClass } from "./storage-classes.ts";

/** What a cluster has to be able to do for its site. */
export interface CapabilitiesArgs<C extends Cluster> {
    readonly needs: Needs;
    readonly cluster: C;
    readonly cloud: CloudName;
    readonly region: string;
    readonly secretStore: SecretStore<C>;
    /** The operator that fetches secrets. */
    readonly secretsOperator: pulumi.Resource;
    /** The zone in which domains are proven. @default - none */
    readonly zone?: DnsZone<C>;
    readonly monitoring: MonitoringSettings;
    readonly tags: Tags;
    /** True if what is installed survives the loss of a node and of a zone. */
    readonly highAvailability: boolean;
}

/** The operators of data services that are installed. */
interface Operators {
    readonly queues?: Release;
    readonly streams?: Release;
    readonly searches?: Release;
}

/**
 * What a cluster gets because an application or a service of its site needs it, and nothing else: classes of volumes,
 * cert-manager with a private authority, monitoring, scaling by events, daily snapshots, and the operators of data services.
 *
 * Everything here dies with the cluster; volumes of protected services stay.
 */
export class Capabilities<C extends Cluster> extends pulumi.ComponentResource {
    readonly certManager?: CertManager;
    /** Who signs the certificates of services in the cluster. */
    readonly authority?: Authority;
    readonly monitoring?: Monitoring;
    readonly eventScaling?: Release;
    readonly operators: Operators;
    /** What has to stand before volumes are copied by the clock. */
    readonly snapshots?: readonly pulumi.Resource[];
    readonly storage: Readonly<Partial<Record<BlockClass, pulumi.Resource>>>;

    constructor(name: string, args: CapabilitiesArgs<C>, opts?: pulumi.ComponentResourceOptions) {
        super("platform:kubernetes:Capabilities", name, {}, opts);
        const { needs, cluster, cloud, tags } = args;
        const { provider, resource } = cluster;
        const within: Within = { parent: this, provider, deletedWith: resource };
        this.storage = needs.volumes ? storageClasses(name, { cloud, tags }, within) : {};
        if (needs.certificates) this.certManager = installCertManager(name, args, within);
        if (this.certManager && needs.services.size > 0) {
            const { release } = this.certManager;
            const { namespace } = CERT_MANAGER;
            this.authority = privateAuthority(name, { release, namespace }, within);
        }
        const { block } = this.storage;
        if (needs.monitoring && block) {
            const storageClass = { name: "block", resource: block };
            const settings = args.monitoring;
            this.monitoring = installMonitoring(name, { ...args, settings, storageClass }, within);
        }
        if (needs.eventScaling) this.eventScaling = installKeda(name, args, within);
        if (needs.snapshots) this.snapshots = takeSnapshots(name, args, within);
        this.operators = installOperators(name, args, this.authority, within);
        this.registerOutputs({});
    }
}

/** The class of snapshots, and the operator that has them made by the clock. */
function takeSnapshots<C extends Cluster>(
    name: string,
    args: CapabilitiesArgs<C>,
    within: Within,
): readonly pulumi.Resource[] {
    const { nodes: dependsOn } = args.cluster;
    return [
        snapshotClass(name, { ...args, dependsOn }, within),
        installSnapscheduler(name, args, within),
    ];
}

function installOperators<C extends Cluster>(
    name: string,
    args: CapabilitiesArgs<C>,
    authority: Authority | undefined,
    within: Within,
): Operators {
    const { services } = args.needs;
    return {
        ...(services.has("queues") &&
            authority && { queues: installRabbitmq(name, { ...args, authority }, within) }),
        ...(services.has("streams") && { streams: installStrimzi(name, args, within) }),
        ...(services.has("searches") && { searches: installElastic(name, args, within) }),
    };
}
