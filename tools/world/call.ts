import type { Store } from "../../simulator/store.ts";
import { notThere } from "../lib/not-there.ts";
import { UserError } from "../lib/user-error.ts";

/** What a command gets: the words after its name, the options, the world, and where to print. */
export interface Call {
    readonly words: readonly string[];
    readonly options: Options;
    readonly store: Store;
    readonly print: (text: string) => void;
}

/** The options as they were written, not yet checked. */
interface Options {
    readonly ids?: boolean;
    readonly on?: string;
    readonly times?: string;
    readonly message?: string;
}

/** The word, if there is one; a command that lacks it is refused. */
export function needed(word: string | undefined, command: string, name: string): string {
    if (word !== undefined && word !== "") return word;
    throw new UserError(`${command} needs ${name}.\nnpm run world -- --help shows the commands.`);
}

/** The one of the allowed words that was given; anything else is refused. */
export function oneOf<T extends string>(allowed: readonly T[], given: string, name: string): T {
    const found = allowed.find((one) => one === given);
    if (found !== undefined) return found;
    throw notThere(name, given, allowed);
}
