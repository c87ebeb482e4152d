import { RUNNING } from "../../../contracts/application-kind.ts";
import type { SiteContext } from "../../site-context.ts";
import type { ApplicationSettings } from "../../types.ts";
import { isGiven } from "../../written.ts";
import type { ApplicationCheck } from "./index.ts";

/** Numbers of pods that make sense for what runs all the time. */
function checkReplicas({ add }: SiteContext, at: string, application: ApplicationSettings): void {
    const { replicas, scaling, kind } = application;
    const { min, max } = replicas;
    const byEvents = scaling.messages !== undefined || scaling.lag !== undefined;
    if (min > max) {
        const involves = [`${at}.replicas.min`];
        const fix = "Raise max or lower min";
        const message = `is below min ${min}`;
        add({ at: `${at}.replicas.max`, involves, value: max, message, fix });
    }
    if (min === 0 && !(kind === "worker" && byEvents)) {
        add({
            at: `${at}.replicas.min`,
            value: min,
            message:
                "is for workers that wait for messages or records: nothing would start a pod again",
            fix: "Write 1 or more, or let a worker scale by scaling.messages or scaling.lag",
        });
    }
}

/** What is counted has to be there. */
function checkSources({ add }: SiteContext, at: string, application: ApplicationSettings): void {
    const { scaling, queue, stream } = application;
    for (const part of ["metric", "perPod"] as const) {
        const { gauge } = scaling;
        if (gauge === undefined || (gauge[part] as unknown) !== undefined) continue;
        const fix = part === "metric" ? "Name the gauge" : "Write how much of it one pod bears";
        add({ at: `${at}.gauge.${part}`, message: "is missing", fix });
    }
    if (scaling.messages !== undefined && queue === undefined) {
        const fix = "Name its queue, like queue: jobs";
        add({ at: `${at}.messages`, message: "counts a queue, and it has none", fix });
    }
    if (scaling.messages === undefined && scaling.queueName !== undefined) {
        const message = "is counted by scaling.messages, which is not there";
        add({ at: `${at}.queueName`, message, fix: "Write messages: too, or remove it" });
    }
    if (scaling.lag !== undefined && (stream?.consumes ?? []).length === 0) {
        const fix = "Name the topics that it reads, under stream.consumes";
        add({ at: `${at}.lag`, message: "counts records of topics, and it reads none", fix });
    }
}

/** Without a pod there is nothing to measure: then only events can count. */
function checkMeasured(context: SiteContext, at: string, { replicas }: ApplicationSettings): void {
    if (replicas.min > 0) return;
    for (const part of ["cpu", "memory"].filter((one) => isGiven(context, `${at}.${one}`))) {
        context.add({
            at: `${at}.${part}`,
            message: "cannot be measured while there is no pod, and replicas.min is 0",
            fix: "Remove it, or write 1 or more for replicas.min",
        });
    }
}

/** Pods beyond the partitions that they read would stand idle. */
function checkPartitions(
    { add, effective }: SiteContext,
    at: string,
    { stream, scaling, replicas }: ApplicationSettings,
): void {
    if (scaling.lag === undefined || stream === undefined) return;
    const streams = new Map(Object.entries(effective.streams));
    const topics = new Map(Object.entries(streams.get(stream.name)?.topics ?? {}));
    const partitions = stream.consumes.map((topic) => topics.get(topic)?.partitions ?? Infinity);
    const most = Math.max(...partitions);
    if (partitions.length === 0 || replicas.max <= most) return;
    add({
        at: `${at}.replicas.max`,
        value: replicas.max,
        message: `is more than the ${most} partitions that it reads, and each is read by one pod`,
        fix: `Write ${most} or less, or give the topic more partitions`,
    });
}

/** An update that can begin: it needs a pod more or a pod less. */
function checkUpdate(context: SiteContext, at: string, application: ApplicationSettings): void {
    const { update, volumes } = application;
    if (Object.values(volumes).some(({ kind }) => kind === "block")) {
        if (!isGiven(context, at)) return;
        const message = "means nothing with block volumes: their pods are replaced one by one";
        context.add({ at, message, fix: "Remove it" });
        return;
    }
    if (
        [update.surge, update.unavailable].some((share) => Number.parseInt(String(share), 10) > 0)
    ) {
        return;
    }
    context.add({
        at,
        message: "lets no pod come before one goes, and none go before one comes",
        fix: "Write 1 or more for surge or unavailable",
    });
}

/** Scaling by something that the application has, between numbers that make sense. */
export const checkScaling: ApplicationCheck = (context, key, application) => {
    if (!RUNNING.includes(application.kind)) return;
    const at = `applications.${key}`;
    checkReplicas(context, at, application);
    checkUpdate(context, `${at}.update`, application);
    checkSources(context, `${at}.scaling`, application);
    checkMeasured(context, `${at}.scaling`, application);
    checkPartitions(context, at, application);
};
