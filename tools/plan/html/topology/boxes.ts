/** A rectangle of the picture with words and other rectangles in it. */
export interface Box {
    /** What lines lead to. Unique within a picture. */
    readonly id: string;
    readonly kind: BoxKind;
    readonly title: string;
    readonly lines: readonly string[];
    /** Rows of boxes, each a grid of its own. */
    readonly rows: readonly (readonly Box[])[];
}

export type BoxKind =
    | "site"
    | "network"
    | "tier"
    | "subnet"
    | "cluster"
    | "pool"
    | "workload"
    | "chart"
    | "database"
    | "registry"
    | "store"
    | "other";

/** One box that reaches another. */
export interface Reach {
    readonly from: string;
    readonly to: string;
    /** By what: `port 5432`, `images`. */
    readonly words: readonly string[];
}

/** What a site comes to, as a picture shows it. */
export interface Topology {
    readonly site: string;
    readonly place: string;
    readonly network: Box | undefined;
    /** What stands outside the network. */
    readonly outside: readonly Box[];
    readonly reaches: readonly Reach[];
}

/** A box without lines and content, unless they are given. */
export function box(id: string, kind: BoxKind, title: string, more: Partial<Box> = {}): Box {
    return { id, kind, title, lines: [], rows: [], ...more };
}

/** All boxes, the outer ones first. */
export function flatten(boxes: readonly Box[]): readonly Box[] {
    return boxes.flatMap((one) => [one, ...flatten(one.rows.flat())]);
}
