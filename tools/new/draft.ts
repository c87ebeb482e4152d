import type { Problem } from "../../components/lib/problem.ts";
import type { Target } from "./files.ts";
import type { Change } from "./stack/edit.ts";

/** What is wrong with a name that stands in the stack's file. */
export function isThere(path: string): Problem {
    const fix = "Choose another name, or change it by hand";
    return { path, message: "is there already", fix };
}

/** What a request comes to, before anything is written. */
export interface Draft {
    /** What is made, in words: `application shop`. */
    readonly title: string;
    readonly changes: readonly Change[];
    /** Files outside of the stack's own. */
    readonly files: readonly Target[];
    /** Everything that is wrong with it, whatever it is. */
    readonly problems: readonly Problem[];
}
