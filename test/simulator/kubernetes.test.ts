import assert from "node:assert/strict";

import { Cloud } from "../../simulator/cloud.ts";
import { Store } from "../../simulator/store.ts";
import { UNKNOWN, type Properties } from "../../simulator/table.ts";
import { clusterAt, serverOf } from "../../simulator/types/kubernetes/clusters.ts";
import { insideCluster, kubernetes } from "../../simulator/types/kubernetes.ts";
import { viewOf } from "../../simulator/view.ts";
import { urnOf } from "./support/toy.ts";

const EKS = "aws:eks/cluster:Cluster";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const PRIORITY = "kubernetes:scheduling.k8s.io/v1:PriorityClass";
const SERVICE = "kubernetes:core/v1:Service";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const EXTERNAL_SECRET = "kubernetes:external-secrets.io/v1:ExternalSecret";
const SERVER = "https://ABC.gr7.eu-west-1.eks.amazonaws.com";

function kubeconfig(server = SERVER): string {
    return JSON.stringify({
        "current-context": "x",
        contexts: [{ name: "x", context: { cluster: "y" } }],
        clusters: [
            { name: "other", cluster: { server: "https://other" } },
            { name: "y", cluster: { server } },
        ],
    });
}

/** A world with one cluster on AWS, and the provider that points at it. */
function cluster(
    type = EKS,
    outputs: Properties = { endpoint: SERVER },
    server = SERVER,
    inputs: Properties = {},
) {
    const store = Store.open(":memory:", "seed");
    const scope = { account: "1", region: "eu-west-1" };
    const base = { urn: urnOf(type, "c"), scope, inputs, secrets: [], number: 0 };
    store.insert({ ...base, type, id: "c", outputs, known: true, readyAt: 0 });
    const cloud = new Cloud(
        kubernetes,
        store,
        kubernetes.scope({ kubeconfig: kubeconfig(server) }),
    );
    const make = (kind: string, name: string, inputs: Properties) => {
        const address = { type: kind, urn: urnOf(kind, name) };
        const checked = cloud.check(address, inputs, undefined);
        assert.deepEqual(checked.refusals, []);
        return cloud.create(address, { inputs: checked.inputs, secrets: [] }).instance;
    };
    const drop = (kind: string, name: string, id: string): void => {
        const gone = cloud.delete({ type: kind, urn: urnOf(kind, name), id });
        if (gone) store.vanishAll(gone.until);
    };
    const kinds = () => store.instances("type LIKE 'kubernetes:%'").map(({ type: kind }) => kind);
    return { store, cloud, make, drop, kinds };
}

const meta = (name: string, namespace = "app") => ({ metadata: { name, namespace } });

function deployment(pod: Properties = {}): Properties {
    const labels = { app: "a" };
    const containers = [{ name: "c", image: "i:1" }];
    const template = { metadata: { labels }, spec: { containers, ...pod } };
    return { ...meta("web"), spec: { replicas: 3, selector: { matchLabels: labels }, template } };
}

