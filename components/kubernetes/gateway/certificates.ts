import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { ICertificate } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate";
import type { IClusterIssuer } from "@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer";
import type { GatewaySettings } from "../../settings/service-types.ts";
import type { Labels } from "../labels.ts";
import type { Manifest } from "../manifest.ts";
import type { CertManager } from "../operators/cert-manager.ts";
import type { Within } from "../platform-namespace.ts";
import { namespaceAuthority } from "./private-authority.ts";
import type { IssuerReference, StandingIssuer } from "./private-authority.ts";

/** The directories of Let's Encrypt. What staging signs nobody trusts; in return it hardly limits how much is asked. */
const DIRECTORIES = {
    letsencrypt: "https://acme-v02.api.letsencrypt.org/directory",
    "letsencrypt-staging": "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;

/** What certificates are made with. */
export interface CertificateArgs {
    readonly settings: Pick<GatewaySettings, "certificates" | "domain" | "email">;
    readonly certManager: CertManager;
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
}

/** Who signs the gateways' certificates: Let's Encrypt for the domain, or an authority of the gateways' own. */
export function makeIssuer(name: string, args: CertificateArgs, within: Within): StandingIssuer {
    const { settings, certManager, namespace, labels } = args;
    const { certificates, domain } = settings;
    const { release, solver } = certManager;
    if (certificates === "private" || domain === undefined || solver === undefined) {
        const commonName = `${name} gateways`;
        return namespaceAuthority(name, { namespace, labels, certManager, commonName }, within);
    }
    const resource = new CustomResource(
        `${name}-${certificates}`,
        acmeIssuer({ ...settings, certificates, domain }, labels, solver),
        { ...within, dependsOn: [release] },
    );
    const reference = {
        group: "cert-manager.io",
        kind: "ClusterIssuer",
        name: certificates,
    } as const;
    return { reference, resource };
}

/** An account at Let's Encrypt, which proves the domain by a record in its zone (DNS-01): so it can sign wildcards. */
function acmeIssuer(
    args: { certificates: keyof typeof DIRECTORIES; domain: string; email?: string },
    labels: Labels,
    solver: Readonly<Record<string, pulumi.Input<unknown>>>,
) {
    const { certificates, domain, email } = args;
    const acme = {
        server: DIRECTORIES[certificates],
        ...(email !== undefined && { email }),
        privateKeySecretRef: { name: `${certificates}-account` },
    } satisfies Partial<Acme>;
    return {
        apiVersion: "cert-manager.io/v1",
        kind: "ClusterIssuer",
        metadata: {
            name: certificates,
            labels,
            annotations: { "pulumi.com/waitFor": "condition=Ready" },
        },
        spec: {
            acme: { ...acme, solvers: [{ selector: { dnsZones: [domain] }, dns01: solver }] },
        },
    };
}

/** What is stated of an ACME issuer, but its solver, which is the cloud's own. */
type Acme = Manifest<Omit<NonNullable<IClusterIssuer["spec"]["acme"]>, "solvers">>;

/** What a certificate is for. */
export interface CertificateNames {
    readonly dnsNames?: readonly string[];
    readonly ipAddresses?: readonly string[];
}

/** What a certificate is made of. */
export interface GatewayCertificateArgs {
    readonly secret: string;
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
    readonly issuer: StandingIssuer;
    readonly names: pulumi.Input<CertificateNames>;
}

/**
 * A certificate for gateways, in a Secret beside them. cert-manager renews it after two thirds of its life.
 *
 * One of the gateways' own authority is waited for. One of Let's Encrypt is not: it comes once somebody has entered the
 * zone's name servers at the parent domain, for which the zone has to stand first. Until then a temporary one keeps the
 * gateways going, which no client trusts.
 */
export function gatewayCertificate(
    name: string,
    args: GatewayCertificateArgs,
    opts: pulumi.CustomResourceOptions,
): CustomResource {
    const { secret, namespace, labels, issuer, names } = args;
    const isPrivate = issuer.reference.kind === "Issuer";
    const annotations: Record<string, string> = isPrivate
        ? { "pulumi.com/waitFor": "condition=Ready" }
        : { "cert-manager.io/issue-temporary-certificate": "true" };
    const metadata = { name: secret, namespace, labels, annotations };
    return new CustomResource(
        name,
        {
            apiVersion: "cert-manager.io/v1",
            kind: "Certificate",
            metadata,
            spec: certificateSpec(secret, issuer.reference, names),
        },
        { ...opts, dependsOn: [issuer.resource] },
    );
}

function certificateSpec(
    secretName: string,
    issuerRef: IssuerReference,
    names: pulumi.Input<CertificateNames>,
) {
    const spec = {
        secretName,
        issuerRef,
        privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
        usages: ["digital signature", "server auth"],
        revisionHistoryLimit: 3,
    } satisfies Manifest<ICertificate["spec"]>;
    return pulumi.output(names).apply((known) => ({ ...known, ...spec }));
}
