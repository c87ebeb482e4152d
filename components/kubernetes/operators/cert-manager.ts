import type * as pulumi from "@pulumi/pulumi";
import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { Cluster, WorkloadIdentity } from "../../contracts/cluster.ts";
import type { DnsZone } from "../../contracts/dns-zone.ts";
import { letApiIn, letIn, letOut, letOutToApi, podsOf } from "../openings.ts";
import type { Within } from "../platform-namespace.ts";
import { spreadOver } from "../spread.ts";
import { installOperator, small } from "./operator.ts";
import type { OperatorArgs } from "./operator.ts";
import { CERT_MANAGER } from "../gateway/places.ts";
import { PROMETHEUS } from "./places.ts";
import { zoneWriter } from "./zone-writer.ts";

/** What cert-manager is installed with. */
export interface CertManagerArgs<C extends Cluster> extends OperatorArgs {
    readonly cluster: C;
    /**
     * The zone in which it proves that the domain is the site's own.
     *
     * @default - none; it then signs with private authorities only, and has no identity in the cloud
     */
    readonly zone?: DnsZone<C>;
}

/** cert-manager as it stands in a cluster. */
export interface CertManager {
    /** Issuers and Certificates depend on it: it brings their types. */
    readonly release: Release;
    /** `solvers[].dns01` of an ACME issuer; undefined without a zone. */
    readonly solver?: Readonly<Record<string, pulumi.Input<unknown>>>;
}

/** Four times the seven pods, those of the start-up check included. */
const MOST_PODS = 28;

/** Where the webhook listens for the API server, and where all three tell their metrics. */
const WEBHOOK_PORT = 10250;
const METRICS_PORT = 9402;

/**
 * cert-manager, which signs, stores and renews certificates.
 *
 * Its pods are restricted. With a zone, the controller may change the records of that zone and of no other.
 *
 * @see https://cert-manager.io/docs/installation/best-practice/
 */
export function installCertManager<C extends Cluster>(
    name: string,
    args: CertManagerArgs<C>,
    within: Within,
): CertManager {
    const { cluster, zone, highAvailability } = args;
    const writer =
        zone && zoneWriter(`${name}-cert-manager`, CERT_MANAGER, { cluster, zone }, within);
    const release = installOperator(
        name,
        args,
        {
            chart: "cert-manager",
            namespace: CERT_MANAGER.namespace,
            pods: MOST_PODS,
            policies: certManagerPolicies(writer?.identity),
            values: certManagerValues(highAvailability, writer?.identity),
            dependsOn: writer?.grants ?? [],
        },
        within,
    );
    return { release, ...(zone && writer && { solver: zone.solver(writer.identity) }) };
}

/** The labels of one of cert-manager's three Deployments. */
const component = (role: string) => ({
    "app.kubernetes.io/instance": CERT_MANAGER.namespace,
    "app.kubernetes.io/component": role,
});

/** What the three Deployments have in common: two spread pods behind a budget where a zone may fail. */
function deployment(role: string, highAvailability: boolean) {
    return {
        replicaCount: highAvailability ? 2 : 1,
        podDisruptionBudget: highAvailability
            ? { enabled: true, maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" }
            : { enabled: false },
        topologySpreadConstraints: highAvailability ? spreadOver(component(role)) : [],
    };
}

/**
 * Values of the chart `cert-manager`.
 *
 * @see https://github.com/cert-manager/cert-manager/tree/v1.21.2/deploy/charts/cert-manager
 */
export function certManagerValues(
    highAvailability: boolean,
    identity?: WorkloadIdentity,
): Record<string, unknown> {
    return {
        // Definitions that went would take every certificate with them.
        crds: { enabled: true, keep: true },
        global: { leaderElection: { namespace: CERT_MANAGER.namespace } },
        ...deployment("controller", highAvailability),
        resources: small("50m", "256Mi", "500m"),
        serviceAccount: {
            create: true,
            name: CERT_MANAGER.serviceAccount,
            annotations: { ...identity?.annotations },
        },
        podLabels: { ...identity?.podLabels },
        // Proofs are looked up by the cluster's own DNS: nothing else is let out at port 53.
        dns01RecursiveNameserversOnly: true,
        // Certificates are stated as objects. An annotation on somebody's Gateway or Ingress shall not make one.
        config: { gatewayAPI: { enabled: false } },
        webhook: {
            ...deployment("webhook", highAvailability),
            securePort: WEBHOOK_PORT,
            resources: small("20m", "64Mi", "200m"),
        },
        cainjector: {
            ...deployment("cainjector", highAvailability),
            resources: small("20m", "256Mi", "200m"),
        },
        startupapicheck: { resources: small("20m", "64Mi", "100m") },
    };
}

/**
 * What cert-manager's pods may do besides DNS: reach the API server, the certificate authority and the cloud's DNS, which
 * all answer at 443 and at addresses that change, take on an identity, and serve the API server's webhook.
 */
export function certManagerPolicies(identity?: WorkloadIdentity) {
    return {
        "allow-apis": letOutToApi(),
        ...(identity && { "allow-identity": letOut(identity.destinations) }),
        "allow-webhook": letApiIn([WEBHOOK_PORT], component("webhook")),
        "allow-metrics": letIn([podsOf(PROMETHEUS.namespace, PROMETHEUS.pods)], [METRICS_PORT]),
    };
}
