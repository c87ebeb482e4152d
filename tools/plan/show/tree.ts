import { isProvider } from "../counts.ts";
import type { Plan, PlannedComponent, PlannedResource, PlannedSite } from "../model.ts";
import { by } from "../order.ts";
import { count, tableOf, type Paint } from "./paint.ts";

/** A site's components with what stands in each: kinds and their counts, or every resource. */
export function showSite(
    site: PlannedSite,
    plan: Plan,
    details: boolean,
    width: number,
    paint: Paint,
): string {
    const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
    const rows = rowsOf(site.component, site.component.name, 0, (component) =>
        details ? listed(component, byUrn, paint) : [kinds(component, byUrn)],
    );
    const first = Math.max(...rows.map(([label = ""]) => label.length), "component".length);
    const last = Math.max(20, width - first - "resources".length - 10);
    const place = [site.cloud, site.region].filter(Boolean).join(", ");
    const total = count(site.component.total, "resource");
    const title = site.key === "" ? "in no component" : site.key;
    const heading = [paint.bold(title), [place, total].filter(Boolean).join(" · ")].join("  ");
    const head = ["component", "resources", details ? "type and name" : "kinds"];
    const widths = [first + 2, "resources".length + 2, last + 2];
    return `${heading}\n${tableOf(head, rows, { right: [1], widths })}`;
}

function rowsOf(
    component: PlannedComponent,
    site: string,
    depth: number,
    describe: (component: PlannedComponent) => readonly string[],
): readonly (readonly string[])[] {
    const own = component.resources.length;
    const label = "  ".repeat(depth) + labelOf(component, site);
    // A row for each line: what the library does to a cell grows with the cube of its lines.
    const [first = "", ...more] = describe(component);
    return [
        [label, own === 0 ? "" : String(own), first],
        ...more.map((line) => ["", "", line]),
        ...component.components.flatMap((one) => rowsOf(one, site, depth + 1, describe)),
    ];
}

/** `Database main` for what has a name of its own within the site, else the kind alone. */
function labelOf({ type, name }: PlannedComponent, site: string): string {
    const kind = kindOf(type);
    if (kind === "") return "(none)";
    if (name === site) return kind;
    return `${kind} ${name.startsWith(`${site}-`) ? name.slice(site.length + 1) : name}`;
}

/** The last part of a type: `Subnet`. */
export function kindOf(type: string): string {
    if (isProvider(type)) return `provider ${type.split(":")[2] ?? ""}`;
    return type.slice(type.lastIndexOf(":") + 1);
}

function resourcesOf(
    { resources }: PlannedComponent,
    byUrn: ReadonlyMap<string, PlannedResource>,
): readonly PlannedResource[] {
    return resources.flatMap((urn) => byUrn.get(urn) ?? []);
}

function kinds(component: PlannedComponent, byUrn: ReadonlyMap<string, PlannedResource>): string {
    const counts = new Map<string, number>();
    for (const { token } of resourcesOf(component, byUrn)) {
        counts.set(kindOf(token), (counts.get(kindOf(token)) ?? 0) + 1);
    }
    return [...counts]
        .sort(by(([kind]) => kind))
        .map(([kind, number]) => (number === 1 ? kind : `${number} ${kind}`))
        .join(", ");
}

function listed(
    component: PlannedComponent,
    byUrn: ReadonlyMap<string, PlannedResource>,
    paint: Paint,
): readonly string[] {
    return resourcesOf(component, byUrn).map(({ token, name, protect }) => {
        return `${token} ${paint.bold(name)}${protect ? " (protected)" : ""}`;
    });
}
