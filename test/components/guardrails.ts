import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import type { CloudName } from "../../components/contracts/cloud.ts";
import type { Cluster, WorkloadIdentity } from "../../components/contracts/cluster.ts";
import type { Edge } from "../../components/contracts/edge.ts";
import { installAddons } from "../../components/kubernetes/addons.ts";
import { rules } from "../../policies/rules/index.ts";
import { Judge } from "../../policies/runtime/judge.ts";
import { Settings } from "../../policies/runtime/settings.ts";
import { toResource, toStack } from "../../tools/offline/guardrails.ts";
import type { Recorded } from "../../tools/offline/mocks.ts";
import { baseArgs } from "../contract/support/build.ts";
import type { ServiceArgs } from "../contract/support/services.ts";

/** Every service as production has it. */
function prodServices(cloud: CloudName): ServiceArgs {
    const domain = `${cloud}.example.com`;
    return {
        objectStore: {
            versioning: true,
            versionRetention: "30 days",
            coolAfter: "90 days",
            expireAfter: "900 days",
            corsOrigins: ["https://shop.example.com"],
            deletionProtection: true,
        },
        cache: {
            size: "medium",
            highAvailability: true,
            eviction: "none",
            deletionProtection: true,
        },
        sharedFiles: {
            highAvailability: true,
            backupRetention: "30 days",
            deletionProtection: true,
        },
        dnsZone: { domain, deletionProtection: true },
        edge: {
            gateway: "cloud",
            // Application Gateway for Containers is reached from the internet only.
            reaches: cloud === "azure" ? ["public"] : ["internal", "public"],
            firewall: true,
            ddosProtection: "standard",
            logRetention: "365 days",
            domain,
        },
    };
}

/** A site as production has it. */
function prodSite(cloud: CloudName) {
    const base = baseArgs(cloud);
    return {
        ...base,
        secretStore: { recoverable: true, deletionProtection: true },
        network: { ...base.network, logRetention: "365 days" },
        cluster: { ...base.cluster, deletionProtection: true, logRetention: "365 days" },
    } as const;
}

/** What a cloud's `buildServices` makes that what is inside the cluster needs. */
interface Built {
    readonly cluster: Cluster;
    readonly edge: Edge;
    readonly identity: WorkloadIdentity;
}

const isOwn = (namespace: string) => namespace !== "kube-system";

/** What a site puts into the cluster for its services: the controllers, and the account that uses stores and zones. */
function makeInside({ cluster, edge, identity: { annotations } }: Built): void {
    const { provider, resource, addons } = cluster;
    const within = { parent: cluster, provider, deletedWith: resource };
    const charts = [...addons, ...edge.addons];
    const places = new Set(charts.map(({ namespace }) => namespace).filter(isOwn));
    const made = [...places].map((name) => new Namespace(name, { metadata: { name } }, within));
    installAddons("site", cluster, charts, within, made);
    const namespace = new Namespace("web", { metadata: { name: "web" } }, within);
    const metadata = { name: "web", namespace: "web", annotations };
    new ServiceAccount("web", { metadata }, { ...within, dependsOn: [namespace] });
}

/** Every service of a cloud as production has it, with what a site puts into the cluster for them. */
export async function buildProd(cloud: CloudName): Promise<() => void> {
    const services = prodServices(cloud);
    switch (cloud) {
        case "aws": {
            const { buildServices } = await import("../contract/support/services-aws.ts");
            return () => makeInside(buildServices(services, prodSite("aws")));
        }
        case "azure": {
            const { buildServices } = await import("../contract/support/services-azure.ts");
            return () => makeInside(buildServices(services, prodSite("azure")));
        }
        case "gcp": {
            const { buildServices } = await import("../contract/support/services-gcp.ts");
            return () => makeInside(buildServices(services, prodSite("gcp")));
        }
    }
}

/** What the guardrails find of the resources with such URNs, as "rule name path". */
export function findings({ resources }: Recorded, urns: RegExp): string[] {
    const judge = new Judge(rules, { settings: new Settings(rules, {}), today: "2026-11-21" });
    return [
        ...resources.flatMap((resource) => judge.resource(toResource(resource))),
        ...judge.stack(toStack(resources)),
    ]
        .filter(({ verdict, urn }) => verdict.state === "fail" && urns.test(urn))
        .map(({ rule, urn, verdict }) => `${rule.id} ${urn.split("::").at(-1)} ${verdict.path}`)
        .sort();
}
