import { distance } from "fastest-levenshtein";

/** A word without what people leave out or write otherwise. */
const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** A choice, and how many letters have to change until the word is it. */
interface Ranked {
    readonly choice: string;
    readonly steps: number;
}

const isNear = ({ choice, steps }: Ranked) =>
    steps <= (choice.length < 4 ? 1 : Math.max(2, choice.length / 3));

const sorted = (text: string) => [...text].sort().join("");

/** True if two letters only changed places: those are two steps, which is too much for the shortest words otherwise. */
const isSwapped = (given: string, { choice, steps }: Ranked) =>
    steps === 2 && sorted(plain(choice)) === sorted(given);

/** True if one of both is the other's beginning, or in it. A choice of two letters is in many words that mean something else. */
const isPart = (given: string, choice: string) =>
    (choice.length > 2 && given.includes(choice)) || choice.startsWith(given);

/** The choice that was probably meant, or undefined if none is near. */
export function nearest(word: string, choices: readonly string[]): string | undefined {
    const given = plain(word.slice(0, 60));
    const ranked = choices
        .map((choice): Ranked => ({ choice, steps: distance(given, plain(choice)) }))
        .sort((a, b) => a.steps - b.steps);
    const best = ranked[0];
    if (best && isNear(best)) return best.choice;
    const swapped = ranked.find((one) => isSwapped(given, one));
    if (swapped !== undefined) return swapped.choice;
    if (given.length < 4) return undefined;
    return choices.find((choice) => isPart(given, plain(choice)));
}
