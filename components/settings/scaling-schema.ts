import * as own from "./application-forms.ts";
import { field, section } from "./shape.ts";

/** When and how fast the autoscaler adds and takes away pods. */
export const scaling = section({
    cpu: field(own.percent, "Pods are added above this share of the requested CPU, in per cent"),
    memory: field(own.percent, "The same for memory"),
    requests: field(own.count(100_000), "Requests per second that one pod answers; needs metrics"),
    gauge: field(
        section({
            metric: field(own.metricName, "A gauge of its own; needs metrics"),
            perPod: field(own.count(10_000_000), "How much of it one pod bears"),
        }),
        "A metric of its own that it scales by, summed over its pods",
    ),
    messages: field(own.count(1_000_000), "Messages waiting in its queue per pod"),
    queueName: field(
        own.word("the name of a queue", "orders"),
        "The queue in RabbitMQ whose messages are counted",
    ),
    lag: field(
        own.count(10_000_000),
        "Records per pod by which it may be behind in the topics it consumes",
    ),
    up: field(
        section({
            percent: field(
                own.count(1000),
                "How many pods are added at once at most, in per cent of those that run",
            ),
            pods: field(own.fewest, "So many instead, where that is more"),
            period: field(own.seconds(1, 1800), "Seconds until as many may be added again"),
            delay: field(
                own.seconds(0, 3600),
                "Seconds that higher demand must last before pods are added",
            ),
        }),
        "How fast pods are added",
    ),
    down: field(
        section({
            percent: field(
                own.count(100),
                "How many pods are taken away at once at most, in per cent of those that run",
            ),
            period: field(own.seconds(1, 1800), "Seconds until as many may be taken away again"),
        }),
        "How fast pods are taken away, once slowdown has passed",
    ),
    slowdown: field(
        own.seconds(0, 3600),
        "Seconds that lower demand must last before pods are taken away",
    ),
});
