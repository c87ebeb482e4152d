import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { ICertificate } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate";
import type { ICertificateRequest } from "@kubernetes-models/cert-manager/cert-manager.io/v1/CertificateRequest";
import type { IClusterIssuer } from "@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer";
import type { IIssuer } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Issuer";
import type { Manifest } from "../manifest.ts";
import type { Within } from "../platform-namespace.ts";

/** The name of the authority, of its issuer and of what belongs to it. */
const NAME = "data-services";

/** The issuer that signs the authority itself, in the namespace of cert-manager. */
const SELF = "self-signed";

/** cert-manager, as far as the authority needs it. */
export interface CertManager {
    /** What has to stand before its objects are made. */
    readonly release: pulumi.Resource;
    /** Where it keeps the keys of cluster-wide issuers. */
    readonly namespace: string;
}

/** A private certificate authority that stands. */
export interface Authority {
    /** The ClusterIssuer that signs for it. */
    readonly issuer: string;
    /** Its certificate as PEM, for clients. It is public. */
    readonly certificate: pulumi.Output<string>;
    /** What has to stand before something is signed. */
    readonly ready: pulumi.Resource;
}

/**
 * The private authority that signs the certificates of a cluster's own data services.
 *
 * Its key never leaves the namespace of cert-manager. Its certificate holds for ten years and is renewed a year before,
 * with the same key, so that clients who know the old one are served until they have read the new one.
 *
 * @see https://cert-manager.io/docs/configuration/ca/
 */
export function privateAuthority(
    name: string,
    { release, namespace }: CertManager,
    within: Within,
): Authority {
    const prefix = `${name}-authority`;
    const self = new CustomResource(
        `${prefix}-self`,
        {
            apiVersion: "cert-manager.io/v1",
            kind: "Issuer",
            metadata: { name: SELF, namespace, annotations: WAIT },
            spec: { selfSigned: {} },
        } satisfies Manifest<IIssuer>,
        { ...within, dependsOn: [release] },
    );
    const root = new CustomResource(prefix, rootManifest(namespace), {
        ...within,
        dependsOn: [self],
    });
    const ready = new CustomResource(
        prefix,
        {
            apiVersion: "cert-manager.io/v1",
            kind: "ClusterIssuer",
            metadata: { name: NAME, annotations: WAIT },
            spec: { ca: { secretName: NAME } },
        } satisfies Manifest<IClusterIssuer>,
        { ...within, dependsOn: [root] },
    );
    return {
        issuer: NAME,
        certificate: askForCertificate(prefix, namespace, ready, within),
        ready,
    };
}

/** Makes Pulumi wait until cert-manager has done its part. */
const WAIT = { "pulumi.com/waitFor": "condition=Ready" };

function rootManifest(namespace: string) {
    return {
        apiVersion: "cert-manager.io/v1",
        kind: "Certificate",
        metadata: { name: NAME, namespace, annotations: WAIT },
        spec: {
            isCA: true,
            commonName: NAME,
            secretName: NAME,
            duration: "87600h0m0s",
            renewBefore: "8760h0m0s",
            privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" },
            usages: ["cert sign", "crl sign"],
            issuerRef: { name: SELF, kind: "Issuer", group: "cert-manager.io" },
        },
    } satisfies Manifest<ICertificate>;
}

/**
 * A request to be signed whose private key nobody has any more. What it is signed with is of no use to anybody.
 *
 * Pulumi sees the authority's certificate only in the answer to a request: everything else that shows it, shows a
 * private key beside it.
 */
const REQUEST =
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIVU1Ic0NBUUF3R1RFWE1CVUdBMVVFQXd3T2JtOWliMlI1TG1sdWRtRnNhV1F3V1RB" +
    "VEJnY3Foa2pPUFFJQgpCZ2dxaGtqT1BRTUJCd05DQUFTYXRra3UvZ1dBZEF4d0k3UGp0SXV0TXMzZHA1R3JSdXQ0T0RCOE9QSHNocEltCjdGKzNTZmdo" +
    "VjRCTStNZzRWU2tMdXJ4MEtXbFNzSDVuNXNidlNxWDFvQUF3Q2dZSUtvWkl6ajBFQXdJRFNRQXcKUmdJaEFNY3RzMkdqNEY1NjhRMmZPUWRaRVRvS0M3" +
    "OEtJcGkwc3dVZEt2cXFuVmhOQWlFQTRyOS9IUWRPYXB4UwpGK0NIZUl4dldxbjVOcUJNditSWDR0TTdOUkIzdjhzPQotLS0tLUVORCBDRVJUSUZJQ0FU" +
    "RSBSRVFVRVNULS0tLS0K";

/** An object whose status Pulumi waits for and reads. */
class CertificateRequest extends CustomResource {
    /** `ca` is the authority's certificate: PEM, in Base64 as all bytes in Kubernetes are. */
    declare readonly status: pulumi.Output<{ readonly ca: string }>;
}

function askForCertificate(
    prefix: string,
    namespace: string,
    issuer: pulumi.Resource,
    within: Within,
): pulumi.Output<string> {
    const manifest = {
        apiVersion: "cert-manager.io/v1",
        kind: "CertificateRequest",
        metadata: { name: `${NAME}-reader`, namespace, annotations: WAIT },
        spec: {
            request: REQUEST,
            duration: "1h0m0s",
            usages: ["client auth"],
            issuerRef: { name: NAME, kind: "ClusterIssuer", group: "cert-manager.io" },
        },
    } satisfies Manifest<ICertificateRequest>;
    // Only what the resource knows as a property is filled from what the API server answers.
    const asked = new CertificateRequest(
        `${prefix}-reader`,
        { ...manifest, status: undefined },
        { ...within, dependsOn: [issuer] },
    );
    return asked.status.apply(({ ca }) => Buffer.from(ca, "base64").toString("utf8"));
}

/** A certificate for servers of one namespace. */
export interface CertificateArgs {
    readonly authority: Authority;
    readonly namespace: pulumi.Input<string>;
    /** The Secret that it is kept in, with `tls.crt`, `tls.key` and `ca.crt`. */
    readonly secret: string;
    /** The names by which clients know the servers. */
    readonly names: readonly string[];
}

/** A certificate that the private authority signs for 90 days and renews after 60. Servers read it again by themselves. */
export function certificate(
    name: string,
    { authority, namespace, secret, names }: CertificateArgs,
    within: Within,
): CustomResource {
    const manifest = {
        apiVersion: "cert-manager.io/v1",
        kind: "Certificate",
        metadata: { name: secret, namespace, annotations: WAIT },
        spec: {
            secretName: secret,
            dnsNames: [...names],
            duration: "2160h0m0s",
            renewBefore: "720h0m0s",
            // The one encoding that all of the services read.
            privateKey: {
                algorithm: "ECDSA",
                size: 256,
                encoding: "PKCS8",
                rotationPolicy: "Always",
            },
            usages: ["digital signature", "server auth", "client auth"],
            issuerRef: { name: authority.issuer, kind: "ClusterIssuer", group: "cert-manager.io" },
        },
    } satisfies Manifest<ICertificate>;
    return new CustomResource(name, manifest, { ...within, dependsOn: [authority.ready] });
}
