import assert from "node:assert/strict";
import { installMonitoring } from "../../../../components/kubernetes/operators/monitoring.ts";
import { mandatoryFindings } from "../mandatory.ts";
import type { End } from "../reachability.ts";
import { record } from "../record.ts";
import type { Recorded } from "../record.ts";
import {
    answers,
    objectsText,
    one,
    PASSWORD,
    reachability,
    stored,
    surroundings,
    validateAll,
} from "../services/support.ts";
import type { StoringStore } from "../services/support.ts";

/** Installs monitoring and returns what it made. */
async function monitoring(highAvailability = true, isUnknown = false) {
    let store: StoringStore | undefined;
    const all = await record(() => {
        const args = surroundings("metrics", { isUnknown });
        store = args.secretStore;
        const { provider, resource: deletedWith } = args.cluster;
        installMonitoring(
            "site",
            {
                ...args,
                highAvailability,
                settings: { retention: "30 days", storage: "50 GiB" },
                cloud: "aws",
                region: "eu-central-1",
            },
            { provider, deletedWith },
        );
    }, answers);
    assert.ok(store);
    return { all, own: all.filter(({ type }) => type.startsWith("kubernetes:")), store };
}

type Values = Record<string, Record<string, Record<string, unknown>>>;
const valuesOf = (resources: readonly Recorded[]) =>
    one(resources, "Release").inputs["values"] as Values;

describe("installMonitoring", () => {
    it("runs in a restricted namespace, of which the rules find nothing", async () => {
        const { own } = await monitoring();
        const { metadata } = one(own, "Namespace").inputs as {
            metadata: { name: string; labels: Record<string, string> };
        };
        assert.equal(metadata.name, "observability");
        assert.equal(metadata.labels["pod-security.kubernetes.io/enforce"], "restricted");
        assert.deepEqual(mandatoryFindings(own), []);
        validateAll(own, /Release/);
    });

    it("makes the same while nothing is known yet", async () => {
        const urns = async (isUnknown: boolean) =>
            (await monitoring(true, isUnknown)).all.map(({ urn }) => urn).sort();
        assert.deepEqual(await urns(true), await urns(false));
    });

    it("keeps what it is told to, says which site it is, and shuts the admin API (G2.10, G4.1, G4.2)", async () => {
        const { prometheusSpec } = valuesOf((await monitoring()).own)["prometheus"] ?? {};
        const { topologySpreadConstraints, ...spec } = prometheusSpec ?? {};
        assert.ok(topologySpreadConstraints);
        assert.deepEqual(spec, {
            replicas: 2,
            externalLabels: { cluster: "site", region: "eu-central-1", cloud_provider: "aws" },
            scrapeInterval: "30s",
            evaluationInterval: "30s",
            enableAdminAPI: false,
            retention: "30d",
            retentionSize: "43520MiB",
            resources: {
                requests: { cpu: "1", memory: "2Gi" },
                limits: { cpu: "2", memory: "4Gi" },
            },
            storageSpec: {
                volumeClaimTemplate: {
                    spec: {
                        storageClassName: "block-retain",
                        accessModes: ["ReadWriteOnce"],
                        resources: { requests: { storage: "50Gi" } },
                    },
                },
            },
            serviceMonitorSelectorNilUsesHelmValues: false,
            podMonitorSelectorNilUsesHelmValues: false,
            probeSelectorNilUsesHelmValues: false,
            ruleSelectorNilUsesHelmValues: false,
            scrapeConfigSelectorNilUsesHelmValues: false,
        });
    });

    it("groups alerts by name, and mutes warnings beside the critical one (G4.8, G4.9)", async () => {
        const { config } = valuesOf((await monitoring()).own)["alertmanager"] ?? {};
        assert.deepEqual(config, {
            global: { resolve_timeout: "5m" },
            route: {
                receiver: "null",
                group_by: ["alertname"],
                group_wait: "10s",
                group_interval: "5m",
                repeat_interval: "1h",
                routes: [],
            },
            inhibit_rules: [
                {
                    source_matchers: ['severity = "critical"'],
                    target_matchers: ['severity = "warning"'],
                    equal: ["alertname", "instance"],
                },
            ],
            receivers: [{ name: "null" }],
        });
    });

    it("gives Grafana a generated password from the store, and writes it into no object (G4.10)", async () => {
        const { all, own } = await monitoring();
        assert.deepEqual(stored(all, "site-grafana"), {
            username: "admin",
            password: PASSWORD,
        });
        assert.equal(objectsText(all).includes(PASSWORD), false);
        const { admin, sidecar } = valuesOf(own)["grafana"] ?? {};
        assert.deepEqual(admin, {
            existingSecret: "grafana-admin",
            userKey: "username",
            passwordKey: "password",
        });
        assert.deepEqual(sidecar?.["dashboards"], {
            enabled: true,
            label: "grafana_dashboard",
            labelValue: "1",
            searchNamespace: "ALL",
            resource: "configmap",
        });
        const release = one(own, "Release");
        assert.ok(
            release.dependsOn.some((urn) =>
                urn.endsWith("ExternalSecret::site-observability-grafana-admin"),
            ),
        );
    });

    it("lets nothing that shows or counts objects read the Secrets of the cluster, as the charts would", async () => {
        const { own } = await monitoring();
        const values = valuesOf(own);
        const role = one(own, "ClusterRole").inputs as {
            metadata: { name: string };
            rules: unknown;
        };
        assert.deepEqual(role.rules, [
            { apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] },
        ]);
        const { rbac, sidecar } = values["grafana"] ?? {};
        assert.deepEqual(rbac, { useExistingClusterRole: role.metadata.name });
        assert.deepEqual(sidecar?.["datasources"], { resource: "configmap" });
        const collectors: unknown = values["kube-state-metrics"]?.["collectors"];
        assert.ok(Array.isArray(collectors) && collectors.includes("pods"));
        assert.ok(!collectors.includes("secrets") && !collectors.includes("configmaps"));
        assert.ok(
            one(own, "Release").dependsOn.some((urn) => urn.endsWith("ClusterRole::site-grafana")),
        );
    });

    it("looks at nodes from the one namespace that lets such pods in", async () => {
        const nodes = valuesOf((await monitoring()).own)["prometheus-node-exporter"];
        assert.equal(nodes?.["namespaceOverride"], "kube-system");
    });

    it("has one of each and no budget where nothing has to survive a zone", async () => {
        const { prometheus, alertmanager } = valuesOf((await monitoring(false)).own);
        assert.equal(prometheus?.["prometheusSpec"]?.["replicas"], 1);
        assert.equal(alertmanager?.["alertmanagerSpec"]?.["replicas"], 1);
        assert.equal(prometheus?.["podDisruptionBudget"]?.["enabled"], false);
    });
});

