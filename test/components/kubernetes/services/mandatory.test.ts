import assert from "node:assert/strict";
import { ElasticSearch } from "../../../../components/kubernetes/services/search.ts";
import { KafkaStream } from "../../../../components/kubernetes/services/stream.ts";
import { RabbitmqQueue } from "../../../../components/kubernetes/services/queue.ts";
import { ValkeyCache } from "../../../../components/kubernetes/services/valkey.ts";
import type { ServiceArgs } from "../../../../components/kubernetes/services/service.ts";
import { mandatoryFindings } from "../mandatory.ts";
import { record } from "../record.ts";
import { surroundings, WEB } from "./support.ts";

type Args = ReturnType<typeof surroundings> & ServiceArgs;

const shared = { storage: "20 GiB", deletionProtection: true } as const;
const resources = { cpu: "500m", memory: "2Gi" };

const SERVICES: Record<string, (args: Args) => void> = {
    queue: (args) =>
        new RabbitmqQueue("site-q", {
            ...args,
            ...shared,
            resources,
            replicas: 3,
            backupRetention: "7 days",
            clients: [WEB],
        }),
    stream: (args) =>
        new KafkaStream("site-s", {
            ...args,
            ...shared,
            resources,
            brokers: 3,
            backupRetention: "7 days",
            topics: { events: { partitions: 1, retention: "1 day", cleanup: "delete" } },
            clients: [{ ...WEB, produces: ["events"], consumes: ["events"] }],
        }),
    search: (args) =>
        new ElasticSearch("site-e", { ...args, ...shared, resources, nodes: 3, clients: [WEB] }),
    cache: (args) =>
        new ValkeyCache("site-c", {
            ...args,
            ...shared,
            size: "small",
            highAvailability: true,
            eviction: "none",
            clients: [WEB],
        }),
};

describe("the mandatory rules", () => {
    for (const [service, make] of Object.entries(SERVICES)) {
        for (const isUnknown of [false, true]) {
            it(`find nothing in a ${service}${isUnknown ? " that nothing is known of yet" : ""}`, async () => {
                const all = await record(() => {
                    make(surroundings("key", { isUnknown }));
                });
                assert.deepEqual(mandatoryFindings(all), []);
            });
        }
    }

    it("would find a namespace without its policies", async () => {
        const all = await record(() => {
            SERVICES["queue"]?.(surroundings("key"));
        });
        const open = all.filter(({ type }) => !type.endsWith(":NetworkPolicy"));
        assert.deepEqual(mandatoryFindings(open), ["k8s-namespace-default-deny site-q-queue-key "]);
    });
});
