import assert from "node:assert/strict";
import { privateAuthority } from "../../../../components/kubernetes/operators/authority.ts";
import { record } from "../record.ts";
import { CloudThing, one, specOf, stored, validateAll } from "../services/support.ts";
import { FakeCluster } from "../site.ts";

const PEM = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";

/** Makes an authority and returns what it made, and its certificate as something else would be given it. */
async function authority() {
    const all = await record(
        () => {
            const { provider } = new FakeCluster("site");
            const release = new CloudThing("Operator", "cert-manager");
            const { certificate } = privateAuthority(
                "site",
                { release, namespace: "cert-manager" },
                { provider },
            );
            new CloudThing("Secret", "client", {}, { certificate });
        },
        {
            "kubernetes:cert-manager.io/v1:CertificateRequest": {
                status: { ca: Buffer.from(PEM).toString("base64") },
            },
        },
    );
    const own = all.filter(({ type }) => type.includes("cert-manager.io"));
    return { own, certificate: stored(all, "client")["certificate"] };
}

describe("privateAuthority", () => {
    it("reads its certificate from the answer to a request, and no private key from anywhere", async () => {
        const { own, certificate } = await authority();
        assert.equal(certificate, PEM);
        assert.equal(
            own.some(({ type }) => type.endsWith(":Secret")),
            false,
        );
    });

    it("signs itself for ten years, and keeps its key when it is renewed", async () => {
        const { own } = await authority();
        assert.deepEqual(specOf(own, "Certificate"), {
            isCA: true,
            commonName: "data-services",
            secretName: "data-services",
            duration: "87600h0m0s",
            renewBefore: "8760h0m0s",
            privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" },
            usages: ["cert sign", "crl sign"],
            issuerRef: { name: "self-signed", kind: "Issuer", group: "cert-manager.io" },
        });
        assert.deepEqual(specOf(own, "ClusterIssuer"), { ca: { secretName: "data-services" } });
    });

    it("makes objects that the published schemas know, each after the one that it needs", async () => {
        const { own } = await authority();
        validateAll(own, /^$/);
        const after = (kind: string) =>
            one(own, kind).dependsOn.map((urn) => urn.split("::").at(-1));
        assert.deepEqual(after("Issuer"), ["cert-manager"]);
        assert.deepEqual(after("Certificate"), ["site-authority-self"]);
        assert.deepEqual(after("ClusterIssuer"), ["site-authority"]);
        assert.deepEqual(after("CertificateRequest"), ["site-authority"]);
    });

    it("asks with a request in somebody's name who is not", async () => {
        const { own } = await authority();
        const { request } = specOf<{ request: string }>(own, "CertificateRequest");
        const [head, ...lines] = Buffer.from(request, "base64").toString("utf8").trim().split("\n");
        const foot = lines.pop();
        assert.deepEqual(
            [head, foot],
            ["-----BEGIN CERTIFICATE REQUEST-----", "-----END CERTIFICATE REQUEST-----"],
        );
        assert.ok(Buffer.from(lines.join(""), "base64").includes("nobody.invalid"));
    });
});
