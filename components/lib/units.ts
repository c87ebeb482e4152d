/** A size of storage in gibibytes, written with its unit: `"20 GiB"`. */
export type Gibibytes = `${number} GiB`;

/** A period in whole days, written with its unit: `"7 days"` (`"1 day"` is read too). */
export type Days = `${number} days` | `${number} day`;

/** The number in a `Gibibytes` or `Days` value. */
export function amount(quantity: Gibibytes | Days): number {
    return Number(quantity.slice(0, quantity.indexOf(" ")));
}
