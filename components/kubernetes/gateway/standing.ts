import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { Cluster } from "../../contracts/cluster.ts";
import type { CloudGateway, Reach } from "../../contracts/edge.ts";
import { applicationLabels } from "../labels.ts";
import type { Labels } from "../labels.ts";
import { DENY_ALL } from "../network-policies.ts";
import { platformNamespace } from "../platform-namespace.ts";
import type { Within } from "../platform-namespace.ts";
import { gatewayCertificate, makeIssuer } from "./certificates.ts";
import type { CertificateNames } from "./certificates.ts";
import { ENVOY_CLASS, makeEnvoyParts } from "./envoy.ts";
import { GatewayObject } from "./gateway-object.ts";
import type { GatewaysArgs } from "./gateway.ts";
import { transportHeaders } from "./headers.ts";
import { certificateSecret } from "./listeners.ts";
import { classManifest, gatewayManifest, redirectManifest } from "./manifests.ts";
import { GATEWAYS } from "./places.ts";
import type { GatewayNames } from "./places.ts";
import type { StandingIssuer } from "./private-authority.ts";

/** What the gateways are made of. */
export interface StandingArgs<C extends Cluster> extends GatewaysArgs<C> {
    /** What turns Gateways into balancers. */
    readonly controllers: readonly pulumi.Resource[];
    /** With `kind: cloud`, what the cloud says of each gateway. */
    readonly clouds: Readonly<Partial<Record<Reach, CloudGateway>>>;
    readonly names: GatewayNames;
}

/** The namespace of the gateways, and what everything in it shares. */
interface Room {
    readonly namespace: pulumi.Output<string>;
    readonly labels: Labels;
    readonly ready: readonly pulumi.Resource[];
    /** Undefined if every balancer has its own certificate. */
    readonly issuer?: StandingIssuer;
}

/** Makes the gateways with their certificates, each waiting until its balancer has an address. */
export function makeGateways<C extends Cluster>(
    name: string,
    args: StandingArgs<C>,
    within: Within,
): Partial<Record<Reach, GatewayObject>> {
    const { settings, reaches } = args;
    const room = makeRoom(name, args, within);
    const certificate = makeDomainCertificate(name, room, args, within);
    const classes = makeClasses(name, args, room, within);
    const gateways = reaches.map((reach) => {
        const after = [...classes, ...(certificate ? [certificate] : [])];
        const gateway = makeGateway(name, reach, room, args, within, after);
        if (settings.domain === undefined) {
            makeOwnCertificate(name, reach, room, gateway, within);
        } else {
            makeRedirect(name, reach, room, args, gateway, within);
        }
        return [reach, gateway] as const;
    });
    return Object.fromEntries(gateways);
}

/** True if the gateway of a reach reads its certificate from a Secret. */
const readsSecret = (reach: Reach, { clouds }: Pick<StandingArgs<Cluster>, "clouds">): boolean =>
    clouds[reach]?.certificateSecrets ?? true;

const nameOf = (reach: Reach, { names }: Pick<StandingArgs<Cluster>, "names">): string =>
    names[reach] ?? reach;

function makeRoom<C extends Cluster>(name: string, args: StandingArgs<C>, within: Within): Room {
    const { cluster, tags, reaches } = args;
    const { name: namespace, ready } = platformNamespace(
        name,
        {
            namespace: GATEWAYS.namespace,
            version: cluster.version,
            tags,
            // Proxies run beside their controller, and the clouds' balancers outside the cluster.
            pods: 0,
            policies: { "default-deny": DENY_ALL },
        },
        within,
    );
    const labels = applicationLabels(GATEWAYS.namespace, tags);
    if (!reaches.some((reach) => readsSecret(reach, args))) return { namespace, labels, ready };
    const issuer = makeIssuer(name, { ...args, namespace, labels }, within);
    return { namespace, labels, ready, issuer };
}

/** The domain's certificate, which all gateways share; undefined without a domain, or if nobody reads it. */
function makeDomainCertificate(
    name: string,
    { namespace, labels, issuer }: Room,
    { settings: { domain } }: Pick<GatewaysArgs<Cluster>, "settings">,
    within: Within,
): CustomResource | undefined {
    if (domain === undefined || issuer === undefined) return undefined;
    const names = { dnsNames: [domain, `*.${domain}`] };
    const secret = certificateSecret("public", domain);
    return gatewayCertificate(name, { secret, namespace, labels, issuer, names }, within);
}

