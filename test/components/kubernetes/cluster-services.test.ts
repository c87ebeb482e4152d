import assert from "node:assert/strict";
import type { ClusterAddon, KubernetesVersion } from "../../../components/contracts/cluster.ts";
import { CHARTS, chartProblems } from "../../../components/kubernetes/charts.ts";
import { ClusterServices } from "../../../components/kubernetes/cluster-services.ts";
import {
    secretsOperatorPolicies,
    secretsOperatorValues,
} from "../../../components/kubernetes/secrets-operator.ts";
import { describeProblem } from "../../../components/lib/problem.ts";
import { reaches } from "./reachability.ts";
import type { End, Policy, Target } from "./reachability.ts";
import { record } from "./record.ts";
import type { Recorded } from "./record.ts";
import { validate } from "./schemas.ts";
import { FakeCluster, FakeDatabase, TAGS } from "./site.ts";

const AUTOSCALER: ClusterAddon = {
    chart: "cluster-autoscaler",
    namespace: "kube-system",
    values: { awsRegion: "eu-central-1" },
    dependsOn: [],
};

/** The services of a fake cluster. */
function services(
    addons: readonly ClusterAddon[] = [],
    version: KubernetesVersion = "1.36",
    unknown = false,
): void {
    const cluster = new FakeCluster("site", { addons, version, unknown });
    new ClusterServices("site", { cluster, highAvailability: true, tags: TAGS });
}

const own = (resources: Recorded[]) =>
    resources.filter(({ urn }) => urn.includes("platform:kubernetes:ClusterServices$"));

const release = (resources: Recorded[], name: string) => {
    const found = resources.find((one) => one.type.endsWith(":Release") && one.name === name);
    assert.ok(found, name);
    return found;
};

