import type { RawApplication, RawSettings, RawSite } from "../schema.ts";
import { nearest } from "../nearest.ts";
import type { Stack } from "../site-context.ts";
import { oneOf } from "../words.ts";

type Applications = Readonly<Record<string, RawApplication | null>>;

/** The applications that a layer speaks about, without those that it drops. */
function spoken(applications: Applications = {}): readonly (readonly [string, RawApplication])[] {
    return Object.entries(applications).flatMap(([key, application]) =>
        application === null ? [] : [[key, application] as const],
    );
}

/** The sites that an application names have to be there. */
function checkNamed(
    stack: Stack,
    prefix: string,
    sites: readonly string[],
    applications?: Applications,
): void {
    for (const [key, { sites: named }] of spoken(applications)) {
        const path = `${prefix}applications.${key}.sites`;
        if (named?.length === 0 && !stack.broken.has(path)) {
            const fix = "Name a site, or leave it out for all of them";
            stack.problems.push({ path, message: "is empty: it would run nowhere", fix });
        }
        for (const name of named?.filter((one) => !sites.includes(one)) ?? []) {
            const meant = nearest(name, sites);
            stack.problems.push({
                path,
                value: JSON.stringify(name),
                message: "is not a site of the stack",
                fix: meant ? `Did you mean ${JSON.stringify(meant)}?` : `Write ${oneOf(sites)}`,
            });
        }
    }
}

/** What a site says about an application that does not run there would be lost. */
function checkLost(stack: Stack, key: string, site: RawSite, shared?: Applications): void {
    for (const [application, own] of spoken(site.applications)) {
        const all = shared && Object.hasOwn(shared, application) ? shared[application] : undefined;
        const named = own.sites ?? all?.sites;
        if (named === undefined || named.length === 0 || named.includes(key)) continue;
        stack.problems.push({
            path: `sites.${key}.applications.${application}`,
            message: `speaks about an application that runs on ${oneOf(named, "and")} only`,
            fix: `Remove it, or add ${key} to the application's sites`,
        });
    }
}

/** Where applications run: on sites that there are, and settings only where they run. */
export function checkPlaces(raw: RawSettings, stack: Stack): void {
    const { sites = {}, applications } = raw;
    const keys = Object.keys(sites);
    if (keys.length === 0) return;
    checkNamed(stack, "", keys, applications);
    for (const [key, site] of Object.entries(sites)) {
        if (site === null) continue;
        checkNamed(stack, `sites.${key}.`, keys, site.applications);
        checkLost(stack, key, site, applications);
    }
}
