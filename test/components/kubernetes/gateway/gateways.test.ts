import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { validate } from "../schemas.ts";
import { record } from "../record.ts";
import { FROM_PUBLIC, listenersOf } from "./listeners.ts";
import {
    GATEWAY,
    NAMELESS,
    find,
    makeGateways,
    names,
    own,
    recordGateways,
    specOf,
    standing,
} from "./support.ts";

const isPolicy = ({ type }: { type: string }) => type.endsWith(":NetworkPolicy");

describe("Gateways of Envoy", () => {
    it("make exactly the controllers, the certificate, and for each reach its Gateway and what it reads", async () => {
        const resources = await recordGateways({ reaches: ["public", "internal"] });
        assert.deepEqual(names(resources.filter((one) => !isPolicy(one))), [
            "Certificate site",
            "ClientTrafficPolicy site-internal-http",
            "ClientTrafficPolicy site-internal-https",
            "ClientTrafficPolicy site-public-http",
            "ClientTrafficPolicy site-public-https",
            "ClusterIssuer site-letsencrypt",
            "EnvoyProxy site-internal",
            "EnvoyProxy site-public",
            "Gateway site-internal",
            "Gateway site-public",
            "GatewayClass site-envoy",
            "HTTPRoute site-internal-redirect",
            "HTTPRoute site-public-redirect",
            "LimitRange site-envoy-gateway",
            "LimitRange site-external-dns",
            "LimitRange site-gateways",
            "Namespace site-envoy-gateway",
            "Namespace site-external-dns",
            "Namespace site-gateways",
            "Release site-envoy-gateway",
            "Release site-external-dns",
            "ResourceQuota site-envoy-gateway-pods",
            "ResourceQuota site-external-dns-pods",
            "ResourceQuota site-gateways-pods",
        ]);
    });

    it("make the same while nothing of the cluster is known yet", async () => {
        for (const settings of [GATEWAY, NAMELESS]) {
            const known = await recordGateways({ settings });
            const unknown = await recordGateways({ settings, unknown: true });
            const urns = (all: typeof known) => all.map(({ urn }) => urn).sort();
            assert.deepEqual(urns(unknown), urns(known));
        }
    });

    it("make objects that their published schemas know in every field", async () => {
        for (const settings of [
            GATEWAY,
            NAMELESS,
            { ...GATEWAY, certificates: "private" as const },
        ]) {
            const resources = await recordGateways({ settings, reaches: ["public", "internal"] });
            for (const { type, inputs } of resources) {
                if (!type.endsWith(":Release")) validate(type, inputs);
            }
        }
    });

    it("take routes of exposed namespaces over TLS, and over HTTP only the redirect", async () => {
        const listeners = listenersOf(specOf(await recordGateways(), "Gateway", "site-public"));
        assert.deepEqual(
            listeners.map(({ name, port, hostname }) => [name, port, hostname]),
            [
                ["http", 80, undefined],
                ["https", 443, "*.example.com"],
                ["apex", 443, "example.com"],
            ],
        );
        assert.deepEqual(
            listeners.map(({ allowedRoutes }) => allowedRoutes.namespaces),
            [{ from: "Same" }, FROM_PUBLIC, FROM_PUBLIC],
        );
        assert.deepEqual(
            listeners.map(({ tls }) => tls?.certificateRefs.map(({ name }) => name)),
            [undefined, ["gateway-tls"], ["gateway-tls"]],
        );
    });

    it("redirect every name to HTTPS for good, and keep external-dns from making a record of it", async () => {
        const redirect = find(await recordGateways(), "HTTPRoute", "site-public-redirect").inputs;
        const { namespace, annotations } = redirect["metadata"] as Record<string, unknown>;
        assert.equal(namespace, "gateways");
        assert.deepEqual(annotations, { "external-dns.alpha.kubernetes.io/controller": "none" });
        assert.deepEqual(redirect["spec"], {
            parentRefs: [
                {
                    group: "gateway.networking.k8s.io",
                    kind: "Gateway",
                    name: "public",
                    namespace: "gateways",
                    sectionName: "http",
                },
            ],
            rules: [
                {
                    filters: [
                        {
                            type: "RequestRedirect",
                            requestRedirect: { scheme: "https", statusCode: 301 },
                        },
                    ],
                },
            ],
        });
    });

    it("stand after their certificate, their policies and their controller, and are waited for", async () => {
        const gateway = find(await recordGateways(), "Gateway", "site-public");
        const after = gateway.dependsOn.map((urn) => urn.split("$").at(-1)?.split(":").slice(-3));
        const last = after.map((parts) => parts?.filter(Boolean).join(" "));
        for (const needed of [
            "Certificate site",
            "ClientTrafficPolicy site-public-http",
            "ClientTrafficPolicy site-public-https",
            "EdgeGrant site-edge",
            "EnvoyProxy site-public",
            "GatewayClass site-envoy",
            "NetworkPolicy site-gateways-default-deny",
            "Release site-envoy-gateway",
        ]) {
            assert.ok(last.includes(needed), `${needed} of ${last.join(", ")}`);
        }
        const { annotations } = gateway.inputs["metadata"] as { annotations: unknown };
        assert.deepEqual(annotations, { "pulumi.com/waitFor": "condition=Programmed" });
    });

    it("are deleted before the cluster with what makes their balancers, and the rest dies with it", async () => {
        const resources = await recordGateways();
        const alone = names(resources.filter(({ deletedWith }) => deletedWith === ""));
        assert.deepEqual(
            alone.filter((name) => !name.startsWith("NetworkPolicy")),
            [
                "Gateway site-public",
                "LimitRange site-envoy-gateway",
                "Namespace site-envoy-gateway",
                "Release site-envoy-gateway",
                "ResourceQuota site-envoy-gateway-pods",
            ],
        );
        const { dependsOn } = find(resources, "Namespace", "site-envoy-gateway");
        assert.ok(dependsOn.some((urn) => urn.endsWith("NodePool::site-workers")));
    });

    it("are made anew for another class, whose controller would not take the old balancer away", async () => {
        const gateway = find(await recordGateways(), "Gateway", "site-public");
        assert.deepEqual(gateway.replaceOnChanges, ["spec.gatewayClassName"]);
    });

    it("hold every namespace to the restricted profile, and let no pod into their own", async () => {
        const resources = await recordGateways();
        for (const { type, inputs } of resources) {
            if (!type.endsWith(":Namespace")) continue;
            const { labels } = inputs["metadata"] as { labels: Record<string, string> };
            assert.equal(labels["pod-security.kubernetes.io/enforce"], "restricted");
        }
        assert.deepEqual(specOf(resources, "ResourceQuota", "site-gateways-pods"), {
            hard: { pods: "0" },
        });
    });
});

describe("The address of a gateway", () => {
    it("is what its controller says of it", async () => {
        const seen: string[] = [];
        await record(() => {
            const { addresses } = makeGateways();
            addresses.public?.apply((address) => seen.push(address));
        }, standing("203.0.113.7"));
        assert.deepEqual(seen, ["203.0.113.7"]);
    });
});

describe("What gateways refuse", () => {
    it("rejects what contradicts itself before anything is made", async () => {
        const settings = {
            ...NAMELESS,
            kind: "cloud" as const,
            certificates: "letsencrypt" as const,
        };
        const resources = await record(() => {
            assert.throws(
                () => makeGateways({ settings }),
                (error: unknown) => {
                    assert.ok(pulumi.ResourceError.isInstance(error));
                    assert.match(String(error.message), /gateway\.certificates: letsencrypt/);
                    assert.match(String(error.message), /gateway\.kind: cloud/);
                    return true;
                },
            );
        });
        assert.deepEqual(own(resources), []);
    });
});
