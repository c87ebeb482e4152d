import assert from "node:assert/strict";
import type { EdgeObject, Reach } from "../../../components/contracts/edge.ts";
import { GcpEdge, type GcpEdgeArgs } from "../../../components/gcp/edge.ts";
import { inspect } from "../../../tools/offline/mocks.ts";
import { type Parts, onSite, urnsBothWays } from "./on-site.ts";

const ADDRESS = "gcp:compute/address:Address";
const GLOBAL_ADDRESS = "gcp:compute/globalAddress:GlobalAddress";
const FIREWALL = "gcp:compute/securityPolicy:SecurityPolicy";
const SINK = "gcp:logging/projectSink:ProjectSink";

type Arguments = Omit<GcpEdgeArgs, "foundation" | "network">;

const ENVOY: Arguments = {
    gateway: "envoy",
    reaches: ["internal", "public"],
    firewall: false,
    ddosProtection: "standard",
    logRetention: "30 days",
};

const CLOUD: Arguments = { ...ENVOY, gateway: "cloud" };
const GUARDED: Arguments = { ...CLOUD, firewall: true, domain: "gcp.example.com" };

function edge(args: Arguments) {
    return ({ name, foundation, network, opts }: Parts) =>
        new GcpEdge(`${name}-edge`, { ...args, foundation, network }, opts);
}

const PLACE = { name: "public", namespace: "gateways" };
const BACKEND = { service: "shop", port: 80, healthPath: "/health", reach: "public" } as const;

async function specsOf(objects: readonly EdgeObject[]) {
    return Promise.all(
        objects.map(async ({ apiVersion, kind, name, spec }) => ({
            apiVersion,
            kind,
            name,
            spec: (await inspect(spec)).value,
        })),
    );
}

describe("GcpEdge with Envoy", () => {
    it("reserves an address for each balancer and nothing else", async () => {
        const recorded = await onSite(edge(ENVOY));
        assert.deepEqual(recorded.names(ADDRESS), [
            "myapp-dev-gcp-edge-internal",
            "myapp-dev-gcp-edge-public",
        ]);
        const inside = recorded.one(ADDRESS, "myapp-dev-gcp-edge-internal");
        assert.equal(inside.inputs["addressType"], "INTERNAL");
        assert.equal(
            inside.inputs["subnetwork"],
            recorded.one("gcp:compute/subnetwork:Subnetwork").id,
        );
        const outside = recorded.one(ADDRESS, "myapp-dev-gcp-edge-public");
        assert.equal(outside.inputs["addressType"], "EXTERNAL");
        assert.equal(outside.inputs["networkTier"], "PREMIUM");
        assert.deepEqual(recorded.names(FIREWALL), []);
        assert.equal(recorded.names(SINK).length, 1, "the network's own");
        assert.equal(recorded.result.ready.length, 2);
        assert.deepEqual(recorded.result.addons, []);
    });

    it("asks GKE for the right balancer of each Service", async () => {
        const recorded = await onSite(edge(ENVOY));
        const annotations = async (reach: Reach) =>
            (await inspect(recorded.result.balancer(reach).annotations)).value;
        const nameOf = (reach: Reach) =>
            recorded.one(ADDRESS, `myapp-dev-gcp-edge-${reach}`).outputs["name"];
        assert.deepEqual(await annotations("internal"), {
            "networking.gke.io/load-balancer-type": "Internal",
            "networking.gke.io/internal-load-balancer-allow-global-access": "true",
            "networking.gke.io/load-balancer-ip-addresses": nameOf("internal"),
        });
        assert.deepEqual(await annotations("public"), {
            "cloud.google.com/l4-rbs": "enabled",
            "networking.gke.io/load-balancer-ip-addresses": nameOf("public"),
        });
    });

    it("makes no entrance that was not asked for", async () => {
        const { result } = await onSite(edge({ ...ENVOY, reaches: ["internal"] }));
        assert.throws(() => result.balancer("public"), /no public gateway was asked for/);
    });

    it("rejects a firewall, which cannot stand before it", async () => {
        await assert.rejects(
            onSite(edge({ ...ENVOY, firewall: true })),
            /firewall: true has nothing to stand before: Cloud Armor guards the cloud's public gateway\./,
        );
        await assert.rejects(
            onSite(edge({ ...GUARDED, reaches: ["internal"] })),
            /firewall: true has nothing to stand before/,
        );
    });
});

