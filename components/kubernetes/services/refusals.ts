import type { BackupRetention, QueueArgs } from "../../contracts/queue.ts";
import type { SearchArgs } from "../../contracts/search.ts";
import type { StreamArgs, StreamClient } from "../../contracts/stream.ts";
import type { Problem } from "../../lib/problem.ts";
import { amount } from "../../lib/units.ts";
import { quorumProblems, sizeProblems, snapshotProblems, volumeProblems } from "./problems.ts";

/** What is wrong with a queue, decided before anything is made; empty if nothing is. */
export function queueProblems(args: Omit<QueueArgs, "clients">, path: string): Problem[] {
    return [
        ...quorumProblems(`${path}.replicas`, args.replicas),
        ...volumeProblems(`${path}.storage`, args.storage, 5),
        ...sizeProblems(`${path}.resources`, args.resources, 1),
        ...backupProblems(args.backupRetention, path),
    ];
}

function backupProblems(retention: BackupRetention, path: string): Problem[] {
    if (retention === "none") return [];
    return snapshotProblems(`${path}.backupRetention`, retention, ", or none");
}

/** What Kafka takes as the name of a topic. */
const TOPIC = /^[A-Za-z0-9._-]{1,249}$/;

/** What is wrong with a stream, decided before anything is made; empty if nothing is. */
export function streamProblems(args: Omit<StreamArgs, "clients">, path: string): Problem[] {
    return [
        ...brokerProblems(args.brokers, path),
        ...volumeProblems(`${path}.storage`, args.storage, 10),
        ...sizeProblems(`${path}.resources`, args.resources, 1),
        ...backupProblems(args.backupRetention, path),
        ...Object.entries(args.topics).flatMap(([topic, { partitions, retention }]) =>
            topicProblems(topic, partitions, amount(retention), `${path}.topics.${topic}`),
        ),
    ];
}

/** Two brokers cannot hold the three copies that a lost one leaves two of (G7.10). */
function brokerProblems(brokers: number, path: string): Problem[] {
    if (brokers === 1 || (Number.isInteger(brokers) && brokers >= 3)) return [];
    return [
        {
            path: `${path}.brokers`,
            value: String(brokers),
            message: "are too few brokers for three copies of each record, and too many for one",
            fix: "Set it to 1, or to 3 or more",
        },
    ];
}

function topicProblems(topic: string, partitions: number, days: number, path: string): Problem[] {
    const problems: Problem[] = [];
    if (!TOPIC.test(topic) || topic === "." || topic === "..") {
        problems.push({
            path,
            message:
                "is not a name that Kafka takes: letters, digits, dots, hyphens and underscores, 249 at most",
            fix: "Rename the topic",
        });
    }
    if (!Number.isInteger(partitions) || partitions < 1 || partitions > 1000) {
        problems.push({
            path: `${path}.partitions`,
            value: String(partitions),
            message: "is not a number of partitions from 1 to 1000",
            fix: "Start with one per consumer that is to run at once, such as 6",
        });
    }
    if (!Number.isInteger(days) || days < 1) {
        problems.push({
            path: `${path}.retention`,
            value: String(days),
            message: "is not a whole number of days from 1",
            fix: 'Write it as "7 days"',
        });
    }
    return problems;
}

/** What is wrong with who uses a stream: only topics that there are can be written or read. */
export function streamClientProblems(
    topics: StreamArgs["topics"],
    clients: readonly StreamClient[],
    path: string,
): Problem[] {
    const known = Object.keys(topics);
    return clients.flatMap(({ application, produces, consumes }) =>
        [...new Set([...produces, ...consumes])]
            .filter((topic) => !known.includes(topic))
            .map((topic) => ({
                path: `${path}.topics`,
                value: topic,
                message: `is a topic that application ${application} uses and that there is not`,
                fix: `Add the topic, or name one of ${known.join(", ")}`,
            })),
    );
}

/** What is wrong with a search cluster, decided before anything is made; empty if nothing is. */
export function searchProblems(args: Omit<SearchArgs, "clients">, path: string): Problem[] {
    return [
        ...nodeProblems(args.nodes, path),
        ...volumeProblems(`${path}.storage`, args.storage, 10),
        // Half of it becomes the heap, and Elasticsearch does not start with less than a gibibyte of that.
        ...sizeProblems(`${path}.resources`, args.resources, 2),
    ];
}

/** Two nodes that vote cannot outvote anything. */
function nodeProblems(nodes: number, path: string): Problem[] {
    if (nodes === 1 || (Number.isInteger(nodes) && nodes >= 3)) return [];
    return [
        {
            path: `${path}.nodes`,
            value: String(nodes),
            message: "is no number of nodes of which a majority survives the loss of one",
            fix: "Set it to 1, or to 3 or more",
        },
    ];
}
