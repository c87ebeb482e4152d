import { CLOUDS } from "../../contracts/cloud.ts";
import { FACTS } from "../clouds.ts";
import type { SiteContext } from "../site-context.ts";
import {
    KUBERNETES,
    KUBERNETES_ENDED,
    KUBERNETES_WAITING,
    POSTGRES,
    POSTGRES_ENDED,
    supportOn,
    type SupportEnd,
} from "../versions.ts";
import { oneOf } from "../words.ts";

type Table = Readonly<Record<string, Readonly<Record<string, SupportEnd>>>>;

/** When support ends: on the site's cloud, or on every cloud while the site's is not known. */
function endOn(row: Readonly<Record<string, SupportEnd>>, context: SiteContext): string {
    const clouds = context.cloud === undefined ? CLOUDS : [context.cloud];
    return clouds
        .map((cloud) => `${row[cloud] ?? "not announced"} on ${FACTS[cloud].title}`)
        .join(", ");
}

/** What is known of a product's versions: on offer, over, and not usable yet, each with the reason. */
interface Versions {
    readonly offered: Table;
    readonly ended: Table;
    readonly waiting: Readonly<Record<string, string>>;
}

/** What to write instead. */
function advise({ cloud, stack }: SiteContext, { offered, waiting }: Versions): string {
    const supported = Object.entries(offered)
        .filter(([version]) => !Object.hasOwn(waiting, version))
        .filter(
            ([, ends]) => cloud === undefined || supportOn(ends[cloud], stack.today) !== "ended",
        )
        .map(([version]) => JSON.stringify(version));
    return supported.length > 0
        ? `Write ${oneOf(supported)}`
        : "Take a newer release of the platform: every version that this one knows is out of support";
}

function checkVersion(
    context: SiteContext,
    at: string,
    value: string,
    product: string,
    versions: Versions,
): void {
    const { cloud, stack, add, warn } = context;
    const row = Object.hasOwn(versions.offered, value) ? versions.offered[value] : undefined;
    const waiting = Object.hasOwn(versions.waiting, value) ? versions.waiting[value] : undefined;
    const fix = advise(context, versions);
    if (row === undefined) {
        const old = Object.hasOwn(versions.ended, value) ? versions.ended[value] : undefined;
        const message = old
            ? `is out of support as a version of ${product} (standard support ends: ${endOn(old, context)})`
            : `is not a supported version of ${product}`;
        add({ at, value, message, fix });
        return;
    }
    if (cloud === undefined) return;
    if (waiting !== undefined) {
        const message = `cannot be used on ${FACTS[cloud].title} yet: ${waiting}`;
        add({ at, value, message, fix });
        return;
    }
    const state = supportOn(row[cloud], stack.today);
    const [title, end] = [FACTS[cloud].title, row[cloud] ?? ""];
    if (state === "ended") {
        const message = `is out of support as a version of ${product}: ${title}'s standard support ended on ${end}`;
        add({ at, value, message, fix });
    } else if (state === "ends soon") {
        const message = `leaves ${title}'s standard support on ${end}`;
        warn({ at, value, message, fix: `Plan the upgrade of ${product} now` });
    }
}

/** Versions that the cloud still supports on the day. */
export function checkVersions(context: SiteContext): void {
    const { cluster, databases } = context.effective;
    checkVersion(context, "cluster.version", cluster.version, "Kubernetes", {
        offered: KUBERNETES,
        ended: KUBERNETES_ENDED,
        waiting: context.cloud === undefined ? {} : KUBERNETES_WAITING[context.cloud],
    });
    for (const [key, database] of Object.entries(databases)) {
        checkVersion(context, `databases.${key}.version`, database.version, "PostgreSQL", {
            offered: POSTGRES,
            ended: POSTGRES_ENDED,
            waiting: {},
        });
    }
}

/** Kubernetes versions that a cloud has, but not yet in the channel that the platform uses. */
export function checkChannel(site: SiteContext): void {
    if (site.cloud !== "gcp" || site.effective.cluster.version !== "1.37") return;
    site.warn({
        at: "cluster.version",
        value: site.effective.cluster.version,
        message: `was only in the Rapid channel of ${FACTS.gcp.title} in November 2026`,
        fix: "Check that the Regular channel has it before the deployment",
    });
}
