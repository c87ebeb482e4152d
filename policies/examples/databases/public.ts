import type { Example } from "../example.ts";
import {
    ALLOYDB_INSTANCE,
    breakAt,
    CLOUD_SQL,
    forEach,
    MEMBER,
    missing,
    MYSQL,
    POSTGRES,
    RDS,
    REDSHIFT,
    SQL_MANAGED,
    SQL_SERVER,
} from "./breaks.ts";

const ACCESS = "network.publicNetworkAccess";
const IPV4 = "settings.ipConfiguration.ipv4Enabled";
const NETWORKS = "settings.ipConfiguration.authorizedNetworks";

export const publicExamples: Record<string, readonly Example[]> = {
    "db-no-public-access": [
        ...forEach(
            [
                RDS,
                MEMBER,
                "aws:neptune/clusterInstance:ClusterInstance",
                REDSHIFT,
                "aws:redshiftserverless/workgroup:Workgroup",
            ],
            {
                good: { publiclyAccessible: false, storageEncrypted: true },
                breaks: [
                    breakAt("it is public", "publiclyAccessible", true),
                    breakAt("it is public in another spelling", "publiclyAccessible", "TRUE"),
                ],
                undecided: "publiclyAccessible",
            },
        ),
        ...forEach([POSTGRES, MYSQL], {
            good: { network: { publicNetworkAccess: "Disabled" } },
            breaks: [
                breakAt("public access is enabled", ACCESS, "Enabled"),
                missing("network", ACCESS),
            ],
            undecided: ACCESS,
        }),
        {
            type: "azure-native:dbforpostgresql:Server",
            good: { network: { delegatedSubnetResourceId: "/subscriptions/1/subnets/database" } },
            breaks: [
                breakAt(
                    "no subnet is delegated",
                    "network.delegatedSubnetResourceId",
                    undefined,
                    ACCESS,
                ),
                breakAt(
                    "the delegated subnet has no name",
                    "network.delegatedSubnetResourceId",
                    "",
                    ACCESS,
                ),
            ],
            undecided: "network.delegatedSubnetResourceId",
        },
        {
            type: SQL_SERVER,
            good: { publicNetworkAccess: "Disabled" },
            breaks: [
                breakAt("public access is enabled", "publicNetworkAccess", "Enabled"),
                missing("publicNetworkAccess"),
            ],
            undecided: "publicNetworkAccess",
        },
        {
            type: SQL_MANAGED,
            good: { publicDataEndpointEnabled: false },
            breaks: [breakAt("the public endpoint is enabled", "publicDataEndpointEnabled", true)],
            undecided: "publicDataEndpointEnabled",
        },
        {
            type: CLOUD_SQL,
            good: { settings: { tier: "db-f1-micro", ipConfiguration: { ipv4Enabled: false } } },
            breaks: [
                breakAt("the instance has a public address", IPV4, true),
                missing("settings.ipConfiguration", IPV4),
            ],
            undecided: IPV4,
        },
        {
            type: ALLOYDB_INSTANCE,
            good: { networkConfig: { enablePublicIp: false } },
            breaks: [
                breakAt("the instance has a public address", "networkConfig.enablePublicIp", true),
            ],
            undecided: "networkConfig",
        },
    ],
    "db-no-world-firewall": [
        {
            type: CLOUD_SQL,
            good: {
                settings: {
                    ipConfiguration: {
                        ipv4Enabled: false,
                        authorizedNetworks: [{ name: "office", value: "203.0.113.0/24" }],
                    },
                },
            },
            breaks: [
                breakAt(
                    "an authorised network is the whole internet",
                    `${NETWORKS}[0].value`,
                    "0.0.0.0/0",
                    `${NETWORKS}[0]`,
                ),
            ],
            undecided: NETWORKS,
        },
        {
            type: ALLOYDB_INSTANCE,
            good: {
                networkConfig: { authorizedExternalNetworks: [{ cidrRange: "203.0.113.0/24" }] },
            },
            breaks: [
                breakAt(
                    "an external network is half of the internet",
                    "networkConfig.authorizedExternalNetworks[0].cidrRange",
                    "128.0.0.0/1",
                    "networkConfig.authorizedExternalNetworks[0]",
                ),
            ],
            undecided: "networkConfig.authorizedExternalNetworks",
        },
        ...forEach(
            [
                "azure-native:dbforpostgresql:FirewallRule",
                "azure-native:dbforpostgresql:ServerGroupFirewallRule",
                "azure-native:dbformysql:FirewallRule",
                "azure-native:sql:FirewallRule",
            ],
            {
                good: { startIpAddress: "203.0.113.1", endIpAddress: "203.0.113.9" },
                breaks: [
                    breakAt("the range is most of the internet", "startIpAddress", "1.0.0.0"),
                    breakAt(
                        "the range is a part of the internet that nobody owns as a whole",
                        "startIpAddress",
                        "201.0.0.0",
                    ),
                ],
                undecided: "endIpAddress",
            },
        ),
        {
            type: "azure-native:sql:IPv6FirewallRule",
            good: { startIPv6Address: "2001:db8::1", endIPv6Address: "2001:db8::ffff" },
            breaks: [
                breakAt("the range is everything", "startIPv6Address", "::"),
                breakAt(
                    "the range is most of the internet",
                    "endIPv6Address",
                    "3fff:ffff::",
                    "startIPv6Address",
                ),
            ],
            undecided: "endIPv6Address",
        },
        {
            type: "azure-native:dbforpostgresql/v20250801:FirewallRule",
            good: { startIpAddress: "0.0.0.0", endIpAddress: "0.0.0.1" },
            breaks: [
                breakAt(
                    "the range means all Azure services",
                    "endIpAddress",
                    "0.0.0.0",
                    "startIpAddress",
                ),
                breakAt(
                    "the range is everything",
                    "endIpAddress",
                    "255.255.255.255",
                    "startIpAddress",
                ),
            ],
            undecided: "endIpAddress",
        },
    ],
};
