import assert from "node:assert/strict";
import { FROM_PUBLIC, listenersOf } from "./listeners.ts";
import { GATEWAY, NAMELESS, find, names, recordGateways, specOf } from "./support.ts";

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
