import { RUNNING } from "../../../contracts/application-kind.ts";
import { nearest } from "../../nearest.ts";
import type { SiteContext } from "../../site-context.ts";
import { oneOf } from "../../words.ts";
import type { ApplicationCheck } from "./index.ts";

/** Calls to applications that are there, listen there, and let themselves be called. */
export const checkCalls: ApplicationCheck = (
    { effective, elsewhere, key: site, add },
    key,
    { calls },
) => {
    const at = `applications.${key}.calls`;
    const { applications } = effective;
    const known = Object.keys(applications).filter((name) => name !== key);
    const twice = calls.find((call, index) => calls.indexOf(call) !== index);
    if (twice !== undefined) {
        const message = `holds ${JSON.stringify(twice)} more than once`;
        add({ at, message, fix: "Keep it once" });
    }
    for (const call of calls) {
        const [name = "", port] = call.split(":");
        const callee = Object.hasOwn(applications, name) ? applications[name] : undefined;
        if (name === key) {
            const message = "is the application itself";
            add({
                at,
                value: call,
                message,
                fix: "Remove it: pods of one application reach each other",
            });
        } else if (elsewhere.has(name)) {
            const message = `runs on other sites than ${site}, and calls stay within a site`;
            const fix = `Add ${site} to its sites, or leave the call out there`;
            add({ at, involves: [`applications.${name}`], value: call, message, fix });
        } else if (callee === undefined) {
            const meant = nearest(name, known);
            add({
                at,
                involves: [`applications.${name}`],
                value: call,
                message: "is not an application of the site",
                fix: meant
                    ? `Did you mean ${JSON.stringify(meant)}?`
                    : known.length > 0
                      ? `Write ${oneOf(known)}`
                      : "Add it under applications",
            });
        } else if (!RUNNING.includes(callee.kind)) {
            add({
                at,
                involves: [`applications.${name}.kind`],
                value: call,
                message: `is a ${callee.kind}, which answers nobody`,
                fix: "Leave it a message in a queue or a topic instead, or give it another kind",
            });
        } else if (
            port === undefined ? callee.port === undefined : !Object.hasOwn(callee.ports, port)
        ) {
            const ports = Object.keys(callee.ports).map((one) => `${name}:${one}`);
            const listens = [...(callee.port === undefined ? [] : [name]), ...ports];
            add({
                at,
                involves: [`applications.${name}.port`, `applications.${name}.ports`],
                value: call,
                message: "is a port that nobody listens on",
                fix: listens.length > 0 ? `Write ${oneOf(listens)}` : `Give ${name} a port`,
            });
        } else if (callee.expose.reach === "none") {
            add({
                at,
                involves: [`applications.${name}.expose`],
                value: call,
                message: `cannot be called: ${name} says expose: none`,
                fix: `Write expose: cluster for ${name}`,
            });
        }
    }
};

/** A shortest way from an application back to itself, or undefined. Each application is looked at once. */
function cycleFrom(
    start: string,
    calls: (key: string) => readonly string[],
): readonly string[] | undefined {
    const seen = new Set([start]);
    const paths: (readonly string[])[] = [[start]];
    for (const path of paths) {
        for (const next of calls(path.at(-1) ?? start)) {
            if (next === start) return [...path, next];
            if (seen.has(next)) continue;
            seen.add(next);
            paths.push([...path, next]);
        }
    }
    return undefined;
}

/** Applications that wait for each other in a ring: none could be started, changed or moved by itself. Each ring is told once. */
export function checkCycles({ effective, add }: SiteContext): void {
    const { applications } = effective;
    const named = new Map(
        Object.entries(applications).map(([key, application]) => [
            key,
            application.calls.map((call) => call.split(":")[0] ?? ""),
        ]),
    );
    const calls = (key: string) => named.get(key) ?? [];
    const told = new Set<string>();
    for (const key of Object.keys(applications)) {
        if (told.has(key)) continue;
        const cycle = cycleFrom(key, calls);
        if (cycle === undefined || cycle.length < 3) continue;
        for (const member of cycle) told.add(member);
        add({
            at: `applications.${key}.calls`,
            message: `go round in a ring: ${cycle.join(" → ")}`,
            fix: "Let one of them be told by a queue or a topic instead of calling",
        });
    }
}
