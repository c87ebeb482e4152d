import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WorkloadIdentity } from "../../../../components/contracts/cluster.ts";
import { proxyLabels } from "../../../../components/kubernetes/gateway/places.ts";
import {
    certManagerPolicies,
    certManagerValues,
} from "../../../../components/kubernetes/operators/cert-manager.ts";
import {
    envoyGatewayPolicies,
    envoyGatewayValues,
} from "../../../../components/kubernetes/operators/envoy-gateway.ts";
import {
    externalDnsPolicies,
    externalDnsValues,
} from "../../../../components/kubernetes/operators/external-dns.ts";
import { reaches } from "../reachability.ts";
import type { End, Policy, Target } from "../reachability.ts";
import { record } from "../record.ts";
import { find, makeGateways } from "./support.ts";

const IDENTITY: WorkloadIdentity = {
    annotations: {},
    podLabels: { "cloud/identity": "true" },
    destinations: [{ cidrs: ["169.254.170.23/32"], ports: [80] }],
    principal: pulumi.output("principal"),
};

const tcp = (port: number): Target => ({ protocol: "TCP", port });
const at = (address: string): End => ({ address });

/** The policies of a namespace, with the denial of everything else. */
function policiesOf(namespace: string, specs: Readonly<Record<string, unknown>>): Policy[] {
    const all = { ...specs, deny: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } };
    const plain = JSON.parse(JSON.stringify(all)) as Record<string, Policy["spec"]>;
    return Object.values(plain).map((spec): Policy => ({ namespace, spec }));
}

type Case = [title: string, from: End, to: End, target: Target, expected: boolean];

/** Asserts every connection that policies let pass, and those that they do not. */
function matrix(policies: readonly Policy[], cases: readonly Case[]): void {
    for (const [title, from, to, target, expected] of cases) {
        it(`${expected ? "let" : "keep"} ${title}`, () => {
            assert.equal(reaches(policies, from, to, target), expected);
        });
    }
}

const PROMETHEUS: End = {
    namespace: "observability",
    labels: { "app.kubernetes.io/name": "prometheus" },
};

describe("installCertManager", () => {
    it("waits for its grant in the zone, and brings its types itself", async () => {
        const resources = await record(() => void makeGateways());
        const release = find(resources, "Release", "site-cert-manager");
        assert.ok(release.dependsOn.some((urn) => urn.endsWith("ZoneGrant::site-cert-manager")));
        assert.equal(release.inputs["chart"], "oci://quay.io/jetstack/charts/cert-manager");
        assert.equal("repositoryOpts" in release.inputs, false);
        const { crds } = release.inputs["values"] as { crds: unknown };
        assert.deepEqual(crds, { enabled: true, keep: true });
    });
});

describe("certManagerValues", () => {
    it("have two of each behind a budget that lets one go, where a zone may fail", () => {
        for (const [highAvailability, replicas] of [
            [true, 2],
            [false, 1],
        ] as const) {
            const values = certManagerValues(highAvailability);
            for (const part of [values, values["webhook"], values["cainjector"]]) {
                const { replicaCount, podDisruptionBudget } = part as Record<string, object>;
                assert.equal(replicaCount, replicas);
                assert.equal(
                    (podDisruptionBudget as { enabled: boolean }).enabled,
                    highAvailability,
                );
            }
        }
    });

    it("make no certificate but those that are stated, and look proofs up by the cluster's own DNS", () => {
        const values = certManagerValues(true, IDENTITY);
        assert.deepEqual(values["config"], { gatewayAPI: { enabled: false } });
        assert.equal(values["dns01RecursiveNameserversOnly"], true);
        assert.deepEqual(values["podLabels"], { "cloud/identity": "true" });
    });
});

describe("certManagerPolicies", () => {
    const labels = (component: string) => ({
        "app.kubernetes.io/instance": "cert-manager",
        "app.kubernetes.io/component": component,
    });
    const namespace = "cert-manager";
    const controller: End = { namespace, labels: labels("controller") };
    const webhook: End = { namespace, labels: labels("webhook") };
    matrix(policiesOf(namespace, certManagerPolicies(IDENTITY)), [
        ["the controller reach Let's Encrypt", controller, at("172.65.32.248"), tcp(443), true],
        ["the controller take its identity", controller, at("169.254.170.23"), tcp(80), true],
        ["the API server ask the webhook", at("10.0.0.4"), webhook, tcp(10250), true],
        ["Prometheus read its metrics", PROMETHEUS, controller, tcp(9402), true],
        ["the controller from other DNS servers", controller, at("8.8.8.8"), tcp(53), false],
        [
            "the API server's port from the controller",
            at("10.0.0.4"),
            controller,
            tcp(10250),
            false,
        ],
        ["others from its metrics", at("10.0.0.9"), controller, tcp(9402), false],
    ]);

    it("let nobody take an identity where there is none", () => {
        assert.equal("allow-identity" in certManagerPolicies(), false);
    });
});

