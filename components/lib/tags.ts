/** The profile that chooses defaults. */
export type Environment = "dev" | "staging" | "prod";

/** What every resource says about itself, in the platform's own words. */
export interface Tags {
    /** The project the stack belongs to. */
    readonly project: string;
    readonly environment: Environment;
    /** The site the resource belongs to. */
    readonly site: string;
    /** The team that answers for it. */
    readonly owner: string;
    /** Where the cost is booked. */
    readonly costCentre: string;
    /** Further tags of the user's. */
    readonly extra: Readonly<Record<string, string>>;
}

/** Tags as AWS and Azure take them: `Environment`, `Project`, `ManagedBy`, `Owner`, `CostCentre`, `Site` (G1.4). */
export function toTags(tags: Tags): Record<string, string> {
    return {
        Environment: tags.environment,
        Project: tags.project,
        ManagedBy: "pulumi",
        Owner: tags.owner,
        CostCentre: tags.costCentre,
        Site: tags.site,
        ...tags.extra,
    };
}

/**
 * The same tags as Google Cloud labels, which allow lower-case letters, digits, `-` and `_`, 63 characters at most.
 *
 * @see https://docs.cloud.google.com/resource-manager/docs/labels-overview
 */
export function toLabels(tags: Tags): Record<string, string> {
    const label = (text: string) =>
        text
            .toLowerCase()
            .replaceAll(/[^a-z0-9_-]/g, "-")
            .slice(0, 63);
    const key = (text: string) =>
        label(text.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")).replace(/^[^a-z]+/, "");
    return Object.fromEntries(
        Object.entries(toTags(tags)).map(([name, value]) => [key(name), label(value)]),
    );
}
