import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { letApiIn, letOutAnywhere, letOutToApi } from "../openings.ts";
import type { Within } from "../platform-namespace.ts";
import { RABBITMQ_PODS } from "../services/rabbitmq.ts";
import { spreadOver } from "../spread.ts";
import type { Authority } from "./authority.ts";
import { certificate } from "./authority.ts";
import { installOperator, small } from "./operator.ts";
import type { OperatorArgs } from "./operator.ts";
import { PORTS, RABBITMQ_OPERATOR } from "./places.ts";

/** RabbitMQ's operators, and who signs the brokers' certificates, which they have to trust. */
export interface RabbitmqOperatorArgs extends OperatorArgs {
    readonly authority: Authority;
}

/** Four times two operators of two pods. */
const MOST_PODS = 16;

/** Where the API server asks whether users and permissions are in order. */
const WEBHOOK_PORT = 9443;

/** The Secret whose `ca.crt` the topology operator trusts. Its own certificate serves nobody. */
const TRUST = "broker-trust";

/** Both operators of RabbitMQ: the one that runs clusters, and the one that makes users, permissions and virtual hosts. */
export function installRabbitmq(name: string, args: RabbitmqOperatorArgs, within: Within): Release {
    const { namespace } = RABBITMQ_OPERATOR;
    return installOperator(
        name,
        args,
        {
            chart: "rabbitmq-cluster-operator",
            namespace,
            pods: MOST_PODS,
            policies: rabbitmqPolicies(),
            values: rabbitmqValues(args.highAvailability),
            before: (made) => [
                certificate(
                    `${name}-${TRUST}`,
                    {
                        authority: args.authority,
                        namespace: made,
                        secret: TRUST,
                        names: [`${TRUST}.${namespace}`],
                    },
                    within,
                ),
            ],
        },
        within,
    );
}

/**
 * Values of the chart `rabbitmq-cluster-operator`. Its pods are restricted by its own defaults.
 *
 * @see https://github.com/CloudPirates-io/helm-charts/tree/main/charts/rabbitmq-cluster-operator
 */
function rabbitmqValues(highAvailability: boolean): Record<string, unknown> {
    const shared = (component: string) => ({
        replicaCount: highAvailability ? 2 : 1,
        pdb: { create: highAvailability, maxUnavailable: 1 },
        topologySpreadConstraints: highAvailability
            ? spreadOver({ "app.kubernetes.io/component": component })
            : [],
        // The namespace has policies of its own; the chart's let everything out.
        networkPolicy: { enabled: false },
    });
    return {
        clusterOperator: {
            ...shared("rabbitmq-operator"),
            resources: small("100m", "256Mi", "200m"),
        },
        msgTopologyOperator: {
            ...shared("messaging-topology-operator"),
            resources: small("50m", "256Mi", "200m"),
            // The operator trusts what stands in its image's folder of authorities.
            extraVolumes: [
                {
                    name: TRUST,
                    secret: { secretName: TRUST, items: [{ key: "ca.crt", path: "ca.crt" }] },
                },
            ],
            extraVolumeMounts: [
                {
                    name: TRUST,
                    mountPath: "/etc/ssl/certs/brokers.crt",
                    subPath: "ca.crt",
                    readOnly: true,
                },
            ],
        },
        // The webhook's own certificate.
        useCertManager: true,
    };
}

/** What the operators may do besides DNS: use and serve the API server, and ask brokers wherever they are. */
export function rabbitmqPolicies() {
    return {
        "allow-apis": letOutToApi(),
        "allow-from-api": letApiIn([WEBHOOK_PORT]),
        "allow-brokers": letOutAnywhere(RABBITMQ_PODS, [PORTS.rabbitmqManagement]),
    };
}
