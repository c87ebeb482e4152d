import { stringify } from "yaml";
import { matches } from "../../../policies/runtime/glob.ts";
import { nearest } from "../../../components/settings/nearest.ts";
import { UserError } from "../../lib/user-error.ts";
import type { Plan, PlannedResource } from "../model.ts";
import { compare } from "../order.ts";
import type { Paint } from "./paint.ts";

/** The resources whose name, type or URN fits the pattern. */
export function chooseResources(
    plans: readonly Plan[],
    pattern: string,
): readonly PlannedResource[] {
    const all = plans.flatMap(({ resources }) => resources);
    const found = all.filter(({ name, type, token, urn }) =>
        [name, type, token, urn].some((text) => matches(text, pattern)),
    );
    if (found.length > 0) return found;
    const meant = nearest(
        pattern,
        [...new Set(all.flatMap(({ name, token }) => [name, token]))].sort(compare),
    );
    const hint = meant === undefined ? "--details lists them all." : `Did you mean ${meant}?`;
    throw new UserError(`No resource has the name, type or URN "${pattern}". ${hint}`, 2);
}

/** Everything about a resource. */
export function showResource(resource: PlannedResource, paint: Paint): string {
    const { token, name, urn, component, source, inputs, ...rest } = resource;
    const waits = rest.dependencies.map((one) => `  ${one}`);
    const facts = [
        ["urn", urn],
        ["in", component.join(" > ")],
        ["made at", source && `${source.file}:${source.line}`],
        ["provider", rest.provider],
        ["protected", rest.protect && "yes"],
        ["vanishes with", rest.deletedWith],
        ["aliases", rest.aliases.join(", ")],
        ["ignores changes of", rest.ignoreChanges.join(", ")],
        ["secret", rest.secrets.join(", ")],
        ["unknown", rest.unknowns.join(", ")],
    ].flatMap(([fact, value]) => (value ? [`${fact}: ${value}`] : []));
    return [
        paint.bold(`${token} ${name}`),
        ...facts,
        ...(waits.length > 0 ? ["waits for:", ...waits] : []),
        "inputs:",
        stringify(inputs).trimEnd().replace(/^/gm, "  "),
    ].join("\n");
}
