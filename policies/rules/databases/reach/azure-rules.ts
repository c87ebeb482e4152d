import type { Stack, StackResource } from "../../../runtime/stack.ts";
import type { Value } from "../../../runtime/reader.ts";
import { and, failIf, holds, isOneOf, not, or, type Truth } from "../../../runtime/truth.ts";
import { isWorld } from "../../addresses.ts";
import { covers, inSpan } from "../../ingress/ingress.ts";
import { on, type StackVerdict } from "../../rule.ts";
import { elements } from "../../lists.ts";
import { isAtHome, type Home } from "./ranges.ts";

/** A security group before a database. */
export interface Door {
    readonly stack: Stack;
    readonly group: StackResource;
    readonly ports: readonly number[];
    /** True if other services stand in the same subnet, whose ports are none of our business. */
    readonly isShared: boolean;
    readonly home: Home;
    /** The addresses of the database's own subnet. */
    readonly own: Home;
}

/** One rule of a security group, in the group or beside it. */
interface Entry {
    readonly owner: StackResource;
    readonly at: Value;
    /** The input at which its references are noted. */
    readonly input: string;
}

/** What stands in an input for one value, and in its sibling for several. */
const inEither = (at: Value, one: string, several: string): readonly Value[] => [
    ...(at.get(one).state === "absent" ? [] : [at.get(one)]),
    ...elements(at.get(several)),
];

const sourcesOf = (at: Value) => inEither(at, "sourceAddressPrefix", "sourceAddressPrefixes");
const portsOf = (at: Value) => inEither(at, "destinationPortRange", "destinationPortRanges");

const isInbound = (at: Value, access: string): Truth =>
    and(
        isOneOf(at.get("direction"), ["inbound"], false),
        isOneOf(at.get("access"), [access], false),
    );

const ofTcp = (at: Value): Truth => isOneOf(at.get("protocol"), ["tcp", "*"], false);

const opens = (at: Value, port: number): Truth =>
    and(ofTcp(at), or(...portsOf(at).map((range) => inSpan(range, covers(port)))));

/** Azure's last rule but one lets the whole network in, so something has to deny that before. */
const WHOLE_NETWORK = ["virtualnetwork", "*", "any", "0.0.0.0/0"];

function deniesNetwork(at: Value, ports: readonly number[]): Truth {
    return and(
        isInbound(at, "deny"),
        or(...sourcesOf(at).map((source) => isOneOf(source, WHOLE_NETWORK, false))),
        ...ports.slice(0, 1).map((port) => opens(at, port)),
    );
}

/** Whether the addresses of a source are the cluster's, the load balancer's probes, or the database's own. */
function isPeer(
    { home, own, stack }: Door,
    entry: Entry,
    source: Value,
    nodes: ReadonlySet<string>,
): Truth {
    const unsure: Truth = { unknown: source.path };
    if (source.state === "unknown") {
        const targets = stack.targets(entry.owner, entry.input);
        return targets.length > 0 && targets.every(({ urn }) => nodes.has(urn)) ? true : unsure;
    }
    if (isWorld(source) === true) return false;
    return or(
        isOneOf(source, ["azureloadbalancer"], false),
        isAtHome(source, own, unsure),
        isAtHome(source, home, unsure),
    );
}

/** Whether a rule lets in nobody but the cluster, on the database's ports. */
function isNarrow(door: Door, entry: Entry, nodes: ReadonlySet<string>): Truth {
    const { at } = entry;
    const sources = sourcesOf(at);
    const groups = at.get("sourceApplicationSecurityGroups");
    const onPorts = portsOf(at).map((range) =>
        inSpan(range, ({ from, to }) => from === to && door.ports.includes(from)),
    );
    return and(
        groups.state === "absent" ? true : { unknown: groups.path },
        ...sources.map((source) => isPeer(door, entry, source, nodes)),
        ...(door.isShared ? [] : onPorts),
    );
}

/** Where the rest of the network is denied. */
interface Denial {
    readonly exists: Truth;
    /** The smallest priority of a rule that denies it; smaller numbers come first. */
    readonly first: number;
    /** Unknown if there may be others, else false. */
    readonly others: Truth;
}

function denialIn(entries: readonly Entry[], ports: readonly number[]): Denial {
    const denials = entries.map(({ at }) => ({
        priority: at.get("priority"),
        denies: deniesNetwork(at, ports),
    }));
    const numbers = denials.flatMap(({ priority, denies }) => {
        const number = priority.number();
        return denies === true && number.state === "known" ? [number.value] : [];
    });
    const unsure = denials.map(({ priority, denies }) =>
        and(denies, priority.number().state === "known" ? false : { unknown: priority.path }),
    );
    return {
        exists: or(...denials.map(({ denies }) => denies)),
        first: Math.min(...numbers, Number.POSITIVE_INFINITY),
        others: or(...denials.map(({ denies }) => denies !== true && denies), ...unsure),
    };
}

/** Whether a rule comes before the one that denies the rest, and so has an effect. */
function isBefore(at: Value, { first, others }: Denial): Truth {
    const priority = at.get("priority");
    const early = holds(priority, priority.number(), (number) => number < first, true);
    return and(early, others === false ? true : others);
}

/** The verdicts on the rules of a group before a database. */
export function judgeRules(
    door: Door,
    separate: readonly StackResource[],
    nodes: ReadonlySet<string>,
): readonly StackVerdict[] {
    const { group, ports, isShared } = door;
    const list = group.given.get("securityRules");
    const entries: readonly Entry[] = [
        ...elements(list).map((at) => ({ owner: group, at, input: "securityRules" })),
        ...separate.map((owner) => ({ owner, at: owner.given, input: "sourceAddressPrefix" })),
    ];
    const denial = denialIn(entries, ports);
    const found = entries.flatMap((entry) => {
        const { at, owner } = entry;
        const concerns = isShared ? or(...ports.map((port) => opens(at, port))) : true;
        const bad = and(
            isInbound(at, "allow"),
            isBefore(at, denial),
            concerns,
            not(isNarrow(door, entry, nodes)),
        );
        return on(
            owner,
            failIf(
                bad,
                at,
                "lets in more than the cluster's nodes and pods on the database's port",
            ),
        );
    });
    const open = failIf(not(denial.exists), list, "does not deny the rest of the network");
    return [...found, ...on(group, open)];
}