describe("externalDnsValues", () => {
    const zone = {
        domain: "example.com",
        externalDns: { provider: { name: "google" }, extraArgs: ["--google-project=p"] },
    };

    it("keep records of this zone only, and mark them as this site's", () => {
        const values = externalDnsValues(zone, "myapp-dev-aws", IDENTITY);
        assert.deepEqual(values["provider"], { name: "google" });
        assert.deepEqual(values["extraArgs"], ["--google-project=p"]);
        assert.deepEqual(values["sources"], ["gateway-httproute"]);
        assert.deepEqual(values["domainFilters"], ["example.com"]);
        assert.equal(values["policy"], "sync");
        assert.equal(values["txtOwnerId"], "myapp-dev-aws");
        // The mark of the domain itself has to lie in its zone: `owner-a.example.com`, not `a-example.com`.
        assert.match(String(values["txtPrefix"]), /%\{record_type\}.*\.$/);
    });

    it("read routes on the site's own gateways only", () => {
        assert.equal(externalDnsValues(zone, "o", IDENTITY)["gatewayNamespace"], "gateways");
    });
});

describe("externalDnsPolicies", () => {
    const namespace = "external-dns";
    const pod: End = { namespace, labels: { "app.kubernetes.io/name": "external-dns" } };
    matrix(policiesOf(namespace, externalDnsPolicies(IDENTITY)), [
        ["it reach the cloud's DNS", pod, at("52.94.5.1"), tcp(443), true],
        ["it take its identity", pod, at("169.254.170.23"), tcp(80), true],
        ["Prometheus read its metrics", PROMETHEUS, pod, tcp(7979), true],
        ["it from other ports", pod, at("10.0.0.4"), tcp(5432), false],
        ["others from it", at("10.0.0.9"), pod, tcp(7979), false],
    ]);
});

describe("envoyGatewayValues", () => {
    it("read and change no pods of the cluster only to tell proxies their zone", () => {
        assert.deepEqual(envoyGatewayValues(true)["topologyInjector"], { enabled: false });
    });

    it("have two controllers behind a budget where a zone may fail, and one without otherwise", () => {
        const [two, one] = [envoyGatewayValues(true), envoyGatewayValues(false)];
        assert.equal((two["deployment"] as { replicas: number }).replicas, 2);
        assert.deepEqual(two["podDisruptionBudget"], {
            minAvailable: 0,
            maxUnavailable: 1,
            unhealthyPodEvictionPolicy: "AlwaysAllow",
        });
        assert.equal((one["deployment"] as { replicas: number }).replicas, 1);
        assert.equal("podDisruptionBudget" in one, false);
    });
});

describe("envoyGatewayPolicies", () => {
    const namespace = "envoy-gateway";
    const proxy: End = { namespace, labels: proxyLabels("public") };
    const controller: End = { namespace, labels: { "control-plane": "envoy-gateway" } };
    const namespaces = { "platform/exposed": "public" };
    const web: End = { namespace: "web", labels: {}, namespaceLabels: namespaces };
    const hidden: End = { namespace: "hidden", labels: {} };
    matrix(policiesOf(namespace, envoyGatewayPolicies()), [
        ["clients in over TLS", at("198.51.100.7"), proxy, tcp(10443), true],
        ["clients in to be redirected", at("198.51.100.7"), proxy, tcp(10080), true],
        ["proxies ask for their configuration", proxy, controller, tcp(18000), true],
        ["the controller reach the API server", controller, at("10.0.0.4"), tcp(443), true],
        ["proxies lead to what is exposed", proxy, web, tcp(8080), true],
        ["Prometheus read the proxies' metrics", PROMETHEUS, proxy, tcp(19001), true],
        [
            "clients from the proxies' administration (G7.1, G7.2)",
            at("198.51.100.7"),
            proxy,
            tcp(19000),
            false,
        ],
        ["clients from the controller", at("198.51.100.7"), controller, tcp(18000), false],
        ["proxies from what is not exposed", proxy, hidden, tcp(8080), false],
        ["proxies from the API server", proxy, at("10.0.0.4"), tcp(443), false],
        ["the controller from applications", controller, web, tcp(8080), false],
    ]);
});
