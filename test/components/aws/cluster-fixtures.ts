import { checkCluster } from "../../../components/aws/cluster-checks.ts";
import { describeProblem } from "../../../components/lib/problem.ts";
import type { SiteArgs } from "./fixtures.ts";
import { DEV } from "./fixtures.ts";

export const CLUSTER = "aws:eks/cluster:Cluster";
export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** What is refused about a cluster, in words. */
export const refused = (
    change: Partial<SiteArgs["cluster"]>,
    name = DEV.name,
    network = DEV.network,
) => checkCluster(name, { ...DEV.cluster, ...change, network }).map(describeProblem);

/** A site with another cluster. */
export const withCluster = (change: Partial<SiteArgs["cluster"]>): SiteArgs => ({
    ...DEV,
    cluster: { ...DEV.cluster, ...change },
});
