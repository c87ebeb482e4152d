import type { CloudName, Range } from "../../contracts/cloud.ts";
import type { KubernetesVersion } from "../../contracts/cluster.ts";
import { ddosProblems } from "../../contracts/ddos.ts";
import { REACHES } from "../../contracts/edge.ts";
import type { ServiceLimits } from "../../contracts/services.ts";
import { chartsOf } from "../../kubernetes/capability-needs.ts";
import { chartProblems } from "../../kubernetes/charts.ts";
import { gatewayProblems } from "../../kubernetes/gateway/problems.ts";
import { fitProblems } from "../../kubernetes/services/problems.ts";
import {
    queueProblems,
    searchProblems,
    streamProblems,
} from "../../kubernetes/services/refusals.ts";
import type { Problem } from "../../lib/problem.ts";
import { soldSizeProblems } from "../../lib/sold-sizes.ts";
import { amount } from "../../lib/units.ts";
import type { Days } from "../../lib/units.ts";
import { isWithin, nearestWithin, SERVICE_LIMITS } from "../clouds.ts";
import type { SiteContext } from "../site-context.ts";
import { KUBERNETES } from "../versions.ts";
import { isBehindGateway } from "./applications/exposure.ts";
import { checkSearchBackups } from "./search-backups.ts";

/** Says what a pure check of the components found, under the paths of the site. */
export function addAll({ add }: SiteContext, problems: readonly Problem[]): void {
    for (const { path, value, message, fix } of problems) add({ at: path, value, message, fix });
}

/** A period that the cloud can keep. */
function checkDays(
    { add, facts }: SiteContext,
    at: string,
    value: Days | undefined,
    range: Range,
    what: string,
): void {
    if (value === undefined || isWithin(amount(value), range)) return;
    add({
        at,
        value,
        message: `is not a period that ${facts?.title ?? "the cloud"} ${what}: ${range.min} to ${range.max} days`,
        fix: `Write ${nearestWithin(amount(value), range)} days`,
    });
}

function checkObjectStores(context: SiteContext, limits: ServiceLimits): void {
    const { effective, add, facts } = context;
    for (const [key, store] of Object.entries(effective.objectStores)) {
        const at = `objectStores.${key}`;
        const { coolAfter, expireAfter, versionRetention, corsOrigins } = store;
        const { objectStore } = limits;
        checkDays(
            context,
            `${at}.versionRetention`,
            versionRetention,
            objectStore.versionRetention,
            "keeps versions for",
        );
        checkDays(
            context,
            `${at}.coolAfter`,
            coolAfter,
            objectStore.coolAfter,
            "moves objects after",
        );
        checkDays(
            context,
            `${at}.expireAfter`,
            expireAfter,
            objectStore.expireAfter,
            "deletes objects after",
        );
        if (coolAfter && expireAfter && amount(expireAfter) <= amount(coolAfter)) {
            add({
                at: `${at}.expireAfter`,
                involves: [`${at}.coolAfter`],
                value: expireAfter,
                message: `is not later than coolAfter, ${coolAfter}`,
                fix: "Delete objects later, or leave coolAfter out",
            });
        }
        if (corsOrigins.length > objectStore.corsOrigins) {
            add({
                at: `${at}.corsOrigins`,
                value: `${corsOrigins.length} origins`,
                message: `are more than the ${objectStore.corsOrigins} that ${facts?.title ?? "the cloud"} takes`,
                fix: "Leave some out, or divide the store",
            });
        }
    }
}

function checkCaches({ effective, add }: SiteContext): void {
    for (const [key, { placement, storage }] of Object.entries(effective.caches)) {
        if (placement === "cluster" || storage === undefined) continue;
        add({
            at: `caches.${key}.storage`,
            involves: [`caches.${key}.placement`],
            value: storage,
            message: "means nothing for a cache of the cloud, which holds everything in memory",
            fix: "Remove it, or write placement: cluster",
        });
    }
}

