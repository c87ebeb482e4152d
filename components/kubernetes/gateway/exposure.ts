import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { input } from "@pulumi/kubernetes/types/index.js";
import { PUBLIC_TLS } from "../../contracts/destination.ts";
import type { CloudGateway, Reach } from "../../contracts/edge.ts";
import { refuse } from "../../lib/errors.ts";
import type { Problem } from "../../lib/problem.ts";
import type { ExposeSettings } from "../../settings/expose-types.ts";
import type { Labels } from "../labels.ts";
import { letIn, letOut, podsOf } from "../openings.ts";
import type { Within } from "../platform-namespace.ts";
import type { Gateways } from "./gateway.ts";
import { PROTECTIVE_HEADERS, transportHeaders } from "./headers.ts";
import { ENVOY_GATEWAY, LISTENERS, proxyLabels } from "./places.ts";
import { exposureProblems } from "./problems.ts";
import { backendPolicySpec, securityPolicySpec } from "./traffic.ts";
import { routeSpec } from "./route.ts";

/** An application that a gateway leads to. Its namespace has the labels of `exposedLabels`. */
export interface ExposureArgs {
    readonly application: string;
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
    readonly settings: ExposeSettings;
    readonly reach: Reach;
    /** The Service, by the port that it has itself. */
    readonly service: { readonly name: string; readonly port: number };
    /** The pods behind it, by the port that they listen on. */
    readonly pods: { readonly labels: Labels; readonly port: number };
    /** Where a balancer asks whether a pod is ready. */
    readonly healthPath: string;
    readonly gateways: Gateways;
}

/** An application that can be reached. */
export interface Exposure {
    /** Where. Unknown until the balancer stands, if the site has no domain. */
    readonly urls: pulumi.Output<readonly string[]>;
}

/**
 * Leads a gateway to an application: the route, the policies about it, and the way in for the gateway's own pods or
 * addresses.
 *
 * Everything lies in the application's namespace, so nothing has to be granted across namespaces; only the keys that
 * tokens are signed with are fetched by the proxies, which have to be let out for it.
 */
export function exposeApplication(name: string, args: ExposureArgs, within: Within): Exposure {
    const { application, settings, reach, gateways } = args;
    const path = `applications.${application}.expose`;
    const gateway = gateways.objects[reach];
    refuse(gateways, name, [
        ...(gateway ? [] : [absent(path, reach)]),
        ...exposureProblems(settings, gateways.settings, { path }),
    ]);
    const ready = gateway ? [gateway] : [];
    const cloud = gateways.clouds[reach];
    const opts = { ...within, dependsOn: ready };
    // After the gateway, too: where another takes the place of one that stands, that one is let in until then.
    const wayIn = makeWayIn(name, args, cloud, opts);
    // A route that came before its policies would be open for a moment to those whom they refuse.
    const before = cloud ? makeBackendObjects(name, args, opts) : makePolicies(name, args, opts);
    makeRoute(name, args, cloud, { ...within, dependsOn: [...ready, wayIn, ...before] });
    return { urls: urlsOf(args, gateways.addresses[reach] ?? pulumi.output("")) };
}

const absent = (path: string, value: Reach): Problem => ({
    path: `${path}.reach`,
    value,
    message: "is a gateway that the site does not have",
    fix: "Add it to the reaches of the gateways",
});

/** The names that an application answers to; none if the site has no domain. */
export function hostsOf(
    application: string,
    hosts: readonly string[],
    domain: string | undefined,
): readonly string[] {
    if (hosts.length > 0) return hosts;
    return domain === undefined ? [] : [`${application}.${domain}`];
}

/** True if plain HTTP has to be refused to an application: without a domain it is answered, and tokens would be read. */
function tlsOnly({ jwt }: Pick<ExposeSettings, "jwt">, domain: string | undefined): boolean {
    return jwt !== undefined && domain === undefined;
}

/** The name of the gateway that it is behind. */
const gatewayNameOf = ({ reach, gateways }: ExposureArgs): string => gateways.names[reach] ?? reach;

const metadataOf = ({ application, namespace, labels }: ExposureArgs, role?: string) => ({
    name: role === undefined ? application : `${application}-${role}`,
    namespace,
    labels,
});

