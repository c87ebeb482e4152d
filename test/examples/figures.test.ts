import assert from "node:assert/strict";
import type { StackOutputs } from "../../index.ts";
import type { Recorded } from "../../tools/offline/mocks.ts";
import { get } from "../../simulator/paths.ts";
import { runExample } from "./support.ts";

/** Inputs of the one resource of a type and name, by path. */
function figures(
    stack: Recorded<StackOutputs>,
    [type, name]: readonly [string, string],
    ...paths: readonly string[]
): unknown[] {
    const { inputs } = stack.one(type, name);
    return paths.map((path) => get(inputs, path));
}

const container = "spec.template.spec.containers[0]";

describe("the figures of the small web application", () => {
    let stack: Recorded<StackOutputs>;
    before(async () => (stack = await runExample("django")));

    it("are those of its network and its nodes (D1, D11, D12)", () => {
        const vpc = ["aws:ec2/vpc:Vpc", "django-dev-aws"] as const;
        const nodes = ["aws:eks/nodeGroup:NodeGroup", "django-dev-aws-web"] as const;
        assert.deepEqual(figures(stack, vpc, "cidrBlock"), ["10.0.0.0/16"]);
        const paths = ["instanceTypes[0]", "scalingConfig.minSize", "scalingConfig.maxSize"];
        assert.deepEqual(figures(stack, nodes, ...paths), ["t3.medium", 1, 3]);
    });

    it("are those of its database (D18-D25)", () => {
        const paths = [
            "engineVersion",
            "instanceClass",
            "storageType",
            "allocatedStorage",
            "maxAllocatedStorage",
            "multiAz",
            "backupRetentionPeriod",
            "storageEncrypted",
            "publiclyAccessible",
            "databaseInsightsMode",
        ];
        const server = ["aws:rds/instance:Instance", "django-dev-aws-main"] as const;
        assert.deepEqual(figures(stack, server, ...paths), [
            ...["17", "db.t4g.micro", "gp3", 20, 100],
            ...[true, 7, true, false, "standard"],
        ]);
    });

    it("are those of its pods (D35-D39)", () => {
        const scaler = ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "django-dev-aws-web"];
        const [type = "", name = ""] = scaler;
        const bounds = ["spec.minReplicas", "spec.maxReplicas"];
        const cpu = "spec.metrics[0].resource.target.averageUtilization";
        assert.deepEqual(figures(stack, [type, name], ...bounds, cpu), [2, 6, 70]);
        const deployment = ["kubernetes:apps/v1:Deployment", name] as const;
        const paths = [
            `${container}.ports[0].containerPort`,
            `${container}.securityContext.readOnlyRootFilesystem`,
            "spec.strategy.rollingUpdate.maxUnavailable",
        ];
        assert.deepEqual(figures(stack, deployment, ...paths), [8000, true, 0]);
    });
});

describe("the figures of the rollout", function () {
    this.timeout(60_000);
    let stack: Recorded<StackOutputs>;
    before(async () => (stack = await runExample("rollout")));

    for (const site of ["aws", "azure", "gcp"]) {
        const of = (part: string) => `rollout-prod-${site}-${part}`;

        it(`are those of the API on ${site} (P20, P21, P23, P84)`, () => {
            const bounds = ["spec.minReplicas", "spec.maxReplicas"];
            const scaler = [
                "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
                of("api"),
            ] as const;
            assert.deepEqual(figures(stack, scaler, ...bounds), [3, 10]);
            const requests = `${container}.resources.requests`;
            const pods = ["kubernetes:apps/v1:Deployment", of("api")] as const;
            assert.deepEqual(figures(stack, pods, `${requests}.cpu`, `${requests}.memory`), [
                "100m",
                "256Mi",
            ]);
            const update = "spec.strategy.rollingUpdate";
            const surge = [`${update}.maxSurge`, `${update}.maxUnavailable`];
            assert.deepEqual(figures(stack, pods, ...surge), ["25%", 0]);
            const rules = stack.one(
                "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
                of("api-alerts"),
            );
            const text = JSON.stringify(rules.inputs);
            assert.match(text, /99\.99 % of requests without a server error/);
            assert.match(text, /95 % of requests within 200 ms/);
        });

        it(`are those of the cache and the queue on ${site} (P24, P26)`, () => {
            const cache = ["kubernetes:helm.sh/v3:Release", of("cache-pages")] as const;
            const values = ["values.replica.replicas", "values.persistence.size"];
            assert.deepEqual(figures(stack, cache, ...values), [3, "10Gi"]);
            const queue = [
                "kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster",
                of("queue-jobs"),
            ] as const;
            const spec = ["spec.replicas", "spec.persistence.storage"];
            assert.deepEqual(figures(stack, queue, ...spec), [3, "20Gi"]);
        });

        it(`keep a week of snapshots of the queue on ${site}`, () => {
            const schedule = [
                "kubernetes:snapscheduler.backube/v1:SnapshotSchedule",
                of("queue-jobs-daily"),
            ] as const;
            const paths = ["spec.schedule", "spec.retention.expires"];
            assert.deepEqual(figures(stack, schedule, ...paths), ["0 2 * * *", "168h"]);
            const made = stack.all("kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass");
            assert.equal(made.filter(({ name }) => name === of("block")).length, 1);
        });

        it(`keep 30 days of snapshots of the search cluster on ${site}, in files of their own`, () => {
            const claim = [
                "kubernetes:core/v1:PersistentVolumeClaim",
                of("search-documents-volume-backup-archive"),
            ] as const;
            const wanted = ["search-documents.backup-archive", "ReadWriteMany"];
            const paths = ["spec.volumeName", "spec.accessModes[0]"];
            assert.deepEqual(figures(stack, claim, ...paths), wanted);
            const config = stack
                .all("kubernetes:core/v1:ConfigMap")
                .filter(({ name }) => name.startsWith(of("search-documents-backup-")));
            assert.equal(config.length, 1);
            const { data } = config[0]?.inputs as { data: Record<string, string> };
            const { retention } = JSON.parse(data["policy.json"] ?? "") as { retention: object };
            assert.deepEqual(retention, { expire_after: "30d", min_count: 1, max_count: 60 });
        });

        it(`let in on ${site} whom the case names, and nobody else (P25, P27)`, () => {
            const clients = (part: string) => {
                const policy = [
                    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
                    `${of(part)}-${part}-allow-clients`,
                ] as const;
                const [peers] = figures(stack, policy, "spec.ingress[0].from") as [
                    { namespaceSelector: { matchLabels: Record<string, string> } }[],
                ];
                return peers.flatMap((peer) => Object.values(peer.namespaceSelector.matchLabels));
            };
            assert.deepEqual(clients("cache-pages"), ["api"]);
            assert.deepEqual(clients("queue-jobs"), ["api", "worker"]);
        });
    }
});
