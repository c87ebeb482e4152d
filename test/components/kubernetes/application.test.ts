import assert from "node:assert/strict";
import type { Application } from "../../../components/kubernetes/application/application.ts";
import { ClusterServices } from "../../../components/kubernetes/cluster-services.ts";
import { deployApplication } from "../../../components/kubernetes/application/deploy.ts";
import { POD_VARIABLES, SERVICE_VARIABLES } from "../../../components/lib/reserved.ts";
import type { ApplicationSettings } from "../../../components/settings/types.ts";
import { record } from "./record.ts";
import type { Recorded } from "./record.ts";
import { validate } from "./schemas.ts";
import {
    FakeCluster,
    FakeDatabase,
    FakeStore,
    READINGS,
    SETTINGS,
    TAGS,
    partsOf,
    reading,
} from "./site.ts";

/** Deploys the application `web` on a fake site. */
function deploy(
    settings: Partial<ApplicationSettings> = {},
    cloud: keyof typeof READINGS = "aws",
    unknown = false,
): { application: Application; store: FakeStore } {
    const cluster = new FakeCluster("site", { unknown });
    const services = new ClusterServices("site", {
        cluster,
        highAvailability: false,
        tags: TAGS,
    });
    const store = new FakeStore("site", reading(cloud, unknown));
    const orders = new FakeDatabase("site-orders", undefined, unknown);
    const { secretsOperator } = services;
    const database = {
        credentials: orders.credentials,
        destinations: [{ cidrs: orders.cidrs, ports: [orders.port] }],
        ready: orders.secret,
    };
    const databases = { web: database };
    const application = deployApplication("site-web", {
        application: "web",
        settings: { ...SETTINGS, ...settings },
        site: partsOf({ cluster, secretStore: store, secretsOperator, databases }),
    });
    return { application, store };
}

const WEB = "platform:kubernetes:Application$";

/** The objects of the application, `type name` and sorted. */
const objects = (resources: readonly Recorded[]) =>
    resources
        .filter(({ urn }) => urn.includes(WEB))
        .map(({ type, name }) => `${type.replace("kubernetes:", "")} ${name}`)
        .sort();

/** One resource by type and name. */
function find(resources: readonly Recorded[], kind: string, name: string): Recorded {
    const found = resources.find((one) => one.type.endsWith(`:${kind}`) && one.name === name);
    assert.ok(found, `${kind} ${name} is there`);
    return found;
}

