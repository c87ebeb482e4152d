import Table from "cli-table3";
import colors from "picocolors";

import { addFault, heal as healAll, listFaults, type Fault } from "../../simulator/faults.ts";
import { UserError } from "../lib/user-error.ts";
import { needed, oneOf, type Call } from "./call.ts";

const KINDS: readonly Fault["kind"][] = ["fail", "throttle", "break", "crash"];
const OPERATIONS: readonly Fault["operation"][] = ["create", "update", "delete", "any"];

/** `fail`: makes operations on a thing go wrong. */
export function fail({ words, options, store, print }: Call): void {
    const kind = oneOf(KINDS, needed(words[0], "fail", "KIND"), "KIND");
    const target = needed(words[1], "fail", "WHAT");
    const operation = oneOf(OPERATIONS, options.on ?? "create", "operation");
    const remaining = Number(options.times ?? "1");
    if (!Number.isInteger(remaining) || remaining < 1) {
        throw new UserError(
            `--times is "${options.times}", which is not a whole number from 1 up.`,
        );
    }
    addFault(store, { kind, operation, target, remaining, message: options.message });
    print(`${kind} on ${operation} of ${target}, ${remaining} time(s).`);
}

/** `faults`: what is still to go wrong. */
export function faults({ store, print }: Call): void {
    const rows = listFaults(store).map((one) => [
        one.kind,
        one.operation,
        one.target,
        String(one.remaining),
        one.message ?? "",
    ]);
    if (rows.length === 0) print("Nothing is to go wrong.");
    else print(table(["kind", "operation", "what", "times", "message"], rows));
}

/** `heal`: takes away all that was still to go wrong. */
export function heal({ store, print }: Call): void {
    healAll(store);
    print("Nothing is to go wrong any more.");
}

function table(head: string[], rows: (string | undefined)[][]): string {
    const style = { head: colors.isColorSupported ? ["bold"] : [], border: [] };
    const made = new Table({ head, style });
    made.push(...rows.map((row) => row.map((cell) => cell ?? "")));
    return made.toString();
}
