import type { ClusterArgs, NodePoolArgs } from "../contracts/cluster.ts";
import { viewerProblems } from "../contracts/viewers.ts";
import type { Cidr } from "../lib/cidr.ts";
import type { Problem } from "../lib/problem.ts";
import { amount } from "../lib/units.ts";
import { AWS_LIMITS } from "./limits.ts";
import { checkLogRetention } from "./logs.ts";
import { addressesPerNode } from "./sizes.ts";
import { nodeAddresses } from "./subnets.ts";

/** What of a cluster's arguments is checked. */
type Checked = Pick<ClusterArgs, "nodePools" | "administrators" | "viewers" | "logRetention"> & {
    readonly network: { readonly cidr: Cidr };
};

/** What EKS would refuse, or what would not run. */
export function checkCluster(name: string, args: Checked): readonly Problem[] {
    return [
        ...checkName(name),
        ...Object.entries(args.nodePools).flatMap(([key, pool]) => checkPool(key, pool)),
        ...checkUntainted(args),
        ...checkAddresses(args),
        ...args.administrators.flatMap((arn) => checkAdministrator(arn)),
        ...viewerProblems(args.viewers, AWS_LIMITS.viewer),
        ...checkLogRetention(args.logRetention),
    ];
}

function checkName(name: string): readonly Problem[] {
    const { max, kind } = AWS_LIMITS.names.cluster;
    if (name.length <= max && /^[a-z][a-z0-9-]*$/.test(name)) return [];
    return [
        {
            path: "name",
            value: name,
            message: `cannot name an ${kind} and what belongs to it: up to ${max} lower-case letters, digits and hyphens, a letter first`,
            fix: "Shorten the project's or the site's name",
        },
    ];
}

function checkPool(key: string, { min, max, disk }: NodePoolArgs): readonly Problem[] {
    const path = `nodePools.${key}`;
    const limits = AWS_LIMITS.nodeDisk;
    const problems: Problem[] = [];
    if (!Number.isInteger(min) || !Number.isInteger(max) || min < 0 || max < 1 || min > max) {
        const message = "is no range of whole numbers from 0 up, with at least one node at most";
        const fix = "Raise max or lower min";
        problems.push({ path, value: `min ${min}, max ${max}`, message, fix });
    }
    const size = amount(disk);
    if (!(size >= limits.min && size <= limits.max)) {
        const message = `is not between ${limits.min} and ${limits.max} GiB`;
        problems.push({ path: `${path}.disk`, value: disk, message, fix: "Choose such a size" });
    }
    return problems;
}

/** CoreDNS and the autoscaler tolerate no taint of the user's. */
function checkUntainted({ nodePools }: Checked): readonly Problem[] {
    const usable = ({ taints, min }: NodePoolArgs) =>
        min > 0 && taints.every(({ effect }) => effect === "PreferNoSchedule");
    if (Object.values(nodePools).some(usable)) return [];
    return [
        {
            path: "nodePools",
            message:
                "has no pool without taints and with at least one node, so the cluster's own add-ons could not run",
            fix: "Add such a pool",
        },
    ];
}

/** Pods take their addresses from the network, a block of 16 at a time (G12.9). */
function checkAddresses({ nodePools, network }: Checked): readonly Problem[] {
    const wanted = Object.values(nodePools).reduce(
        (sum, { size, max }) => sum + max * addressesPerNode(size),
        0,
    );
    const there = nodeAddresses(network.cidr);
    if (wanted <= there) return [];
    return [
        {
            path: "nodePools",
            value: `up to ${wanted} addresses`,
            message: `is more than the ${there} that the private subnets of ${network.cidr} have`,
            fix: "Lower the pools' max or choose a larger network",
        },
    ];
}

function checkAdministrator(arn: string): readonly Problem[] {
    const { pattern, what, example } = AWS_LIMITS.administrator;
    if (pattern.test(arn)) return [];
    const fix = `Write an ARN such as ${example}`;
    return [{ path: "administrators", value: arn, message: `is not ${what}`, fix }];
}
