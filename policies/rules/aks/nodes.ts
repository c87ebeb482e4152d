import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import {
    and,
    each,
    failIf,
    failIfOn,
    isOn,
    isPresent,
    not,
    type Truth,
} from "../../runtime/truth.ts";
import { on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { CLUSTER, POOL } from "./types.ts";

const publicAddress = (pool: Value) =>
    failIfOn(pool.get("enableNodePublicIP"), "gives every node a public address");

const publicPools: Check = ({ inputs }) => each(inputs.get("agentPoolProfiles"), publicAddress);

/** No node has a public address. */
export const aksNodesNoPublicIp: Rule = {
    id: "az-aks-nodes-no-public-ip",
    title: "The nodes of an AKS cluster have no public addresses.",
    why: "With an address of its own a node is one rule of a network security group away from the internet.",
    clouds: ["azure"],
    pack: "security",
    severity: "high",
    requirements: {
        "SOC 2": ["CC3.3"],
        HIPAA: ["164.310(a)(1)"],
        "CIS AKS": ["5.4.3"],
    },
    remediation:
        "Leave enableNodePublicIP off in agentPoolProfiles and in AgentPools, and let nodes out by a NAT gateway. An " +
        "existing pool has to be replaced.",
    see: "https://learn.microsoft.com/en-us/azure/aks/use-node-public-ips",
    checks: { [CLUSTER]: publicPools, [POOL]: ({ inputs }) => publicAddress(inputs) },
};

const PLAIN = "keeps temporary disks and caches without encryption by a key or a host";

/** A cluster's own key is for the disks of all its pools. */
const withoutKey = (cluster: Value): Truth => not(isPresent(cluster.get("diskEncryptionSetID")));

const plainHost = (pool: Value): Truth => not(isOn(pool.get("enableEncryptionAtHost"), false));

const profileDisks: Check = ({ inputs }) =>
    each(inputs.get("agentPoolProfiles"), (pool) =>
        failIf(and(plainHost(pool), withoutKey(inputs)), pool.get("enableEncryptionAtHost"), PLAIN),
    );

/** The cluster of a pool, by reference or by its name in writing. */
function clusterOf(stack: Stack, pool: StackResource): StackResource | undefined {
    const referred = stack.targets(pool, "resourceName").find(({ type }) => type === CLUSTER);
    const name = pool.given.get("resourceName").text();
    if (referred !== undefined || name.state !== "known") return referred;
    return ["resourceName", "name"].flatMap((path) => stack.named(CLUSTER, path, name.value))[0];
}

function poolDisks(stack: Stack): readonly StackVerdict[] {
    return stack.all(POOL).flatMap((pool) => {
        const encryption = pool.given.get("enableEncryptionAtHost");
        const cluster = clusterOf(stack, pool);
        const keyless: Truth =
            cluster === undefined ? { unknown: "resourceName" } : withoutKey(cluster.given);
        return on(pool, failIf(and(plainHost(pool.given), keyless), encryption, PLAIN));
    });
}

/** The disks of nodes are encrypted by the host, or with a key of one's own. */
export const aksDiskEncryption: Rule = {
    id: "az-aks-disk-encryption",
    title: "The disks of AKS nodes are encrypted at the host or with a key of your own.",
    why:
        "Azure encrypts managed disks in any case, but not the temporary disks and caches of the host, where images, " +
        "emptyDir volumes and logs are.",
    clouds: ["azure"],
    pack: "security",
    severity: "medium",
    requirements: {},
    analogies: { "PCI DSS": ["3.5.1"], GDPR: ["32"] },
    remediation:
        "Set enableEncryptionAtHost to true in agentPoolProfiles and in AgentPools, or diskEncryptionSetID on the " +
        "cluster. A pool has to be replaced for the first, a cluster for the second; the subscription needs the feature " +
        "Microsoft.Compute/EncryptionAtHost.",
    see: "https://learn.microsoft.com/en-us/azure/aks/enable-host-encryption",
    checks: { [CLUSTER]: profileDisks },
    stack: { judges: [POOL], reads: [CLUSTER], check: poolDisks },
    note: "Pools that are resources of their own are judged together with their cluster, whose key they share.",
};
