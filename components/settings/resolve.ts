import type { CloudLimits, CloudName } from "../contracts/cloud.ts";
import type { Problem } from "../lib/problem.ts";
import { amount } from "../lib/units.ts";
import { defaultLayers, layer } from "./layers.ts";
import { GROWTH } from "./profiles.ts";
import type { Overrides, RawSettings, RawSite } from "./schema.ts";
import { OVERRIDES } from "./schema.ts";
import type { Effective } from "./site-context.ts";
import type { Environment, Origin } from "./types.ts";

/** The part of a stack's or a site's settings that layers are made of. */
function overrides(raw: RawSettings | RawSite): Overrides {
    return Object.fromEntries(
        Object.entries(raw).filter(([key]) => Object.hasOwn(OVERRIDES.fields, key)),
    );
}

/** Fills in where growth ends, which follows from the storage unless the user says it. */
function withCeilings(
    effective: Effective,
    origins: Map<string, Origin>,
    path: string,
    factor: number,
    limits: CloudLimits | undefined,
): Effective {
    if (limits?.database.cappedGrowth !== true) return effective;
    const databases = { ...effective.databases };
    for (const [key, database] of Object.entries(databases)) {
        if (!database.storageAutoGrow || database.maxStorage !== undefined) continue;
        const ceiling = Math.min(amount(database.storage) * factor, limits.database.storage.max);
        databases[key] = { ...database, maxStorage: `${ceiling} GiB` };
        origins.set(`${path}.databases.${key}.maxStorage`, "profile");
    }
    return { ...effective, databases };
}

/** What has no default and cannot be left out, by kind of entry; and what stands for it while the rest is checked. */
export const REQUIRED = {
    applications: {
        key: "image",
        fix: "Name the image that was tested, like ghcr.io/acme/shop:1.4.2",
        standIn: "registry.invalid/unknown:0",
    },
    registries: {
        key: "repositories",
        fix: "List the images it holds, like [shop]",
        standIn: ["unknown"],
    },
} as const;

/** Says what lacks what has no default, and fills it in: the rest is checked, and nothing is made of it. */
function completeRequired(
    tree: Record<string, unknown>,
    path: string,
    stack: Overrides,
    broken: Set<string>,
    problems: Problem[],
): void {
    for (const kind of ["applications", "registries"] as const) {
        const { key: required, fix, standIn } = REQUIRED[kind];
        const found = (tree[kind] ?? {}) as Record<string, Record<string, unknown>>;
        for (const [key, entry] of Object.entries(found)) {
            if (entry[required] !== undefined) continue;
            found[key] = { ...entry, [required]: standIn };
            const inStack = stack[kind] !== undefined && Object.hasOwn(stack[kind], key);
            const at = `${kind}.${key}`;
            const where = inStack ? at : `${path}.${at}`;
            const wrong = [at, `${path}.${at}`].some(
                (place) => broken.has(place) || broken.has(`${place}.${required}`),
            );
            // Nothing more is said of it than that.
            broken.add(`${where}.${required}`);
            if (wrong) continue;
            problems.push({ path: `${where}.${required}`, message: "is missing", fix });
        }
    }
}

/** Puts the layers of a site over each other: default, profile, stack, site. */
export function resolve(
    environment: Environment,
    site: { readonly key: string; readonly raw: RawSite; readonly cloud: CloudName | undefined },
    raw: RawSettings,
    limits: CloudLimits | undefined,
    report: { readonly problems: Problem[]; readonly broken: Set<string> },
): { effective: Effective; origins: Map<string, Origin> } {
    const [stack, own] = [overrides(raw), overrides(site.raw)];
    const path = `sites.${site.key}`;
    const { tree, origins } = layer(
        [...defaultLayers(environment, site.cloud, stack, own), ["stack", stack], ["site", own]],
        path,
    );
    completeRequired(tree, path, stack, report.broken, report.problems);
    // The defaults fill every place that the schema has, except those that completeRequired has seen to.
    const filled = tree as unknown as Effective;
    const effective = withCeilings(filled, origins, path, GROWTH[environment], limits);
    return { effective, origins };
}
