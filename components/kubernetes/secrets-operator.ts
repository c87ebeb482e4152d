import type { input } from "@pulumi/kubernetes/types/index.js";
import type { Destination } from "../contracts/destination.ts";
import { SECRETS_OPERATOR } from "../contracts/secret-store.ts";
import { allowDns, DENY_ALL } from "./network-policies.ts";
import { letApiIn, letOut, tcp } from "./openings.ts";

/** What one pod of the operator asks for and may use. Memory grows with the number of secrets it keeps. */
const RESOURCES = {
    requests: { cpu: "50m", memory: "128Mi" },
    limits: { cpu: "100m", memory: "128Mi" },
};

/** Pods of one Deployment on different zones and nodes. The chart adds the selector of each. */
const SPREAD = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    matchLabelKeys: ["pod-template-hash"],
}));

/**
 * Values of the chart `external-secrets`.
 *
 * The chart's own pods are restricted by its defaults (no root, no capability, read-only root, seccomp), and the
 * namespace holds it to that.
 *
 * @see https://github.com/external-secrets/external-secrets/tree/main/deploy/charts/external-secrets
 */
export function secretsOperatorValues(highAvailability: boolean): Record<string, unknown> {
    const replicaCount = highAvailability ? 2 : 1;
    const podDisruptionBudget = { enabled: highAvailability, minAvailable: 1 };
    return {
        installCRDs: true,
        ...(highAvailability && { global: { topologySpreadConstraints: SPREAD } }),
        replicaCount,
        leaderElect: highAvailability,
        podDisruptionBudget,
        resources: RESOURCES,
        // The cloud's identity is bound to this name: by Pod Identity on AWS, by federation elsewhere.
        serviceAccount: { create: true, name: SECRETS_OPERATOR.serviceAccount },
        // Stores belong to one namespace each. Without these the operator asks for fewer rights over the cluster.
        processClusterStore: false,
        processClusterExternalSecret: false,
        processClusterGenerator: false,
        processClusterPushSecret: false,
        processPushSecret: false,
        webhook: { replicaCount, podDisruptionBudget, resources: RESOURCES },
        // One is enough: it renews the webhook's certificate, and nothing waits for it between two renewals.
        certController: { replicaCount: 1, resources: RESOURCES },
    };
}

type Spec = input.networking.v1.NetworkPolicySpec;

/** Where the chart's webhook listens for the API server. */
const WEBHOOK_PORT = 10250;

/** Where a node hands out the identities of its pods: Pod Identity on AWS, and the metadata server of GKE at two ports. */
const IDENTITY_SOURCES = [
    { cidrs: ["169.254.170.23/32"], ports: [80] },
    { cidrs: ["169.254.169.254/32"], ports: [80] },
    { cidrs: ["169.254.169.252/32"], ports: [988] },
] as const satisfies Destination[];

/**
 * The network policies of the operator's namespace, by name: nothing in or out, but what follows.
 *
 * The API server and the clouds' secret stores all answer at 443, and at addresses that the clouds change: with Cilium,
 * moreover, no block matches the API server. So the port is what limits them.
 *
 * @see https://external-secrets.io/latest/guides/security-best-practices/
 */
export function secretsOperatorPolicies(): Record<string, Spec> {
    return {
        "default-deny": DENY_ALL,
        "allow-dns": allowDns(),
        "allow-apis": {
            podSelector: {},
            policyTypes: ["Egress"],
            egress: [{ ports: tcp([443]) }],
        },
        "allow-identity": letOut(IDENTITY_SOURCES),
        "allow-webhook": letApiIn([WEBHOOK_PORT], {
            "app.kubernetes.io/name": "external-secrets-webhook",
        }),
    };
}