describe("GcpEdge with Google's own gateway", () => {
    it("is global from the internet, with a static address and TLS 1.2 and later", async () => {
        const recorded = await onSite(edge(CLOUD));
        const address = recorded.one(GLOBAL_ADDRESS, "myapp-dev-gcp-edge-public");
        const policy = recorded.one("gcp:compute/sSLPolicy:SSLPolicy");
        assert.equal(policy.inputs["minTlsVersion"], "TLS_1_2");
        assert.equal(policy.inputs["profile"], "RESTRICTED");
        const gateway = recorded.result.cloudGateway("public", PLACE);
        assert.equal(gateway.className, "gke-l7-global-external-managed");
        assert.equal(gateway.certificateSecrets, true);
        assert.deepEqual(gateway.sources, ["35.191.0.0/16", "130.211.0.0/22"]);
        assert.deepEqual((await inspect(gateway.addresses)).value, [
            { type: "NamedAddress", value: address.outputs["name"] },
        ]);
        assert.deepEqual(await specsOf(gateway.objects), [
            {
                apiVersion: "networking.gke.io/v1",
                kind: "GCPGatewayPolicy",
                name: "public",
                spec: {
                    default: { sslPolicy: policy.outputs["name"] },
                    targetRef: {
                        group: "gateway.networking.k8s.io",
                        kind: "Gateway",
                        name: "public",
                    },
                },
            },
        ]);
    });

    it("is regional from inside, with a subnet for its proxies", async () => {
        const recorded = await onSite(edge(CLOUD));
        const proxies = recorded.one(
            "gcp:compute/subnetwork:Subnetwork",
            "myapp-dev-gcp-edge-internal-proxies",
        );
        assert.equal(proxies.inputs["purpose"], "REGIONAL_MANAGED_PROXY");
        assert.equal(proxies.inputs["role"], "ACTIVE");
        assert.equal(proxies.inputs["ipCidrRange"], "10.30.112.0/20");
        const address = recorded.one(ADDRESS);
        assert.equal(address.inputs["purpose"], "SHARED_LOADBALANCER_VIP");
        const policy = recorded.one("gcp:compute/regionSslPolicy:RegionSslPolicy");
        const gateway = recorded.result.cloudGateway("internal", { ...PLACE, name: "internal" });
        assert.equal(gateway.className, "gke-l7-rilb");
        assert.deepEqual(gateway.sources, ["10.30.112.0/20", "35.191.0.0/16", "130.211.0.0/22"]);
        const [object] = await specsOf(gateway.objects);
        assert.deepEqual(object?.spec["default"], {
            sslPolicy: policy.outputs["name"],
            allowGlobalAccess: true,
        });
        assert.equal(recorded.result.ready.length, 5);
    });

    it("asks pods for their health as the reference does, and logs every request (G1.35)", async () => {
        const { result } = await onSite(edge(CLOUD));
        assert.deepEqual(await specsOf(result.backendObjects(BACKEND)), [
            {
                apiVersion: "networking.gke.io/v1",
                kind: "HealthCheckPolicy",
                name: "shop",
                spec: {
                    default: {
                        checkIntervalSec: 30,
                        timeoutSec: 5,
                        healthyThreshold: 2,
                        unhealthyThreshold: 2,
                        config: { type: "HTTP", httpHealthCheck: { requestPath: "/health" } },
                    },
                    targetRef: { group: "", kind: "Service", name: "shop" },
                },
            },
            {
                apiVersion: "networking.gke.io/v1",
                kind: "GCPBackendPolicy",
                name: "shop",
                spec: {
                    default: {
                        logging: { enabled: true, sampleRate: 1_000_000 },
                        connectionDraining: { drainingTimeoutSec: 30 },
                    },
                    targetRef: { group: "", kind: "Service", name: "shop" },
                },
            },
        ]);
    });

    it("puts the firewall before public Services only", async () => {
        const recorded = await onSite(edge(GUARDED));
        const policyOf = async (reach: Reach) => {
            const objects = recorded.result.backendObjects({ ...BACKEND, reach });
            const policies = (await specsOf(objects)).filter(
                ({ kind }) => kind === "GCPBackendPolicy",
            );
            return (policies[0]?.spec["default"] as Record<string, unknown>)["securityPolicy"];
        };
        assert.equal(await policyOf("public"), recorded.one(FIREWALL).outputs["name"]);
        assert.equal(await policyOf("internal"), undefined);
    });

    it("refuses attacks first, then too many requests, then nothing", async () => {
        const { inputs } = (await onSite(edge(GUARDED))).one(FIREWALL);
        const rules = (inputs["rules"] as { priority: number; action: string }[]).map(
            ({ priority, action }) => [priority, action],
        );
        assert.deepEqual(rules, [
            ...[1000, 1010, 1020, 1030, 1040, 1050, 1060, 1070, 1080].map((priority) => [
                priority,
                "deny(403)",
            ]),
            [2_147_483_646, "throttle"],
            [2_147_483_647, "allow"],
        ]);
        assert.deepEqual(inputs["advancedOptionsConfig"], {
            jsonParsing: "STANDARD",
            logLevel: "NORMAL",
        });
        assert.deepEqual(inputs["adaptiveProtectionConfig"], {
            layer7DdosDefenseConfig: { enable: true, ruleVisibility: "STANDARD" },
        });
    });

    it("keeps the requests of its own site as long as asked", async () => {
        const recorded = await onSite(edge(GUARDED));
        const firewall = String(recorded.one(FIREWALL).outputs["name"]);
        const sink = recorded.one(SINK, "myapp-dev-gcp-edge-public");
        assert.equal(
            sink.inputs["filter"],
            String.raw`resource.type="http_load_balancer" AND (jsonPayload.enforcedSecurityPolicy.name="${firewall}" OR httpRequest.requestUrl=~"^https?://([^/]+\\.)?gcp\\.example\\.com[:/]")`,
        );
        const network = String(recorded.one("gcp:compute/network:Network").outputs["name"]);
        assert.equal(
            recorded.one(SINK, "myapp-dev-gcp-edge-internal").inputs["filter"],
            `resource.type="internal_http_lb_rule" AND resource.labels.network_name="${network}"`,
        );
        const bucket = recorded.one(
            "gcp:logging/projectBucketConfig:ProjectBucketConfig",
            "myapp-dev-gcp-edge-public",
        );
        assert.equal(bucket.inputs["retentionDays"], 30);
    });

    it("keeps all requests of the project where nothing tells its own", async () => {
        const recorded = await onSite(edge(CLOUD));
        const sink = recorded.one(SINK, "myapp-dev-gcp-edge-public");
        assert.equal(sink.inputs["filter"], 'resource.type="http_load_balancer"');
    });

    for (const [what, args] of Object.entries({ ENVOY, GUARDED })) {
        it(`has the same URNs whether outputs are known or not (${what})`, async () => {
            const { known, unknown } = await urnsBothWays(edge(args));
            assert.deepEqual(unknown, known);
        });
    }
});
