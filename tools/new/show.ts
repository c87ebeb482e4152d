import { groupBy } from "../lib/group.ts";
import type { PlannedResource } from "../plan/model.ts";
import { by } from "../plan/order.ts";
import { showFinding } from "../plan/show/findings.ts";
import { count, paintFor, tableOf, type Paint, type Screen } from "../plan/show/paint.ts";
import { kindOf } from "../plan/show/tree.ts";
import { addedResources, changedResources, newStops, type Plans } from "./plans.ts";

/** What a change comes to: how much it adds, and what, by site and component. */
export function showAdded(title: string, plans: Plans, screen: Screen): string {
    const paint = paintFor(screen);
    const added = addedResources(plans);
    const changed = changedResources(plans).length;
    const known = changed === 0 ? "" : `, and changes ${count(changed, "resource")}`;
    const heading = `${paint.bold(title)} · adds ${count(added.length, "resource")}${known}`;
    return [heading, added.length === 0 ? "" : table(added, plans, screen)]
        .filter((part) => part !== "")
        .join("\n");
}

function table(added: readonly PlannedResource[], plans: Plans, screen: Screen): string {
    const names = new Map(plans.after.sites.map(({ key, component }) => [key, component.name]));
    const groups = groupBy(added, ({ site, component }) => {
        return `${site}\n${labelOf(component[1] ?? "", names.get(site) ?? site)}`;
    });
    const rows = [...groups].map(([key, resources]) => {
        const [site = "", label = ""] = key.split("\n");
        return [site, label, String(resources.length), kindsOf(resources)];
    });
    const sorted = rows.sort(
        by(
            ([site = ""]) => site,
            ([, label = ""]) => label,
        ),
    );
    const head = ["site", "component", "resources", "kinds"];
    const widest = (column: number) =>
        Math.max(head[column]!.length, ...rows.map((row) => row[column]!.length)) + 2;
    const fixed = [widest(0), widest(1), widest(2)] as const;
    const rest = (screen.columns ?? 120) - fixed.reduce((sum, width) => sum + width, 0) - 5;
    return tableOf(head, sorted, { right: [2], widths: [...fixed, Math.max(22, rest)] });
}

/** `Application shop` of `platform:kubernetes:Application myapp-dev-aws-shop`. */
function labelOf(component: string, site: string): string {
    const [type = "", name = ""] = component.split(" ");
    if (type === "") return "Site";
    const own = name.startsWith(`${site}-`) ? ` ${name.slice(site.length + 1)}` : "";
    return `${kindOf(type)}${own}`;
}

function kindsOf(resources: readonly PlannedResource[]): string {
    return [...groupBy(resources, ({ token }) => kindOf(token))]
        .sort(by(([kind]) => kind))
        .map(([kind, { length }]) => (length === 1 ? kind : `${length} ${kind}`))
        .join(", ");
}

/** What the guardrails would stop, each in full. */
export function showStops(plans: Plans, paint: Paint): string {
    const stops = newStops(plans);
    const texts = stops.map((finding) => showFinding(finding, plans.after, paint));
    const heading = `Nothing was written: ${count(stops.length, "mandatory finding")} would stop it.`;
    return [heading, ...texts].join("\n");
}