describe("simulated Kubernetes", () => {
    it("reads the API server out of a kubeconfig's current context", () => {
        assert.equal(serverOf({ kubeconfig: kubeconfig() }), SERVER);
        assert.equal(serverOf({ kubeconfig: kubeconfig(), context: "none" }), "");
        assert.equal(serverOf({ kubeconfig: UNKNOWN }), UNKNOWN);
        assert.equal(serverOf({}), "");
        assert.equal(serverOf({ kubeconfig: "{ not: [a kubeconfig" }), "");
    });

    it("finds the cluster of each cloud by its address", () => {
        const clouds: [string, Properties, string][] = [
            [EKS, { endpoint: SERVER }, SERVER],
            [
                "azure-native:containerservice:ManagedCluster",
                { privateFQDN: "x.privatelink.azmk8s.io" },
                "https://x.privatelink.azmk8s.io:443",
            ],
            ["gcp:container/cluster:Cluster", { endpoint: "34.1.2.3" }, "https://34.1.2.3"],
        ];
        for (const [type, outputs, server] of clouds) {
            const { store } = cluster(type, outputs);
            const world = viewOf(store, { account: "", region: "" });
            assert.equal(clusterAt(server, world)?.type, type);
            assert.equal(clusterAt("https://elsewhere", world), undefined);
        }
    });

    it("rejects everything while the cluster is not there, in kubectl's words", () => {
        const { make } = cluster(EKS, { endpoint: "https://other" });
        assert.throws(() => make(NAMESPACE, "app", { metadata: { name: "app" } }), {
            message:
                /cluster is unreachable: .*Get "https:\/\/ABC.*": dial tcp: connect: connection refused/,
        });
    });

    describe("when the cluster is gone", () => {
        const variable = "PULUMI_K8S_DELETE_UNREACHABLE";
        afterEach(() => {
            delete process.env[variable];
        });

        const orphaned = () => {
            const { store, cloud, make } = cluster();
            make(NAMESPACE, "app", { metadata: { name: "app" } });
            for (const one of store.instances("type = ?", EKS)) store.vanish(one.row, 0);
            store.vanishAll(0);
            return {
                cloud,
                namespace: { type: NAMESPACE, urn: urnOf(NAMESPACE, "app"), id: "app" },
            };
        };

        it("rejects to read and to delete what stood in it, and says how to have it forgotten", () => {
            const { cloud, namespace } = orphaned();
            const message =
                /refused\. If the cluster was deleted, .* PULUMI_K8S_DELETE_UNREACHABLE set to true:/;
            assert.throws(() => cloud.read(namespace), { message });
            assert.throws(() => cloud.delete(namespace), { message });
        });

        it("takes it for gone where that variable says so, and still makes and changes nothing", () => {
            process.env[variable] = "true";
            const { cloud, namespace } = orphaned();
            assert.equal(cloud.read(namespace), undefined);
            assert.equal(cloud.delete(namespace), undefined);
            const wanted = { inputs: { metadata: { name: "app" } }, secrets: [] };
            const before = { id: "app", inputs: {}, outputs: {} };
            const message = /connection refused$/;
            assert.throws(() => cloud.create(namespace, wanted), { message });
            assert.throws(() => cloud.update(namespace, wanted, before), { message });
        });
    });

    it("names objects by namespace and name", () => {
        const { make } = cluster();
        assert.equal(make(NAMESPACE, "app", { metadata: { name: "app" } }).id, "app");
        assert.equal(make(ACCOUNT, "a", meta("web")).id, "app/web");
        assert.equal(make(ACCOUNT, "b", { metadata: { name: "b" } }).id, "default/b");
        assert.match(make(ACCOUNT, "made", {}).id, /^default\/made-[0-9a-f]{8}$/);
    });

    it("rejects an object in a namespace that is not there", () => {
        const { make } = cluster();
        assert.throws(() => make(ACCOUNT, "a", meta("web")), {
            message: 'namespaces "app" not found',
        });
        assert.equal(make(ACCOUNT, "b", meta("b", "kube-system")).id, "kube-system/b");
    });

    it("rejects a second object of one name", () => {
        const { make } = cluster();
        make(ACCOUNT, "a", meta("web", "default"));
        assert.throws(() => make(ACCOUNT, "b", meta("web", "default")), {
            message: /ServiceAccount "default\/web" already exists/,
        });
    });

    it("rejects names that DNS does not allow, and missing parts", () => {
        const { cloud } = cluster();
        const reasons = (type: string, inputs: Properties) =>
            cloud
                .check({ type, urn: urnOf(type, "x") }, inputs, undefined)
                .refusals.map(({ reason }) => reason);
        assert.match(String(reasons(ACCOUNT, meta("Web"))), /Invalid value: metadata.name: "Web"/);
        assert.deepEqual(reasons(ACCOUNT, meta("a.b")), []);
        assert.equal(reasons(NAMESPACE, { metadata: { name: "a.b" } }).length, 1);
        assert.deepEqual(reasons(DEPLOYMENT, { ...meta("w"), spec: {} }), [
            "Required value: spec.selector",
            "Required value: spec.template",
        ]);
    });

    it("rejects pods whose service account or ConfigMap is not there", () => {
        const { make } = cluster();
        make(NAMESPACE, "app", { metadata: { name: "app" } });
        const containers = [{ name: "c", envFrom: [{ configMapRef: { name: "conf" } }] }];
        const spec = deployment({ serviceAccountName: "web", containers });
        assert.throws(() => make(DEPLOYMENT, "web", spec), {
            message: /serviceaccount "web" not found; configmap "conf" not found$/,
        });
        make(ACCOUNT, "web", meta("web"));
        make(CONFIG_MAP, "conf", { ...meta("conf"), data: {} });
        assert.equal(make(DEPLOYMENT, "web", spec).id, "app/web");
    });

    it("lets pods do without what is optional, and with the default service account", () => {
        const { make } = cluster();
        make(NAMESPACE, "app", { metadata: { name: "app" } });
        const volumes = [{ name: "v", configMap: { name: "conf", optional: true } }];
        const spec = deployment({ serviceAccountName: "default", volumes });
        assert.equal(make(DEPLOYMENT, "web", spec).id, "app/web");
    });

    it("rejects pods of a priority that nobody has made, but for the system's own", () => {
        const { make } = cluster();
        make(NAMESPACE, "app", { metadata: { name: "app" } });
        const of = (priorityClassName: string) => deployment({ priorityClassName });
        assert.throws(() => make(DEPLOYMENT, "web", of("serving")), {
            message: /no PriorityClass with name serving was found$/,
        });
        make(PRIORITY, "serving", { metadata: { name: "serving" }, value: 1 });
        assert.equal(make(DEPLOYMENT, "web", of("serving")).id, "app/web");
        const system = { ...of("system-node-critical"), ...meta("agent") };
        assert.equal(make(DEPLOYMENT, "agent", system).id, "app/agent");
    });

    it("rejects containers of one name, and mounts of volumes that a pod does not have", () => {
        const { make } = cluster();
        make(NAMESPACE, "app", { metadata: { name: "app" } });
        const container = (name: string) => ({ name, volumeMounts: [{ name: "data" }] });
        const pod = { initContainers: [container("web")], containers: [container("web")] };
        assert.throws(() => make(DEPLOYMENT, "web", deployment(pod)), {
            message: new RegExp(
                [
                    'spec.template.spec.containers[0].name: Duplicate value: "web"',
                    'spec.template.spec.initContainers[0].volumeMounts[0].name: Not found: "data"',
                    'spec.template.spec.containers[0].volumeMounts[0].name: Not found: "data"',
                ]
                    .join("; ")
                    .replaceAll(/[[\].]/g, String.raw`\$&`),
            ),
        });
        const volumes = [{ name: "data", emptyDir: {} }];
        const right = deployment({ containers: [container("web")], volumes });
        assert.equal(make(DEPLOYMENT, "web", right).id, "app/web");
    });

    it("keeps the data of a Secret secret, whatever the program says", () => {
        const { cloud } = cluster();
        assert.deepEqual(cloud.secretOutputs("kubernetes:core/v1:Secret", []), [
            ["stringData"],
            ["data"],
        ]);
    });

    it("fills in what the API server and the controllers know", () => {
        const { make } = cluster();
        make(NAMESPACE, "app", { metadata: { name: "app" } });
        const web = make(DEPLOYMENT, "web", deployment()).outputs;
        assert.deepEqual(web["status"], {
            observedGeneration: 1,
            updatedReplicas: 3,
            replicas: 3,
            readyReplicas: 3,
            availableReplicas: 3,
        });
        const spec = { type: "LoadBalancer", ports: [{ port: 80 }] };
        const service = make(SERVICE, "s", { ...meta("s"), spec }).outputs as {
            spec: Properties;
            status: { loadBalancer: { ingress: { hostname: string }[] } };
        };
        assert.match(String(service.spec["clusterIP"]), /^10\.96\.\d+\.\d+$/);
        const [ingress] = service.status.loadBalancer.ingress;
        assert.match(String(ingress?.hostname), /\.elb\.eu-west-1\.amazonaws\.com$/);
    });

    it("answers a request to be signed with what the authority shows of itself", () => {
        const { make } = cluster();
        make(NAMESPACE, "app", { metadata: { name: "app" } });
        const release = { name: "cert-manager", chart: "cert-manager", namespace: "app" };
        make(RELEASE, "cert-manager", release);
        const type = "kubernetes:cert-manager.io/v1:CertificateRequest";
        const { status } = make(type, "r", { ...meta("r"), spec: {} }).outputs as {
            status: { ca: string };
        };
        assert.match(Buffer.from(status.ca, "base64").toString(), /^-----BEGIN CERTIFICATE-----/);
    });

    it("rejects custom resources without what their definitions ask for", () => {
        const { cloud } = cluster();
        const type = "kubernetes:rabbitmq.com/v1beta1:Vhost";
        const { refusals } = cloud.check(
            { type, urn: urnOf(type, "x") },
            { ...meta("x"), spec: { name: "a" } },
            undefined,
        );
        assert.deepEqual(
            refusals.map(({ property }) => property),
            ["spec.rabbitmqClusterReference"],
        );
    });

    it("replaces for a selector, the data of a ConfigMap and a name, but scales in place", () => {
        const { cloud } = cluster();
        const replaced = (type: string, olds: Properties, news: Properties) =>
            cloud
                .diff({ type, urn: urnOf(type, "x"), id: "x" }, olds, news)
                .some(({ replaces }) => replaces);
        const selector = { matchLabels: { app: "a" } };
        assert.equal(replaced(DEPLOYMENT, { spec: { selector } }, { spec: {} }), true);
        assert.equal(replaced(DEPLOYMENT, { spec: { replicas: 1 } }, { spec: {} }), false);
        assert.equal(replaced(CONFIG_MAP, { data: { a: "1" } }, { data: { a: "2" } }), true);
        assert.equal(replaced(ACCOUNT, meta("a"), meta("b")), true);
    });

    it("deletes first what keeps its name and its namespace", () => {
        const { cloud } = cluster();
        const at = { type: CONFIG_MAP, urn: urnOf(CONFIG_MAP, "conf") };
        const first = (olds: Properties, news: Properties) => cloud.deletesFirst(at, olds, news);
        assert.equal(first(meta("conf"), meta("conf")), true);
        assert.equal(first(meta("conf"), meta("other")), false);
        assert.equal(first(meta("conf", "a"), meta("conf", "b")), false);
        assert.equal(first(meta("conf-0a1b2c3d"), meta("conf-0a1b2c3d")), false);
    });

    it("rejects a custom resource until a chart or a definition brings its kind", () => {
        const { make } = cluster();
        const secret = meta("s", "default");
        assert.throws(() => make(EXTERNAL_SECRET, "s", secret), {
            message: /no matches for kind "ExternalSecret" in version "external-secrets.io\/v1"/,
        });
        make(RELEASE, "eso", { chart: "external-secrets", name: "eso" });
        assert.equal(make(EXTERNAL_SECRET, "s", secret).id, "default/s");
        const definition = { metadata: { name: "x" }, spec: { group: "x.example" } };
        assert.throws(() => make("kubernetes:x.example/v1:Thing", "x", secret), /ensure CRDs/);
        make("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", "x", definition);
        assert.equal(make("kubernetes:x.example/v1:Thing", "x", secret).id, "default/s");
    });

    it("knows snapshots of volumes where their controller is: on EKS by an add-on", () => {
        const snapshots = {
            metadata: { name: "block" },
            driver: "disk",
            deletionPolicy: "Delete",
        };
        const kind = "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass";
        const refuses = ({ make }: ReturnType<typeof cluster>) => {
            assert.throws(() => make(kind, "block", snapshots), /ensure CRDs are installed first/);
        };
        const eks = cluster(EKS, { endpoint: SERVER }, SERVER, { name: "c" });
        refuses(eks);
        const addon = (addonName: string, number: number) => {
            const type = "aws:eks/addon:Addon";
            const inputs = { clusterName: "c", addonName };
            const urn = urnOf(type, addonName);
            const scope = { account: "1", region: "eu-west-1" };
            const base = { urn, scope, inputs, secrets: [], number };
            eks.store.insert({
                ...base,
                type,
                id: `c:${addonName}`,
                outputs: inputs,
                known: true,
                readyAt: 0,
            });
        };
        addon("coredns", 1);
        refuses(eks);
        addon("snapshot-controller", 2);
        assert.equal(eks.make(kind, "block", snapshots).id, "block");

        const server = "https://c.azmk8s.io";
        const aks = (inputs: Properties) =>
            cluster(
                "azure-native:containerservice:ManagedCluster",
                { fqdn: "c.azmk8s.io" },
                server,
                inputs,
            );
        assert.equal(aks({}).make(kind, "block", snapshots).id, "block");
        refuses(aks({ storageProfile: { snapshotController: { enabled: false } } }));

        const gke = (inputs: Properties) =>
            cluster("gcp:container/cluster:Cluster", { endpoint: "10.0.0.2" }, "10.0.0.2", inputs);
        const driver = { gcePersistentDiskCsiDriverConfig: { enabled: true } };
        assert.equal(gke({ addonsConfig: driver }).make(kind, "block", snapshots).id, "block");
        refuses(gke({}));
    });

    it("takes custom resources along with the chart that brought their kind", () => {
        const { make, drop, kinds } = cluster();
        const release = make(RELEASE, "eso", { chart: "external-secrets", name: "eso" });
        make(EXTERNAL_SECRET, "s", meta("s", "default"));
        drop(RELEASE, "eso", release.id);
        assert.deepEqual(kinds(), []);
    });

    it("installs releases, in a namespace of their own if asked to", () => {
        const { make } = cluster();
        const chart = { chart: "metrics-server", version: "1.2.3", name: "ms", namespace: "m" };
        assert.throws(() => make(RELEASE, "ms", chart), /namespaces "m" not found/);
        const release = make(RELEASE, "ms", { ...chart, createNamespace: true });
        assert.equal(release.id, "m/ms");
        const status = release.outputs["status"] as Properties;
        assert.deepEqual(
            [status["status"], status["version"], status["namespace"]],
            ["deployed", "1.2.3", "m"],
        );
    });

    it("takes along with a namespace what is in it, and nothing else", () => {
        const { make, drop, kinds } = cluster();
        make(NAMESPACE, "app", { metadata: { name: "app" } });
        make(ACCOUNT, "a", meta("web"));
        make(ACCOUNT, "b", meta("web", "default"));
        drop(NAMESPACE, "app", "app");
        assert.deepEqual(kinds(), [ACCOUNT]);
    });

    it("tells clouds' tables what is inside a cluster", () => {
        const { make, store } = cluster();
        make(ACCOUNT, "a", meta("web", "default"));
        const world = viewOf(store, { account: "", region: "" });
        const [eks] = world.all(EKS);
        assert.ok(eks);
        assert.deepEqual(
            insideCluster(eks, world).map(({ id }) => id),
            ["default/web"],
        );
        const other = { ...eks, outputs: { endpoint: "https://other" } };
        assert.deepEqual(insideCluster(other, world), []);
    });

    it("moves with its clusterIdentifier, and without one with its server", () => {
        const one = { kubeconfig: kubeconfig(), clusterIdentifier: "a" };
        const moves = kubernetes.moves ?? (() => undefined);
        assert.equal(moves(one, { ...one, kubeconfig: UNKNOWN }), false);
        assert.equal(moves(one, { ...one, clusterIdentifier: "b" }), true);
        assert.equal(moves({ kubeconfig: kubeconfig() }, { kubeconfig: UNKNOWN }), false);
        assert.equal(moves({ kubeconfig: kubeconfig() }, { kubeconfig: kubeconfig("o") }), true);
    });
});
