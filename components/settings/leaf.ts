import type { Leaf } from "./shape.ts";
import { nearest } from "./nearest.ts";

/** A value of any form. */
export const leaf = <T>(
    what: string,
    example: string,
    read: (value: unknown) => T | undefined,
    advise?: (value: unknown) => string | undefined,
): Leaf<T> => ({ kind: "leaf", what, example, read, ...(advise && { advise }) });

/** A text of a form. Numbers are not texts: YAML drops leading and trailing zeros. */
export const text = (what: string, example: string, pattern: RegExp): Leaf<string> =>
    leaf(
        what,
        example,
        (value) => (typeof value === "string" && pattern.test(value) ? value : undefined),
        (value) =>
            typeof value === "number" || typeof value === "boolean"
                ? `Put it in quotes, like ${example}`
                : undefined,
    );

/** What to write instead of a word that is none of a few; the message before it lists them. */
export const adviseOneOf = (choices: readonly string[]) => (value: unknown) => {
    const meant = typeof value === "string" ? nearest(value, choices) : undefined;
    return meant ? `Did you mean ${JSON.stringify(meant)}?` : "Choose one of these";
};

/** One of a few words, with other words that are read as one of them. */
export const choice = <T extends string>(
    choices: readonly T[],
    aliases: Readonly<Record<string, T>> = {},
): Leaf<T> =>
    leaf(
        `one of ${choices.join(", ")}`,
        choices[0] ?? "",
        (value) => {
            const word = String(value).toLowerCase();
            return (
                choices.find((known) => known === word) ??
                (Object.hasOwn(aliases, word) ? aliases[word] : undefined)
            );
        },
        adviseOneOf(choices),
    );

/** A number with its unit, such as `50 GiB`. */
export const quantity = <T extends string>(
    what: string,
    example: string,
    pattern: RegExp,
): Leaf<T> =>
    leaf(what, example, (value) =>
        typeof value === "string" && pattern.test(value) ? (value as T) : undefined,
    );

/** A whole number between two ends, both allowed. A text of digits is read too. */
export const range = (min: number, max: number): Leaf<number> =>
    leaf(`a whole number from ${min} to ${max}`, String(Math.max(min, 1)), (value) => {
        const number = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
        return typeof number === "number" &&
            Number.isInteger(number) &&
            number >= min &&
            number <= max
            ? number
            : undefined;
    });