describe("the network policies of observability", () => {
    const inside = (name: string): End => ({
        namespace: "observability",
        labels: { "app.kubernetes.io/name": name },
    });
    const pod = (namespace: string): End => ({ namespace, labels: {} });
    const prometheus = inside("prometheus");
    const grafana = inside("grafana");
    const cases: [title: string, from: End, to: End, port: number, open: boolean][] = [
        ["Prometheus read every pod's metrics", prometheus, pod("web"), 9999, true],
        ["Prometheus read the nodes'", prometheus, { address: "10.0.0.9" }, 10250, true],
        ["Prometheus reach the internet", prometheus, { address: "203.0.113.1" }, 80, false],
        ["Grafana ask Prometheus", grafana, prometheus, 9090, true],
        ["Grafana reach applications", grafana, pod("web"), 8080, false],
        ["KEDA ask Prometheus", pod("keda"), prometheus, 9090, true],
        ["applications ask Prometheus", pod("web"), prometheus, 9090, false],
        [
            "the API server ask about rules",
            { address: "10.0.0.4" },
            inside("operator"),
            10250,
            true,
        ],
    ];
    let reaches: ReturnType<typeof reachability>;
    before(async () => {
        reaches = reachability((await monitoring()).own);
    });
    for (const [title, from, to, port, open] of cases) {
        it(`${open ? "let" : "do not let"} ${title}`, () => {
            assert.equal(reaches(from, to, port), open);
        });
    }
});
