import type { Value } from "../runtime/reader.ts";
import { holds, type Truth } from "../runtime/truth.ts";

const SECONDS_PER_DAY = 86_400;

/** Whether a number of days is at least as many as an option of the rule says. */
export function isAtLeast(days: Value, least: Value, absent: Truth): Truth {
    return holds(days, days.number(), (given) => compare(given, least, (a, b) => a >= b), absent);
}

/** Whether a period of Google Cloud, such as `7776000s`, is at least as long as an option of the rule says, in days. */
export function lastsAtLeast(period: Value, least: Value, absent: Truth): Truth {
    return duration(period, (days) => compare(days, least, (a, b) => a >= b), absent);
}

/** The same for at most. */
export function lastsAtMost(period: Value, most: Value, absent: Truth): Truth {
    return duration(period, (days) => compare(days, most, (a, b) => a <= b), absent);
}

function duration(period: Value, test: (days: number) => Truth, absent: Truth): Truth {
    return holds(
        period,
        period.text(),
        (text) => {
            const seconds = /^(\d{1,12}(?:\.\d{1,9})?)s$/.exec(text)?.[1];
            return seconds === undefined
                ? { unknown: period.path }
                : test(Number(seconds) / SECONDS_PER_DAY);
        },
        absent,
    );
}

function compare(
    given: number,
    option: Value,
    test: (given: number, wanted: number) => boolean,
): Truth {
    return holds(option, option.number(), (wanted) => test(given, wanted), true);
}
