import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../contracts/cluster.ts";
import { bootstrap } from "../services/kafka.ts";
import {
    gaugeTrigger,
    lagTrigger,
    queueAuthentication,
    queueTrigger,
    requestsTrigger,
    resourceTriggers,
    streamAuthentication,
} from "../services/scaled-object.ts";
import type { Trigger } from "../services/scaled-object.ts";
import { serviceNamespace } from "../services/service.ts";
import type { Binding } from "./binding.ts";
import type { DeployArgs } from "./deploy.ts";

/** What an application scales by besides CPU and memory. */
export interface EventScaling {
    /** What scales by events, which brings the types. */
    readonly operator: pulumi.Resource;
    readonly triggers: readonly Trigger[];
    /** How it signs in with the sources, by the name of the TriggerAuthentication. */
    readonly authentications: Readonly<Record<string, ReturnType<typeof streamAuthentication>>>;
    /** Credentials that it needs in the application's namespace. */
    readonly bindings: readonly Binding[];
}

/** The Secret with which the autoscaler asks RabbitMQ, and the one in which the application's own stream stands. */
const QUEUE_SECRET = "queue-scaling";
const STREAM_SECRET = "stream";

/** The triggers of an application, with what they need; undefined if it scales by CPU and memory alone. */
export function eventsOf<C extends Cluster>(args: DeployArgs<C>): EventScaling | undefined {
    const { settings, site } = args;
    const { scaling } = settings;
    if (site.eventScaling === undefined) return undefined;
    const sources = [
        ...requestSource(args),
        ...gaugeSource(args),
        ...queueSource(args),
        ...streamSource(args),
    ];
    if (sources.length === 0) return undefined;
    // A worker that may have no pods has nothing to measure then: only events can start the first.
    const resources = settings.replicas.min === 0 ? [] : resourceTriggers(scaling);
    return {
        operator: site.eventScaling,
        triggers: [...resources, ...sources.map(({ trigger }) => trigger)],
        authentications: Object.assign(
            {},
            ...sources.map(({ authentications }) => authentications),
        ),
        bindings: sources.flatMap(({ bindings }) => bindings),
    };
}

/** One thing that is looked at. */
interface Source {
    readonly trigger: Trigger;
    readonly authentications: EventScaling["authentications"];
    readonly bindings: readonly Binding[];
}

function requestSource<C extends Cluster>({ application, settings }: DeployArgs<C>): Source[] {
    const { scaling, metrics } = settings;
    if (scaling.requests === undefined || metrics === undefined) return [];
    const trigger = requestsTrigger({
        namespace: application,
        metric: metrics.requests,
        perPod: scaling.requests,
    });
    return [{ trigger, authentications: {}, bindings: [] }];
}

function gaugeSource<C extends Cluster>({ application, settings }: DeployArgs<C>): Source[] {
    const { gauge } = settings.scaling;
    if (gauge === undefined) return [];
    const trigger = gaugeTrigger({ namespace: application, ...gauge });
    return [{ trigger, authentications: {}, bindings: [] }];
}

function queueSource<C extends Cluster>({ application, settings, site }: DeployArgs<C>): Source[] {
    const { scaling, queue } = settings;
    const service = queue === undefined ? undefined : site.queues[queue];
    if (scaling.messages === undefined || queue === undefined || service === undefined) return [];
    const trigger = queueTrigger({
        queue: scaling.queueName ?? application,
        vhost: queue,
        perPod: scaling.messages,
        authentication: QUEUE_SECRET,
    });
    const reference = service.scaling.credentials;
    return [
        {
            trigger,
            authentications: { [QUEUE_SECRET]: queueAuthentication(QUEUE_SECRET) },
            bindings: [
                {
                    name: QUEUE_SECRET,
                    env: {},
                    secret: { reference, variables: {} },
                    destinations: [],
                },
            ],
        },
    ];
}

function streamSource<C extends Cluster>({ application, settings }: DeployArgs<C>): Source[] {
    const { scaling, stream } = settings;
    if (scaling.lag === undefined || stream === undefined) return [];
    const perPod = scaling.lag;
    const brokers = bootstrap(serviceNamespace("stream", stream.name));
    return stream.consumes.map((topic) => ({
        trigger: lagTrigger({
            brokers,
            group: application,
            topic,
            perPod,
            authentication: STREAM_SECRET,
        }),
        authentications: { [STREAM_SECRET]: streamAuthentication(STREAM_SECRET) },
        bindings: [],
    }));
}
