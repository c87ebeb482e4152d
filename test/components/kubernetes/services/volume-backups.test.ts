import assert from "node:assert/strict";
import type { BackupRetention } from "../../../../components/contracts/queue.ts";
import { RabbitmqQueue } from "../../../../components/kubernetes/services/queue.ts";
import {
    queueProblems,
    streamProblems,
} from "../../../../components/kubernetes/services/refusals.ts";
import { KafkaStream } from "../../../../components/kubernetes/services/stream.ts";
import { describeProblem } from "../../../../components/lib/problem.ts";
import { validate } from "../schemas.ts";
import { listed, one, serviceOf } from "./support.ts";
import type { surroundings } from "./support.ts";

const SHARED = {
    storage: "20 GiB",
    resources: { cpu: "500m", memory: "2Gi" },
    deletionProtection: true,
    clients: [],
} as const;

type Around = ReturnType<typeof surroundings>;

/** Both services that keep what they hold on volumes of their own, and the labels that their operators give to claims. */
const SERVICES = {
    Queue: {
        namespace: "queue-key",
        claims: { "app.kubernetes.io/name": "rabbitmq" },
        make: (around: Around, backupRetention: BackupRetention) =>
            new RabbitmqQueue("site-key", { ...around, ...SHARED, replicas: 3, backupRetention }),
    },
    Stream: {
        namespace: "stream-key",
        claims: { "strimzi.io/cluster": "kafka" },
        make: (around: Around, backupRetention: BackupRetention) =>
            new KafkaStream("site-key", {
                ...around,
                ...SHARED,
                brokers: 3,
                topics: {},
                backupRetention,
            }),
    },
} as const;

/** What a service makes with backups that are kept for so long. */
async function made(
    kind: keyof typeof SERVICES,
    backupRetention: BackupRetention,
    isUnknown = false,
) {
    const { own } = await serviceOf<RabbitmqQueue | KafkaStream>(
        kind,
        { key: "key", isUnknown },
        (around) => SERVICES[kind].make(around, backupRetention),
    );
    return own;
}

for (const kind of ["Queue", "Stream"] as const) {
    const { namespace, claims } = SERVICES[kind];

    describe(`the backups of a ${kind.toLowerCase()}`, () => {
        it("are snapshots of its claims at two in the morning, which expire after the retention", async () => {
            const schedule = one(await made(kind, "7 days"), "SnapshotSchedule");
            const labels = {
                environment: "dev",
                project: "myapp",
                "managed-by": "pulumi",
                owner: "platform-team",
                "cost-centre": "cc-4711",
                site: "aws",
                "app.kubernetes.io/name": namespace,
                "app.kubernetes.io/part-of": "myapp",
                "app.kubernetes.io/managed-by": "pulumi",
            };
            assert.equal(schedule.name, "site-key-daily");
            assert.deepEqual(schedule.inputs, {
                apiVersion: "snapscheduler.backube/v1",
                kind: "SnapshotSchedule",
                metadata: { name: "daily", namespace, labels },
                spec: {
                    claimSelector: { matchLabels: claims },
                    schedule: "0 2 * * *",
                    retention: { expires: "168h" },
                    snapshotTemplate: { labels, snapshotClassName: "block" },
                },
            });
            validate(schedule.type, schedule.inputs);
            assert.ok(schedule.dependsOn.some((urn) => urn.endsWith("Class::snapshots")));
        });

        it("are kept for as many hours as the days have", async () => {
            for (const [days, expires] of [
                ["1 day", "24h"],
                ["30 days", "720h"],
                ["365 days", "8760h"],
            ] as const) {
                const { inputs } = one(await made(kind, days), "SnapshotSchedule");
                const { retention } = inputs["spec"] as { retention: object };
                assert.deepEqual(retention, { expires }, days);
            }
        });

        it("are not made where there are none, and nothing else changes", async () => {
            const withBackups = listed(await made(kind, "7 days"));
            const without = listed(await made(kind, "none"));
            assert.deepEqual(
                withBackups.filter((line) => !without.includes(line)),
                ["snapscheduler.backube/v1:SnapshotSchedule site-key-daily"],
            );
            assert.equal(withBackups.length, without.length + 1);
        });

        it("are made the same while nothing is known yet", async () => {
            const urns = async (isUnknown: boolean) =>
                (await made(kind, "7 days", isUnknown)).map(({ urn }) => urn).sort();
            assert.deepEqual(await urns(true), await urns(false));
        });

        it("are refused for longer than a year", () => {
            const of = (backupRetention: BackupRetention) =>
                (kind === "Queue"
                    ? queueProblems({ ...SHARED, replicas: 3, backupRetention }, "it")
                    : streamProblems({ ...SHARED, brokers: 3, topics: {}, backupRetention }, "it")
                ).map(describeProblem);
            assert.deepEqual(of("366 days"), [
                "it.backupRetention: 366 days is not a period that daily snapshots are kept for: 1 to 365 days. Write 365 days or less, or none.",
            ]);
            assert.equal(of("0 days").length, 1);
            for (const fine of ["1 day", "365 days", "none"] as const) {
                assert.deepEqual(of(fine), [], fine);
            }
        });
    });
}
