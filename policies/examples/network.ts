import type { Example, StackExample } from "./example.ts";
import { defaultNetworkExamples } from "./network/default-network.ts";
import { flowLogStackExamples } from "./network/flow-logs.ts";
import { groupExamples, groupStackExamples } from "./network/groups.ts";
import { ingressExamples } from "./network/ingress.ts";
import { openingExamples } from "./network/openings.ts";
import { ingressStackExamples } from "./network/prefix-lists.ts";
import { openingStackExamples } from "./network/redirects.ts";
import { subnetExamples, subnetStackExamples } from "./network/subnets.ts";

export const networkExamples: Record<string, readonly Example[]> = {
    ...ingressExamples,
    ...openingExamples,
    ...groupExamples,
    ...subnetExamples,
    ...defaultNetworkExamples,
};

export const networkStackExamples: Record<string, readonly StackExample[]> = {
    ...ingressStackExamples,
    ...openingStackExamples,
    ...groupStackExamples,
    ...flowLogStackExamples,
    ...subnetStackExamples,
};
