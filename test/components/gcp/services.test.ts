import assert from "node:assert/strict";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { rules } from "../../../policies/rules/index.ts";
import { Judge } from "../../../policies/runtime/judge.ts";
import { Settings } from "../../../policies/runtime/settings.ts";
import { toResource, toStack } from "../../../tools/offline/guardrails.ts";
import { type Recorded, run } from "../../../tools/offline/mocks.ts";
import { baseArgs } from "../../contract/support/build.ts";
import { type ServiceArgs, buildServices } from "../../contract/support/services-gcp.ts";

/** Every service as production has it. */
const PROD: ServiceArgs = {
    objectStore: {
        versioning: true,
        versionRetention: "30 days",
        coolAfter: "90 days",
        expireAfter: "900 days",
        corsOrigins: ["https://shop.example.com"],
        deletionProtection: true,
    },
    cache: { size: "medium", highAvailability: true, eviction: "none", deletionProtection: true },
    sharedFiles: { highAvailability: true, backupRetention: "30 days", deletionProtection: true },
    dnsZone: { domain: "gcp.example.com", deletionProtection: true },
    edge: {
        gateway: "cloud",
        reaches: ["internal", "public"],
        firewall: true,
        logRetention: "365 days",
        domain: "gcp.example.com",
    },
};

function prodSite() {
    const site = baseArgs("gcp");
    return {
        ...site,
        secretStore: { recoverable: true, deletionProtection: true },
        network: { ...site.network, logRetention: "365 days" },
        cluster: { ...site.cluster, deletionProtection: true, logRetention: "365 days" },
    } as const;
}

/** All services on one site, and the service account that two of them are granted to. */
function build() {
    const { cluster } = buildServices(PROD, prodSite());
    const inside = { provider: cluster.provider };
    const namespace = new Namespace("web", { metadata: { name: "web" } }, inside);
    const metadata = { name: "web", namespace: "web" };
    new ServiceAccount("web", { metadata }, { ...inside, dependsOn: [namespace] });
}

/** What the guardrails find on Google Cloud, as "rule name path". */
function findings({ resources }: Recorded): string[] {
    const judge = new Judge(rules, { settings: new Settings(rules, {}), today: "2026-11-21" });
    return [
        ...resources.flatMap((resource) => judge.resource(toResource(resource))),
        ...judge.stack(toStack(resources)),
    ]
        .filter(({ verdict, urn }) => verdict.state === "fail" && urn.includes("$gcp:"))
        .map(({ rule, urn, verdict }) => `${rule.id} ${urn.split("::").at(-1)} ${verdict.path}`);
}

describe("the data services of Google Cloud", () => {
    for (const preview of [true, false]) {
        it(`break no rule in production, ${preview ? "while they are previewed" : "once everything is known"}`, async () => {
            const recorded = await run(build, { stack: "prod", preview });
            assert.deepEqual(findings(recorded), []);
        });
    }

    it("all have a parent and an explicit provider", async () => {
        const { resources } = await run(build);
        const custom = resources.filter(({ type }) => type.startsWith("gcp:"));
        assert.ok(custom.length > 60);
        for (const { urn, parent, options } of custom) {
            assert.match(parent, /platform:gcp:/, urn);
            assert.match(options.provider, /pulumi:providers:gcp/, urn);
        }
    });
});
