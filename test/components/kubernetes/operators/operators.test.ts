import assert from "node:assert/strict";
import { installElastic } from "../../../../components/kubernetes/operators/eck.ts";
import { installKeda } from "../../../../components/kubernetes/operators/keda.ts";
import type { OperatorArgs } from "../../../../components/kubernetes/operators/operator.ts";
import { installRabbitmq } from "../../../../components/kubernetes/operators/rabbitmq.ts";
import { installSnapscheduler } from "../../../../components/kubernetes/operators/snapscheduler.ts";
import { installStrimzi } from "../../../../components/kubernetes/operators/strimzi.ts";
import type { Within } from "../../../../components/kubernetes/platform-namespace.ts";
import { mandatoryFindings } from "../mandatory.ts";
import type { End } from "../reachability.ts";
import { record } from "../record.ts";
import type { Recorded } from "../record.ts";
import { FakeCluster, TAGS } from "../site.ts";
import { fakeAuthority, one, reachability, validateAll } from "../services/support.ts";

type Install = (args: OperatorArgs, within: Within) => void;

/** Installs an operator and returns what it made. */
async function installed(install: Install, highAvailability = true, unknown = false) {
    const all = await record(() => {
        const cluster = new FakeCluster("site", { unknown });
        const { provider, resource: deletedWith } = cluster;
        install({ cluster, highAvailability, tags: TAGS }, { provider, deletedWith });
    });
    return all.filter(({ type }) => type.startsWith("kubernetes:"));
}

const valuesOf = (resources: readonly Recorded[]) =>
    one(resources, "Release").inputs["values"] as Record<string, Record<string, unknown>>;

interface Resources {
    readonly requests: Readonly<Record<string, string>>;
    readonly limits: Readonly<Record<string, string>>;
}

/** Everything in the values that is what a container asks for and may use. */
function resourcesIn(values: unknown): Resources[] {
    if (typeof values !== "object" || values === null) return [];
    return "requests" in values && "limits" in values
        ? [values as Resources]
        : Object.values(values).flatMap((value) => resourcesIn(value));
}

const OPERATORS: Record<string, { namespace: string; chart: string; install: Install }> = {
    KEDA: {
        namespace: "keda",
        chart: "keda",
        install: (args, within) => installKeda("site", args, within),
    },
    Strimzi: {
        namespace: "strimzi-system",
        chart: "strimzi-kafka-operator",
        install: (args, within) => installStrimzi("site", args, within),
    },
    ECK: {
        namespace: "elastic-system",
        chart: "eck-operator",
        install: (args, within) => installElastic("site", args, within),
    },
    SnapScheduler: {
        namespace: "snapscheduler",
        chart: "snapscheduler",
        install: (args, within) => installSnapscheduler("site", args, within),
    },
    "RabbitMQ's operators": {
        namespace: "rabbitmq-system",
        chart: "rabbitmq-cluster-operator",
        install: (args, within) =>
            installRabbitmq("site", { ...args, authority: fakeAuthority() }, within),
    },
};

for (const [title, { namespace, chart, install }] of Object.entries(OPERATORS)) {
    describe(`${title}, installed`, () => {
        it("runs in a restricted namespace of its own, of which the rules find nothing", async () => {
            const resources = await installed(install);
            const { metadata } = one(resources, "Namespace").inputs as {
                metadata: { name: string; labels: Record<string, string> };
            };
            assert.equal(metadata.name, namespace);
            assert.equal(metadata.labels["pod-security.kubernetes.io/enforce"], "restricted");
            assert.deepEqual(mandatoryFindings(resources), []);
            validateAll(resources, /Release/);
        });

        it("is its pinned chart, after the nodes, to die with the cluster", async () => {
            const resources = await installed(install);
            const release = one(resources, "Release", `site-${chart}`);
            assert.equal(release.inputs["namespace"], namespace);
            assert.ok(release.dependsOn.some((urn) => urn.endsWith("NodePool::site-workers")));
            for (const { deletedWith, name } of resources) {
                assert.match(deletedWith, /cloud:index:Cluster::site$/, name);
            }
        });

        it("is made the same while the cluster is not known yet", async () => {
            const urns = async (unknown: boolean) =>
                (await installed(install, true, unknown)).map(({ urn }) => urn).sort();
            assert.deepEqual(await urns(true), await urns(false));
        });

        it("asks for memory that it gets in full, in every container that is named", async () => {
            const found = resourcesIn(valuesOf(await installed(install)));
            assert.ok(found.length > 0);
            for (const { requests, limits } of found) {
                assert.ok(requests.cpu && limits.cpu);
                assert.equal(requests.memory, limits.memory);
            }
        });

        it("is one pod without a budget where nothing has to survive a zone (G3.18)", async () => {
            const found = JSON.stringify(valuesOf(await installed(install, false)));
            assert.doesNotMatch(found, /"(replicaCount|replicas)":2/);
            assert.doesNotMatch(found, /"maxUnavailable":1[^}]*"(enabled|create)":true/);
            assert.match(
                JSON.stringify(valuesOf(await installed(install))),
                /"(replicaCount|replicas)":2/,
            );
        });

        it("reaches the API server and DNS, and nothing else outside", async () => {
            const reaches = reachability(await installed(install));
            const pod: End = { namespace, labels: {} };
            assert.equal(reaches(pod, { address: "10.0.0.4" }, 443), true);
            assert.equal(reaches(pod, { address: "203.0.113.1" }, 80), false);
            assert.equal(reaches({ namespace: "web", labels: {} }, pod, 8080), false);
        });
    });
}

