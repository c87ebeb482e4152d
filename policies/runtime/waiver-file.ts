import { parseDocument } from "yaml";
import type { Rule } from "../rules/rule.ts";
import type { Waiver } from "./waivers.ts";

/** A file of waivers that says something wrong. The message lists every problem. */
export class WaiverError extends Error {
    override readonly name = "WaiverError";
}

const FIELDS = ["rule", "select", "owner", "reason", "expires"] as const;
/** For how many days from today a waiver may hold. A longer one would outlive whoever answers for it. */
const LONGEST = 366;

const SELECTORS = ["type", "name", "site", "stack", "tag"] as const;

/**
 * Reads a file of waivers.
 *
 * @param file the file's name, for messages
 * @param today the day of the run, as `2026-11-21`
 * @throws WaiverError with every problem at once
 */
export function readWaivers(
    text: string,
    rules: readonly Rule[],
    file: string,
    today: string,
): readonly Waiver[] {
    const document = parseDocument(text);
    const problems = document.errors.map((error) => `${file}: ${error.message.split("\n")[0]}`);
    const root: unknown = problems.length > 0 ? {} : (document.toJS() ?? {});
    const list = isMap(root) ? (root.waivers ?? []) : undefined;
    if (!Array.isArray(list)) {
        problems.push(`${file}: holds no list "waivers". Write "waivers: []" for none.`);
    } else {
        const ids = new Set(rules.map(({ id }) => id));
        list.forEach((entry, index) => {
            const path = `${file}: waivers[${index}]`;
            problems.push(...problemsOf(entry, path, ids), ...termProblems(entry, path, today));
        });
    }
    if (problems.length > 0) throw new WaiverError(problems.join("\n"));
    return list as readonly Waiver[];
}

function problemsOf(entry: unknown, path: string, rules: ReadonlySet<string>): readonly string[] {
    if (!isMap(entry)) return [`${path} is not a map. Give it ${FIELDS.join(", ")}.`];
    const { rule, select, expires } = entry;
    const known = typeof rule === "string" && rules.has(rule);
    return [
        ...unknownKeys(entry, FIELDS, path),
        ...(known
            ? []
            : [`${path}.rule is ${shown(rule)}; name a rule of docs/policies.md by its id.`]),
        ...["owner", "reason"].flatMap((field) =>
            isText(entry[field])
                ? []
                : [`${path}.${field} is ${shown(entry[field])}; write who answers, and why.`],
        ),
        ...(isDay(expires)
            ? []
            : [`${path}.expires is ${shown(expires)}; give the last day, as 2027-03-31.`]),
        ...selectorProblems(select, `${path}.select`),
    ];
}

function termProblems(entry: unknown, path: string, today: string): readonly string[] {
    const expires = isMap(entry) ? entry.expires : undefined;
    const last = dayAfter(today, LONGEST);
    if (!isDay(expires) || expires <= last) return [];
    return [
        `${path}.expires is ${shown(expires)}, more than ${LONGEST} days ahead; give ${last} or an earlier day, and look at it again by then.`,
    ];
}

function dayAfter(today: string, days: number): string {
    const day = new Date(`${today}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + days);
    return day.toISOString().slice(0, 10);
}

function selectorProblems(select: unknown, path: string): readonly string[] {
    if (!isMap(select) || !narrows(select)) {
        return [
            `${path} selects nothing in particular; give type, name, site or tag. ` +
                "To leave a rule out altogether, set its level.",
        ];
    }
    const { tag, ...patterns } = select;
    const tags = tag === undefined || (isMap(tag) && Object.values(tag).every(isText));
    return [
        ...unknownKeys(select, SELECTORS, path),
        ...Object.entries(patterns)
            .filter(([key]) => (SELECTORS as readonly string[]).includes(key))
            .filter(([, pattern]) => !isText(pattern))
            .map(([key, pattern]) => `${path}.${key} is ${shown(pattern)}; write a pattern.`),
        ...(tags ? [] : [`${path}.tag is ${shown(tag)}; write a map of tags to patterns.`]),
    ];
}

/** Whether a selector leaves anything out within a stack. `*` fits all there is, and so does a map of no tags. */
function narrows({ type, name, site, tag }: Record<string, unknown>): boolean {
    const given = [type, name, site].some((pattern) => pattern !== undefined && !isAll(pattern));
    return given || (isMap(tag) ? Object.keys(tag).length > 0 : tag !== undefined);
}

function isAll(pattern: unknown): boolean {
    return typeof pattern === "string" && /^\*+$/.test(pattern.trim());
}

function unknownKeys(
    map: Record<string, unknown>,
    allowed: readonly string[],
    path: string,
): readonly string[] {
    return Object.keys(map)
        .filter((key) => !allowed.includes(key))
        .map((key) => `${path}.${key} is unknown. Allowed are ${allowed.join(", ")}.`);
}

function isMap(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
    return typeof value === "string" && value.trim() !== "";
}

function isDay(value: unknown): value is string {
    if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
    const day = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function shown(value: unknown): string {
    return value === undefined ? "missing" : JSON.stringify(value);
}
