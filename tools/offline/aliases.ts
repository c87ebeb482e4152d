import type aliasproto from "@pulumi/pulumi/proto/alias_pb.js";
import { logicalName, typeIn } from "../../simulator/urn.ts";

/** A resource as it is registered. */
interface Registered {
    readonly type: string;
    readonly name: string;
    /** The parent's URN; empty at the top. */
    readonly parent: string;
    readonly project: string;
    readonly stack: string;
}

/** A parent, and the URNs that it goes by besides its own. */
interface Parent {
    readonly name: string;
    readonly aliases: readonly string[];
}

/**
 * Every URN under which the engine would look for a resource in the state, besides its own. The SDK sends what the program
 * wrote, and leaves it to the engine to fill in the rest and to hand on the old names of parents.
 */
export function aliasUrns(
    aliases: readonly aliasproto.Alias[],
    one: Registered,
    parent?: Parent,
): readonly string[] {
    const own = aliases.map((alias) => aliasUrn(alias, one));
    const inherited = (parent?.aliases ?? []).flatMap((above) => {
        const before = own.map((urn) => ({ name: logicalName(urn), type: typeIn(urn) }));
        return [one, ...before].map(({ name, type }) => {
            const renamed = renameWith(name, parent?.name ?? "", logicalName(above));
            return urnOf({ ...one, type, name: renamed, parent: above });
        });
    });
    return [...new Set([...own, ...inherited])];
}

function aliasUrn(alias: aliasproto.Alias, one: Registered): string {
    const spec = alias.getSpec();
    if (spec === undefined) return alias.getUrn();
    return urnOf({
        type: spec.getType() || one.type,
        name: spec.getName() || one.name,
        parent: spec.getNoparent() ? "" : spec.getParenturn() || one.parent,
        project: spec.getProject() || one.project,
        stack: spec.getStack() || one.stack,
    });
}

/** A child that is named after its parent was named after the parent's old name. */
function renameWith(name: string, parent: string, before: string): string {
    return name.startsWith(parent) ? before + name.slice(parent.length) : name;
}

/** The URN as the engine makes it: with the types of all parents, but for the stack. */
export function urnOf({ stack, project, parent, type, name }: Registered): string {
    const parents = parent.split("::")[2];
    const chain = !parents || parents === "pulumi:pulumi:Stack" ? type : `${parents}$${type}`;
    return [`urn:pulumi:${stack}`, project, chain, name].join("::");
}
