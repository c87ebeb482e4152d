/** Gateways, routes and certificates: what the API server and the controllers refuse, and what they say of them. */
import { get, isObject } from "../../paths.ts";
import type { Draft, Json, Properties, Refusal, World } from "../../table.ts";
import { cloudOf, clusterAt, here } from "./clusters.ts";

const CLASS = "kubernetes:gateway.networking.k8s.io/v1:GatewayClass";
const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const ISSUERS = "kubernetes:cert-manager.io/v1:";

/** The classes that clouds bring themselves, or by their controller's chart. */
const CLOUD_CLASSES: Readonly<Record<string, RegExp>> = {
    gcp: /^gke-l7-/,
    "azure-native": /^azure-alb-external$/,
};

const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const objects = (value: Json | undefined): Properties[] =>
    Array.isArray(value) ? value.filter(isObject) : [];

/** Refusals beyond what every kind has, by group and kind. */
export const GATEWAY_ADMISSION: Readonly<
    Record<string, (draft: Draft, world: World) => readonly Refusal[]>
> = {
    "gateway.networking.k8s.io:Gateway": (draft, world) => [
        ...admitListeners(objects(get(draft.inputs, "spec.listeners"))),
        ...admitClass(draft, world),
    ],
    "gateway.networking.k8s.io:HTTPRoute": admitRoute,
    "cert-manager.io:Certificate": admitCertificate,
};

/** The rules that the definition of Gateways carries, in its own words. */
function admitListeners(listeners: readonly Properties[]): Refusal[] {
    const places = listeners.map(({ port, protocol, hostname }) =>
        [port, protocol, hostname ?? ""].join(" "),
    );
    const broken = {
        "Listener name must be unique within the Gateway": isDistinct(
            listeners.map(({ name }) => text(name)),
        ),
        "Combination of port, protocol and hostname must be unique for each listener":
            isDistinct(places),
        "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']": listeners.every(
            ({ protocol, tls }) => tls === undefined || protocol === "HTTPS" || protocol === "TLS",
        ),
        "certificateRefs or options must be specified when mode is Terminate": listeners.every(
            ({ tls }) => !isObject(tls) || tls["mode"] === "Passthrough" || hasCertificate(tls),
        ),
    };
    return Object.entries(broken)
        .filter(([, holds]) => !holds)
        .map(([reason]) => ({ property: "spec.listeners", reason: `Invalid value: ${reason}` }));
}

const isDistinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

const hasCertificate = ({ certificateRefs, options }: Properties): boolean =>
    objects(certificateRefs).length > 0 || isObject(options);

/** A Gateway of an unknown class is taken, and then waited for in vain. */
function admitClass(draft: Draft, world: World): Refusal[] {
    const name = text(get(draft.inputs, "spec.gatewayClassName"));
    const cluster = clusterAt(draft.scope.account, world);
    if (here(draft, world, CLASS).some(({ id }) => id === name)) return [];
    if (!cluster || CLOUD_CLASSES[cloudOf(cluster)]?.test(name)) return [];
    const reason =
        `timed out waiting for the condition Programmed: Waiting for controller ` +
        `(gatewayclasses.gateway.networking.k8s.io "${name}" not found)`;
    return [{ property: "spec.gatewayClassName", reason }];
}

/** A route that no listener takes leads nowhere; the API server would not say so, the Gateway's controller does. */
function admitRoute(draft: Draft, world: World): Refusal[] {
    // Unit tests use clusters that stand nowhere; those are taken to have what is needed.
    if (!clusterAt(draft.scope.account, world)) return [];
    return objects(get(draft.inputs, "spec.parentRefs")).flatMap((parent) => {
        const home = text(get(draft.inputs, "metadata.namespace"));
        const id = `${text(parent["namespace"]) || home}/${text(parent["name"])}`;
        const gateway = here(draft, world, GATEWAY).find((one) => one.id === id);
        const refuse = (reason: string) => [{ property: "spec.parentRefs", reason }];
        if (!gateway) return refuse(`NoMatchingParent: Gateway "${id}" not found`);
        const listeners = objects(get(gateway.inputs, "spec.listeners")).filter(
            ({ name }) => parent["sectionName"] === undefined || parent["sectionName"] === name,
        );
        if (listeners.length === 0) {
            return refuse(`NoMatchingParent: no listener ${text(parent["sectionName"])}`);
        }
        const allowing = listeners.filter((one) => allows(one, home, id, draft, world));
        if (allowing.length === 0) {
            return refuse(`NotAllowedByListeners: No listeners of "${id}" allow this route`);
        }
        const hosts = get(draft.inputs, "spec.hostnames");
        if (!Array.isArray(hosts)) return [];
        const lost = hosts.map(text).filter((host) => !allowing.some((one) => serves(one, host)));
        return lost.flatMap((host) => refuse(`NoMatchingListenerHostname: ${host}`));
    });
}

/** True if a listener takes routes of a namespace. */
function allows(
    listener: Properties,
    home: string,
    gateway: string,
    draft: Draft,
    world: World,
): boolean {
    const from = get(listener, "allowedRoutes.namespaces.from") ?? "Same";
    if (from === "All") return true;
    if (from === "Same") return gateway.startsWith(`${home}/`);
    const wanted = get(listener, "allowedRoutes.namespaces.selector.matchLabels");
    const namespace = here(draft, world, NAMESPACE).find(({ id }) => id === home);
    const labels = get(namespace?.inputs, "metadata.labels");
    if (!isObject(wanted)) return true;
    return Object.entries(wanted).every(
        ([key, value]) => isObject(labels) && labels[key] === value,
    );
}

/** True if a listener answers to a name: its own, or any below its wildcard. */
function serves({ hostname }: Properties, host: string): boolean {
    const own = text(hostname);
    if (own === "") return true;
    return own.startsWith("*.") ? host.endsWith(own.slice(1)) : host === own;
}

/** What cert-manager says of a Certificate whose issuer is not there, for which it waits. */
function admitCertificate(draft: Draft, world: World): Refusal[] {
    const name = text(get(draft.inputs, "spec.issuerRef.name"));
    const kind = text(get(draft.inputs, "spec.issuerRef.kind")) || "Issuer";
    const namespace = text(get(draft.inputs, "metadata.namespace"));
    const id = kind === "ClusterIssuer" ? name : `${namespace}/${name}`;
    if (!clusterAt(draft.scope.account, world)) return [];
    if (here(draft, world, `${ISSUERS}${kind}`).some((one) => one.id === id)) return [];
    const reason = `Referenced "${kind}" not found: ${kind.toLowerCase()}.cert-manager.io "${name}" not found`;
    return [{ property: "spec.issuerRef", reason }];
}

/** A condition as controllers write it. */
const condition = (type: string, reason = type) => ({ type, status: "True", reason, message: "" });

/** What the controllers say of them, by kind. `address` is that of a new balancer. */
export const GATEWAY_STATUS: Readonly<Record<string, (address: Properties) => Properties>> = {
    Gateway: ({ hostname, ip }) => ({
        status: {
            addresses: [
                hostname === undefined
                    ? { type: "IPAddress", value: text(ip) }
                    : { type: "Hostname", value: text(hostname) },
            ],
            conditions: [condition("Accepted"), condition("Programmed")],
        },
    }),
    Certificate: () => ({ status: { conditions: [condition("Ready")] } }),
    Issuer: () => ({ status: { conditions: [condition("Ready", "KeyPairVerified")] } }),
    ClusterIssuer: () => ({
        status: { conditions: [condition("Ready", "ACMEAccountRegistered")] },
    }),
};