describe("ClusterServices", () => {
    it("makes exactly the operator in its namespace and the cluster's own charts", async () => {
        const resources = own(await record(() => services([AUTOSCALER])));
        assert.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).sort(), [
            "kubernetes:core/v1:LimitRange site-external-secrets",
            "kubernetes:core/v1:Namespace site-external-secrets",
            "kubernetes:core/v1:ResourceQuota site-external-secrets-pods",
            "kubernetes:helm.sh/v3:Release site-cluster-autoscaler",
            "kubernetes:helm.sh/v3:Release site-external-secrets",
            "kubernetes:networking.k8s.io/v1:NetworkPolicy site-external-secrets-allow-apis",
            "kubernetes:networking.k8s.io/v1:NetworkPolicy site-external-secrets-allow-dns",
            "kubernetes:networking.k8s.io/v1:NetworkPolicy site-external-secrets-allow-identity",
            "kubernetes:networking.k8s.io/v1:NetworkPolicy site-external-secrets-allow-webhook",
            "kubernetes:networking.k8s.io/v1:NetworkPolicy site-external-secrets-default-deny",
            "kubernetes:scheduling.k8s.io/v1:PriorityClass site-batch",
            "kubernetes:scheduling.k8s.io/v1:PriorityClass site-serving",
            "kubernetes:scheduling.k8s.io/v1:PriorityClass site-working",
        ]);
    });

    it("makes the same while the cluster is not known yet", async () => {
        const known = own(await record(() => services([AUTOSCALER])));
        const unknown = own(await record(() => services([AUTOSCALER], "1.36", true)));
        assert.deepEqual(unknown.map(({ urn }) => urn).sort(), known.map(({ urn }) => urn).sort());
    });

    it("installs pinned charts, waits until they are ready, and takes a failed one away", async () => {
        const resources = own(await record(() => services([AUTOSCALER])));
        const { values, ...inputs } = release(resources, "site-external-secrets").inputs;
        assert.deepEqual(inputs, {
            name: "external-secrets",
            chart: "external-secrets",
            version: "2.9.0",
            repositoryOpts: { repo: "https://charts.external-secrets.io" },
            namespace: "external-secrets",
            atomic: true,
            cleanupOnFail: true,
            skipAwait: false,
            timeout: 600,
            maxHistory: 5,
            compat: "true",
        });
        assert.deepEqual(values, secretsOperatorValues(true));
    });

    it("installs charts after the nodes, with the cluster's provider, to die with the cluster", async () => {
        const resources = await record(() => services([AUTOSCALER]));
        const provider = resources.find(({ type }) => type === "pulumi:providers:kubernetes");
        for (const one of own(resources)) {
            assert.match(one.deletedWith, /cloud:index:Cluster::site$/, one.name);
            assert.equal(one.provider.startsWith(provider?.urn ?? "?"), true, one.name);
            if (!one.type.endsWith(":Release")) continue;
            assert.ok(one.dependsOn.some((urn) => urn.endsWith("NodePool::site-workers")));
        }
    });

    it("installs a cluster's own chart after what the cluster names", async () => {
        const resources = await record(() => {
            const role = new FakeDatabase("role");
            services([{ ...AUTOSCALER, dependsOn: [role.secret] }]);
        });
        const { dependsOn } = release(resources, "site-cluster-autoscaler");
        assert.ok(dependsOn.some((urn) => urn.endsWith("Secret::role-credentials")));
    });

    it("holds the operator's namespace to the restricted profile", async () => {
        const namespace = own(await record(() => services())).find(({ type }) =>
            type.endsWith(":Namespace"),
        );
        assert.ok(namespace);
        validate(namespace.type, namespace.inputs);
        const { labels } = namespace.inputs["metadata"] as { labels: Record<string, string> };
        assert.equal(labels["pod-security.kubernetes.io/enforce"], "restricted");
        assert.equal(labels["name"], "external-secrets");
    });

    it("gives the autoscaler the image of the cluster's minor version", async () => {
        for (const version of ["1.35", "1.36"] as const) {
            const resources = await record(() => services([AUTOSCALER], version));
            const { values } = release(resources, "site-cluster-autoscaler").inputs as {
                values: { awsRegion: string; image: { tag: string } };
            };
            assert.equal(values.awsRegion, "eu-central-1");
            assert.match(values.image.tag, new RegExp(`^v${version}\\.\\d+$`));
        }
    });

    it("rejects a chart that is not pinned and a version that a chart does not take, at once", async () => {
        const other = { ...AUTOSCALER, chart: "autoscaler" };
        const resources = await record(() => {
            assert.throws(() => {
                services([AUTOSCALER, other], "1.37");
            }, /1\.37 is not supported by chart cluster-autoscaler 9\.59\.0, which takes 1\.35 to 1\.36[\s\S]*charts\.autoscaler: is not a pinned chart/);
        });
        assert.deepEqual(own(resources), []);
    });
});

describe("secretsOperatorPolicies", () => {
    const namespace = "external-secrets";
    const specs = JSON.parse(JSON.stringify(secretsOperatorPolicies())) as Record<
        string,
        Policy["spec"]
    >;
    const policies = Object.values(specs).map((spec): Policy => ({ namespace, spec }));
    const named = (name: string): End => ({
        namespace,
        labels: { "app.kubernetes.io/name": name },
    });
    const operator = named("external-secrets");
    const webhook = named("external-secrets-webhook");
    const at = (address: string): End => ({ address });
    const tcp = (port: number): Target => ({ protocol: "TCP", port });

    const open: [title: string, from: End, to: End, target: Target][] = [
        ["the operator reach a cloud's secret store", operator, at("52.94.5.1"), tcp(443)],
        ["the operator reach an API server in the network", operator, at("10.0.0.4"), tcp(443)],
        ["the operator take its identity on EKS", operator, at("169.254.170.23"), tcp(80)],
        ["the operator take its identity on GKE", operator, at("169.254.169.254"), tcp(80)],
        ["the API server ask the webhook", at("10.0.0.4"), webhook, tcp(10250)],
    ];
    for (const [title, from, to, target] of open) {
        it(`let ${title}`, () => {
            assert.equal(reaches(policies, from, to, target), true);
        });
    }

    const closed: [title: string, from: End, to: End, target: Target][] = [
        ["the operator from other ports", operator, at("10.0.0.4"), tcp(5432)],
        ["the operator from other DNS servers", operator, at("8.8.8.8"), tcp(53)],
        ["other pods from the operator", at("10.0.0.9"), operator, tcp(8080)],
        ["other pods from the webhook's metrics", at("10.0.0.9"), webhook, tcp(8080)],
    ];
    for (const [title, from, to, target] of closed) {
        it(`keep ${title}`, () => {
            assert.equal(reaches(policies, from, to, target), false);
        });
    }
});