/** Lets the gateway in at the pods' port: Envoy by its pods, a cloud's balancer by the addresses that it comes from. */
function makeWayIn(
    name: string,
    args: ExposureArgs,
    cloud: CloudGateway | undefined,
    opts: pulumi.CustomResourceOptions,
): NetworkPolicy {
    const { pods, namespace, labels } = args;
    const from: input.networking.v1.NetworkPolicyPeer[] = cloud
        ? cloud.sources.map((cidr) => ({ ipBlock: { cidr } }))
        : [podsOf(ENVOY_GATEWAY.namespace, proxyLabels(gatewayNameOf(args)))];
    return new NetworkPolicy(
        `${name}-allow-gateway`,
        {
            metadata: { name: "allow-gateway", namespace, labels },
            spec: letIn(from, [pods.port], pods.labels),
        },
        opts,
    );
}

function makeRoute(
    name: string,
    args: ExposureArgs,
    cloud: CloudGateway | undefined,
    opts: pulumi.CustomResourceOptions,
): void {
    const { application, settings, service, gateways } = args;
    const { domain } = gateways.settings;
    const gateway = gatewayNameOf(args);
    const headers =
        cloud && !cloud.setsHeaders
            ? [...PROTECTIVE_HEADERS, ...transportHeaders(gateways.settings, gateways.environment)]
            : [];
    const hosts = hostsOf(application, settings.hosts, domain);
    const listener = tlsOnly(settings, domain) ? LISTENERS.https : undefined;
    new CustomResource(
        name,
        {
            apiVersion: "gateway.networking.k8s.io/v1",
            kind: "HTTPRoute",
            metadata: metadataOf(args),
            spec: routeSpec({
                gateway,
                ...(listener !== undefined && { listener }),
                hosts,
                settings,
                service,
                headers,
            }),
        },
        opts,
    );
}

const ENVOY_API = "gateway.envoyproxy.io/v1alpha1";

/** What Envoy does about an application, and what it has to reach for that. */
function makePolicies(
    name: string,
    args: ExposureArgs,
    opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
    const { application, settings } = args;
    const make = (kind: string, spec: object) => {
        const manifest = { apiVersion: ENVOY_API, kind, metadata: metadataOf(args), spec };
        return new CustomResource(name, manifest, opts);
    };
    const security = securityPolicySpec(application, settings);
    return [
        make("BackendTrafficPolicy", backendPolicySpec(application, settings)),
        ...(security ? [make("SecurityPolicy", security)] : []),
        ...(settings.jwt ? [makeWayToKeys(name, args, opts)] : []),
    ];
}

/** What a cloud's balancer needs beside the Service. */
function makeBackendObjects(
    name: string,
    args: ExposureArgs,
    opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
    const { service, reach, healthPath, gateways, namespace, labels } = args;
    const backend = { service: service.name, port: service.port, healthPath, reach };
    return gateways.edge.backendObjects(backend).map(({ apiVersion, kind, name: object, spec }) => {
        const metadata = { name: object, namespace, labels };
        return new CustomResource(`${name}-${object}`, { apiVersion, kind, metadata, spec }, opts);
    });
}

/** Lets the proxies out to where the keys of tokens are published. */
function makeWayToKeys(
    name: string,
    args: ExposureArgs,
    opts: pulumi.CustomResourceOptions,
): NetworkPolicy {
    const { application, labels } = args;
    return new NetworkPolicy(
        `${name}-allow-keys`,
        {
            metadata: {
                name: `allow-keys-${application}`,
                namespace: ENVOY_GATEWAY.namespace,
                labels,
            },
            spec: letOut([PUBLIC_TLS], proxyLabels(gatewayNameOf(args))),
        },
        opts,
    );
}

function urlsOf(
    { application, settings, gateways }: ExposureArgs,
    address: pulumi.Output<string>,
): pulumi.Output<readonly string[]> {
    const { domain } = gateways.settings;
    const { hosts, paths } = settings;
    const under = (origin: string) => paths.map((path) => `${origin}${path}`);
    const scheme = tlsOnly(settings, domain) ? "https" : "http";
    if (domain === undefined) return address.apply((known) => under(`${scheme}://${known}`));
    return pulumi.output(
        hostsOf(application, hosts, domain).flatMap((host) => under(`https://${host}`)),
    );
}