describe("what the operators are let out to", () => {
    const kafka: End = { namespace: "stream-events", labels: { "strimzi.io/kind": "Kafka" } };
    const rabbitmq: End = {
        namespace: "queue-orders",
        labels: { "app.kubernetes.io/name": "rabbitmq" },
    };
    const elasticsearch: End = {
        namespace: "search-catalogue",
        labels: { "common.k8s.elastic.co/type": "elasticsearch" },
    };
    const prometheus: End = {
        namespace: "observability",
        labels: { "app.kubernetes.io/name": "prometheus" },
    };
    const web: End = { namespace: "web", labels: {} };
    const cases: [operator: string, to: End, port: number, open: boolean][] = [
        ["Strimzi", kafka, 9091, true],
        ["Strimzi", web, 9091, false],
        ["RabbitMQ's operators", rabbitmq, 15671, true],
        ["RabbitMQ's operators", rabbitmq, 5671, false],
        ["ECK", elasticsearch, 9200, true],
        ["ECK", web, 9200, false],
        ["KEDA", prometheus, 9090, true],
        ["KEDA", rabbitmq, 15671, true],
        ["KEDA", kafka, 9093, true],
        ["KEDA", web, 8080, false],
        ["SnapScheduler", kafka, 9093, false],
        ["SnapScheduler", web, 8080, false],
    ];
    for (const [title, to, port, open] of cases) {
        const where = "namespace" in to ? to.namespace : "";
        it(`is ${open ? "" : "not "}${port} in ${where} for ${title}`, async () => {
            const operator = OPERATORS[title];
            assert.ok(operator);
            const reaches = reachability(await installed(operator.install));
            assert.equal(reaches({ namespace: operator.namespace, labels: {} }, to, port), open);
        });
    }
});

describe("values of the operators' charts", () => {
    const values = async (title: keyof typeof OPERATORS) => {
        const operator = OPERATORS[title];
        assert.ok(operator);
        return valuesOf(await installed(operator.install));
    };

    it("let Strimzi make restricted pods in every namespace", async () => {
        const { watchAnyNamespace, extraEnvs, podSecurityContext, securityContext } =
            await values("Strimzi");
        assert.equal(watchAnyNamespace, true);
        assert.deepEqual(extraEnvs, [
            { name: "STRIMZI_POD_SECURITY_PROVIDER_CLASS", value: "restricted" },
        ]);
        assert.deepEqual(podSecurityContext, {
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
        });
        assert.deepEqual(securityContext, {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
        });
    });

    it("let KEDA scale Deployments and StatefulSets only", async () => {
        assert.deepEqual((await values("KEDA"))["rbac"], { enabledCustomScaledRefKinds: false });
    });

    it("restrict SnapScheduler, whose snapshots outlive their schedule", async () => {
        const { podSecurityContext, securityContext, enableOwnerReferences, rbacProxy } =
            await values("SnapScheduler");
        assert.deepEqual(podSecurityContext, {
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
        });
        assert.deepEqual(securityContext, {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
        });
        assert.equal(enableOwnerReferences, false);
        assert.deepEqual(rbacProxy, {
            resources: {
                requests: { cpu: "10m", memory: "64Mi" },
                limits: { cpu: "100m", memory: "64Mi" },
            },
        });
    });

    it("keep ECK from telling its makers, and let it copy the zones of nodes", async () => {
        const { telemetry, config } = await values("ECK");
        assert.deepEqual(telemetry, { disabled: true });
        assert.deepEqual(config, { exposedNodeLabels: ["topology.kubernetes.io/.*"] });
    });

    it("let RabbitMQ's topology operator trust the authority that signs for brokers", async () => {
        const operator = OPERATORS["RabbitMQ's operators"];
        assert.ok(operator);
        const resources = await installed(operator.install);
        const { extraVolumes, extraVolumeMounts } =
            valuesOf(resources)["msgTopologyOperator"] ?? {};
        assert.deepEqual(extraVolumes, [
            {
                name: "broker-trust",
                secret: { secretName: "broker-trust", items: [{ key: "ca.crt", path: "ca.crt" }] },
            },
        ]);
        assert.deepEqual(extraVolumeMounts, [
            {
                name: "broker-trust",
                mountPath: "/etc/ssl/certs/brokers.crt",
                subPath: "ca.crt",
                readOnly: true,
            },
        ]);
        const release = one(resources, "Release");
        assert.ok(release.dependsOn.some((urn) => urn.endsWith("Certificate::site-broker-trust")));
    });
});
