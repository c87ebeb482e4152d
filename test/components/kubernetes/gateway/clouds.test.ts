import assert from "node:assert/strict";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { Cluster } from "../../../../components/contracts/cluster.ts";
import type { DnsZone } from "../../../../components/contracts/dns-zone.ts";
import type { Edge, GatewayKind, Reach } from "../../../../components/contracts/edge.ts";
import { exposeApplication } from "../../../../components/kubernetes/gateway/exposure.ts";
import { Gateways } from "../../../../components/kubernetes/gateway/gateway.ts";
import { exposedLabels } from "../../../../components/kubernetes/gateway/places.ts";
import { namespaceLabels } from "../../../../components/kubernetes/labels.ts";
import { DENY_ALL } from "../../../../components/kubernetes/network-policies.ts";
import { installCertManager } from "../../../../components/kubernetes/operators/cert-manager.ts";
import type { Within } from "../../../../components/kubernetes/platform-namespace.ts";
import { rules } from "../../../../policies/rules/index.ts";
import { levelOf } from "../../../../policies/rules/rule.ts";
import { Judge } from "../../../../policies/runtime/judge.ts";
import { Settings } from "../../../../policies/runtime/settings.ts";
import { toResource, toStack } from "../../../../tools/offline/guardrails.ts";
import { run } from "../../../../tools/offline/mocks.ts";
import type { Recorded } from "../../../../tools/offline/mocks.ts";
import * as aws from "../../../contract/support/services-aws.ts";
import * as azure from "../../../contract/support/services-azure.ts";
import * as gcp from "../../../contract/support/services-gcp.ts";
import { TAGS } from "../site.ts";

/** A way in on a real cloud's edge. */
type Way = readonly [cloud: "aws" | "azure" | "gcp", kind: GatewayKind, reaches: readonly Reach[]];

const WAYS: readonly Way[] = [
    ["aws", "envoy", ["public", "internal"]],
    ["aws", "cloud", ["public", "internal"]],
    ["azure", "envoy", ["public", "internal"]],
    // Application Gateway for Containers has no other.
    ["azure", "cloud", ["public"]],
    ["gcp", "envoy", ["public", "internal"]],
    ["gcp", "cloud", ["public", "internal"]],
];

const DOMAIN = "example.com";

/** The most that a way in can have: addresses of Application Gateway for Containers are not the site's. */
const protectionOf = (cloud: Way[0], kind: GatewayKind) =>
    cloud === "azure" && kind === "cloud" ? "standard" : "advanced";

/** The namespace of an application, as applications make theirs. */
function makeNamespace(name: string, reach: Reach, { version }: Cluster, within: Within): void {
    const labels = { ...namespaceLabels(name, TAGS, version), ...exposedLabels(reach) };
    const { metadata } = new Namespace(name, { metadata: { name, labels } }, within);
    const denial = { name: "default-deny", namespace: metadata.name };
    new NetworkPolicy(name, { metadata: denial, spec: DENY_ALL }, within);
}

/** The gateways of a site, and the application `web` on each. */
function makeWay<C extends Cluster>(
    { cluster, edge, zone }: { cluster: C; edge: Edge; zone: DnsZone<C> },
    [cloud, kind, reaches]: Way,
): void {
    const { provider, resource } = cluster;
    const within = { parent: cluster, provider, deletedWith: resource };
    const common = { cluster, zone, tags: TAGS, highAvailability: true };
    const certManager = installCertManager("site", common, within);
    const firewall = kind === "cloud";
    const certificates = "letsencrypt" as const;
    const ddosProtection = protectionOf(cloud, kind);
    const settings = {
        kind,
        domain: DOMAIN,
        zone: true,
        certificates,
        firewall,
        ddosProtection,
    } as const;
    const gateways = new Gateways(
        "site",
        { ...common, edge, certManager, settings, reaches, environment: "prod" },
        { parent: cluster },
    );
    for (const reach of reaches) {
        const namespace = `web-${reach}`;
        const labels = { "app.kubernetes.io/name": namespace };
        makeNamespace(namespace, reach, cluster, within);
        exposeApplication(
            `site-${namespace}`,
            {
                application: namespace,
                namespace,
                labels,
                settings: { reach, hosts: [], paths: ["/"], redirects: { "/old": "/new" } },
                reach,
                service: { name: "web", port: 80 },
                pods: { labels, port: 8080 },
                healthPath: "/ready",
                gateways,
            },
            within,
        );
    }
}

const SERVICES = {
    objectStore: {
        versioning: true,
        versionRetention: "30 days",
        corsOrigins: [],
        deletionProtection: true,
    },
    cache: { size: "medium", highAvailability: true, eviction: "none", deletionProtection: true },
    sharedFiles: { highAvailability: true, backupRetention: "30 days", deletionProtection: true },
    dnsZone: { domain: DOMAIN, deletionProtection: true },
} as const;

/** Everything that a way in makes, under mocks that answer from the simulated clouds. */
function recordWay(way: Way, preview: boolean): Promise<Recorded> {
    const [cloud, gateway, reaches] = way;
    const firewall = gateway === "cloud";
    const common = { gateway, reaches, firewall, domain: DOMAIN };
    const ddosProtection = protectionOf(cloud, gateway);
    const edge = { ...common, ddosProtection, logRetention: "365 days" } as const;
    const args = { ...SERVICES, edge };
    const build = () => {
        if (cloud === "aws") {
            const { dnsZone: zone, ...made } = aws.buildServices(args);
            makeWay({ ...made, zone }, way);
        } else if (cloud === "azure") {
            const { dnsZone: zone, ...made } = azure.buildServices(args);
            makeWay({ ...made, zone }, way);
        } else {
            const { dnsZone: zone, ...made } = gcp.buildServices(args);
            makeWay({ ...made, zone }, way);
        }
    };
    return run(build, { stack: "prod", preview });
}

/** What mandatory guardrails find about what is inside the cluster, as "rule name path". */
function findings({ resources }: Recorded): string[] {
    const judge = new Judge(rules, { settings: new Settings(rules, {}), today: "2026-11-21" });
    return [
        ...resources.flatMap((resource) => judge.resource(toResource(resource))),
        ...judge.stack(toStack(resources)),
    ]
        .filter(({ verdict, rule }) => verdict.state === "fail" && levelOf(rule) === "mandatory")
        .filter(({ urn }) => /\$kubernetes:|Gateways/.test(urn))
        .map(({ rule, urn, verdict }) => `${rule.id} ${urn.split("::").at(-1)} ${verdict.path}`);
}

describe("The way in on every cloud", () => {
    for (const way of WAYS) {
        const [cloud, kind] = way;
        it(`breaks no mandatory rule on ${cloud} with ${kind}, and is the same while nothing is known yet`, async () => {
            const known = await recordWay(way, false);
            const unknown = await recordWay(way, true);
            assert.deepEqual([...findings(known), ...findings(unknown)], []);
            const urns = ({ resources }: Recorded) => resources.map(({ urn }) => urn).sort();
            assert.deepEqual(urns(unknown), urns(known));
        });
    }
});
