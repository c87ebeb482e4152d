import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { ICertificate } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate";
import type { IIssuer } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Issuer";
import type { Labels } from "../labels.ts";
import type { Manifest } from "../manifest.ts";
import type { CertManager } from "../operators/cert-manager.ts";
import type { Within } from "../platform-namespace.ts";

/** Names within the namespace: what signs the authority's own certificate, the authority, and its Secret. */
const ROOT = "private-root";
const AUTHORITY = "private";
const AUTHORITY_SECRET = "private-ca";

/** An issuer, as Certificates name it. */
export interface IssuerReference {
    readonly group: "cert-manager.io";
    readonly kind: "Issuer" | "ClusterIssuer";
    readonly name: string;
}

/** An issuer that stands. */
export interface StandingIssuer {
    readonly reference: IssuerReference;
    readonly resource: pulumi.Resource;
}

/** Where a private authority is made. */
export interface PrivateAuthorityArgs {
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
    readonly certManager: Pick<CertManager, "release">;
    /** What the authority is called in its own certificate. */
    readonly commonName: string;
}

/**
 * A certificate authority of a namespace's own, which signs for nobody outside it.
 *
 * Its key is made in the cluster and never leaves it. Clients trust it by its certificate, `ca.crt` of the Secret
 * `private-ca`. The authority lives ten years and keeps its key when it is renewed, so that those who trust it go on doing
 * so.
 */
export function namespaceAuthority(
    name: string,
    args: PrivateAuthorityArgs,
    within: Within,
): StandingIssuer {
    const { namespace, labels, certManager, commonName } = args;
    const metadata = (of: string) => ({ name: of, namespace, labels, annotations: READY });
    const after = (resource: pulumi.Resource) => ({ ...within, dependsOn: [resource] });
    const root = new CustomResource(
        `${name}-${ROOT}`,
        issuer(metadata(ROOT), { selfSigned: {} }),
        after(certManager.release),
    );
    const certificate = new CustomResource(
        `${name}-${AUTHORITY_SECRET}`,
        authority(metadata(AUTHORITY_SECRET), commonName),
        after(root),
    );
    const resource = new CustomResource(
        `${name}-${AUTHORITY}`,
        issuer(metadata(AUTHORITY), { ca: { secretName: AUTHORITY_SECRET } }),
        after(certificate),
    );
    return { reference: referenceTo(AUTHORITY), resource };
}

const READY = { "pulumi.com/waitFor": "condition=Ready" };

const referenceTo = (name: string): IssuerReference => ({
    group: "cert-manager.io",
    kind: "Issuer",
    name,
});

/** The metadata of an object in a namespace. */
interface Metadata {
    readonly name: string;
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
    readonly annotations: Readonly<Record<string, string>>;
}

function issuer(metadata: Metadata, spec: Manifest<IIssuer["spec"]>) {
    return {
        apiVersion: "cert-manager.io/v1",
        kind: "Issuer",
        metadata,
        spec,
    } satisfies Manifest<IIssuer>;
}

function authority(metadata: Metadata, commonName: string) {
    return {
        apiVersion: "cert-manager.io/v1",
        kind: "Certificate",
        metadata,
        spec: {
            isCA: true,
            commonName,
            secretName: AUTHORITY_SECRET,
            // Ten years; a year before the end it is renewed.
            duration: "87600h0m0s",
            renewBefore: "8760h0m0s",
            privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" },
            usages: ["cert sign", "crl sign", "digital signature"],
            issuerRef: referenceTo(ROOT),
        },
    } satisfies Manifest<ICertificate>;
}
