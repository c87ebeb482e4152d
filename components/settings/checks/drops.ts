import type { Report } from "../shape.ts";
import { isMapping } from "../shape.ts";
import { join } from "../words.ts";

/** Empty entries of the stack's own maps, where there is nothing below that they could drop. */
export function checkNulls(value: unknown, path: string, report: Report): void {
    if (!isMapping(value)) return;
    for (const [key, inner] of Object.entries(value)) {
        const at = join(path, key);
        if (inner === null) {
            const message = "is empty, which drops nothing here";
            report.problems.push({
                path: at,
                message,
                fix: "Write {} for the defaults, or remove the line",
            });
            report.broken.add(at);
        } else {
            checkNulls(inner, at, report);
        }
    }
}

/** Entries that a site drops although the stack has none of that name. */
export function checkDrops(site: unknown, stack: unknown, path: string, report: Report): void {
    if (!isMapping(site)) return;
    for (const [key, inner] of Object.entries(site)) {
        const below = isMapping(stack) && Object.hasOwn(stack, key) ? stack[key] : undefined;
        const at = join(path, key);
        if (inner === null && below === undefined) {
            const message = "is empty, which drops nothing: the stack has no entry of that name";
            report.problems.push({
                path: at,
                message,
                fix: "Write {} for the defaults, or remove the line",
            });
        } else {
            checkDrops(inner, below, at, report);
        }
    }
}
