import type { PlannedResource } from "../model.ts";
import { by, compare } from "../order.ts";

/** What other objects need to be there before anything else. */
const FIRST: readonly string[] = ["Namespace", "CustomResourceDefinition"];

/** The objects of each cluster in the order in which they can be applied, by the URN of the cluster's provider. */
export function orderObjects(
    resources: readonly PlannedResource[],
): ReadonlyMap<string, readonly PlannedResource[]> {
    const clusters = new Map<string, PlannedResource[]>();
    for (const resource of resources.filter(isObjectOfCluster)) {
        const objects = clusters.get(resource.provider) ?? [];
        objects.push(resource);
        clusters.set(resource.provider, objects);
    }
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const depth = depths(byUrn);
    const phase = ({ token }: PlannedResource) => (FIRST.includes(nameIn(token)) ? 0 : 1);
    const sorted = [...clusters].sort(([left], [right]) => compare(left, right));
    return new Map(
        sorted.map(([provider, objects]) => [
            provider,
            objects.sort(
                (left, right) =>
                    phase(left) - phase(right) ||
                    depth(left.urn) - depth(right.urn) ||
                    by(
                        ({ token }: PlannedResource) => token,
                        ({ name }) => name,
                        ({ urn }) => urn,
                    )(left, right),
            ),
        ]),
    );
}

function isObjectOfCluster({ token, custom }: PlannedResource): boolean {
    return custom && token.startsWith("kubernetes:");
}

/** The last part of a token: `Deployment`. */
export function nameIn(token: string): string {
    return token.slice(token.lastIndexOf(":") + 1);
}

/** How many objects have to be there before one, one after the other. Dependencies lead through other resources too. */
function depths(byUrn: ReadonlyMap<string, PlannedResource>): (urn: string) => number {
    const known = new Map<string, number>();
    const depth = (urn: string): number => {
        const found = known.get(urn);
        if (found !== undefined) return found;
        // Should resources ever wait for each other, the walk still ends.
        known.set(urn, 0);
        const resource = byUrn.get(urn);
        const above = resource === undefined ? [] : [...resource.dependencies, resource.parent];
        const own = resource !== undefined && isObjectOfCluster(resource) ? 1 : 0;
        const result = above.reduce((most, one) => Math.max(most, depth(one)), 0) + own;
        known.set(urn, result);
        return result;
    };
    return depth;
}
