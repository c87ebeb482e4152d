import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { letApiIn, letOutToApi, letTogether } from "../openings.ts";
import type { Within } from "../platform-namespace.ts";
import { installOperator, small } from "./operator.ts";
import type { OperatorArgs } from "./operator.ts";
import { spreadOver } from "../spread.ts";
import { KEDA, PORTS, PROMETHEUS } from "./places.ts";

/** Four times the three Deployments of two pods. */
const MOST_PODS = 24;

/** The port at which the metrics server asks the operator, inside the namespace. */
const OPERATOR_PORT = 9666;

/** Where the API server asks for metrics and for admission. */
const API_PORTS = [6443, 9443];

/**
 * KEDA, which scales workloads by events and is the cluster's server of external metrics.
 *
 * It reads the Secrets that a TriggerAuthentication names, in every namespace: without that it could not ask a queue how
 * long it is.
 *
 * @see https://keda.sh/docs/latest/operate/security/
 */
export function installKeda(name: string, args: OperatorArgs, within: Within): Release {
    return installOperator(
        name,
        args,
        {
            chart: "keda",
            namespace: KEDA.namespace,
            pods: MOST_PODS,
            policies: kedaPolicies(),
            values: kedaValues(args.highAvailability),
        },
        within,
    );
}

/**
 * Values of the chart `keda`. Its pods are restricted by its own defaults.
 *
 * @see https://github.com/kedacore/charts/tree/main/keda
 */
function kedaValues(highAvailability: boolean): Record<string, unknown> {
    const replicaCount = highAvailability ? 2 : 1;
    const budget = highAvailability ? { maxUnavailable: 1 } : {};
    const spread = (app: string) => (highAvailability ? spreadOver({ app }) : []);
    return {
        image: { pullPolicy: "IfNotPresent" },
        // Deployments and StatefulSets are all it has to scale; the rest would be rights over every kind there is.
        rbac: { enabledCustomScaledRefKinds: false },
        operator: { replicaCount },
        metricsServer: { replicaCount },
        webhooks: { replicaCount },
        resources: {
            operator: small("100m", "256Mi", "500m"),
            metricServer: small("50m", "128Mi", "250m"),
            webhooks: small("20m", "64Mi", "100m"),
        },
        podDisruptionBudget: { operator: budget, metricServer: budget, webhooks: budget },
        topologySpreadConstraints: {
            operator: spread("keda-operator"),
            metricsServer: spread("keda-operator-metrics-apiserver"),
            webhooks: spread("keda-admission-webhooks"),
        },
    };
}

/** What KEDA's pods may do besides DNS: serve the API server, and ask what they scale by. */
function kedaPolicies() {
    return {
        "allow-apis": letOutToApi(),
        "allow-from-api": letApiIn(API_PORTS),
        "allow-within": letTogether([OPERATOR_PORT]),
        "allow-triggers": {
            podSelector: {},
            policyTypes: ["Egress"],
            // Each service lets KEDA in by a policy of its own, if something scales by it.
            egress: [
                {
                    to: [{ namespaceSelector: {} }],
                    ports: [PROMETHEUS.port, PORTS.rabbitmqManagement, PORTS.kafka].map((port) => ({
                        protocol: "TCP",
                        port,
                    })),
                },
            ],
        },
    };
}
