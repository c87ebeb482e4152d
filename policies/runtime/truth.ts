import type { Reading, Value } from "./reader.ts";

/** True, false, or not to be told before the value at a path is known. */
export type Truth = boolean | { readonly unknown: string };

/** What a rule says about one place of one resource. */
export type Verdict =
    | { readonly state: "fail"; readonly path: string; readonly message: string }
    | { readonly state: "unknown"; readonly path: string };

/** True if all are; false as soon as one is, whatever the unknown ones may turn out to be. */
export function and(...terms: readonly Truth[]): Truth {
    if (terms.includes(false)) return false;
    return terms.find((term) => typeof term === "object") ?? true;
}

/** True as soon as one is, whatever the unknown ones may turn out to be; false if all are. */
export function or(...terms: readonly Truth[]): Truth {
    if (terms.includes(true)) return true;
    return terms.find((term) => typeof term === "object") ?? false;
}

/** `and` of two, of which the second is not asked where the first settles it. */
export function andThen(first: Truth, second: () => Truth): Truth {
    return first === false ? false : and(first, second());
}

/** `or` of two, of which the second is not asked where the first settles it. */
export function orElse(first: Truth, second: () => Truth): Truth {
    return first === true ? true : or(first, second());
}

export function not(term: Truth): Truth {
    return typeof term === "boolean" ? !term : term;
}

/** Whether a reading satisfies a test. `absent` is the answer where nothing stands: the provider's default decides. */
export function holds<T>(
    value: Value,
    reading: Reading<T>,
    test: (known: T) => Truth,
    absent: Truth,
): Truth {
    switch (reading.state) {
        case "known":
            return test(reading.value);
        case "absent":
            return absent;
        case "unknown":
            return { unknown: value.path };
    }
}

/** Whether a switch is on. */
export function isOn(value: Value, absent: boolean): Truth {
    return holds(value, value.flag(), (on) => on, absent);
}

/** Whether a text is one of these, upper and lower case alike. */
export function isOneOf(value: Value, allowed: readonly string[], absent: boolean): Truth {
    return holds(value, value.text(), (text) => allowed.includes(text.toLowerCase()), absent);
}

/** Whether something stands here. An unknown value may turn out to be nothing, and an empty text is nothing. */
export function isPresent(value: Value): Truth {
    if (value.state === "unknown") return { unknown: value.path };
    const text = value.text();
    return value.state === "known" && !(text.state === "known" && text.value === "");
}

/** Whether an element of a list satisfies a test. `empty` is the answer for no list and for a list of nothing. */
export function some(value: Value, test: (element: Value) => Truth, empty: Truth = false): Truth {
    return anyOf(value, value.list(), test, empty);
}

/** The same for a document in which one element may stand without its list. */
export function someOf(value: Value, test: (element: Value) => Truth, empty: Truth = false): Truth {
    return anyOf(value, value.oneOrMany(), test, empty);
}

function anyOf(
    value: Value,
    elements: Reading<readonly Value[]>,
    test: (element: Value) => Truth,
    empty: Truth,
): Truth {
    return holds(
        value,
        elements,
        (list) => (list.length === 0 ? empty : or(...list.map(test))),
        empty,
    );
}

/** The texts among values; what is not known, or no text, is left out. */
export function knownTexts(values: readonly Value[]): readonly string[] {
    return values.flatMap((value) => {
        const text = value.text();
        return text.state === "known" ? [text.value] : [];
    });
}

/** A finding at a value if something bad is true of it. */
export function failIf(bad: Truth, value: Value, message: string): readonly Verdict[] {
    if (bad === false) return [];
    if (bad === true) return [{ state: "fail", path: value.path, message }];
    return [{ state: "unknown", path: bad.unknown }];
}

/** A finding at a switch if it is on, which it is not by default. */
export function failIfOn(value: Value, message: string): readonly Verdict[] {
    return failIf(isOn(value, false), value, message);
}

/** The verdicts on each element of a list; an unknown list is one unknown verdict, no list is none. */
export function each(
    value: Value,
    judge: (element: Value) => readonly Verdict[],
    elements: Reading<readonly Value[]> = value.list(),
): readonly Verdict[] {
    switch (elements.state) {
        case "known":
            return elements.value.flatMap(judge);
        case "absent":
            return [];
        case "unknown":
            return [{ state: "unknown", path: value.path }];
    }
}
