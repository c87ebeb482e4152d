import type * as pulumi from "@pulumi/pulumi";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import { instanceLabels } from "../labels.ts";
import type { Within } from "../platform-namespace.ts";
import type { ApplicationArgs } from "./application.ts";
import { networkPolicies, toOutside } from "./network.ts";
import type { Reach } from "./network.ts";
import type { Metadata } from "./workload.ts";

/** The ports that pods of the namespace, and applications that call it, may reach. */
function openPorts({ port, ports }: ApplicationSettings): number[] {
    return [...(port === undefined ? [] : [port]), ...Object.values(ports)];
}

/** What its pods reach besides other applications, by the name of the policy. */
function destinationsOf({ settings, bindings, identity }: ApplicationArgs): Reach["destinations"] {
    const used = bindings.filter(({ destinations }) => destinations.length > 0);
    return {
        ...Object.fromEntries(used.map(({ name, destinations }) => [name, destinations])),
        ...(identity && { identity: identity.destinations }),
        ...Object.fromEntries(
            Object.entries(settings.egress).map(([key, rule]) => [
                `egress-${key}`,
                toOutside(rule),
            ]),
        ),
    };
}

function reachOf(args: ApplicationArgs): Reach {
    const { application, settings, calls, callers, metricsReader: from } = args;
    const port = settings.metrics?.port ?? settings.port;
    return {
        pods: instanceLabels(application),
        ports: openPorts(settings),
        callers,
        calls,
        destinations: destinationsOf(args),
        ...(settings.metrics && from && port !== undefined && { metrics: { port, from } }),
    };
}

/** Makes the network policies that follow from what an application uses, calls, and is called by. */
export function makeNetworkPolicies(
    name: string,
    args: ApplicationArgs,
    { namespace, labels }: Metadata,
    within: Within,
): pulumi.Resource[] {
    return Object.entries(networkPolicies(reachOf(args))).map(
        ([role, spec]) =>
            new NetworkPolicy(
                `${name}-${role}`,
                { metadata: { name: role, namespace, labels }, spec },
                within,
            ),
    );
}
