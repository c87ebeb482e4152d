import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../contracts/cluster.ts";
import { installAddons } from "../addons.ts";
import { installEnvoyGateway } from "../operators/envoy-gateway.ts";
import { installExternalDns } from "../operators/external-dns.ts";
import type { Within } from "../platform-namespace.ts";
import type { GatewaysArgs } from "./gateway.ts";

/** The charts that the gateways need, by key. cert-manager is installed for others too, and so not by them. */
export function controllerKeys({
    edge,
    settings,
    zone,
}: Pick<GatewaysArgs<Cluster>, "edge" | "settings" | "zone">): string[] {
    return [
        ...edge.addons.map(({ chart }) => chart),
        ...(settings.kind === "envoy" ? ["envoy-gateway"] : []),
        ...(zone ? ["external-dns"] : []),
    ];
}

/** Installs what turns Gateways and routes into balancers, proxies and records. Gateways depend on it. */
export function installControllers<C extends Cluster>(
    name: string,
    args: GatewaysArgs<C>,
    within: Within,
): readonly pulumi.Resource[] {
    const { cluster, edge, settings, zone, tags, highAvailability } = args;
    const { parent, provider } = within;
    const addons = Object.values(installAddons(name, cluster, edge.addons, within));
    const common = { cluster, tags, highAvailability };
    const balancers = [...addons, ...edge.ready];
    const envoy =
        settings.kind === "envoy"
            ? [installEnvoyGateway(name, { ...common, balancers }, { parent, provider })]
            : [];
    const gatewayTypes = [...addons, ...envoy];
    const owner = `${tags.project}-${tags.environment}-${tags.site}`;
    if (zone) installExternalDns(name, { ...common, zone, owner, gatewayTypes }, within);
    return [...balancers, ...envoy];
}
