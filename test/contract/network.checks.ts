import type { FoundationArgs } from "../../components/contracts/foundation.ts";
import type { NetworkArgs } from "../../components/contracts/network.ts";
import type { ContractArgs } from "./support/build.ts";
import { at, honours, type Checks } from "./support/check.ts";

function foundation(change: Partial<FoundationArgs>) {
    return (args: ContractArgs) => ({ ...args, foundation: { ...args.foundation, ...change } });
}

function network(change: Partial<NetworkArgs>) {
    return (args: ContractArgs) => ({ ...args, network: { ...args.network, ...change } });
}

const REGIONS = { aws: "eu-west-1", azure: "northeurope", gcp: "europe-west1" } as const;
const ACCOUNTS = {
    aws: "210987654321",
    azure: "00000000-0000-4000-8000-000000000009",
    gcp: "other-project",
} as const;

honours<FoundationArgs>("Foundation", {
    region: {
        promise: "where everything stands",
        change: (args, cloud) => foundation({ region: REGIONS[cloud] })(args),
        on: {
            aws: { lands: [at("pulumi:providers:aws", "region", "eu-west-1")] },
            azure: {
                lands: [at("azure-native:resources:ResourceGroup", "location", "northeurope")],
            },
            gcp: { lands: [at("pulumi:providers:gcp", "region", "europe-west1")] },
        },
    },
    account: {
        promise: "the only account that may be touched",
        change: (args, cloud) => foundation({ account: ACCOUNTS[cloud] })(args),
        on: {
            aws: { lands: [at("pulumi:providers:aws", "allowedAccountIds[]", "210987654321")] },
            azure: {
                lands: [at("pulumi:providers:azure-native", "subscriptionId", ACCOUNTS.azure)],
            },
            gcp: { lands: [at("pulumi:providers:gcp", "project", "other-project")] },
        },
    },
    tags: {
        promise: "on everything that takes tags or labels",
        change: (args) =>
            foundation({ tags: { ...args.foundation.tags, owner: "Other Team" } })(args),
        on: {
            aws: {
                lands: [
                    at("pulumi:providers:aws", "defaultTags.tags.Owner", "Other Team"),
                    at(
                        "aws:ec2/launchTemplate:LaunchTemplate",
                        "tagSpecifications[].tags.Owner",
                        "Other Team",
                    ),
                ],
            },
            azure: {
                lands: [at("azure-native:resources:ResourceGroup", "tags.Owner", "Other Team")],
            },
            gcp: {
                lands: [
                    at("pulumi:providers:gcp", "defaultLabels.owner", "other-team"),
                    at(
                        "gcp:sql/databaseInstance:DatabaseInstance",
                        "settings.userLabels.owner",
                        "other-team",
                    ),
                ],
            },
        },
    },
} satisfies Checks<FoundationArgs>);

honours<NetworkArgs>("Network", {
    cidr: {
        promise: "the block that all subnets are derived from (G1.11)",
        change: network({ cidr: "10.32.0.0/18" }),
        on: {
            aws: { lands: [at("aws:ec2/vpc:Vpc", "cidrBlock", "10.32.0.0/18")] },
            azure: {
                lands: [
                    at(
                        "azure-native:network:VirtualNetwork",
                        "addressSpace.addressPrefixes[]",
                        "10.32.0.0/18",
                    ),
                ],
            },
            gcp: {
                lands: [at("gcp:compute/subnetwork:Subnetwork", "ipCidrRange", "10.32.0.0/20")],
            },
        },
    },
    highAvailability: {
        promise: "the way out survives the loss of a zone",
        change: network({ highAvailability: true }),
        on: {
            aws: { lands: [at("aws:ec2/natGateway:NatGateway", "(exists)", true)] },
            azure: { lands: [at("azure-native:network:NatGateway", "(exists)", true)] },
            gcp: { always: "Cloud NAT is regional and always survives it" },
        },
    },
    privateEndpoints: {
        promise: "the cloud's services are reached inside the network",
        change: network({ privateEndpoints: true }),
        on: {
            aws: { lands: [at("aws:ec2/vpcEndpoint:VpcEndpoint", "(exists)", true)] },
            azure: {
                lands: [
                    at("azure-native:network:PrivateEndpoint", "(exists)", true),
                    at(
                        "azure-native:containerregistry:Registry",
                        "publicNetworkAccess",
                        "Disabled",
                    ),
                    at("azure-native:keyvault:Vault", "properties.publicNetworkAccess", "Disabled"),
                ],
            },
            gcp: {
                lands: [
                    at("gcp:compute/globalForwardingRule:GlobalForwardingRule", "(exists)", true),
                ],
            },
        },
    },
    logRetention: {
        promise: "how long flow logs are kept",
        change: network({ logRetention: "90 days" }),
        on: {
            aws: { lands: [at("aws:cloudwatch/logGroup:LogGroup", "retentionInDays", 90)] },
            azure: { lands: [at("azure-native:network:FlowLog", "retentionPolicy.days", 90)] },
            gcp: {
                lands: [
                    at("gcp:logging/projectBucketConfig:ProjectBucketConfig", "retentionDays", 90),
                ],
            },
        },
    },
} satisfies Checks<NetworkArgs>);
