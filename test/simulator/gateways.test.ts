import assert from "node:assert/strict";

import { Cloud } from "../../simulator/cloud.ts";
import { Store } from "../../simulator/store.ts";
import type { Properties } from "../../simulator/table.ts";
import { kubernetes } from "../../simulator/types/kubernetes.ts";
import { urnOf } from "./support/toy.ts";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const API = "kubernetes:gateway.networking.k8s.io/v1";
const CERTIFICATES = "kubernetes:cert-manager.io/v1";
const SERVER = "https://34.1.2.3";

const KUBECONFIG = JSON.stringify({
    "current-context": "x",
    contexts: [{ name: "x", context: { cluster: "y" } }],
    clusters: [{ name: "y", cluster: { server: SERVER } }],
});

const CLUSTERS = {
    aws: ["aws:eks/cluster:Cluster", { endpoint: SERVER }, {}],
    gcp: [
        "gcp:container/cluster:Cluster",
        { endpoint: "34.1.2.3" },
        { gatewayApiConfig: { channel: "CHANNEL_STANDARD" } },
    ],
} as const;

/** A cluster with the namespaces `gateways` and `web`, of which the second is exposed. */
function cluster(cloud: keyof typeof CLUSTERS = "aws") {
    const store = Store.open(":memory:", "seed");
    const [type, outputs, inputs] = CLUSTERS[cloud];
    const scope = { account: "1", region: "eu-west-1" };
    const base = { urn: urnOf(type, "c"), scope, secrets: [], number: 0 };
    store.insert({ ...base, type, inputs, id: "c", outputs, known: true, readyAt: 0 });
    const simulated = new Cloud(kubernetes, store, kubernetes.scope({ kubeconfig: KUBECONFIG }));
    const make = (kind: string, name: string, spec: Properties) => {
        const address = { type: kind, urn: urnOf(kind, name) };
        const checked = simulated.check(address, spec, undefined);
        assert.deepEqual(checked.refusals, []);
        return simulated.create(address, { inputs: checked.inputs, secrets: [] }).instance;
    };
    make(NAMESPACE, "gateways", { metadata: { name: "gateways" } });
    const labels = { "platform/exposed": "public" };
    make(NAMESPACE, "web", { metadata: { name: "web", labels } });
    return { make, store, simulated };
}

/** The same with Envoy Gateway and its class. */
function withEnvoy(cloud: keyof typeof CLUSTERS = "aws") {
    const made = cluster(cloud);
    made.make(RELEASE, "envoy-gateway", {
        name: "envoy-gateway",
        namespace: "gateways",
        chart: "oci://docker.io/envoyproxy/gateway-helm",
    });
    made.make(`${API}:GatewayClass`, "envoy", {
        metadata: { name: "envoy" },
        spec: { controllerName: "gateway.envoyproxy.io/gatewayclass-controller" },
    });
    return made;
}

const TLS = { mode: "Terminate", certificateRefs: [{ name: "tls" }] };
const FROM_PUBLIC = {
    namespaces: { from: "Selector", selector: { matchLabels: { "platform/exposed": "public" } } },
};
const HTTP = { name: "http", port: 80, protocol: "HTTP" };
const HTTPS = {
    name: "https",
    port: 443,
    protocol: "HTTPS",
    hostname: "*.example.com",
    tls: TLS,
    allowedRoutes: FROM_PUBLIC,
};

const gateway = (listeners: Properties[] = [HTTP, HTTPS], gatewayClassName = "envoy") => ({
    metadata: { name: "public", namespace: "gateways" },
    spec: { gatewayClassName, listeners },
});

const route = (namespace: string, parent: Properties = {}, hostnames = ["a.example.com"]) => ({
    metadata: { name: "web", namespace },
    spec: { hostnames, parentRefs: [{ name: "public", namespace: "gateways", ...parent }] },
});

