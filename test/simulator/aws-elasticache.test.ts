import assert from "node:assert/strict";

import type { Properties } from "../../simulator/table.ts";
import { prepared, replaces, subnets, type Account } from "./support/aws.ts";

/** RDS has groups of the same kinds: those of ElastiCache go by their whole token. */
const SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup";
const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";

const inputs = (account: Account): Properties => ({
    replicationGroupId: "cache",
    description: "A cache",
    engine: "valkey",
    engineVersion: "8.2",
    nodeType: "cache.t4g.small",
    transitEncryptionEnabled: true,
    authToken: "a-very-long-password",
    subnetGroupName: account.id(SUBNETS, "cache"),
    parameterGroupName: account.id(PARAMETERS, "cache"),
    securityGroupIds: [account.id("SecurityGroup", "nodes")],
});

function withCache(change: Properties = {}): Account {
    const account = prepared();
    account.make(SUBNETS, "cache", { subnetIds: subnets(account) });
    account.make(PARAMETERS, "cache", { family: "valkey8" });
    account.make("ReplicationGroup", "cache", { ...inputs(account), ...change });
    return account;
}

describe("the simulated ElastiCache", () => {
    const refused: readonly [title: string, change: Properties, words: RegExp][] = [
        [
            "a node type that does not exist",
            { nodeType: "cache.m7g.small" },
            /not a valid node type/,
        ],
        ["a version that it does not have", { engineVersion: "8.3" }, /Cannot find version 8.3/],
        [
            "an engine of another kind",
            { engine: "memcached" },
            /engine to be one of .*got memcached/,
        ],
        [
            "parameters of another version",
            { engineVersion: "7.2" },
            /Expected a parameter group of family valkey7 but found one of family valkey8/,
        ],
        [
            "failover with nobody to take over",
            { automaticFailoverEnabled: true },
            /must be at least 2 if automatic_failover_enabled is true/,
        ],
        [
            "several zones without failover",
            { numCacheClusters: 2, multiAzEnabled: true },
            /automatic_failover_enabled must be true if multi_az_enabled is true/,
        ],
        ["a short password", { authToken: "too-short" }, /from 16 to 128/],
        [
            "a symbol that it does not take",
            { authToken: "a-very-long-pass_word" },
            /Only the symbols !, &, #, \$, \^, <, > and - are allowed/,
        ],
        [
            "a password without TLS",
            { transitEncryptionEnabled: false },
            /only supported when encryption-in-transit is enabled/,
        ],
        [
            "windows that overlap",
            { snapshotWindow: "03:30-04:30", maintenanceWindow: "sun:04:00-sun:05:00" },
            /must not overlap/,
        ],
        ["snapshots beyond 35 days", { snapshotRetentionLimit: 36 }, /at most \(35\), got 36/],
        [
            "a log group that does not stand",
            {
                logDeliveryConfigurations: [
                    {
                        destination: "none",
                        destinationType: "cloudwatch-logs",
                        logFormat: "json",
                        logType: "slow-log",
                    },
                ],
            },
            /Log group none does not exist/,
        ],
        ["a name that ends in a hyphen", { replicationGroupId: "cache-" }, /replicationGroupId/],
        ["a name of 41 letters", { replicationGroupId: "c".repeat(41) }, /replicationGroupId/],
    ];
    for (const [title, change, words] of refused) {
        it(`rejects ${title}`, () => {
            assert.throws(() => withCache(change), words);
        });
    }

    it("gives the addresses of its primary and of its replicas", () => {
        const { id, outputs } = withCache({ numCacheClusters: 2 }).get("ReplicationGroup", "cache");
        assert.equal(id, "cache");
        assert.match(
            String(outputs["primaryEndpointAddress"]),
            /^master\.cache\.[0-9a-f]{6}\.euc1\.cache\.amazonaws\.com$/,
        );
        assert.deepEqual(outputs["memberClusters"], ["cache-001", "cache-002"]);
    });

    it("rejects parameters of a family that does not exist", () => {
        const make = () => prepared().make(PARAMETERS, "p", { family: "valkey8.2" });
        assert.throws(make, /CacheParameterGroupFamily valkey8.2 is not a valid/);
    });

    it("raises the version in place and never lowers it", () => {
        const account = withCache({ engineVersion: "8.1" });
        const change = (engineVersion: string) => () =>
            account.change("ReplicationGroup", "cache", { engineVersion });
        assert.equal(change("8.2")().outputs["engineVersion"], "8.2");
        assert.throws(change("8.0"), /Cannot downgrade replication group from engine version 8.2/);
    });

    it("refuses to delete the groups under a cache that stands", () => {
        const account = withCache();
        assert.throws(() => account.drop(SUBNETS, "cache"), /CacheSubnetGroupInUse/);
        assert.throws(() => account.drop(PARAMETERS, "cache"), /InvalidCacheParameterGroupState/);
        account.drop("ReplicationGroup", "cache");
        account.drop(SUBNETS, "cache");
        account.drop(PARAMETERS, "cache");
    });

    it("makes a cache anew for other subnets or another key, and resizes in place", () => {
        for (const key of ["subnetGroupName", "kmsKeyId", "port"]) {
            assert.ok(replaces("ReplicationGroup", { [key]: "a" }, { [key]: "b" }), key);
        }
        assert.ok(!replaces("ReplicationGroup", { nodeType: "a" }, { nodeType: "b" }));
    });
});
