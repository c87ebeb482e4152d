import type { ApplicationCheck } from "./index.ts";

/** Scaling by something that the application has, between numbers that make sense. */
export const checkScaling: ApplicationCheck = ({ add, effective }, key, application) => {
    const at = `applications.${key}`;
    const { replicas, scaling, queue, stream, kind } = application;
    const { min, max } = replicas;
    const byEvents = scaling.messages !== undefined || scaling.lag !== undefined;
    if (min > max) {
        const involves = [`${at}.replicas.min`];
        const fix = "Raise max or lower min";
        add({
            at: `${at}.replicas.max`,
            involves,
            value: max,
            message: `is below min ${min}`,
            fix,
        });
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
    if (scaling.messages !== undefined && queue === undefined) {
        const fix = "Name its queue, like queue: jobs";
        add({ at: `${at}.scaling.messages`, message: "counts a queue, and it has none", fix });
    }
    if (scaling.lag !== undefined && (stream?.consumes ?? []).length === 0) {
        const fix = "Name the topics that it reads, under stream.consumes";
        add({
            at: `${at}.scaling.lag`,
            message: "counts records of topics, and it reads none",
            fix,
        });
    }
    const partitions = (stream?.consumes ?? []).map(
        (topic) => effective.streams[stream?.name ?? ""]?.topics[topic]?.partitions ?? Infinity,
    );
    if (scaling.lag !== undefined && max > Math.max(0, ...partitions) && partitions.length > 0) {
        const most = Math.max(...partitions);
        add({
            at: `${at}.replicas.max`,
            value: max,
            message: `is more than the ${most} partitions that it reads, and each is read by one pod`,
            fix: `Write ${most} or less, or give the topic more partitions`,
        });
    }
};
