import type { Rule } from "../../rule.ts";
import { awsPeerTypes } from "./aws-peers.ts";
import { awsDatabases, awsEntries, awsReach } from "./aws.ts";
import { azureDatabases, azureEntries, azurePeerTypes, azureReach } from "./azure.ts";
import { googleDatabases, googlePeerTypes, googleReach } from "./google.ts";

/** Only the cluster gets to its databases. */
export const databaseReachableOnlyFromCluster: Rule = {
    id: "db-reachable-only-from-cluster",
    title: "Only the cluster's nodes and pods reach a database, on its port only.",
    why: "Whatever else can reach the database can try passwords on it, from a forgotten machine to a peered network.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "high",
    requirements: {},
    analogies: {
        "PCI DSS": ["1.3.1", "1.4.4"],
        HIPAA: ["164.312(a)(1)"],
        "SOC 2": ["CC6.6"],
        GDPR: ["25", "32"],
    },
    remediation: {
        aws:
            "Let the database's security group name the group of the nodes or of the cluster as its " +
            "only source, on one port.",
        "azure-native":
            "Allow the node subnets in the security group of the database's subnet, and deny " +
            "VirtualNetwork after that.",
        gcp:
            "Keep other subnets out of the network that the database is peered with, or name their " +
            "ranges in the option `also`.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
    note:
        "What is not known before the update is told by what it refers to, so the rule holds on a stack's first preview. If the " +
        "stack has no cluster, it finds only what is open to the world. On Google Cloud private services access opens a " +
        "database to its whole network, in which the cluster has to be alone; an egress rule there leaves it undecided.",
    options: {
        properties: {
            also: {
                type: "array",
                items: { type: "string" },
                default: [],
                description:
                    "CIDR ranges, and on AWS names of security groups in the program, that may reach databases too.",
            },
        },
    },
    checks: {},
    stack: {
        judges: [
            ...awsDatabases,
            ...awsEntries,
            ...azureDatabases,
            ...azureEntries,
            ...googleDatabases,
        ],
        reads: [...awsPeerTypes, ...azurePeerTypes, ...googlePeerTypes],
        check: (stack, context) => [
            ...awsReach(stack, context),
            ...azureReach(stack, context),
            ...googleReach(stack, context),
        ],
    },
};
