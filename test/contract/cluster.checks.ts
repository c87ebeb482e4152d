import type { ClusterArgs, NodePoolArgs } from "../../components/contracts/cluster.ts";
import { ADMINISTRATORS, VIEWERS, type ContractArgs } from "./support/build.ts";
import { at, honours, type Checks } from "./support/check.ts";

const EKS = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const AKS = "azure-native:containerservice:ManagedCluster";
const AGENT_POOL = "azure-native:containerservice:AgentPool";
const GKE = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";

function cluster(change: Partial<ClusterArgs>) {
    return (args: ContractArgs) => ({ ...args, cluster: { ...args.cluster, ...change } });
}

/** Changes the one pool there is. */
function pool(change: Partial<NodePoolArgs>) {
    return (args: ContractArgs) => {
        const main = { ...args.cluster.nodePools["main"]!, ...change };
        return cluster({ nodePools: { main } })(args);
    };
}

/** Adds a second pool, for what cannot be said of the only one. */
function second(change: Partial<NodePoolArgs>) {
    return (args: ContractArgs) => {
        const main = args.cluster.nodePools["main"]!;
        return cluster({ nodePools: { main, more: { ...main, ...change } } })(args);
    };
}

honours<ClusterArgs>("Cluster", {
    version: {
        promise: "the minor version of Kubernetes",
        change: cluster({ version: "1.35" }),
        on: {
            aws: { lands: [at(EKS, "version", "1.35"), at(NODE_GROUP, "version", "1.35")] },
            azure: { lands: [at(AKS, "kubernetesVersion", "1.35")] },
            gcp: { lands: [at(GKE, "minMasterVersion", "1.35")] },
        },
    },
    nodePools: {
        promise: "a group of equal nodes for each",
        change: second({}),
        on: {
            aws: { lands: [at(NODE_GROUP, "(exists)", true)] },
            azure: { lands: [at(AGENT_POOL, "(exists)", true)] },
            gcp: { lands: [at(NODE_POOL, "(exists)", true)] },
        },
    },
    apiCidrs: {
        promise: "who reaches the API from outside; nobody if empty",
        change: cluster({ apiCidrs: [] }),
        on: {
            aws: {
                lands: [at(EKS, "vpcConfig.endpointPublicAccess", false)],
                gives: ({ cluster: { reach } }) => reach,
            },
            azure: {
                lands: [at(AKS, "apiServerAccessProfile.enablePrivateCluster", true)],
                gives: ({ cluster: { reach } }) => reach,
            },
            gcp: {
                lands: [at(GKE, "privateClusterConfig.enablePrivateEndpoint", true)],
                gives: ({ cluster: { reach } }) => reach,
            },
        },
    },
    administrators: {
        promise: "who administers the cluster",
        change: (args, cloud) => cluster({ administrators: [ADMINISTRATORS[cloud][1]] })(args),
        on: {
            aws: {
                lands: [
                    at("aws:eks/accessEntry:AccessEntry", "principalArn", ADMINISTRATORS.aws[1]),
                ],
            },
            azure: {
                lands: [at(AKS, "aadProfile.adminGroupObjectIDs[]", ADMINISTRATORS.azure[1])],
            },
            gcp: {
                lands: [at("gcp:projects/iAMMember:IAMMember", "member", ADMINISTRATORS.gcp[1])],
            },
        },
    },
    viewers: {
        promise: "who may sign in and look into which namespace, and no more (G9.11)",
        change: (args, cloud) => cluster({ viewers: { web: [VIEWERS[cloud]] } })(args),
        on: {
            aws: {
                lands: [
                    at("aws:eks/accessEntry:AccessEntry", "principalArn", VIEWERS.aws),
                    at("aws:eks/accessEntry:AccessEntry", "kubernetesGroups[]", "viewers:web"),
                ],
                gives: ({ cluster: { viewers } }) => viewers,
            },
            azure: {
                lands: [
                    at("azure-native:authorization:RoleAssignment", "principalId", VIEWERS.azure),
                ],
                gives: ({ cluster: { viewers } }) => viewers,
            },
            gcp: {
                lands: [
                    at("gcp:projects/iAMMember:IAMMember", "member", VIEWERS.gcp),
                    at("gcp:projects/iAMMember:IAMMember", "role", "roles/container.clusterViewer"),
                ],
                gives: ({ cluster: { viewers } }) => viewers,
            },
        },
    },
    highAvailability: {
        promise: "control plane and nodes survive the loss of a zone",
        change: cluster({ highAvailability: true }),
        on: {
            aws: { lands: [at(EKS, "zonalShiftConfig.enabled", true)] },
            azure: { lands: [at(AKS, "sku.tier", "Standard"), at(AGENT_POOL, "(exists)", true)] },
            gcp: { lands: [at(GKE, "location", "europe-west3")] },
        },
    },
    deletionProtection: {
        promise: "cloud and Pulumi both refuse to delete it",
        change: cluster({ deletionProtection: true }),
        on: {
            aws: { lands: [at(EKS, "deletionProtection", true), at(EKS, "(protect)", true)] },
            azure: {
                lands: [
                    at("azure-native:authorization:ManagementLockByScope", "(exists)", true),
                    at(AKS, "(protect)", true),
                ],
            },
            gcp: { lands: [at(GKE, "deletionProtection", true), at(GKE, "(protect)", true)] },
        },
    },
    logRetention: {
        promise: "how long the control plane's logs are kept",
        change: cluster({ logRetention: "90 days" }),
        on: {
            aws: { lands: [at("aws:cloudwatch/logGroup:LogGroup", "retentionInDays", 90)] },
            azure: {
                lands: [at("azure-native:operationalinsights:Workspace", "retentionInDays", 90)],
            },
            gcp: {
                lands: [
                    at("gcp:logging/projectBucketConfig:ProjectBucketConfig", "retentionDays", 90),
                ],
            },
        },
    },
} satisfies Checks<ClusterArgs>);

