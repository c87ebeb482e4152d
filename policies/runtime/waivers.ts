import { parseDocument } from "yaml";
import type { Resource, Rule } from "../rules/rule.ts";
import { matches } from "./glob.ts";
import { stackOf } from "./judge.ts";
import type { Value } from "./reader.ts";

/** Which resources a waiver is for. All that is given has to fit; `*` stands for any text. */
export interface Selector {
    /** The type's token, with its API version or without. */
    readonly type?: string;
    readonly name?: string;
    /** The key of a site, or the name of its component. */
    readonly site?: string;
    /** In other stacks the waiver is left out of account. */
    readonly stack?: string;
    /** Tags or labels of the resource. */
    readonly tag?: Readonly<Record<string, string>>;
}

/** A finding that somebody answers for. */
export interface Waiver {
    readonly rule: string;
    readonly select: Selector;
    /** Who answers for it. */
    readonly owner: string;
    readonly reason: string;
    /** The last day on which it holds, as `2027-03-31`. */
    readonly expires: string;
}

/** A file of waivers that says something wrong. The message lists every problem. */
export class WaiverError extends Error {
    override readonly name = "WaiverError";
}

/** A waiver that has to be looked after. */
export interface WaiverFinding {
    readonly rule: Rule;
    readonly message: string;
}

/** What the rules about waivers have in common. */
const ABOUT_WAIVERS = {
    clouds: ["aws", "azure", "gcp", "kubernetes"],
    pack: "security",
    requirements: {},
    analogies: { "SOC 2": ["CC3.4"] },
    see: "https://www.pulumi.com/docs/iac/crossguard/",
    checks: {},
} as const;

/** A waiver holds no longer. What it waived is found again, so this only says why. */
export const waiverExpired: Rule = {
    ...ABOUT_WAIVERS,
    id: "waiver-expired",
    title: "No waiver has expired.",
    why: "What was accepted for a while is accepted no longer, and its finding is back.",
    severity: "medium",
    remediation: "Mend what was waived and remove the waiver, or have its owner give it a new day.",
};

/** A waiver waives nothing. */
export const waiverUnused: Rule = {
    ...ABOUT_WAIVERS,
    id: "waiver-unused",
    title: "Every waiver waives something.",
    why: "A waiver that waives nothing today will waive, unseen, whatever comes to fit it.",
    severity: "low",
    remediation: "Remove the waiver, or correct its selector.",
};

/** The rules about waivers, which judge the file and no resource. */
export const waiverRules: readonly Rule[] = [waiverExpired, waiverUnused];

const FIELDS = ["rule", "select", "owner", "reason", "expires"] as const;
const SELECTORS = ["type", "name", "site", "stack", "tag"] as const;

/**
 * Reads a file of waivers.
 *
 * @param file the file's name, for messages
 * @throws WaiverError with every problem at once
 */
export function readWaivers(text: string, rules: readonly Rule[], file: string): readonly Waiver[] {
    const document = parseDocument(text);
    const problems = document.errors.map((error) => `${file}: ${error.message.split("\n")[0]}`);
    const root: unknown = problems.length > 0 ? {} : (document.toJS() ?? {});
    const list = isMap(root) ? (root.waivers ?? []) : undefined;
    if (!Array.isArray(list)) {
        problems.push(`${file}: holds no list "waivers". Write "waivers: []" for none.`);
    } else {
        const ids = new Set(rules.map(({ id }) => id));
        list.forEach((entry, index) => {
            problems.push(...problemsOf(entry, `${file}: waivers[${index}]`, ids));
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

function selectorProblems(select: unknown, path: string): readonly string[] {
    if (!isMap(select) || !["type", "name", "site", "tag"].some((key) => key in select)) {
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

function isDay(value: unknown): boolean {
    if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
    const day = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function shown(value: unknown): string {
    return value === undefined ? "missing" : JSON.stringify(value);
}

/** What a waiver may select by. */
export interface Subject {
    readonly resource: Resource;
    /** The name of the site's component; undefined outside of sites. */
    readonly site: string | undefined;
}

/** The waivers in one run over a stack, which remembers what they were good for. */
export class WaiverRun {
    readonly #today: string;
    readonly #used = new Set<Waiver>();
    readonly #byRule = new Map<string, Waiver[]>();

    constructor(waivers: readonly Waiver[], today: string) {
        this.#today = today;
        for (const waiver of waivers) {
            const others = this.#byRule.get(waiver.rule);
            if (others === undefined) this.#byRule.set(waiver.rule, [waiver]);
            else others.push(waiver);
        }
    }

    /** The waiver under which a rule's finding on a resource stands, if one holds. */
    find(rule: Rule, subject: Subject): Waiver | undefined {
        const fitting = this.#byRule.get(rule.id)?.filter(({ select }) => selects(select, subject));
        fitting?.forEach((waiver) => this.#used.add(waiver));
        return fitting?.find(({ expires }) => expires >= this.#today);
    }

    /** What is to be said about the waivers themselves after all resources of a stack were judged. */
    findings(stack: string): readonly WaiverFinding[] {
        return [...this.#byRule.values()]
            .flat()
            .filter(({ select }) => matches(stack, select.stack ?? "*"))
            .flatMap((waiver) => this.#findingsOn(waiver));
    }

    #findingsOn(waiver: Waiver): readonly WaiverFinding[] {
        const { rule, owner, expires } = waiver;
        const name = `the waiver of ${rule} by ${owner}`;
        if (!this.#used.has(waiver)) {
            return [{ rule: waiverUnused, message: `${name} fits no finding` }];
        }
        if (expires >= this.#today) return [];
        return [{ rule: waiverExpired, message: `${name} held until ${expires}` }];
    }
}

/** The name of the site's component that a resource stands below, as far as its parents are known. */
export function siteOf(urn: string, parentOf: (urn: string) => string): string | undefined {
    for (let next = parentOf(urn); next !== ""; next = parentOf(next)) {
        const [, , types = "", name = ""] = next.split("::");
        if (/(^|\$)platform:\w+:Site$/.test(types)) return name;
    }
    return undefined;
}

function selects(select: Selector, { resource, site }: Subject): boolean {
    const { type, name, tag = {} } = select;
    const fits = (pattern: string | undefined, ...texts: readonly string[]) =>
        pattern === undefined || texts.some((text) => matches(text, pattern));
    return (
        fits(type, resource.type, resource.token) &&
        fits(name, resource.name) &&
        fits(select.stack, stackOf(resource.urn)) &&
        (select.site === undefined || isSite(site, select.site)) &&
        Object.entries(tag).every(([key, pattern]) => hasTag(resource.inputs, key, pattern))
    );
}

/** A site's component is named after project, stack and key. */
function isSite(site: string | undefined, pattern: string): boolean {
    return site !== undefined && (matches(site, pattern) || matches(site, `*-${pattern}`));
}

/** Where clouds keep what a user tells resources apart by. */
const TAGS = [
    "tags",
    "tagsAll",
    "labels",
    "userLabels",
    "resourceLabels",
    "settings.userLabels",
    "metadata.labels",
] as const;

function hasTag(inputs: Value, key: string, pattern: string): boolean {
    return TAGS.some((path) => {
        const value = inputs.at(path).get(key).text();
        return value.state === "known" && matches(value.value, pattern);
    });
}
