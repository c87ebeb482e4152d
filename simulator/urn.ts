/**
 * The parts of a URN: `urn:pulumi:<stack>::<project>::<types>::<name>`.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */

/** The logical name. It may hold `::` itself. */
export function logicalName(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** The type, without those of the parents. */
export function typeIn(urn: string): string {
    return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
