import type { Problem } from "../../components/lib/problem.ts";
import { isSecretText } from "../../components/settings/words.ts";
import { UserError } from "../lib/user-error.ts";

/** Takes note of what is wrong with an answer. The answer itself is not repeated: it may be a credential. */
export type Note = (option: string, message: string, fix: string) => void;

/** A list of problems, and what adds to it. */
export function notes(): { readonly problems: Problem[]; readonly note: Note } {
    const problems: Problem[] = [];
    const note: Note = (option, message, fix) => {
        problems.push({ path: `--${option}`, message, fix });
    };
    return { problems, note };
}

/** `NAME=VALUE` as a pair. Nothing if there is no `=`, which is noted. */
export function pairOf(
    option: string,
    text: string,
    like: string,
    note: Note,
): readonly [name: string, value: string] | undefined {
    const at = text.indexOf("=");
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
    note(option, "is no name with a value", `Write it like ${like}`);
    return undefined;
}

/** The pairs of an option that may be repeated. A name that comes twice is noted. */
export function pairsOf(
    option: string,
    texts: readonly string[] | undefined,
    like: string,
    note: Note,
): readonly (readonly [name: string, value: string])[] {
    const pairs = (texts ?? []).flatMap((text) => {
        const pair = pairOf(option, text, like, note);
        return pair === undefined ? [] : [pair];
    });
    const names = pairs.map(([name]) => name);
    if (new Set(names).size < names.length) {
        note(option, "gives one name two values", "Keep one of the two");
    }
    return pairs;
}

/** A number where one is meant; anything else is left to the settings, which say what is wrong with it. */
export function numberOr(text: string | undefined): number | string | undefined {
    return text !== undefined && /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : text;
}

/**
 * Refuses answers that are credentials by their form, before anything else is said about them: a wrong name is repeated
 * in what is said about it.
 */
export function refuseCredentials(answers: Readonly<Record<string, unknown>>): void {
    const holding = Object.entries(answers).flatMap(([option, answer]) => {
        const texts = Array.isArray(answer) ? (answer as unknown[]) : [answer];
        const isOne = texts.some((text) => typeof text === "string" && isSecretText(text));
        return isOne ? [`--${option}`] : [];
    });
    if (holding.length === 0) return;
    throw new UserError(
        `Nothing was written: ${holding.join(", ")} would put a credential into a file. ` +
            "Put it into the site's secret store, and name it there by --secret.",
        2,
    );
}

/** Only what has a value. */
export function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(fields).filter(([, value]) => {
            if (Array.isArray(value)) return value.length > 0;
            if (typeof value !== "object" || value === null) return value !== undefined;
            return Object.keys(value).length > 0;
        }),
    );
}
