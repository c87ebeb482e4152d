import colors from "picocolors";

import { count, masked, operations, pick, placeOf, select } from "../../simulator/inspect.ts";
import { logicalName } from "../../simulator/urn.ts";
import { needed, type Call } from "./call.ts";

/** `list`: what stands, counted by place and type, or one by one. */
export function list({ words, options, store, print }: Call): void {
    const counts = count(store, words[0]);
    if (options.ids) {
        const found = select(store, words[0]);
        const widest = Math.max(...found.map(({ type }) => type.length));
        printByPlace(
            found.map((one) => [placeOf(one, store), `${one.type.padEnd(widest)}  ${one.id}`]),
            print,
        );
    } else {
        printByPlace(
            counts.map((one) => [
                one.place,
                `${String(one.count).padStart(4)}  ${one.type}${busy(one.busy)}`,
            ]),
            print,
        );
    }
    print(`${counts.reduce((sum, one) => sum + one.count, 0)} in all`);
}

/** Each place once, with its lines below: ids and types are too long for a table in a terminal. */
function printByPlace(lines: readonly [place: string, line: string][], print: Call["print"]): void {
    for (const place of new Set(lines.map(([at]) => at))) {
        const below = lines.filter(([at]) => at === place).map(([, line]) => `  ${line}`);
        print([colors.bold(place), ...below, ""].join("\n"));
    }
}

function busy(number: number): string {
    return number === 0 ? "" : colors.yellow(`  ${number} in progress`);
}

/** `show`: everything about one thing; secrets are masked. */
export function show({ words, store, print }: Call): void {
    const instance = pick(store, needed(words[0], "show", "WHAT"));
    const rows = [
        ["type", instance.type],
        ["id", instance.id],
        ["URN", instance.urn],
        ["place", placeOf(instance, store)],
        ["known to the state", instance.known ? "yes" : "not yet seen"],
    ];
    print(rows.map(([key, value]) => `${colors.bold(key)}: ${value}`).join("\n"));
    print(JSON.stringify(masked(instance), undefined, 4));
}

/** `events`: every operation so far, in order. */
export function events({ words, store, print }: Call): void {
    const wanted = new Set(select(store, words[0]).map(({ urn }) => urn));
    const all = operations(store).filter(({ urn }) => words[0] === undefined || wanted.has(urn));
    const start = all[0]?.began ?? 0;
    print(colors.bold("  at (s)  took (s)  real (s)"));
    for (const one of all) {
        const times = [
            ((one.began - start) / 1000).toFixed(2).padStart(8),
            ((one.ended - one.began) / 1000).toFixed(2).padStart(8),
            String(Math.round(one.seconds)).padStart(8),
        ];
        const what = `${one.kind.padEnd(6)} ${one.type} ${logicalName(one.urn)}`;
        const error = one.error === undefined ? [] : [`    ${colors.red(one.error)}`];
        print([`${times.join("  ")}  ${what}`, ...error].join("\n"));
    }
}