describe("simulated gateways", () => {
    it("are a balancer's name on AWS and a number on Google Cloud, and stand", () => {
        const status = (cloud: keyof typeof CLUSTERS) =>
            withEnvoy(cloud).make(`${API}:Gateway`, "public", gateway()).outputs["status"] as {
                addresses: { type: string; value: string }[];
                conditions: { type: string; status: string }[];
            };
        assert.equal(status("aws").addresses[0]?.type, "Hostname");
        assert.match(status("aws").addresses[0]?.value ?? "", /\.elb\.eu-west-1\.amazonaws\.com$/);
        assert.equal(status("gcp").addresses[0]?.type, "IPAddress");
        assert.deepEqual(
            status("aws").conditions.map((one) => [one.type, one.status]),
            [
                ["Accepted", "True"],
                ["Programmed", "True"],
            ],
        );
    });

    it("wait in vain for a class that nobody has", () => {
        const { make } = withEnvoy();
        assert.throws(() => make(`${API}:Gateway`, "public", gateway([HTTP], "nginx")), {
            message: /Waiting for controller .*gatewayclasses.* "nginx" not found/,
        });
    });

    it("have GKE's classes on Google Cloud, with no chart", () => {
        const { make } = cluster("gcp");
        const made = make(`${API}:Gateway`, "public", gateway([HTTP], "gke-l7-rilb"));
        assert.equal(made.id, "gateways/public");
        assert.throws(() => cluster().make(`${API}:Gateway`, "public", gateway()), {
            message: /no matches for kind "Gateway".*ensure CRDs are installed first/,
        });
    });

    const wrong: [title: string, listeners: Properties[], message: RegExp][] = [
        [
            "two listeners of one name",
            [HTTP, { ...HTTP, port: 81 }],
            /Listener name must be unique/,
        ],
        [
            "two listeners at one place",
            [HTTP, { ...HTTP, name: "other" }],
            /Combination of port, protocol and hostname must be unique/,
        ],
        ["TLS over HTTP", [{ ...HTTP, tls: TLS }], /tls must not be specified for protocols/],
        [
            "TLS without a certificate",
            [{ ...HTTPS, tls: { mode: "Terminate" } }],
            /certificateRefs or options must be specified when mode is Terminate/,
        ],
    ];
    for (const [title, listeners, message] of wrong) {
        it(`rejects ${title}`, () => {
            const { make } = withEnvoy();
            assert.throws(() => make(`${API}:Gateway`, "public", gateway(listeners)), { message });
        });
    }

    it("asks for a class and for listeners", () => {
        const { simulated } = withEnvoy();
        const type = `${API}:Gateway`;
        const bare = { metadata: { name: "public", namespace: "gateways" }, spec: {} };
        assert.deepEqual(
            simulated
                .check({ type, urn: urnOf(type, "public") }, bare, undefined)
                .refusals.map(({ reason }) => reason),
            ["Required value: spec.gatewayClassName", "Required value: spec.listeners"],
        );
    });
});

describe("simulated routes", () => {
    function standing() {
        const made = withEnvoy();
        made.make(`${API}:Gateway`, "public", gateway());
        return made;
    }

    it("are taken from an exposed namespace for a name below the domain", () => {
        assert.equal(standing().make(`${API}:HTTPRoute`, "web", route("web")).id, "web/web");
    });

    it("are taken at HTTP from the gateway's own namespace only", () => {
        const { make } = standing();
        const parent = { sectionName: "http" };
        make(`${API}:HTTPRoute`, "own", route("gateways", parent));
        assert.throws(() => make(`${API}:HTTPRoute`, "web", route("web", parent)), {
            message: /NotAllowedByListeners/,
        });
    });

    it("are refused for a Gateway, a listener or a name that is not there", () => {
        const { make } = standing();
        const cases: [Properties, RegExp][] = [
            [route("web", { name: "internal" }), /NoMatchingParent: Gateway "gateways\/internal"/],
            [route("web", { sectionName: "other" }), /NoMatchingParent: no listener other/],
            [route("web", {}, ["example.org"]), /NoMatchingListenerHostname: example\.org/],
        ];
        for (const [inputs, message] of cases) {
            assert.throws(() => make(`${API}:HTTPRoute`, "web", inputs), { message });
        }
    });
});

describe("simulated certificates", () => {
    const chart = { name: "cert-manager", namespace: "gateways", chart: "oci://x/cert-manager" };
    const certificate = (kind: string) => ({
        metadata: { name: "tls", namespace: "gateways" },
        spec: { secretName: "tls", issuerRef: { kind, name: "ca" } },
    });

    it("are signed by an issuer of their namespace, or by one of the cluster", () => {
        const { make } = cluster();
        make(RELEASE, "cert-manager", chart);
        make(`${CERTIFICATES}:Issuer`, "a", { metadata: { name: "ca", namespace: "gateways" } });
        make(`${CERTIFICATES}:ClusterIssuer`, "b", { metadata: { name: "ca" } });
        for (const [name, kind] of [
            ["own", "Issuer"],
            ["wide", "ClusterIssuer"],
        ] as const) {
            const inputs = certificate(kind);
            const named = { ...inputs, metadata: { ...inputs.metadata, name } };
            const { outputs } = make(`${CERTIFICATES}:Certificate`, name, named);
            const { conditions } = outputs["status"] as { conditions: { type: string }[] };
            assert.deepEqual(
                conditions.map(({ type }) => type),
                ["Ready"],
            );
        }
    });

    it("are refused in cert-manager's words while their issuer is not there", () => {
        const { make } = cluster();
        make(RELEASE, "cert-manager", chart);
        make(`${CERTIFICATES}:Issuer`, "a", { metadata: { name: "ca", namespace: "web" } });
        assert.throws(() => make(`${CERTIFICATES}:Certificate`, "tls", certificate("Issuer")), {
            message: /Referenced "Issuer" not found: issuer\.cert-manager\.io "ca" not found/,
        });
    });

    it("stay when cert-manager is uninstalled, as their definitions do", () => {
        const { make, simulated, store } = cluster();
        make(RELEASE, "cert-manager", chart);
        make(`${CERTIFICATES}:Issuer`, "a", { metadata: { name: "ca", namespace: "gateways" } });
        const id = "gateways/cert-manager";
        const address = { type: RELEASE, urn: urnOf(RELEASE, "cert-manager") };
        const gone = simulated.delete({ ...address, id });
        if (gone) store.vanishAll(gone.until);
        assert.equal(store.instances("type LIKE '%:Issuer'").length, 1);
    });
});
