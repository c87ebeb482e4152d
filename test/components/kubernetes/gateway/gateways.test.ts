import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { validate } from "../schemas.ts";
import { record } from "../record.ts";
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
import type { Change } from "./support.ts";

/** A listener's part that decides who gets in. */
interface Listener {
    readonly name: string;
    readonly port: number;
    readonly hostname?: string;
    readonly tls?: { readonly certificateRefs: readonly { readonly name: string }[] };
    readonly allowedRoutes: { readonly namespaces: unknown };
}

const listenersOf = (spec: Record<string, unknown>) => spec["listeners"] as Listener[];

const isPolicy = ({ type }: { type: string }) => type.endsWith(":NetworkPolicy");

const FROM_PUBLIC = {
    from: "Selector",
    selector: { matchLabels: { "platform/exposed": "public" } },
};

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

    it("speak TLS 1.2 or newer with forward secrecy, and say so to browsers", async () => {
        const resources = await recordGateways({ environment: "prod" });
        const spec = specOf(resources, "ClientTrafficPolicy", "site-public-https");
        const tls = spec["tls"] as { minVersion: string; ciphers: string[] };
        assert.equal(tls.minVersion, "1.2");
        for (const suite of tls.ciphers) assert.match(suite, /^ECDHE-.*(GCM|POLY1305)/);
        assert.deepEqual(
            (spec["targetRefs"] as { sectionName: string }[]).map(({ sectionName }) => sectionName),
            ["https", "apex"],
        );
        const { lateResponseHeaders } = spec["headers"] as { lateResponseHeaders: unknown };
        assert.deepEqual(lateResponseHeaders, {
            addIfAbsent: [
                { name: "X-Content-Type-Options", value: "nosniff" },
                { name: "X-Frame-Options", value: "DENY" },
            ],
            set: [
                {
                    name: "Strict-Transport-Security",
                    value: "max-age=31536000; includeSubDomains",
                },
            ],
        });
    });

    it("let browsers forget within a day what was only tried", async () => {
        const spec = specOf(await recordGateways(), "ClientTrafficPolicy", "site-public-https");
        assert.match(JSON.stringify(spec), /"max-age=86400; includeSubDomains"/);
        const plain = specOf(await recordGateways(), "ClientTrafficPolicy", "site-public-http");
        assert.doesNotMatch(JSON.stringify(plain), /max-age/);
    });

    it("make proxies that survive a zone, and a balancer as the cloud says", async () => {
        const spec = specOf(await recordGateways(), "EnvoyProxy", "site-public");
        const { kubernetes } = spec["provider"] as { kubernetes: Record<string, object> };
        const { envoyHpa, envoyPDB, envoyService } = kubernetes;
        assert.deepEqual(envoyPDB, {
            maxUnavailable: 1,
            patch: {
                type: "StrategicMerge",
                value: { spec: { unhealthyPodEvictionPolicy: "AlwaysAllow" } },
            },
        });
        assert.equal((envoyHpa as { minReplicas: number }).minReplicas, 3);
        assert.deepEqual(envoyService, {
            type: "LoadBalancer",
            externalTrafficPolicy: "Local",
            annotations: { "cloud/scheme": "internet-facing" },
            loadBalancerClass: "cloud/nlb",
        });
    });

    it("believe what a balancer tells of clients where it tells, and nothing else", async () => {
        const proxyProtocol = async (edge: Change["edge"]) => {
            const resources = await recordGateways({ edge });
            return ["http", "https"].map(
                (role) =>
                    specOf(resources, "ClientTrafficPolicy", `site-public-${role}`)[
                        "proxyProtocol"
                    ],
            );
        };
        assert.deepEqual(await proxyProtocol({ balancer: { proxyProtocol: true } }), [
            { optional: false },
            { optional: false },
        ]);
        assert.deepEqual(await proxyProtocol({}), [undefined, undefined]);
    });

    it("have one proxy and no budget otherwise, or its node could not be drained (G3.18)", async () => {
        const resources = await recordGateways({ highAvailability: false });
        const spec = specOf(resources, "EnvoyProxy", "site-public");
        const { kubernetes } = spec["provider"] as { kubernetes: Record<string, object> };
        assert.equal((kubernetes["envoyHpa"] as { minReplicas: number }).minReplicas, 1);
        assert.equal("envoyPDB" in kubernetes, false);
    });

    it("log requests without what is asked for behind their paths", async () => {
        const spec = specOf(await recordGateways(), "EnvoyProxy", "site-public");
        const text = JSON.stringify(spec["telemetry"]);
        assert.match(text, /"path":"%PATH\(NQ:ORIG_OR_PATH\)%"/);
        assert.doesNotMatch(text, /REQ\(:PATH\)|AUTHORIZATION|COOKIE|REFERER/);
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

describe("Certificates of gateways", () => {
    it("come from Let's Encrypt by a record in the zone, and do not hold up the first run", async () => {
        const resources = await recordGateways();
        assert.deepEqual(specOf(resources, "ClusterIssuer", "site-letsencrypt"), {
            acme: {
                server: "https://acme-v02.api.letsencrypt.org/directory",
                email: "ops@example.com",
                privateKeySecretRef: { name: "letsencrypt-account" },
                solvers: [
                    {
                        selector: { dnsZones: ["example.com"] },
                        dns01: { route53: { region: "eu-central-1", hostedZoneID: "Z1" } },
                    },
                ],
            },
        });
        const { metadata, spec } = find(resources, "Certificate", "site").inputs as {
            metadata: { annotations: unknown };
            spec: Record<string, unknown>;
        };
        assert.deepEqual(metadata.annotations, {
            "cert-manager.io/issue-temporary-certificate": "true",
        });
        assert.deepEqual(spec["dnsNames"], ["example.com", "*.example.com"]);
        assert.deepEqual(spec["privateKey"], {
            algorithm: "ECDSA",
            size: 256,
            rotationPolicy: "Always",
        });
    });

    it("come from its staging directory where that is asked for", async () => {
        const settings = { ...GATEWAY, certificates: "letsencrypt-staging" as const };
        const issuer = find(
            await recordGateways({ settings }),
            "ClusterIssuer",
            "site-letsencrypt-staging",
        );
        assert.match(JSON.stringify(issuer.inputs), /acme-staging-v02\.api\.letsencrypt\.org/);
    });

    it("come from an authority of the gateways' own, whose key stays when it is renewed", async () => {
        const settings = { ...GATEWAY, certificates: "private" as const };
        const resources = await recordGateways({ settings });
        assert.deepEqual(specOf(resources, "Certificate", "site-private-ca"), {
            isCA: true,
            commonName: "site gateways",
            secretName: "private-ca",
            duration: "87600h0m0s",
            renewBefore: "8760h0m0s",
            privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" },
            usages: ["cert sign", "crl sign", "digital signature"],
            issuerRef: { group: "cert-manager.io", kind: "Issuer", name: "private-root" },
        });
        assert.deepEqual(specOf(resources, "Issuer", "site-private"), {
            ca: { secretName: "private-ca" },
        });
        const { annotations } = find(resources, "Certificate", "site").inputs["metadata"] as {
            annotations: unknown;
        };
        assert.deepEqual(annotations, { "pulumi.com/waitFor": "condition=Ready" });
    });
});

describe("Gateways without a domain", () => {
    it("answer at both ports, and promise no browser that they always will over TLS", async () => {
        const resources = await recordGateways({ settings: NAMELESS });
        const listeners = listenersOf(specOf(resources, "Gateway", "site-public"));
        assert.deepEqual(
            listeners.map(({ name, port, hostname, allowedRoutes }) => [
                name,
                port,
                hostname,
                allowedRoutes.namespaces,
            ]),
            [
                ["http", 80, undefined, FROM_PUBLIC],
                ["https", 443, undefined, FROM_PUBLIC],
            ],
        );
        assert.deepEqual(
            names(resources).filter((name) => /HTTPRoute|external-dns/.test(name)),
            [],
        );
        assert.doesNotMatch(JSON.stringify(resources), /max-age/);
    });

    it("have a private certificate for the balancer's own name or number, once it stands", async () => {
        const named = await recordGateways({ settings: NAMELESS }, "lb-1.elb.amazonaws.com");
        const certificate = find(named, "Certificate", "site-public");
        const { dnsNames, ipAddresses, secretName } = certificate.inputs["spec"] as Record<
            string,
            unknown
        >;
        assert.deepEqual(
            [dnsNames, ipAddresses, secretName],
            [["lb-1.elb.amazonaws.com"], undefined, "gateway-tls-public"],
        );
        for (const number of ["203.0.113.7", "2001:db8::7"]) {
            const spec = specOf(
                await recordGateways({ settings: NAMELESS }, number),
                "Certificate",
                "site-public",
            );
            assert.deepEqual([spec["dnsNames"], spec["ipAddresses"]], [undefined, [number]]);
        }
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

describe("Gateways of a cloud", () => {
    const settings = { ...GATEWAY, kind: "cloud" as const };
    const object = {
        apiVersion: "cloud.io/v1",
        kind: "Parameters",
        name: "public",
        spec: { a: 1 },
    };

    it("have the cloud's class, annotations and objects, and no Envoy", async () => {
        const cloud = {
            controllerName: "cloud.io/controller",
            objects: [object],
            addresses: [{ type: "NamedAddress", value: "site-public" }],
            parameters: { group: "cloud.io", kind: "Parameters", name: "public" },
        };
        const resources = await recordGateways({ settings, edge: { cloud } });
        const gateway = find(resources, "Gateway", "site-public");
        validate(gateway.type, gateway.inputs);
        const { metadata, spec } = gateway.inputs as {
            metadata: { annotations: unknown };
            spec: Record<string, unknown>;
        };
        assert.deepEqual(metadata.annotations, {
            "cloud/name": "public",
            "pulumi.com/waitFor": "condition=Programmed",
        });
        const { listeners: _, ...rest } = spec;
        assert.deepEqual(rest, {
            gatewayClassName: "cloud-public",
            addresses: [{ type: "NamedAddress", value: "site-public" }],
            infrastructure: { parametersRef: cloud.parameters },
        });
        assert.deepEqual(specOf(resources, "Parameters", "site-public"), { a: 1 });
        assert.deepEqual(specOf(resources, "GatewayClass", "site-cloud-public"), {
            controllerName: "cloud.io/controller",
        });
        assert.deepEqual(
            names(resources).filter((name) => /Envoy|envoy|Traffic/.test(name)),
            [],
        );
    });

    it("bring the types of the Gateway API before the cloud's controller, which has its own namespace", async () => {
        const addon = {
            chart: "aws-load-balancer-controller",
            namespace: "cloud-system",
            values: {},
            dependsOn: [],
        };
        const resources = await recordGateways({ settings, edge: { addons: [addon] } });
        const types = find(resources, "Release", "site-gateway-api-crds");
        assert.deepEqual(types.inputs["values"], {
            standard: { enabled: true },
            global: { resourcePolicy: { keep: true } },
        });
        const { dependsOn } = find(resources, "Release", "site-aws-load-balancer-controller");
        assert.ok(dependsOn.includes(types.urn));
        assert.ok(dependsOn.some((urn) => urn.endsWith("site-cloud-system-default-deny")));
        assert.ok(find(resources, "Gateway", "site-public").dependsOn.includes(types.urn));
        const edge = { hasGatewayTypes: true, addons: [addon] };
        const brought = names(await recordGateways({ settings, edge }));
        assert.equal(brought.includes("Release site-gateway-api-crds"), false);
    });

    it("make no class that the cloud brings", async () => {
        const resources = await recordGateways({ settings });
        assert.deepEqual(
            names(resources).filter((name) => name.startsWith("GatewayClass")),
            [],
        );
    });

    it("have no certificate where the balancer has its own", async () => {
        const cloud = { certificateSecrets: false };
        const resources = await recordGateways({ settings, edge: { cloud } });
        assert.deepEqual(
            names(resources).filter((name) => /Certificate|Issuer/.test(name)),
            [],
        );
        const listeners = listenersOf(specOf(resources, "Gateway", "site-public"));
        assert.deepEqual(
            listeners.map(({ tls }) => tls),
            [undefined, undefined, undefined],
        );
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
