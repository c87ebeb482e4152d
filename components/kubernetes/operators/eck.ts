import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { letApiIn, letOutAnywhere, letOutToApi } from "../openings.ts";
import type { Within } from "../platform-namespace.ts";
import { keepApart } from "../spread.ts";
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from "../restricted.ts";
import { installOperator, small } from "./operator.ts";
import type { OperatorArgs } from "./operator.ts";
import { ELASTIC_OPERATOR, PORTS } from "./places.ts";

/** Four times the operator's own two pods. */
const MOST_PODS = 8;

/** Where the API server asks whether an Elasticsearch may be changed so. */
const WEBHOOK_PORT = 9443;

/**
 * ECK, which runs Elasticsearch in every namespace that asks for it, with the basic licence.
 *
 * @see https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s
 */
export function installElastic(name: string, args: OperatorArgs, within: Within): Release {
    return installOperator(
        name,
        args,
        {
            chart: "eck-operator",
            namespace: ELASTIC_OPERATOR.namespace,
            pods: MOST_PODS,
            policies: elasticPolicies(),
            values: elasticValues(args.highAvailability),
        },
        within,
    );
}

/**
 * Values of the chart `eck-operator`.
 *
 * @see https://github.com/elastic/cloud-on-k8s/tree/main/deploy/eck-operator
 */
function elasticValues(highAvailability: boolean): Record<string, unknown> {
    return {
        installCRDs: true,
        replicaCount: highAvailability ? 2 : 1,
        podDisruptionBudget: { enabled: highAvailability, maxUnavailable: 1 },
        affinity: highAvailability
            ? keepApart({ "app.kubernetes.io/name": "elastic-operator" })
            : {},
        resources: small("100m", "512Mi", "500m"),
        podSecurityContext: RESTRICTED_POD,
        securityContext: RESTRICTED_CONTAINER,
        // Nothing is told to the makers, and nothing can be: the namespace lets nobody out.
        telemetry: { disabled: true },
        webhook: { enabled: true, port: WEBHOOK_PORT },
        // Shards know their zones by these labels of the nodes.
        config: { exposedNodeLabels: ["topology.kubernetes.io/.*"] },
    };
}

/** What the operator may do besides DNS: use and serve the API server, and look after Elasticsearch wherever it is. */
export function elasticPolicies() {
    return {
        "allow-apis": letOutToApi(),
        "allow-from-api": letApiIn([WEBHOOK_PORT]),
        "allow-elasticsearch": letOutAnywhere({ "common.k8s.elastic.co/type": "elasticsearch" }, [
            PORTS.elasticsearch,
        ]),
    };
}
