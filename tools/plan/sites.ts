import { isProvider } from "./counts.ts";
import type { PlannedComponent, PlannedResource, PlannedSite } from "./model.ts";
import { by, compare } from "./order.ts";

/** What the settings know of a site. */
interface Known {
    readonly key: string;
    readonly cloud: string;
    readonly region: string;
}

/** The resources as a tree of components, one for each component at the top. */
export function planSites(
    resources: readonly PlannedResource[],
    known: ReadonlyMap<string, Known>,
): readonly PlannedSite[] {
    const tree = new Tree(resources);
    const tops = resources.filter(({ custom, component }) => !custom && component.length === 0);
    const sites = tops.map((top): PlannedSite => {
        const { key, cloud, region } = known.get(top.name) ?? unknown(top.name);
        return { key, cloud, region, component: tree.component(top) };
    });
    const rest = tree.rest();
    const all = rest.total > 0 || rest.resources.length > 0 ? [...sites, outside(rest)] : sites;
    return all.sort(
        by(
            ({ key }) => key,
            ({ component }) => component.urn,
        ),
    );
}

function unknown(name: string): Known {
    return { key: name, cloud: "", region: "" };
}

function outside(component: PlannedComponent): PlannedSite {
    return { key: "", cloud: "", region: "", component };
}

/** Looks up what stands directly in each component. */
class Tree {
    readonly #inside = new Map<string, PlannedResource[]>();

    constructor(resources: readonly PlannedResource[]) {
        const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
        for (const resource of resources) {
            const above = closestComponent(resource, byUrn);
            const inside = this.#inside.get(above) ?? [];
            inside.push(resource);
            this.#inside.set(above, inside);
        }
    }

    component({ urn, token, name }: PlannedResource): PlannedComponent {
        const inside = this.#inside.get(urn) ?? [];
        const components = inside
            .filter(({ custom }) => !custom)
            .map((one) => this.component(one))
            .sort(
                by(
                    ({ type }) => type,
                    (one) => one.name,
                ),
            );
        return { urn, type: token, name, ...this.#content(inside, components) };
    }

    /** What stands in no component at all. */
    rest(): PlannedComponent {
        const inside = (this.#inside.get("") ?? []).filter(({ custom }) => custom);
        return { urn: "", type: "", name: "", ...this.#content(inside, []) };
    }

    #content(
        inside: readonly PlannedResource[],
        components: readonly PlannedComponent[],
    ): Pick<PlannedComponent, "resources" | "components" | "total" | "byType"> {
        const own = inside.filter(({ custom }) => custom);
        const counts = new Map<string, number>();
        const add = (type: string, count: number) =>
            counts.set(type, (counts.get(type) ?? 0) + count);
        own.forEach(({ token }) => add(token, 1));
        components.forEach(({ byType }) =>
            Object.entries(byType).forEach(([type, count]) => add(type, count)),
        );
        const sorted = [...counts].sort(([left], [right]) => compare(left, right));
        return {
            resources: own.map(({ urn }) => urn),
            components,
            total: sorted
                .filter(([type]) => !isProvider(type))
                .reduce((sum, [, count]) => sum + count, 0),
            byType: Object.fromEntries(sorted),
        };
    }
}

/** The URN of the component that a resource stands in, also below another resource; empty if there is none. */
function closestComponent(
    { parent }: PlannedResource,
    byUrn: ReadonlyMap<string, PlannedResource>,
): string {
    const above = byUrn.get(parent);
    if (above === undefined) return "";
    return above.custom ? closestComponent(above, byUrn) : above.urn;
}
