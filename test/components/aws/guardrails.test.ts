import assert from "node:assert/strict";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { rules } from "../../../policies/rules/index.ts";
import { levelOf } from "../../../policies/rules/rule.ts";
import { Judge } from "../../../policies/runtime/judge.ts";
import { Settings } from "../../../policies/runtime/settings.ts";
import { toResource, toStack } from "../../../tools/offline/guardrails.ts";
import { type Recorded, run } from "../../../tools/offline/mocks.ts";
import { baseArgs } from "../../contract/support/build.ts";
import { buildServices } from "../../contract/support/services-aws.ts";
import type { ServiceArgs } from "../../contract/support/services.ts";

/** Every service as production has it. */
const SERVICES: ServiceArgs = {
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
    dnsZone: { domain: "aws.example.com", deletionProtection: true },
    edge: {
        gateway: "cloud",
        reaches: ["internal", "public"],
        firewall: true,
        logRetention: "365 days",
        domain: "aws.example.com",
    },
};

function site() {
    const base = baseArgs("aws");
    return {
        ...base,
        secretStore: { recoverable: true, deletionProtection: true },
        network: { ...base.network, logRetention: "365 days" },
        cluster: { ...base.cluster, deletionProtection: true, logRetention: "365 days" },
    } as const;
}

/** All services on one site, and the service account that two of them are granted to. */
function build() {
    const { cluster } = buildServices(SERVICES, site());
    const inside = { provider: cluster.provider };
    const namespace = new Namespace("web", { metadata: { name: "web" } }, inside);
    const metadata = { name: "web", namespace: "web" };
    new ServiceAccount("web", { metadata }, { ...inside, dependsOn: [namespace] });
}

/** What belongs to a service, and what one puts into the secret store. */
const OF_SERVICES = /platform:aws:(ObjectStore|Cache|SharedFiles|DnsZone|Edge|SecretStore)\$/;

/** Advice that stands for a reason. */
const STANDING = [
    // The controller makes the balancers that write into it, so the program does not show that it takes logs, which they
    // write under S3's own key only, and whose own log would be one without end.
    "bucket-access-logging myapp-dev-one-edge-access-logs ",
    "bucket-encrypted-cmk myapp-dev-one-edge-access-logs rules",
    // Passwords never change by themselves, like a database's: a pod that read one at its start would fail.
    "secret-cmk-rotation myapp-dev-one-sessions-credentials ",
];

/** What the guardrails find of the services, as "rule name path". */
function findings({ resources }: Recorded): string[] {
    const judge = new Judge(rules, { settings: new Settings(rules, {}), today: "2026-11-21" });
    return [
        ...resources.flatMap((resource) => judge.resource(toResource(resource))),
        ...judge.stack(toStack(resources)),
    ]
        .filter(({ verdict, urn }) => verdict.state === "fail" && OF_SERVICES.test(urn))
        .map(({ rule, urn, verdict }) => `${rule.id} ${urn.split("::").at(-1)} ${verdict.path}`)
        .sort();
}

describe("the services of AWS under the guardrails", () => {
    it("have only advice that stands, nothing mandatory", () => {
        const levels = STANDING.map((finding) => {
            const rule = rules.find(({ id }) => id === finding.split(" ")[0]);
            return rule && levelOf(rule);
        });
        assert.deepEqual(levels, ["advisory", "advisory", "advisory"]);
    });

    for (const preview of [true, false]) {
        it(`have no finding in production but advice that stands, ${preview ? "while they are previewed" : "once everything is known"}`, async () => {
            const recorded = await run(build, { stack: "prod", preview });
            assert.deepEqual(findings(recorded), STANDING);
        });
    }
});