describe("Application", () => {
    it("makes exactly these objects with a database (G9.4)", async () => {
        const resources = await record(() => deploy({}, "azure"));
        assert.deepEqual(objects(resources), [
            "apps/v1:Deployment site-web",
            "autoscaling/v2:HorizontalPodAutoscaler site-web",
            "core/v1:LimitRange site-web",
            "core/v1:Namespace site-web",
            "core/v1:ResourceQuota site-web",
            "core/v1:ResourceQuota site-web-pods",
            "core/v1:Service site-web",
            "core/v1:ServiceAccount site-web",
            "core/v1:ServiceAccount site-web-secret-reader",
            "external-secrets.io/v1:ExternalSecret site-web-database",
            "external-secrets.io/v1:SecretStore site-web-store",
            "networking.k8s.io/v1:NetworkPolicy site-web-allow-database",
            "networking.k8s.io/v1:NetworkPolicy site-web-allow-dns",
            "networking.k8s.io/v1:NetworkPolicy site-web-allow-from-namespace",
            "networking.k8s.io/v1:NetworkPolicy site-web-allow-to-application",
            "networking.k8s.io/v1:NetworkPolicy site-web-default-deny",
            "policy/v1:PodDisruptionBudget site-web",
        ]);
    });

    it("makes exactly these objects without a database", async () => {
        const resources = await record(() => deploy({ database: undefined }));
        assert.deepEqual(objects(resources), [
            "apps/v1:Deployment site-web",
            "autoscaling/v2:HorizontalPodAutoscaler site-web",
            "core/v1:LimitRange site-web",
            "core/v1:Namespace site-web",
            "core/v1:ResourceQuota site-web",
            "core/v1:ResourceQuota site-web-pods",
            "core/v1:Service site-web",
            "core/v1:ServiceAccount site-web",
            "networking.k8s.io/v1:NetworkPolicy site-web-allow-dns",
            "networking.k8s.io/v1:NetworkPolicy site-web-allow-from-namespace",
            "networking.k8s.io/v1:NetworkPolicy site-web-allow-to-application",
            "networking.k8s.io/v1:NetworkPolicy site-web-default-deny",
            "policy/v1:PodDisruptionBudget site-web",
        ]);
    });

    it("makes the same objects while the cluster is not known yet", async () => {
        const known = await record(() => deploy({}, "gcp"));
        const unknown = await record(() => deploy({}, "gcp", true));
        const urns = (resources: Recorded[]) => resources.map(({ urn }) => urn).sort();
        assert.deepEqual(urns(unknown), urns(known));
    });

    for (const cloud of ["aws", "azure", "gcp"] as const) {
        it(`makes objects that the published schemas accept on ${cloud}`, async () => {
            const resources = await record(() => deploy({}, cloud));
            const own = resources.filter(({ urn }) => urn.includes(WEB));
            assert.notEqual(own.length, 0);
            for (const { type, inputs } of own) validate(type, inputs);
            const store = find(resources, "SecretStore", "site-web-store");
            assert.deepEqual(store.inputs["spec"], { provider: READINGS[cloud].provider });
        });
    }

    it("puts every object into its namespace, under its component, and lets it die with the cluster", async () => {
        const resources = await record(() => deploy({}, "azure"));
        const provider = find(resources, "kubernetes", "site");
        for (const one of resources.filter(({ urn }) => urn.includes(WEB))) {
            assert.match(one.parent, /::platform:kubernetes:Application::site-web$/, one.name);
            assert.equal(one.provider.startsWith(provider.urn), true, one.name);
            assert.notEqual(one.provider, "", one.name);
            assert.equal(one.deletedWith.endsWith("cloud:index:Cluster::site"), true, one.name);
            const metadata = one.inputs["metadata"] as { name: string; namespace?: string };
            if (one.type.endsWith(":Namespace")) assert.equal(metadata.name, "web");
            else assert.equal(metadata.namespace, "web", one.name);
        }
    });

    it("labels the namespace with its owner and the restricted profile of its version (G3.1)", async () => {
        const resources = await record(() => deploy());
        const { metadata } = find(resources, "Namespace", "site-web").inputs as {
            metadata: { labels: Record<string, string> };
        };
        assert.deepEqual(metadata.labels, {
            name: "web",
            environment: "dev",
            team: "Platform-Team",
            project: "myapp",
            site: "aws",
            owner: "platform-team",
            "cost-centre": "cc-4711",
            "managed-by": "pulumi",
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "v1.36",
            "pod-security.kubernetes.io/audit": "restricted",
            "pod-security.kubernetes.io/audit-version": "v1.36",
            "pod-security.kubernetes.io/warn": "restricted",
            "pod-security.kubernetes.io/warn-version": "v1.36",
        });
    });

    it("lets nothing in the namespace open a way in from outside", async () => {
        const resources = await record(() => deploy());
        assert.deepEqual(find(resources, "ResourceQuota", "site-web").inputs["spec"], {
            hard: { "services.loadbalancers": "0", "services.nodeports": "0" },
        });
    });

    it("lets KEDA follow its autoscaler, which refuses to while one stands that does not say so", async () => {
        const resources = await record(() => deploy());
        const { metadata } = find(resources, "HorizontalPodAutoscaler", "site-web").inputs as {
            metadata: { name: string; annotations: unknown };
        };
        assert.equal(metadata.name, "web");
        assert.deepEqual(metadata.annotations, { "validations.keda.sh/hpa-ownership": "false" });
    });

    it("bounds the namespace's pods, with room for an update that replaces them all (G9.11)", async () => {
        const resources = await record(() => deploy());
        const { maxReplicas } = find(resources, "HorizontalPodAutoscaler", "site-web").inputs[
            "spec"
        ] as { maxReplicas: number };
        assert.deepEqual(find(resources, "ResourceQuota", "site-web-pods").inputs["spec"], {
            hard: {
                pods: String(2 * (maxReplicas + 1)),
                "requests.cpu": "8",
                "requests.memory": "16Gi",
                "block.storageclass.storage.k8s.io/requests.storage": "100Gi",
            },
        });
    });

    it("gives containers that state nothing little, with their memory reserved in full (G9.11)", async () => {
        const resources = await record(() => deploy());
        assert.deepEqual(find(resources, "LimitRange", "site-web").inputs["spec"], {
            limits: [
                {
                    type: "Container",
                    defaultRequest: { cpu: "50m", memory: "64Mi" },
                    default: { cpu: "100m", memory: "64Mi" },
                },
            ],
        });
    });

    it("leaves the number of replicas to the autoscaler (G3.5)", async () => {
        const resources = await record(() => deploy());
        const { spec } = find(resources, "Deployment", "site-web").inputs as {
            spec: Record<string, unknown>;
        };
        assert.equal("replicas" in spec, false);
        assert.deepEqual(spec["strategy"], {
            type: "RollingUpdate",
            rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
        });
    });

    it("says which version runs, on the pods and not in the selector (G3.5)", async () => {
        const resources = await record(() => deploy());
        const { spec } = find(resources, "Deployment", "site-web").inputs as {
            spec: { selector: unknown; template: { metadata: { labels: Record<string, string> } } };
        };
        assert.equal(spec.template.metadata.labels["app.kubernetes.io/version"], "1.2.3");
        assert.deepEqual(spec.selector, { matchLabels: { "app.kubernetes.io/name": "web" } });
    });

    it("tells clients of the database to use TLS, and those without one nothing", async () => {
        for (const [database, mode] of [
            [SETTINGS.database, "require"],
            [undefined, undefined],
        ] as const) {
            const resources = await record(() => deploy({ database }));
            const { spec } = find(resources, "Deployment", "site-web").inputs as {
                spec: {
                    template: {
                        spec: { containers: { env: { name: string; value?: string }[] }[] };
                    };
                };
            };
            const env = spec.template.spec.containers[0]?.env ?? [];
            assert.equal(env.find(({ name }) => name === "PGSSLMODE")?.value, mode);
            assert.equal(
                env.some(({ name }) => name === "PGPASSWORD"),
                database !== undefined,
            );
        }
    });

    it("gives pods exactly the variables that an application cannot set itself", async () => {
        const namesIn = async (settings: Partial<ApplicationSettings>) => {
            const resources = await record(() => deploy({ ...settings, env: {} }));
            const { spec } = find(resources, "Deployment", "site-web").inputs as {
                spec: { template: { spec: { containers: { env: { name: string }[] }[] } } };
            };
            return spec.template.spec.containers[0]?.env.map(({ name }) => name).toSorted();
        };
        assert.deepEqual(await namesIn({ database: undefined }), POD_VARIABLES.toSorted());
        assert.deepEqual(
            await namesIn({}),
            [...POD_VARIABLES, ...SERVICE_VARIABLES.database].toSorted(),
        );
    });

    it("waits for the secret to be fetched, and only once for the pods", async () => {
        const resources = await record(() => deploy());
        const annotations = (kind: string, name: string) =>
            (find(resources, kind, name).inputs["metadata"] as { annotations: unknown })
                .annotations;
        assert.deepEqual(annotations("ExternalSecret", "site-web-database"), {
            "pulumi.com/waitFor": "condition=Ready",
        });
        assert.deepEqual(annotations("Service", "site-web"), { "pulumi.com/skipAwait": "true" });
    });

    it("serves port 80 to the named port of its own pods (G3.19)", async () => {
        const resources = await record(() => deploy());
        assert.deepEqual(find(resources, "Service", "site-web").inputs["spec"], {
            type: "ClusterIP",
            selector: {
                "app.kubernetes.io/name": "web",
                "app.kubernetes.io/instance": "web",
            },
            ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
        });
    });

    it("mounts no token by default and grants no role (G3.26)", async () => {
        const resources = await record(() => deploy({}, "azure"));
        for (const name of ["site-web", "site-web-secret-reader"]) {
            const { inputs } = find(resources, "ServiceAccount", name);
            assert.equal(inputs["automountServiceAccountToken"], false, name);
        }
        assert.deepEqual(
            resources.filter(({ type }) => type.includes("rbac")),
            [],
        );
    });

    it("asks the store for the credentials of its own database only, and no object holds a value (G3.4, G9.2)", async () => {
        let stores: FakeStore[] = [];
        const resources = await record(() => {
            stores = [deploy().store];
        });
        const [store] = stores;
        assert.deepEqual(
            store?.readers.map(({ name, args }) => [name, args.namespace, args.secrets.length]),
            [["site-web", "web", 1]],
        );
        const { spec } = find(resources, "ExternalSecret", "site-web-database").inputs as {
            spec: { data: unknown[]; target: unknown; refreshInterval: string };
        };
        assert.deepEqual(
            spec.data,
            ["username", "password", "host", "port", "dbname", "url"].map((field) => ({
                secretKey: field,
                remoteRef: { key: "site-orders-credentials", property: field },
            })),
        );
        assert.equal(spec.refreshInterval, "1h0m0s");
        assert.deepEqual(spec.target, {
            name: "database",
            creationPolicy: "Owner",
            deletionPolicy: "Retain",
        });
        assert.deepEqual(
            resources.filter(({ type }) => type === "kubernetes:core/v1:Secret"),
            [],
        );
    });

    it("reads only what no other secret is needed for when it has no database", async () => {
        let stores: FakeStore[] = [];
        await record(() => {
            stores = [deploy({ database: undefined }).store];
        });
        assert.deepEqual(stores[0]?.readers, []);
    });

    it("starts pods after the nodes, the policies and the secret, and the secret after the operator", async () => {
        const resources = await record(() => deploy({}, "azure"));
        const names = (one: Recorded) =>
            one.dependsOn.map((urn) => urn.slice(urn.lastIndexOf("$") + 1)).sort();
        const has = (one: Recorded, ...wanted: string[]) => {
            for (const end of wanted) {
                assert.ok(
                    one.dependsOn.some((urn) => urn.endsWith(end)),
                    `${one.name} needs ${end}, has ${names(one).join(", ")}`,
                );
            }
        };
        has(
            find(resources, "Deployment", "site-web"),
            "NodePool::site-workers",
            "NetworkPolicy::site-web-default-deny",
            "ExternalSecret::site-web-database",
        );
        has(
            find(resources, "ExternalSecret", "site-web-database"),
            "SecretStore::site-web-store",
            "Secret::site-orders-credentials",
        );
        has(
            find(resources, "SecretStore", "site-web-store"),
            "Release::site-external-secrets",
            "Grant::site-web-reader",
            "ServiceAccount::site-web-secret-reader",
        );
    });

    it("waits for nothing but its namespace where nothing else is needed", async () => {
        const resources = await record(() => deploy());
        for (const [kind, name] of [
            ["Service", "site-web"],
            ["HorizontalPodAutoscaler", "site-web"],
            ["PodDisruptionBudget", "site-web"],
            ["NetworkPolicy", "site-web-default-deny"],
        ] as const) {
            const { dependsOn } = find(resources, kind, name);
            assert.equal(dependsOn.length, 1, `${kind} has ${dependsOn.join(", ")}`);
            assert.match(dependsOn[0] ?? "", /Namespace::site-web$/);
        }
    });

    it("tells where it is", async () => {
        let applications: Application[] = [];
        await record(() => {
            applications = [deploy().application];
        });
        assert.equal(applications[0]?.namespace, "web");
        assert.equal(applications[0]?.address, "http://web.web.svc.cluster.local");
    });
});
