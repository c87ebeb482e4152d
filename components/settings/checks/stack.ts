import type { Cidr } from "../../lib/cidr.ts";
import { overlaps } from "../../lib/cidr.ts";
import type { Problem } from "../../lib/problem.ts";
import type { CloudName } from "../../contracts/cloud.ts";
import { ACKNOWLEDGEMENTS, type Acknowledgement } from "../acknowledgements.ts";
import { freeBlock } from "../cidr-plan.ts";
import type { RawSettings } from "../schema.ts";
import type { SiteContext, Stack } from "../site-context.ts";
import { DATA_SECTIONS } from "./sections.ts";

/** What a stack has to say and nobody can guess. */
const REQUIRED = {
    environment: "Write dev, staging or prod",
    owner: "Name the team that answers for the stack, like platform-team",
    costCentre: "Say where the cost is booked, like cc-1000",
    sites: "Name at least one site, like sites: { main: { cloud: aws, region: eu-central-1, … } }",
} as const;

/** What the stack itself lacks. */
export function checkRequired(raw: RawSettings, broken: ReadonlySet<string>): Problem[] {
    const keys = Object.keys(REQUIRED) as (keyof typeof REQUIRED)[];
    return keys
        .filter((key) => !broken.has(key))
        .filter((key) => raw[key] === undefined || (key === "sites" && isEmpty(raw.sites)))
        .filter((key) => key !== "sites" || ![...broken].some((path) => path.startsWith("sites.")))
        .map((path) => ({
            path,
            message: raw[path] === undefined ? "is missing" : "is empty",
            fix: REQUIRED[path],
        }));
}

const isEmpty = (mapping: object | undefined) => Object.keys(mapping ?? {}).length === 0;

/** The sites that the target chooses; says so when there is none. */
export function chooseSites(
    target: CloudName | "all",
    sites: readonly SiteContext[],
    stack: Stack,
): SiteContext[] {
    const chosen = sites.filter(({ cloud }) => target === "all" || cloud === target);
    const others = sites.filter((site) => !chosen.includes(site)).map(({ key }) => key);
    if (sites.length > 0 && chosen.length === 0 && sites.every(({ cloud }) => cloud)) {
        stack.problems.push({
            path: "target",
            value: JSON.stringify(target),
            message: `matches no site: ${sites.map(({ key, cloud }) => `${key} is on ${cloud}`).join(", ")}`,
            fix: "Choose the cloud of a site, or all",
        });
    } else if (target !== "all" && others.length > 0) {
        stack.warnings.push({
            path: "target",
            value: JSON.stringify(target),
            message: `leaves out ${others.join(", ")}; what this stack deployed there before would be deleted`,
            fix: "Use a stack of its own for a part of the sites, or all",
        });
    }
    return chosen;
}

/** Blocks of two sites that share addresses (G1.10). */
export function checkOverlaps(sites: readonly SiteContext[], planned: ReadonlySet<string>): void {
    const taken = sites.map(({ effective }) => effective.network.cidr);
    sites.forEach((site, index) => {
        for (const other of sites.slice(0, index)) {
            if (!overlaps(site.effective.network.cidr, other.effective.network.cidr)) continue;
            const free = freeBlock(site.name, taken);
            if (free !== undefined) taken.push(free);
            site.add(overlapFinding(site, other, planned, free));
        }
    });
}

function overlapFinding(
    site: SiteContext,
    other: SiteContext,
    planned: ReadonlySet<string>,
    free: Cidr | undefined,
) {
    const [own, theirs] = [site, other].map(({ key, effective }) =>
        planned.has(key) ? `${effective.network.cidr} (planned)` : effective.network.cidr,
    );
    const both = planned.has(site.key) && planned.has(other.key);
    const advice = free ? `like ${free}` : "outside of it";
    return {
        at: "network.cidr",
        message: `of ${site.key} is ${own}, which overlaps ${theirs} of ${other.key}, so the sites could never be connected`,
        fix: both
            ? `Write a block of its own, ${advice}, at the newer of the two sites: the other keeps its network`
            : `Write a block of its own at ${site.key}, ${advice}`,
    };
}

/** The sections whose entries are named after their site and their key. */
const NAMED = [...DATA_SECTIONS, "applications"] as const;

/** Names that two sites would both give: "a" with "b-c", and "a-b" with "c". */
export function checkDuplicates(sites: readonly SiteContext[]): void {
    for (const kind of NAMED) {
        const seen = new Map<string, string>();
        for (const { key, name, effective, add } of sites) {
            for (const entry of Object.keys(effective[kind])) {
                const composed = `${name}-${entry}`;
                const other = seen.get(composed);
                seen.set(composed, `${kind}.${entry} of site ${key}`);
                if (other === undefined) continue;
                const message = `of site ${key} gets the name ${composed}, as does ${other}`;
                add({
                    at: `${kind}.${entry}`,
                    message,
                    fix: "Rename one of them, or one of the sites",
                });
            }
        }
    }
}

/** Acknowledgements that accept nothing any more, which would go unnoticed when they matter again. */
export function checkAcknowledgements(stack: Stack): void {
    stack.acknowledged.forEach((name: Acknowledgement, index) => {
        if (stack.needed.has(name)) return;
        stack.warnings.push({
            path: `acknowledge[${index}]`,
            value: JSON.stringify(name),
            message: `accepts that ${ACKNOWLEDGEMENTS[name]}, which is not so`,
            fix: "Remove it",
        });
    });
}
