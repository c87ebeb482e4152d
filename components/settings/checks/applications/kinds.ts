import { RUNNING, SERVING } from "../../../contracts/application-kind.ts";
import type { ApplicationSettings } from "../../types.ts";
import type { SiteContext } from "../../site-context.ts";
import { isGiven } from "../../written.ts";
import type { ApplicationCheck } from "./index.ts";
import { checkSteps } from "./steps.ts";

type Part = keyof ApplicationSettings;

/** Parts that only some kinds have. An argument that would be ignored is refused. */
const ONLY: readonly {
    readonly part: Part;
    readonly of: (application: ApplicationSettings) => boolean;
    readonly isGiven: (application: ApplicationSettings) => boolean;
    readonly why: string;
}[] = [
    {
        part: "schedule",
        of: ({ kind }) => !RUNNING.includes(kind),
        isGiven: ({ schedule }) => schedule !== undefined,
        why: "it runs all the time",
    },
    {
        part: "steps",
        of: ({ kind }) => kind === "pipeline",
        isGiven: ({ steps }) => Object.keys(steps).length > 0,
        why: "only a pipeline has steps",
    },
    {
        part: "ports",
        of: ({ kind }) => RUNNING.includes(kind),
        isGiven: ({ ports }) => Object.keys(ports).length > 0,
        why: "nobody can reach what runs by a schedule",
    },
    {
        part: "port",
        of: ({ kind }) => RUNNING.includes(kind),
        isGiven: ({ port }) => port !== undefined,
        why: "nobody can reach what runs by a schedule",
    },
    {
        part: "release",
        of: ({ kind }) => RUNNING.includes(kind),
        isGiven: ({ release }) => release !== undefined,
        why: "it runs by a schedule, and a release is what runs before something stays up",
    },
    {
        part: "sidecars",
        of: ({ kind }) => RUNNING.includes(kind),
        isGiven: ({ sidecars }) => Object.keys(sidecars).length > 0,
        why: "it runs by a schedule",
    },
    {
        part: "slo",
        of: ({ kind }) => SERVING.includes(kind),
        isGiven: ({ slo }) => slo !== undefined,
        why: "it answers no requests",
    },
    {
        part: "metrics",
        of: ({ kind }) => RUNNING.includes(kind),
        isGiven: ({ metrics }) => metrics !== undefined,
        why: "it has ended before Prometheus could ask",
    },
];

const runs = ({ kind }: ApplicationSettings) => RUNNING.includes(kind);
const hasOwnContainer = ({ kind }: ApplicationSettings) => kind !== "pipeline";

/** Parts that every application has by default, and that only some can use if the user writes them. */
const USED: readonly {
    readonly part: string;
    readonly by: (application: ApplicationSettings) => boolean;
    readonly why: string;
}[] = [
    { part: "replicas", by: runs, why: "each run is one pod" },
    { part: "scaling", by: runs, why: "each run is one pod" },
    { part: "update", by: runs, why: "each run is one pod" },
    { part: "health", by: runs, why: "its end says how it went" },
    ...["command", "args", "size", "resources"].map((part) => ({
        part,
        by: hasOwnContainer,
        why: "each step has its own",
    })),
];

/** What the user wrote, and nothing would read. */
function checkUnused(context: SiteContext, at: string, application: ApplicationSettings): void {
    const { kind } = application;
    for (const { part, by, why } of USED) {
        if (by(application) || !isGiven(context, `${at}.${part}`)) continue;
        const message = `means nothing for kind ${kind}: ${why}`;
        context.add({ at: `${at}.${part}`, message, fix: "Remove it, or choose another kind" });
    }
    const exact = ["cpu", "memory"].every((part) => isGiven(context, `${at}.resources.${part}`));
    if (hasOwnContainer(application) && exact && isGiven(context, `${at}.size`)) {
        const message = "means nothing beside resources that say both CPU and memory";
        context.add({ at: `${at}.size`, message, fix: "Remove the one or the other" });
    }
}

/** What a kind cannot be without. */
function checkMissing({ add }: SiteContext, at: string, application: ApplicationSettings): void {
    const { kind, schedule, steps, port, metrics } = application;
    if (!RUNNING.includes(kind) && (schedule?.cron as string | undefined) === undefined) {
        const fix = 'Write when it runs, like schedule: "30 2 * * *"';
        const message = `is missing, and a ${kind} runs by a schedule`;
        const place = schedule === undefined ? `${at}.schedule` : `${at}.schedule.cron`;
        add({ at: place, involves: [`${at}.schedule.cron`], message, fix });
    }
    if (kind === "pipeline" && Object.keys(steps).length === 0) {
        const fix = "Name its steps, each with a command and the step that it comes after";
        add({ at: `${at}.steps`, message: "is missing, and a pipeline is made of steps", fix });
    }
    if (metrics && port === undefined && metrics.port === undefined && RUNNING.includes(kind)) {
        const fix = "Write metrics: { port: } and the port that it answers Prometheus on";
        add({ at: `${at}.metrics.port`, message: "is missing: it has no port of its own", fix });
    }
}

/** Parts that fit the kind. */
export const checkKind: ApplicationCheck = (context, key, application) => {
    const at = `applications.${key}`;
    const { kind, expose } = application;
    for (const { part, of, isGiven, why } of ONLY) {
        if (of(application) || !isGiven(application)) continue;
        const message = `means nothing for kind ${kind}: ${why}`;
        context.add({ at: `${at}.${part}`, message, fix: "Remove it, or choose another kind" });
    }
    if (!SERVING.includes(kind) && expose.reach !== "none") {
        context.add({
            at: `${at}.expose.reach`,
            value: expose.reach,
            message: `means nothing for kind ${kind}, which answers nobody`,
            fix: "Remove it, or choose kind: web or service",
        });
    }
    checkUnused(context, at, application);
    checkMissing(context, at, application);
    checkSteps(context, at, application);
};
