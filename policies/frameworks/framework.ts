import type { Standard } from "../rules/rule.ts";

/** What a control is a matter of whose state no reading of a stack shows. */
export const OUTSIDE = {
    paper: "documents and reviews",
    people: "what people know and do",
    place: "rooms, media and devices",
    contract: "contracts and other parties",
    runtime: "running systems",
    data: "the application's code and data",
    elsewhere: "accounts, organisations and clouds around the stack",
} as const;

export type Outside = keyof typeof OUTSIDE;

/** One requirement, criterion, article or recommendation. */
export interface Control {
    /** As the standard numbers it, and as rules name it. */
    readonly id: string;
    /** What it is about, in words of this project: the standards' own texts are theirs. */
    readonly title: string;
    /** The part of the standard that it stands in. */
    readonly section: string;
    /** Why no program like this one can see it; undefined where a rule could. */
    readonly outside?: Outside;
}

/** A standard as far as this project lists it. */
export interface Framework {
    /** What users call it: `pci`, `cis-eks`. */
    readonly name: string;
    /** The name under which rules refer to it. */
    readonly standard: Standard;
    /** With its version. */
    readonly title: string;
    /** How complete the list of controls is, and where the numbers were checked. */
    readonly list: string;
    /** The cloud that it is about, if it is about one: only its resources, and objects of its clusters, count. */
    readonly cloud?: "aws" | "azure" | "gcp";
    /** In the order of the standard. */
    readonly controls: readonly Control[];
    /** What is out of sight, whatever the rules say. */
    readonly outside: readonly string[];
}

/** A control in one line: its number, its title, and why it is out of sight if it is. */
export type Line = readonly [id: string, title: string, outside?: Outside];

/** The controls of a section. */
export function section(name: string, lines: readonly Line[]): readonly Control[] {
    return lines.map(([id, title, outside]) =>
        outside === undefined
            ? { id, title, section: name }
            : { id, title, section: name, outside },
    );
}

/** What no reading of a stack shows, for every standard alike. */
export const OUT_OF_SIGHT: readonly string[] = [
    "What happens while systems run: who signs in, what is logged and read, which alarms go off, whether a restore works.",
    "What people do, know and sign: policies, training, reviews, contracts, and the premises of offices and clouds.",
    "What a Helm chart renders, what operators and GitOps tools make in a cluster, and what is changed by hand.",
    "Other stacks, other accounts, and what an account or an organisation settles for all of its resources.",
    "The application itself: its code, its images' contents, its data, and which of its data the standard is about.",
];
