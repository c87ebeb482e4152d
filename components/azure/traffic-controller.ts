import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace.js";
import { AssociationsInterface } from "@pulumi/azure-native/servicenetworking/associationsInterface.js";
import { FrontendsInterface } from "@pulumi/azure-native/servicenetworking/frontendsInterface.js";
import { TrafficControllerInterface } from "@pulumi/azure-native/servicenetworking/trafficControllerInterface.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterAddon } from "../contracts/cluster.ts";
import type { EdgeArgs } from "../contracts/edge.ts";
import type { AzureCluster } from "./cluster.ts";
import { makeFirewall, type Firewall } from "./firewall.ts";
import type { AzureFoundation } from "./foundation.ts";
import { makeGatewaySubnet } from "./gateway-subnet.ts";
import { CLIENT_ID } from "./identities.ts";
import { sendLogs, workspaceArgs } from "./logs.ts";
import type { AzureNetwork } from "./network.ts";
import { grant, type GrantArgs } from "./roles.ts";

/** Where the controller runs. Its service account's name is the chart's. */
const CONTROLLER = { namespace: "azure-alb-system", serviceAccount: "alb-controller-sa" } as const;

export interface TrafficControllerArgs extends EdgeArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
    readonly cluster: AzureCluster;
}

/** Application Gateway for Containers, as far as it stands before there is a Gateway. */
export interface TrafficController {
    readonly controller: TrafficControllerInterface;
    readonly frontend: FrontendsInterface;
    readonly firewall: Firewall | undefined;
    readonly addon: ClusterAddon;
    readonly ready: readonly pulumi.Resource[];
}

/**
 * Makes an Application Gateway for Containers ("bring your own": the program makes its Azure resources, the controller in
 * the cluster only configures them).
 */
export function makeTrafficController(
    name: string,
    args: TrafficControllerArgs,
    opts: pulumi.CustomResourceOptions,
): TrafficController {
    const { foundation } = args;
    const common = {
        resourceGroupName: foundation.resourceGroupName,
        location: foundation.region,
        tags: foundation.tags,
    };
    const controller = new TrafficControllerInterface(name, common, opts);
    const own = { ...common, trafficControllerName: controller.name };
    const inside = { ...opts, deletedWith: controller };
    const frontend = new FrontendsInterface(`${name}-public`, own, inside);
    const subnet = makeGatewaySubnet(`${name}-gateways`, args, opts);
    const association = new AssociationsInterface(
        name,
        { ...own, associationType: "subnets", subnet: { id: subnet.id } },
        // A subnet that is in use cannot go, so the association goes by itself and first.
        opts,
    );
    const firewall = args.firewall
        ? makeFirewall(name, { foundation, controller }, opts)
        : undefined;
    logRequests(name, args, controller, opts);
    const { addon, grants } = makeController(name, args, controller, opts);
    const ready = [...grants, frontend, association, ...(firewall ? [firewall.security] : [])];
    return { controller, frontend, firewall, addon, ready };
}

/** Sends what was asked for, and what the firewall stopped, to a workspace with a retention of its own. */
function logRequests(
    name: string,
    { foundation, logRetention }: TrafficControllerArgs,
    controller: TrafficControllerInterface,
    opts: pulumi.CustomResourceOptions,
): void {
    const workspace = new Workspace(`${name}-logs`, workspaceArgs(foundation, logRetention), opts);
    sendLogs(name, { resource: controller, workspaceId: workspace.id }, opts);
}

/** The controller's chart, and what it may do: configure this gateway, and look at the cluster's machines. */
function makeController(
    name: string,
    { foundation, cluster }: TrafficControllerArgs,
    controller: TrafficControllerInterface,
    opts: pulumi.CustomResourceOptions,
) {
    const identity = cluster.identity(`${name}-controller`, CONTROLLER, opts);
    const give = (on: string, role: GrantArgs["role"], scope: pulumi.Input<string>) => {
        const principalType = "ServicePrincipal" as const;
        const to = { foundation, role, principalId: identity.principal, principalType, scope };
        return grant(`${name}-controller-${on}`, to, opts);
    };
    const nodes = cluster.resource.nodeResourceGroup.apply(
        (group) => `/subscriptions/${foundation.subscriptionId}/resourceGroups/${group ?? ""}`,
    );
    const grants = [
        give("gateway", "agcConfigurationManager", controller.id),
        give("nodes", "reader", nodes),
    ];
    const addon: ClusterAddon = {
        chart: "alb-controller",
        namespace: CONTROLLER.namespace,
        values: {
            albController: {
                namespace: CONTROLLER.namespace,
                podIdentity: { clientID: identity.annotations[CLIENT_ID] },
                // The platform brings them, for all gateways alike.
                installGatewayApiCRDs: false,
            },
        },
        dependsOn: grants,
    };
    return { addon, grants };
}