/** A certificate for a balancer's own name, which is only known once the gateway stands. */
function makeOwnCertificate(
    name: string,
    reach: Reach,
    { namespace, labels, issuer }: Room,
    gateway: GatewayObject,
    within: Within,
): void {
    if (issuer === undefined) return;
    const secret = certificateSecret(reach, undefined);
    const names = gateway.address.apply(namesOf);
    const args = { secret, namespace, labels, issuer, names };
    gatewayCertificate(`${name}-${reach}`, args, within);
}

/** AWS gives its balancers a name, the other clouds a number. */
function namesOf(address: string): CertificateNames {
    const isNumber = /^[\d.]+$|:/.test(address);
    return isNumber ? { ipAddresses: [address] } : { dnsNames: [address] };
}

/** The classes of the gateways, but those that the cloud brings. */
function makeClasses<C extends Cluster>(
    name: string,
    { settings, clouds, controllers }: StandingArgs<C>,
    { labels }: Room,
    within: Within,
): CustomResource[] {
    const wanted = settings.kind === "envoy" ? [ENVOY_CLASS] : Object.values(clouds);
    const classes = new Map(
        wanted.flatMap(({ className, controllerName }) =>
            controllerName === undefined ? [] : [[className, controllerName]],
        ),
    );
    return [...classes].map(
        ([className, controllerName]) =>
            new CustomResource(
                `${name}-${className}`,
                classManifest(className, controllerName, labels),
                { ...within, dependsOn: [...controllers] },
            ),
    );
}

/**
 * A Gateway, after everything that it needs.
 *
 * It does not die with the cluster: its balancer would stay behind and keep the network from being deleted. For the same
 * reason another class makes another Gateway: a controller lets go of one that is no longer its own, and of the balancer.
 */
function makeGateway<C extends Cluster>(
    name: string,
    reach: Reach,
    room: Room,
    args: StandingArgs<C>,
    within: Within,
    after: readonly pulumi.Resource[],
): GatewayObject {
    const { settings, clouds, controllers } = args;
    const { namespace, labels, ready } = room;
    const { domain } = settings;
    const secret = readsSecret(reach, args) ? certificateSecret(reach, domain) : undefined;
    const parts = makeParts(name, reach, room, args, within);
    const { parent, provider } = within;
    return new GatewayObject(
        `${name}-${reach}`,
        gatewayManifest({
            gateway: nameOf(reach, args),
            namespace,
            labels,
            listeners: {
                reach,
                ...(domain !== undefined && { domain }),
                ...(secret && { secret }),
            },
            ...(clouds[reach] && { cloud: clouds[reach] }),
        }),
        {
            parent,
            provider,
            dependsOn: [...controllers, ...ready, ...parts, ...after],
            replaceOnChanges: ["spec.gatewayClassName"],
        },
    );
}

/** What the gateway's controller reads beside it. */
function makeParts<C extends Cluster>(
    name: string,
    reach: Reach,
    { namespace, labels }: Room,
    args: StandingArgs<C>,
    within: Within,
): readonly pulumi.Resource[] {
    const { settings, edge, clouds, controllers, highAvailability, environment } = args;
    const opts = { ...within, dependsOn: [...controllers] };
    const cloud = clouds[reach];
    if (cloud) {
        return cloud.objects.map(
            ({ apiVersion, kind, name: object, spec }) =>
                new CustomResource(
                    `${name}-${object}`,
                    { apiVersion, kind, metadata: { name: object, namespace, labels }, spec },
                    opts,
                ),
        );
    }
    const headers = transportHeaders(settings, environment);
    const balancer = edge.balancer(reach);
    const gateway = nameOf(reach, args);
    const { domain } = settings;
    return makeEnvoyParts(
        `${name}-${reach}`,
        { gateway, namespace, labels, balancer, highAvailability, headers, domain },
        opts,
    );
}

function makeRedirect(
    name: string,
    reach: Reach,
    { namespace, labels }: Room,
    args: Pick<StandingArgs<Cluster>, "names">,
    gateway: GatewayObject,
    within: Within,
): void {
    new CustomResource(
        `${name}-${reach}-redirect`,
        redirectManifest(reach, { gateway: nameOf(reach, args), namespace, labels }),
        { ...within, dependsOn: [gateway] },
    );
}