function checkSharedFiles(context: SiteContext, limits: ServiceLimits): void {
    const { effective, add, facts } = context;
    const { backupRetention: range, size: sizes } = limits.sharedFiles;
    for (const [key, { backupRetention, size }] of Object.entries(effective.sharedFiles)) {
        const at = `sharedFiles.${key}`;
        checkDays(context, `${at}.backupRetention`, backupRetention, range, "keeps backups for");
        if (size === undefined) continue;
        if (sizes === undefined) {
            const message = `means nothing on ${facts?.title ?? "the cloud"}, where files grow by themselves`;
            add({
                at: `${at}.size`,
                value: size,
                message,
                fix: "Write it in the other sites only",
            });
        } else {
            const what = `a file system on ${facts?.title ?? "the cloud"}`;
            addAll(context, soldSizeProblems(`${at}.size`, size, sizes, what));
        }
    }
}

/** The way in, where an application needs one. */
function checkGateway(context: SiteContext, limits: ServiceLimits): void {
    const { effective, add, facts } = context;
    const { gateway, applications } = effective;
    const exposed = Object.entries(applications).filter(([, one]) => isBehindGateway(one));
    addAll(context, gatewayProblems(gateway, { path: "gateway" }));
    const reaches = REACHES.filter((reach) =>
        exposed.some(([, one]) => one.expose.reach === reach),
    );
    const edge = { ...gateway, gateway: gateway.kind, reaches };
    const possible = limits.edge.advancedDdos;
    const cloud = facts?.title ?? "the cloud";
    addAll(context, ddosProblems(edge, { possible, cloud, path: "gateway.ddosProtection" }));
    if (gateway.kind !== "cloud") return;
    if (limits.edge.cloudGatewayNeedsZone && gateway.domain !== undefined && !gateway.zone) {
        add({
            at: "gateway.zone",
            value: false,
            message: `leaves ${facts?.title ?? "the cloud"} without a place to prove its certificate`,
            fix: "Set it to true, or set kind to envoy",
        });
    }
    for (const [key, { expose }] of exposed) {
        const { reach } = expose;
        if (reach === "none" || reach === "cluster") continue;
        if (limits.edge.cloudReaches.includes(reach)) continue;
        add({
            at: `applications.${key}.expose.reach`,
            value: reach,
            message: `is a reach that ${facts?.title ?? "the cloud"}'s own gateway does not have`,
            fix: `Write ${limits.edge.cloudReaches.join(" or ")}, or set the site's gateway.kind to envoy`,
        });
    }
}

/** What the site's applications need is there for its version of Kubernetes. */
function checkCharts(context: SiteContext, cloud: CloudName): void {
    const { version } = context.effective.cluster;
    if (!Object.hasOwn(KUBERNETES, version)) return;
    const charts = chartsOf(context.effective, cloud);
    addAll(context, chartProblems(version as KubernetesVersion, charts));
}

/** Services in the cluster: of a size that runs, on nodes that hold it (G12.8). */
function checkInCluster(context: SiteContext): void {
    const { queues, streams, searches, cluster } = context.effective;
    const { nodePools } = cluster;
    for (const [key, queue] of Object.entries(queues)) {
        const path = `queues.${key}`;
        addAll(context, queueProblems(queue, path));
        addAll(context, fitProblems(`${path}.resources`, queue.resources, nodePools));
    }
    for (const [key, stream] of Object.entries(streams)) {
        const path = `streams.${key}`;
        addAll(context, streamProblems(stream, path));
        addAll(context, fitProblems(`${path}.resources`, stream.resources, nodePools));
    }
    for (const [key, search] of Object.entries(searches)) {
        const path = `searches.${key}`;
        addAll(context, searchProblems(search, path));
        addAll(context, fitProblems(`${path}.resources`, search.resources, nodePools));
    }
}

/** Data services and the way in, as far as the cloud and the cluster can keep them. */
export function checkServices(context: SiteContext): void {
    const { cloud } = context;
    if (cloud === undefined) return;
    const limits = SERVICE_LIMITS[cloud];
    checkObjectStores(context, limits);
    checkCaches(context);
    checkSharedFiles(context, limits);
    checkSearchBackups(context, limits);
    checkGateway(context, limits);
    checkInCluster(context);
    checkCharts(context, cloud);
}
