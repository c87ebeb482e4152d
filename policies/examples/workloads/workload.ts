import { inShop } from "../cluster-objects.ts";
import type { Inputs } from "../example.ts";

export const spread = [{ maxSkew: 1, topologyKey: "topology.kubernetes.io/zone" }];

/** A workload of pods with the label `app`. */
export function workload(name: string, more: Inputs = {}): Inputs {
    return {
        metadata: inShop(name),
        spec: {
            replicas: 3,
            template: {
                metadata: { labels: { app: name } },
                spec: { topologySpreadConstraints: spread, containers: [{ name }] },
            },
            ...more,
        },
    };
}
