import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../contracts/cluster.ts";
import type { DnsZone } from "../contracts/dns-zone.ts";
import type { Foundation } from "../contracts/foundation.ts";
import type { Network } from "../contracts/network.ts";
import type { SecretStore } from "../contracts/secret-store.ts";
import type { CloudServices } from "../contracts/services.ts";
import type { Capabilities } from "../kubernetes/capabilities.ts";
import type { Needs } from "../kubernetes/capability-needs.ts";
import { Gateways } from "../kubernetes/gateway/gateway.ts";
import type { SiteSettings } from "../settings/types.ts";
import type { ServiceBase } from "./base.ts";

/** What the way into a site is made of. */
interface WayIn<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
> {
    /** The services of the site's cloud. Left out where nothing of the site needs one. */
    readonly cloud: CloudServices<F, N, C, S> | undefined;
    readonly base: ServiceBase<F, N, C, S>;
    readonly settings: SiteSettings;
    readonly within: pulumi.ComponentResourceOptions;
}

/** What gateways are made of besides. */
interface GatewaysIn<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
> extends WayIn<F, N, C, S> {
    readonly capabilities: Capabilities<C>;
    readonly needs: Needs;
    /** The zone of the site's domain, if the site keeps one. */
    readonly zone: DnsZone<C> | undefined;
}

/** The zone of the site's domain, if the site keeps one. */
export function makeZone<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
>({ cloud, base, settings, within }: WayIn<F, N, C, S>): DnsZone<C> | undefined {
    const { foundation } = base;
    const { name, gateway, cluster } = settings;
    const { domain, zone } = gateway;
    if (cloud === undefined || domain === undefined || !zone) return undefined;
    const { deletionProtection } = cluster;
    return new cloud.DnsZone(name, { domain, deletionProtection, foundation }, within);
}

/** The gateways that applications are behind. */
export function makeGateways<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
>(args: GatewaysIn<F, N, C, S>): Gateways<C> | undefined {
    const { cloud, base, settings, within, zone } = args;
    const { certManager } = args.capabilities;
    const { reaches } = args.needs;
    if (cloud === undefined || certManager === undefined || reaches.length === 0) return undefined;
    const { foundation, network, cluster } = base;
    const { name, tags, gateway } = settings;
    const { highAvailability, logRetention } = settings.cluster;
    const { kind, firewall, ddosProtection, domain } = gateway;
    const edge = new cloud.Edge(
        name,
        {
            gateway: kind,
            reaches,
            firewall,
            ddosProtection,
            logRetention,
            ...(domain !== undefined && { domain }),
            foundation,
            network,
            cluster,
            ...(zone && { zone }),
        },
        within,
    );
    const shared = { cluster, edge, certManager, reaches, tags, highAvailability };
    const { environment } = tags;
    return new Gateways(
        name,
        { ...shared, settings: gateway, environment, ...(zone && { zone }) },
        within,
    );
}
