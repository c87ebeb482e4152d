import type * as pulumi from "@pulumi/pulumi";
import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { Cluster, WorkloadIdentity } from "../../contracts/cluster.ts";
import type { DnsZone } from "../../contracts/dns-zone.ts";
import { EXTERNAL_DNS, GATEWAYS } from "../gateway/places.ts";
import { letIn, letOut, letOutToApi, podsOf } from "../openings.ts";
import type { Within } from "../platform-namespace.ts";
import { installOperator, small } from "./operator.ts";
import type { OperatorArgs } from "./operator.ts";
import { PROMETHEUS } from "./places.ts";
import { zoneWriter } from "./zone-writer.ts";

/** What external-dns is installed with. */
export interface ExternalDnsArgs<C extends Cluster> extends Omit<OperatorArgs, "highAvailability"> {
    readonly cluster: C;
    /** The zone whose records it keeps. */
    readonly zone: DnsZone<C>;
    /** Written beside each record, so that two sites never take each other's for their own. */
    readonly owner: string;
    /** What brings the types of the Gateway API, which it watches. */
    readonly gatewayTypes: readonly pulumi.Resource[];
}

/** Four times the one pod. There is never a second: it elects no leader, and nothing waits for it. */
const MOST_PODS = 4;

const METRICS_PORT = 7979;

/**
 * external-dns, which keeps the records of a zone as the routes on the gateways say, and takes them away with the routes.
 *
 * It reads Gateways, HTTPRoutes and namespaces, and may change the records of this zone and of no other.
 *
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/gateway/
 */
export function installExternalDns<C extends Cluster>(
    name: string,
    args: ExternalDnsArgs<C>,
    within: Within,
): Release {
    const { cluster, zone, owner, gatewayTypes } = args;
    const { identity, grants } = zoneWriter(
        `${name}-external-dns`,
        EXTERNAL_DNS,
        { cluster, zone },
        within,
    );
    return installOperator(
        name,
        { ...args, highAvailability: false },
        {
            chart: "external-dns",
            namespace: EXTERNAL_DNS.namespace,
            pods: MOST_PODS,
            policies: externalDnsPolicies(identity),
            values: externalDnsValues(zone, owner, identity),
            dependsOn: [...grants, ...gatewayTypes],
        },
        within,
    );
}

/**
 * Values of the chart `external-dns`.
 *
 * @see https://github.com/kubernetes-sigs/external-dns/tree/v0.22.0/charts/external-dns
 */
export function externalDnsValues(
    zone: Pick<DnsZone, "domain" | "externalDns">,
    owner: string,
    identity: WorkloadIdentity,
): Record<string, unknown> {
    return {
        ...zone.externalDns,
        sources: ["gateway-httproute"],
        gatewayNamespace: GATEWAYS.namespace,
        // Records go when their routes go. Those without our mark beside them are never touched.
        policy: "sync",
        registry: "txt",
        txtOwnerId: owner,
        // With the record's type in the prefix, the mark of the domain itself lies in the zone too.
        txtPrefix: "owner-%{record_type}.",
        domainFilters: [zone.domain],
        interval: "1m",
        triggerLoopOnEvent: true,
        logFormat: "json",
        resources: small("20m", "128Mi", "200m"),
        serviceAccount: {
            create: true,
            name: EXTERNAL_DNS.serviceAccount,
            annotations: identity.annotations,
        },
        podLabels: identity.podLabels,
    };
}

/** What its pod may do besides DNS: reach the API server and the cloud's DNS, both at 443, and take on its identity. */
export function externalDnsPolicies(identity: WorkloadIdentity) {
    return {
        "allow-apis": letOutToApi(),
        "allow-identity": letOut(identity.destinations),
        "allow-metrics": letIn([podsOf(PROMETHEUS.namespace, PROMETHEUS.pods)], [METRICS_PORT]),
    };
}
