import type * as pulumi from "@pulumi/pulumi";
import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { ClusterRole } from "@pulumi/kubernetes/rbac/v1/clusterRole.js";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { CloudName } from "../../contracts/cloud.ts";
import { PASSWORD_FORM } from "../../contracts/database.ts";
import type { SecretStore } from "../../contracts/secret-store.ts";
import type { MonitoringSettings } from "../../settings/service-types.ts";
import { applicationLabels } from "../labels.ts";
import { letApiIn, letIn, letOutToApi, letTogether, podsOf } from "../openings.ts";
import type { Within } from "../platform-namespace.ts";
import { storedSecrets } from "../stored-secrets.ts";
import { GRAFANA_ROLE, GRAFANA_SECRET, monitoringValues } from "./monitoring-values.ts";
import { installOperator } from "./operator.ts";
import type { OperatorArgs } from "./operator.ts";
import { KEDA, OBSERVABILITY, PROMETHEUS } from "./places.ts";

/** Prometheus and its friends, and what they are told of where they are. */
export interface MonitoringArgs extends OperatorArgs {
    readonly settings: MonitoringSettings;
    readonly cloud: CloudName;
    readonly region: string;
    readonly secretStore: SecretStore;
    /** The operator that fetches secrets. */
    readonly secretsOperator: pulumi.Resource;
    /** The class of the volumes, which has to stand before them. */
    readonly storageClass: { readonly name: string; readonly resource: pulumi.Resource };
}

/** Monitoring that stands. */
export interface Monitoring {
    /** ServiceMonitors and rules depend on it: it brings their types. */
    readonly release: Release;
    /** The key of the document with Grafana's administrator, in the site's secret store. */
    readonly administrator: pulumi.Output<string>;
}

/** Four times Prometheus, Alertmanager, Grafana, the operator and what tells of the cluster's objects. */
const MOST_PODS = 40;

/**
 * Prometheus, Alertmanager and Grafana, in a namespace of their own; what looks at the nodes stands beside the nodes'
 * own agents in `kube-system`.
 *
 * Prometheus reads ServiceMonitors, PodMonitors and rules of every namespace; Grafana shows every ConfigMap with the label
 * `grafana_dashboard`. Alerts go nowhere until somebody makes an AlertmanagerConfig.
 *
 * By its chart, Prometheus' operator may read and write the Secrets of every namespace: it brings to Prometheus what
 * monitors name. Grafana, Prometheus itself and what counts objects may read none.
 *
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
export function installMonitoring(name: string, args: MonitoringArgs, within: Within): Monitoring {
    const { parent } = within;
    const { result } = new RandomPassword(
        `${name}-grafana-password`,
        PASSWORD_FORM,
        parent ? { parent } : {},
    );
    const administrator = args.secretStore.put(`${name}-grafana`, {
        username: "admin",
        password: result,
    });
    const release = installOperator(
        name,
        args,
        {
            chart: "kube-prometheus-stack",
            namespace: OBSERVABILITY.namespace,
            pods: MOST_PODS,
            policies: monitoringPolicies(),
            values: monitoringValues(args),
            dependsOn: [args.storageClass.resource],
            before: (namespace) => [
                ...bringAdministrator(name, args, namespace, administrator, within),
                makeGrafanaRole(name, within),
            ],
        },
        within,
    );
    return { release, administrator: administrator.key };
}

/** What Grafana may read. Its chart binds the role to it. */
function makeGrafanaRole(name: string, within: Within): pulumi.Resource {
    const { rules, name: role } = GRAFANA_ROLE;
    return new ClusterRole(`${name}-grafana`, { metadata: { name: role }, rules }, within);
}

/** Grafana's administrator, from the store into the namespace. */
function bringAdministrator(
    name: string,
    { cluster, secretStore, secretsOperator: operator, tags }: MonitoringArgs,
    namespace: pulumi.Output<string>,
    reference: ReturnType<SecretStore["put"]>,
    within: Within,
): readonly pulumi.Resource[] {
    const reader = secretStore.reader(`${name}-${OBSERVABILITY.namespace}`, {
        cluster,
        namespace: OBSERVABILITY.namespace,
        secrets: [reference],
    });
    const labels = applicationLabels("grafana", tags);
    const secrets = { [GRAFANA_SECRET]: { reference } };
    return Object.values(
        storedSecrets(
            `${name}-${OBSERVABILITY.namespace}`,
            { namespace, labels, reader, operator, secrets },
            within,
        ),
    );
}

/** Where the API server asks whether rules are in order. */
const WEBHOOK_PORT = 10250;

/** What nodes, the API server and agents on the hosts' own network tell their metrics by. */
const HOST_PORTS = [443, 6443, 9100, 10250];

/** Where the parts of the namespace listen: Prometheus, Alertmanager and its peers, Grafana, and what tells metrics. */
const OWN_PORTS = [3000, 8080, 9090, 9093, 9094, 10250];

/** What the parts may do besides DNS: reach each other and the API server; and Prometheus, read every pod's metrics. */
function monitoringPolicies() {
    const together = [{ podSelector: {} }];
    const gossip = [{ protocol: "UDP", port: 9094 }];
    return {
        "allow-apis": letOutToApi(),
        "allow-from-api": letApiIn([WEBHOOK_PORT]),
        "allow-within": letTogether(OWN_PORTS),
        // Alertmanagers tell each other what was sent by UDP too.
        "allow-gossip": {
            podSelector: {},
            policyTypes: ["Ingress", "Egress"],
            ingress: [{ from: together, ports: gossip }],
            egress: [{ to: together, ports: gossip }],
        },
        // Every namespace lets Prometheus in where it has metrics. Nodes are no pods, so ports are what limits them.
        "allow-scraping": {
            podSelector: { matchLabels: PROMETHEUS.pods },
            policyTypes: ["Egress"],
            egress: [
                { to: [{ namespaceSelector: {} }] },
                { ports: HOST_PORTS.map((port) => ({ protocol: "TCP", port })) },
            ],
        },
        // The autoscaler asks for requests per second.
        "allow-queries": letIn([podsOf(KEDA.namespace, {})], [PROMETHEUS.port], PROMETHEUS.pods),
    };
}
