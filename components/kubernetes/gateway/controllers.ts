import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../contracts/cluster.ts";
import { installAddons } from "../addons.ts";
import { allowDns, DENY_ALL } from "../network-policies.ts";
import { letOutToApi } from "../openings.ts";
import { installEnvoyGateway } from "../operators/envoy-gateway.ts";
import { installExternalDns } from "../operators/external-dns.ts";
import { platformNamespace } from "../platform-namespace.ts";
import type { Within } from "../platform-namespace.ts";
import { chartRelease } from "../release.ts";
import type { GatewaysArgs } from "./gateway.ts";

/** What decides which controllers there are. */
type Deciding = Pick<GatewaysArgs<Cluster>, "edge" | "settings" | "zone">;

/** Envoy's chart brings the types of the Gateway API, and some clusters have them: GKE's. */
const needsTypes = ({ edge, settings }: Deciding): boolean =>
    settings.kind === "cloud" && !edge.hasGatewayTypes;

/** The charts that the gateways need, by key. cert-manager is installed for others too, and so not by them. */
export function controllerKeys(args: Deciding): string[] {
    const { edge, settings, zone } = args;
    return [
        ...(needsTypes(args) ? ["gateway-api-crds"] : []),
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
    const types = needsTypes(args) ? [installTypes(name, cluster, within)] : [];
    const rooms = makeRooms(name, args, within);
    const before = [...types, ...rooms];
    const addons = Object.values(installAddons(name, cluster, edge.addons, within, before));
    const common = { cluster, tags, highAvailability };
    const balancers = [...types, ...addons, ...edge.ready];
    const envoy =
        settings.kind === "envoy"
            ? [installEnvoyGateway(name, { ...common, balancers }, { parent, provider })]
            : [];
    const owner = `${tags.project}-${tags.environment}-${tags.site}`;
    const gatewayTypes = [...types, ...envoy];
    if (zone) installExternalDns(name, { ...common, zone, owner, gatewayTypes }, within);
    return [...balancers, ...envoy];
}

/** The types of the Gateway API, for clouds whose own controller reads them and whose cluster has none. */
function installTypes(name: string, { version, nodes }: Cluster, within: Within): pulumi.Resource {
    return chartRelease(
        `${name}-gateway-api-crds`,
        {
            chart: "gateway-api-crds",
            version,
            namespace: SYSTEM,
            // Types that went would take every Gateway with them.
            values: { standard: { enabled: true }, global: { resourcePolicy: { keep: true } } },
        },
        { ...within, dependsOn: [...nodes] },
    );
}

/** The namespace that every cluster has for what belongs to it. */
const SYSTEM = "kube-system";

/** Four times what a cloud's controller comes to with what it starts with. */
const MOST_PODS = 16;

/** The pods of a controller among themselves, at ports of their own. */
const WITHIN = {
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from: [{ podSelector: {} }] }],
    egress: [{ to: [{ podSelector: {} }] }],
};

/** The namespaces of the cloud's controllers, which reach the API server and the cloud, and serve nobody. */
function makeRooms<C extends Cluster>(
    name: string,
    { cluster, edge, tags }: GatewaysArgs<C>,
    within: Within,
): readonly pulumi.Resource[] {
    const { version } = cluster;
    const namespaces = new Set(edge.addons.map(({ namespace }) => namespace));
    namespaces.delete(SYSTEM);
    const policies = {
        "default-deny": DENY_ALL,
        "allow-dns": allowDns(),
        "allow-apis": letOutToApi(),
        "allow-within": WITHIN,
    };
    return [...namespaces].flatMap((namespace) => {
        // The cloud's own charts choose their pods' contexts, and offer no values for them.
        const level = "baseline" as const;
        const args = { namespace, version, tags, pods: MOST_PODS, policies, level };
        return platformNamespace(name, args, within).ready;
    });
}
