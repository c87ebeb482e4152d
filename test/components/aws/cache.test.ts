import assert from "node:assert/strict";
import { AwsCache } from "../../../components/aws/cache.ts";
import { CACHE_CLASSES } from "../../../components/aws/sizes.ts";
import { CACHE_FIELDS } from "../../../components/contracts/cache.ts";
import type { RunOptions } from "../../../tools/offline/mocks.ts";
import { inspect } from "../../../tools/offline/mocks.ts";
import { once } from "../../support/once.ts";
import { DEV, PROD, type SiteArgs } from "./fixtures.ts";
import { CACHE, within, type CacheFixture } from "./services.ts";

const NAME = `${DEV.name}-sessions`;
const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";

const cache = once(
    (change: Partial<CacheFixture> = {}, site: SiteArgs = DEV, options: RunOptions = {}) =>
        within(
            site,
            ({ foundation, network, secretStore, opts }) => {
                const args = { ...CACHE, ...change, foundation, network, secretStore };
                return new AwsCache(`${site.name}-sessions`, args, opts);
            },
            options,
        ),
);

const inputs = async (change: Partial<CacheFixture> = {}) =>
    (await cache(change)).one(GROUP).inputs;

describe("an AWS cache", function () {
    this.timeout(60_000);

    it("is Valkey 8 over TLS only, encrypted with its own key, and patched by itself", async () => {
        const site = await cache();
        const given = site.one(GROUP).inputs;
        assert.deepEqual([given["engine"], given["engineVersion"]], ["valkey", "8.2"]);
        assert.equal(given["transitEncryptionEnabled"], true);
        assert.equal(given["transitEncryptionMode"], "required");
        assert.equal(given["atRestEncryptionEnabled"], true);
        assert.equal(given["kmsKeyId"], site.one("aws:kms/key:Key", NAME).outputs["arn"]);
        assert.equal(given["autoMinorVersionUpgrade"], true);
        assert.equal(given["maintenanceWindow"], "sun:04:00-sun:05:00");
    });

    it("lies in the subnets that no route leads out of, and lets in the nodes on 6379 only", async () => {
        const site = await cache();
        assert.deepEqual(
            site.one("aws:elasticache/subnetGroup:SubnetGroup").inputs["subnetIds"],
            ["a", "b", "c"].map(
                (zone) => site.one("aws:ec2/subnet:Subnet", `${DEV.name}-database-${zone}`).id,
            ),
        );
        const group = site.one("aws:ec2/securityGroup:SecurityGroup", NAME);
        assert.deepEqual(site.one(GROUP).inputs["securityGroupIds"], [group.id]);
        const rules = site
            .all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .filter((rule) => rule.inputs["securityGroupId"] === group.id);
        assert.deepEqual(
            rules.map(({ inputs: rule }) => [
                rule["referencedSecurityGroupId"],
                rule["ipProtocol"],
                rule["fromPort"],
                rule["toPort"],
            ]),
            [
                [
                    site.one("aws:ec2/securityGroup:SecurityGroup", `${DEV.name}-nodes`).id,
                    "tcp",
                    6379,
                    6379,
                ],
            ],
        );
    });

    it("has a node type for each size", async () => {
        assert.deepEqual(CACHE_CLASSES, {
            small: "cache.t4g.small",
            medium: "cache.m7g.large",
            large: "cache.m7g.xlarge",
        });
        assert.equal((await inputs({ size: "large" }))["nodeType"], "cache.m7g.xlarge");
    });

    it("has a replica in another zone that takes over exactly where it is highly available", async () => {
        const pick = (given: Record<string, unknown>) =>
            ["numCacheClusters", "automaticFailoverEnabled", "multiAzEnabled"].map(
                (key) => given[key],
            );
        assert.deepEqual(pick(await inputs()), [1, false, false]);
        assert.deepEqual(pick(await inputs({ highAvailability: true })), [2, true, true]);
    });

    it("drops the least recently used keys, or refuses to write", async () => {
        const policy = async (eviction: CacheFixture["eviction"]) =>
            (await cache({ eviction })).one("aws:elasticache/parameterGroup:ParameterGroup").inputs;
        const value = (text: string) => [{ name: "maxmemory-policy", value: text }];
        assert.deepEqual((await policy("least-recently-used"))["parameters"], value("allkeys-lru"));
        assert.deepEqual((await policy("none"))["parameters"], value("noeviction"));
        assert.equal((await policy("none"))["family"], "valkey8");
    });

    it("takes snapshots of a store, the last one when it is deleted, and none of a cache", async () => {
        const pick = (given: Record<string, unknown>) =>
            ["snapshotRetentionLimit", "snapshotWindow"].map((key) => given[key]);
        assert.deepEqual(pick(await inputs()), [0, undefined]);
        assert.equal((await inputs())["finalSnapshotIdentifier"], undefined);
        const site = await cache({ eviction: "none" });
        assert.deepEqual(pick(site.one(GROUP).inputs), [7, "03:00-04:00"]);
        const tail = site.one("random:index/randomId:RandomId", `${NAME}-final`).outputs["hex"];
        assert.equal(
            site.one(GROUP).inputs["finalSnapshotIdentifier"],
            `${NAME}-final-${String(tail)}`,
        );
        const key = site.one("aws:kms/key:Key", NAME);
        assert.equal(key.inputs["deletionWindowInDays"], 30);
        assert.equal(
            (await cache()).one("aws:kms/key:Key", NAME).inputs["deletionWindowInDays"],
            7,
        );
    });

    it("keeps its logs encrypted, as long as the flow logs", async () => {
        const site = await cache({}, PROD);
        const name = `${PROD.name}-sessions`;
        const logs = ["engine-log", "slow-log"].map((log) =>
            site.one("aws:cloudwatch/logGroup:LogGroup", `${name}-${log}`),
        );
        for (const { inputs: group } of logs) {
            assert.equal(group["retentionInDays"], 365);
            assert.equal(
                group["kmsKeyId"],
                site.one("aws:kms/key:Key", `${PROD.name}-logs`).outputs["arn"],
            );
        }
        assert.deepEqual(
            site.one(GROUP).inputs["logDeliveryConfigurations"],
            ["engine-log", "slow-log"].map((logType) => ({
                destination: `/aws/vendedlogs/elasticache/${name}/${logType}`,
                destinationType: "cloudwatch-logs",
                logFormat: "json",
                logType,
            })),
        );
    });

    it("stores address, port and password, and a URL of them, and tells nobody else", async () => {
        const site = await cache();
        const password = String(
            site.one("random:index/randomPassword:RandomPassword", `${NAME}-password`).outputs[
                "result"
            ],
        );
        assert.match(password, /^[A-Za-z0-9-]{32}$/);
        const version = site.one(
            "aws:secretsmanager/secretVersion:SecretVersion",
            `${NAME}-credentials`,
        );
        const host = site.one(GROUP).outputs["primaryEndpointAddress"];
        assert.deepEqual(JSON.parse(String(version.inputs["secretString"])), {
            host,
            port: "6379",
            password,
            url: `rediss://:${password}@${String(host)}:6379`,
        });
        assert.deepEqual(site.result.credentials.fields, [...CACHE_FIELDS]);
        const holders = site.resources.filter(
            (one) => one.custom && JSON.stringify(one.inputs).includes(password),
        );
        assert.deepEqual(
            holders.map(({ type, secrets }) => [type, secrets]),
            [
                [GROUP, ["authToken"]],
                ["aws:secretsmanager/secretVersion:SecretVersion", ["secretString"]],
            ],
        );
        assert.equal(
            (await inspect(site.result.credentials.key)).value,
            `${DEV.name}/sessions-credentials`,
        );
    });

    it("lies where pods are let out to", async () => {
        assert.deepEqual((await cache()).result.destinations, [
            { cidrs: ["10.0.240.0/22", "10.0.244.0/22", "10.0.248.0/22"], ports: [6379] },
        ]);
    });

    it("is protected with its key where asked to, and then changes in its window", async () => {
        const [open, guarded] = [await cache(), await cache({ deletionProtection: true })];
        for (const [site, on] of [
            [open, false],
            [guarded, true],
        ] as const) {
            assert.equal(site.one(GROUP).options.protect, on);
            assert.equal(site.one("aws:kms/key:Key", NAME).options.protect, on);
            assert.equal(site.one(GROUP).inputs["applyImmediately"], !on);
        }
    });

    it("makes the same resources whether outputs are known or not", async () => {
        const unknown = await cache({ eviction: "none" }, DEV, { preview: true });
        assert.deepEqual(unknown.urns(), (await cache({ eviction: "none" })).urns());
    });

    it("rejects a name that ElastiCache would cut", async () => {
        const site = { ...DEV, name: `${DEV.name}-${"x".repeat(20)}` };
        await assert.rejects(cache({}, site), {
            message: new RegExp(
                `^${site.name}-sessions: name: ${site.name}-sessions cannot name an ElastiCache replication group .* up to 40 `,
            ),
        });
    });
});
