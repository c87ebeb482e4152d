import Table from "cli-table3";
import pc from "picocolors";
import type { Progress } from "./progress.ts";
import { changes, describeUrn, verb } from "./progress.ts";
import type { State, StateResource } from "./state.ts";
import { nameOf, placeOf, typeOf } from "./state.ts";

/** The mark that the engine puts in the place of a secret. */
const SECRET = "4dabf18193072939515e22adb298388d";

/** How many resources of each part stand in each site, by name: the state's order differs from run to run. */
export function standing(state: State): Map<string, Map<string, number>> {
    const parents = new Map(state.resources.map(({ urn, parent }) => [urn, parent]));
    const sites = new Map<string, Map<string, number>>();
    for (const resource of state.resources.filter(isCounted)) {
        const place = placeOf(resource.urn, (urn) => parents.get(urn));
        const site = place?.site ?? "shared";
        const part = partName(place?.site ?? "", place?.partUrn);
        const parts = sites.get(site) ?? new Map<string, number>();
        parts.set(part, (parts.get(part) ?? 0) + 1);
        sites.set(site, parts);
    }
    return new Map([...sites].sort(([left], [right]) => left.localeCompare(right)));
}

/** Counts what stands in a cloud; components, providers and what waits for deletion are the engine's own. */
function isCounted({ custom, type, delete: goes }: StateResource): boolean {
    return custom && goes !== true && !type.startsWith("pulumi:providers:");
}

/** `Cluster`, or `Database orders` where the part has a name of its own within the site. */
function partName(site: string, urn: string | undefined): string {
    if (urn === undefined) return "other";
    const kind = typeOf(urn).split(":").pop() ?? "";
    const name = nameOf(urn);
    return name === site || !name.startsWith(`${site}-`)
        ? kind
        : `${kind} ${name.slice(site.length + 1)}`;
}

/** The table of what stands. */
export function renderStanding(state: State): string {
    const table = new Table({
        head: ["site", "part", "resources"],
        colAligns: ["left", "left", "right"],
        style: { head: [], border: [] },
    });
    let total = 0;
    for (const [site, parts] of standing(state)) {
        const rows = [...parts].sort();
        const counts = rows.map(([, count]) => count);
        table.push([pc.bold(site), rows.map(([part]) => part).join("\n"), counts.join("\n")]);
        total += counts.reduce((sum, count) => sum + count, 0);
    }
    table.push(["", pc.bold("all"), pc.bold(String(total))]);
    return table.toString();
}

/** The stack's outputs, secrets masked: the state has them as ciphertext, and they stay that. */
export function renderOutputs(state: State): string[] {
    const outputs =
        state.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
    return renderTree(outputs, "  ");
}

function renderTree(value: object, indent: string): string[] {
    return Object.entries(value).flatMap(([key, below]: [string, unknown]) => {
        const label = `${indent}${pc.dim(Array.isArray(value) ? "-" : `${key}:`)}`;
        if (typeof below !== "object" || below === null) return [`${label} ${String(below)}`];
        if (SECRET in below) return [`${label} [secret]`];
        const tree = renderTree(below, `${indent}  `);
        return tree.length === 0 ? [] : [label, ...tree];
    });
}

/** `5 created, 1 updated`, or an empty text if nothing changed in a cloud. */
export function renderChanges(progress: Progress): string {
    const counts = new Map<string, number>();
    for (const { op, custom } of progress.done) {
        if (!custom || !changes(op)) continue;
        counts.set(op, (counts.get(op) ?? 0) + 1);
    }
    return [...counts].map(([op, count]) => `${count} ${verb(op, true)}`).join(", ");
}

/** How many resources change in a cloud. */
export function countChanges({ done }: Progress): number {
    return done.filter(({ op, custom }) => custom && changes(op)).length;
}

/** What would change, or was found changed: a line per resource with its properties. */
export function renderPlan(progress: Progress): string[] {
    return progress.done
        .filter(({ op, urn, custom }) => custom && (changes(op) || progress.differences.has(urn)))
        .map(({ op, urn }) => {
            const properties = progress.differences.get(urn) ?? [];
            const words = properties.length === 0 ? "" : pc.dim(` (${properties.join(", ")})`);
            return `  ${mark(op)} ${describeUrn(urn)}${words}`;
        });
}

function mark(op: string): string {
    if (op.startsWith("create") || op === "import") return pc.green("+");
    if (op.startsWith("delete")) return pc.red("-");
    if (op.includes("replace")) return pc.magenta("±");
    return pc.yellow("~");
}

/** What the policy packs said. */
export function renderPolicies(progress: Progress): string[] {
    const packs = Object.entries(progress.packs).map(([name, version]) =>
        `${name} ${version}`.trim(),
    );
    const broken = progress.findings.filter(({ mandatory }) => mandatory).length;
    const advice = progress.findings.length - broken;
    if (packs.length === 0 && progress.findings.length === 0) return [];
    const result =
        broken > 0
            ? pc.red(`${broken} mandatory ${broken === 1 ? "violation" : "violations"}`)
            : pc.green("no mandatory violation");
    return [`${packs.join(", ")}: ${result}${advice > 0 ? `, ${advice} advisory` : ""}`];
}
