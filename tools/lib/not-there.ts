import { nearest } from "../../components/settings/nearest.ts";
import { UserError } from "./user-error.ts";

/** The mistake of naming what is not there: what was probably meant, and what there is. Exit code 2. */
export function notThere(what: string, name: string, known: readonly string[]): UserError {
    const meant = nearest(name, known);
    const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
    return new UserError(
        `There is no ${what} "${name}".${hint} There are: ${known.join(", ")}.`,
        2,
    );
}