describe("secretsOperatorValues", () => {
    it("has two spread pods behind a budget that lets one go when it is to survive a zone", () => {
        const values = secretsOperatorValues(true);
        assert.equal(values["replicaCount"], 2);
        assert.equal(values["leaderElect"], true);
        assert.deepEqual(values["podDisruptionBudget"], { enabled: true, minAvailable: 1 });
        const { topologySpreadConstraints } = values["global"] as {
            topologySpreadConstraints: { topologyKey: string }[];
        };
        assert.deepEqual(
            topologySpreadConstraints.map(({ topologyKey }) => topologyKey),
            ["topology.kubernetes.io/zone", "kubernetes.io/hostname"],
        );
    });

    it("has one pod and no budget otherwise, or its node could not be drained (G3.18)", () => {
        const values = secretsOperatorValues(false);
        assert.equal(values["replicaCount"], 1);
        assert.equal((values["podDisruptionBudget"] as { enabled: boolean }).enabled, false);
        assert.equal("global" in values, false);
    });

    it("asks for no rights over stores of the whole cluster", () => {
        const values = secretsOperatorValues(false);
        for (const kind of [
            "ClusterStore",
            "ClusterExternalSecret",
            "ClusterGenerator",
            "ClusterPushSecret",
            "PushSecret",
        ]) {
            assert.equal(values[`process${kind}`], false, kind);
        }
    });

    it("names the service account that the clouds bind their identity to", () => {
        assert.deepEqual(secretsOperatorValues(false)["serviceAccount"], {
            create: true,
            name: "external-secrets",
        });
    });
});

describe("CHARTS", () => {
    it("pins exact versions from repositories over TLS", () => {
        for (const [key, chart] of Object.entries(CHARTS)) {
            assert.match(chart.version, /^v?\d+\.\d+\.\d+$/, key);
            assert.match(chart.repository, /^(https|oci):\/\//, key);
            assert.match(chart.see, /^https:\/\//, key);
        }
    });

    it("has an image of the autoscaler for every version that the chart takes", () => {
        assert.deepEqual(Object.keys(CHARTS["cluster-autoscaler"].versionValues), ["1.35", "1.36"]);
        assert.deepEqual(CHARTS["cluster-autoscaler"].kubernetes, { min: "1.35", max: "1.36" });
    });

    it("takes the versions at both ends of the range", () => {
        assert.deepEqual(chartProblems("1.35", ["external-secrets", "cluster-autoscaler"]), []);
        assert.deepEqual(chartProblems("1.36", ["external-secrets", "cluster-autoscaler"]), []);
    });

    it("rejects a version above the range and says what to do", () => {
        assert.deepEqual(chartProblems("1.37", ["cluster-autoscaler"]).map(describeProblem), [
            "cluster.version: 1.37 is not supported by chart cluster-autoscaler 9.59.0, which takes 1.35 to 1.36 (https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler#releases). Choose a version from 1.35 to 1.36, or raise the chart in components/kubernetes/charts.ts.",
        ]);
    });
});

describe("the classes of priority", () => {
    it("let what answers people push aside what can wait, and never the other way round", async () => {
        const classes = (await record(() => services([]))).filter(({ type }) =>
            type.endsWith(":PriorityClass"),
        );
        for (const { type, inputs } of classes) validate(type, inputs);
        const told = classes.map(({ inputs }) => {
            const { name } = inputs["metadata"] as { name: string };
            return [name, inputs["value"], inputs["preemptionPolicy"], inputs["globalDefault"]];
        });
        assert.deepEqual(told, [
            ["serving", 10_000, undefined, false],
            ["working", 5_000, undefined, false],
            ["batch", 1_000, "Never", false],
        ]);
    });
});
