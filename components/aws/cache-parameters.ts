import type * as pulumi from "@pulumi/pulumi";
import { ParameterGroup } from "@pulumi/aws/elasticache/parameterGroup.js";
import type { Eviction } from "../contracts/cache.ts";

/** The newest 8.x; it can be raised in place and never lowered. */
export const ENGINE = { engine: "valkey", engineVersion: "8.2" } as const;

/** Which keys go when the memory is full, in Valkey's words. */
const POLICIES: Readonly<Record<Eviction, string>> = {
    "least-recently-used": "allkeys-lru",
    none: "noeviction",
};

/** The cache's parameters. */
export function cacheParameters(
    name: string,
    eviction: Eviction,
    parent: pulumi.Resource,
): ParameterGroup {
    return new ParameterGroup(
        name,
        {
            family: "valkey8",
            description: `Parameters of ${name}`,
            parameters: [{ name: "maxmemory-policy", value: POLICIES[eviction] }],
            tags: { Name: name },
        },
        { parent },
    );
}
