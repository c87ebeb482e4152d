import type { PlannedComponent, PlannedResource } from "../../model.ts";
import { kindOf } from "../../show/tree.ts";
import type { Index } from "../words.ts";
import { shortName } from "./read.ts";

/** A component of a site and everything below it. */
export interface Part {
    readonly id: string;
    readonly kind: string;
    /** True if it stands inside the site's cluster. */
    readonly inCluster: boolean;
    /** Its name without that of the site. */
    readonly name: string;
    /** The component's own name, with which those of its resources begin. */
    readonly component: string;
    readonly resources: readonly PlannedResource[];
}

/** The components right below a site's, and what stands in none of them. */
export function partsOf(site: PlannedComponent, index: Index): readonly Part[] {
    const below = ({ resources, components }: PlannedComponent): readonly PlannedResource[] => [
        ...resources.flatMap((urn) => index.resource(urn) ?? []),
        ...components.flatMap(below),
    ];
    const parts = site.components.map((one) => {
        const name = one.name === site.name ? "" : shortName(one.name, site.name);
        return {
            id: one.urn,
            kind: kindOf(one.type),
            inCluster: one.type.startsWith("platform:kubernetes:"),
            name,
            component: one.name,
            resources: below(one),
        };
    });
    const own = site.resources.flatMap((urn) => index.resource(urn) ?? []);
    if (own.length === 0) return parts;
    return [
        ...parts,
        {
            id: site.urn || "rest",
            kind: kindOf(site.type) || "Rest",
            inCluster: false,
            name: "",
            component: site.name,
            resources: own,
        },
    ];
}

/** The kind of a part as words: `LogicalDatabases` becomes "Logical databases". */
export function wordsOf(kind: string): string {
    const [first = "", ...rest] = kind.split(/(?<=[a-z])(?=[A-Z])/);
    return [first, ...rest.map((word) => word.toLowerCase())].join(" ");
}
