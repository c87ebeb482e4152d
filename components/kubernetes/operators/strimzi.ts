import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { letOutAnywhere, letOutToApi } from "../openings.ts";
import type { Within } from "../platform-namespace.ts";
import { keepApart } from "../spread.ts";
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from "../restricted.ts";
import { installOperator, small } from "./operator.ts";
import type { OperatorArgs } from "./operator.ts";
import { PORTS, STRIMZI_OPERATOR } from "./places.ts";

/** Four times the operator's own two pods. */
const MOST_PODS = 8;

/**
 * Strimzi, which runs Kafka in every namespace that asks for it.
 *
 * @see https://strimzi.io/docs/operators/latest/deploying
 */
export function installStrimzi(name: string, args: OperatorArgs, within: Within): Release {
    return installOperator(
        name,
        args,
        {
            chart: "strimzi-kafka-operator",
            namespace: STRIMZI_OPERATOR.namespace,
            pods: MOST_PODS,
            policies: strimziPolicies(),
            values: strimziValues(args.highAvailability),
        },
        within,
    );
}

/**
 * Values of the chart `strimzi-kafka-operator`.
 *
 * @see https://github.com/strimzi/strimzi-kafka-operator/tree/main/packaging/helm-charts/helm3/strimzi-kafka-operator
 */
function strimziValues(highAvailability: boolean): Record<string, unknown> {
    return {
        replicas: highAvailability ? 2 : 1,
        watchAnyNamespace: true,
        leaderElection: { enable: true },
        podDisruptionBudget: { enabled: highAvailability, minAvailable: 1 },
        resources: small("200m", "512Mi", "1"),
        // Every pod that it makes is restricted too, or its namespace would refuse it.
        extraEnvs: [{ name: "STRIMZI_POD_SECURITY_PROVIDER_CLASS", value: "restricted" }],
        // The chart's own contexts are empty, which the namespace would refuse.
        podSecurityContext: RESTRICTED_POD,
        securityContext: RESTRICTED_CONTAINER,
        // The chart takes an affinity only, so the pods are spread by what they keep away from.
        affinity: highAvailability ? keepApart({ name: "strimzi-cluster-operator" }) : {},
        // Listeners stay closed to whom a Kafka does not name.
        generateNetworkPolicy: true,
        generatePodDisruptionBudget: true,
    };
}

/** What the operator may do besides DNS: use the API server, and look after brokers wherever they are. */
function strimziPolicies() {
    return {
        "allow-apis": letOutToApi(),
        "allow-kafka": letOutAnywhere({ "strimzi.io/kind": "Kafka" }, [
            ...PORTS.kafkaInternal,
            PORTS.kafkaAgent,
        ]),
    };
}
