import type { Value } from "../../runtime/reader.ts";
import { holds, type Truth } from "../../runtime/truth.ts";

/** One way in through a firewall, whatever the cloud calls it. */
export interface Ingress {
    /** Where it stands, for messages. */
    readonly at: Value;
    /** Whether it lets the whole internet in. */
    readonly fromWorld: Truth;
    /** Whether it is open on a TCP port. */
    readonly opensTcp: (port: number) => Truth;
    /** Whether it is open on every port or for every protocol. */
    readonly opensAll: Truth;
    /** The prefix lists of AWS among its sources, if it can name any. Only the stack shows what is in them. */
    readonly prefixLists?: PrefixLists;
}

/** Where prefix lists are named. */
export interface PrefixLists {
    /** An id, or a list of them. */
    readonly ids: Value;
    /** The input of the resource that the ids stand in. */
    readonly input: string;
}

const LAST_PORT = 65535;

/** Ports from one to another, both included. */
export interface Span {
    readonly from: number;
    readonly to: number;
}

/** The ways in that a resource of the type opens. */
export type IngressReader = (inputs: Value) => readonly Ingress[];

/** The ways in of a list of rules. While the list is unknown, it may hold any. */
export function many(list: Value, read: (rule: Value) => Ingress): readonly Ingress[] {
    const rules = list.list();
    switch (rules.state) {
        case "known":
            return rules.value.map(read);
        case "absent":
            return [];
        case "unknown":
            return [
                {
                    at: list,
                    fromWorld: { unknown: list.path },
                    opensTcp: () => true,
                    opensAll: true,
                },
            ];
    }
}

/** Ports as Azure and Google Cloud write them: `22`, `20-30`, `*`. */
function spanOf(text: string): Span | undefined {
    if (text === "*") return { from: 0, to: LAST_PORT };
    const match = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(text);
    if (match === null) return undefined;
    const from = Number(match[1]);
    return { from, to: match[2] === undefined ? from : Number(match[2]) };
}

/** Whether the ports that stand at a value satisfy a test. */
export function inSpan(value: Value, test: (span: Span) => boolean): Truth {
    const number = value.number();
    if (number.state === "known") return test({ from: number.value, to: number.value });
    return holds(
        value,
        value.text(),
        (text) => {
            const span = spanOf(text);
            return span === undefined ? { unknown: value.path } : test(span);
        },
        false,
    );
}

/** Whether a port lies within. */
export const covers = (port: number) => (span: Span) => span.from <= port && port <= span.to;
/** Whether it is every port; port 0 is none that anybody listens on. */
export const isWhole = (span: Span) => span.from <= 1 && span.to >= LAST_PORT;