honours<NodePoolArgs>("Node pool", {
    size: {
        promise: "vCPU and memory of a node",
        change: pool({ size: "large" }),
        on: {
            aws: { lands: [at(NODE_GROUP, "instanceTypes[]", "m6i.xlarge")] },
            azure: { lands: [at(AGENT_POOL, "vmSize", "Standard_D4s_v5")] },
            gcp: { lands: [at(NODE_POOL, "nodeConfig.machineType", "e2-standard-4")] },
        },
    },
    min: {
        promise: "fewest nodes, over all zones together (G1.54)",
        change: pool({ min: 2 }),
        on: {
            aws: { lands: [at(NODE_GROUP, "scalingConfig.minSize", 2)] },
            azure: { lands: [at(AGENT_POOL, "minCount", 2)] },
            gcp: { lands: [at(NODE_POOL, "autoscaling.totalMinNodeCount", 2)] },
        },
    },
    max: {
        promise: "most nodes, over all zones together (G1.54)",
        change: pool({ max: 7 }),
        on: {
            aws: { lands: [at(NODE_GROUP, "scalingConfig.maxSize", 7)] },
            azure: { lands: [at(AGENT_POOL, "maxCount", 7)] },
            gcp: { lands: [at(NODE_POOL, "autoscaling.totalMaxNodeCount", 7)] },
        },
    },
    spot: {
        promise: "spare capacity at a discount",
        change: second({ spot: true }),
        on: {
            aws: { lands: [at(NODE_GROUP, "capacityType", "SPOT")] },
            azure: { lands: [at(AGENT_POOL, "scaleSetPriority", "Spot")] },
            gcp: { lands: [at(NODE_POOL, "nodeConfig.spot", true)] },
        },
    },
    labels: {
        promise: "labels on every node",
        change: pool({ labels: { tier: "web" } }),
        on: {
            aws: { lands: [at(NODE_GROUP, "labels.tier", "web")] },
            azure: { lands: [at(AGENT_POOL, "nodeLabels.tier", "web")] },
            gcp: { lands: [at(NODE_POOL, "nodeConfig.labels.tier", "web")] },
        },
    },
    taints: {
        promise: "only tolerating pods run there",
        change: second({ taints: [{ key: "k", value: "v", effect: "NoSchedule" }] }),
        on: {
            aws: { lands: [at(NODE_GROUP, "taints[].effect", "NO_SCHEDULE")] },
            azure: { lands: [at(AGENT_POOL, "nodeTaints[]", "k=v:NoSchedule")] },
            gcp: { lands: [at(NODE_POOL, "nodeConfig.taints[].effect", "NO_SCHEDULE")] },
        },
    },
    disk: {
        promise: "the size of each node's disk",
        change: pool({ disk: "120 GiB" }),
        on: {
            aws: {
                lands: [
                    at(
                        "aws:ec2/launchTemplate:LaunchTemplate",
                        "blockDeviceMappings[].ebs.volumeSize",
                        120,
                    ),
                ],
            },
            azure: { lands: [at(AGENT_POOL, "osDiskSizeGB", 120)] },
            gcp: { lands: [at(NODE_POOL, "nodeConfig.diskSizeGb", 120)] },
        },
    },
} satisfies Checks<NodePoolArgs>);
