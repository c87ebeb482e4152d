import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import type { CloudName } from "../../components/contracts/cloud.ts";
import type { Cluster } from "../../components/contracts/cluster.ts";
import { rules } from "../../policies/rules/index.ts";
import { Judge } from "../../policies/runtime/judge.ts";
import { Settings } from "../../policies/runtime/settings.ts";
import { toResource, toStack } from "../../tools/offline/guardrails.ts";
import type { Recorded } from "../../tools/offline/mocks.ts";
import { baseArgs } from "../contract/support/build.ts";
import type { ServiceArgs } from "../contract/support/services.ts";

/** Every service as production has it. */
export function prodServices(cloud: CloudName): ServiceArgs {
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
            reaches: ["internal", "public"],
            firewall: true,
            ddosProtection: "standard",
            logRetention: "365 days",
            domain,
        },
    };
}

/** A site as production has it. */
export function prodSite(cloud: CloudName) {
    const base = baseArgs(cloud);
    return {
        ...base,
        secretStore: { recoverable: true, deletionProtection: true },
        network: { ...base.network, logRetention: "365 days" },
        cluster: { ...base.cluster, deletionProtection: true, logRetention: "365 days" },
    } as const;
}

/** The service account that object stores and zones are granted to. */
export function makeGrantee({ provider }: Cluster): void {
    const namespace = new Namespace("web", { metadata: { name: "web" } }, { provider });
    const metadata = { name: "web", namespace: "web" };
    new ServiceAccount("web", { metadata }, { provider, dependsOn: [namespace] });
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
