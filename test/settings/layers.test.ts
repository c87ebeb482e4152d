import assert from "node:assert/strict";
import { problemsOf, settingsOf, siteOf, stack } from "./support.ts";
import { aws, azure, gcp } from "./support.ts";

const app = { image: "ghcr.io/acme/shop:1.4.2" };

describe("settings in layers", () => {
    it("makes a small, unprotected site of the least that a stack can say", () => {
        const { cloud, region, account, name, network, cluster } = siteOf(stack());
        assert.deepEqual(
            { cloud, region, account, name },
            {
                cloud: "aws",
                region: "eu-central-1",
                account: "123456789012",
                name: "myapp-dev-main",
            },
        );
        assert.equal(network.highAvailability, false);
        assert.deepEqual(cluster, {
            version: "1.36",
            nodePools: {
                workers: {
                    size: "medium",
                    min: 1,
                    max: 3,
                    spot: false,
                    labels: { "platform/pool": "workers" },
                    taints: [],
                    disk: "50 GiB",
                },
            },
            highAvailability: false,
            deletionProtection: false,
            logRetention: "30 days",
            apiCidrs: [],
            administrators: [],
        });
    });

    it("makes prod highly available, protected, recoverable, private and closed", () => {
        const site = siteOf(stack({ environment: "prod", databases: { main: {} } }));
        assert.equal(site.network.highAvailability, true);
        assert.equal(site.network.privateEndpoints, true);
        assert.equal(site.cluster.highAvailability, true);
        assert.equal(site.cluster.deletionProtection, true);
        assert.deepEqual(site.cluster.apiCidrs, []);
        assert.deepEqual(site.secretStore, { recoverable: true, deletionProtection: true });
        assert.deepEqual(site.databases.main, {
            version: "17",
            size: "medium",
            storage: "100 GiB",
            maxStorage: "1000 GiB",
            storageAutoGrow: true,
            highAvailability: true,
            backupRetention: "7 days",
            finalBackup: true,
            deletionProtection: true,
            databaseName: "app",
            username: "dbadmin",
        });
    });

    it("reads development and production as dev and prod", () => {
        assert.equal(settingsOf(stack({ environment: "development" })).environment, "dev");
        assert.equal(settingsOf(stack({ environment: "production" })).environment, "prod");
        assert.equal(settingsOf(stack({ environment: "Production" })).environment, "prod");
    });

    it("puts the site over the stack over the profile over the default, key by key", () => {
        const settings = settingsOf(
            stack({
                environment: "staging",
                cluster: { nodePools: { workers: { max: 7 } } },
                sites: { main: aws({ cluster: { nodePools: { workers: { size: "xlarge" } } } }) },
            }),
        );
        const pool = settings.sites[0]?.cluster.nodePools.workers;
        assert.deepEqual([pool?.size, pool?.max, pool?.min, pool?.spot], ["xlarge", 7, 2, false]);
        const at = (leaf: string) =>
            settings.origins[`sites.main.cluster.nodePools.workers.${leaf}`];
        assert.deepEqual(["size", "max", "min", "spot"].map(at), [
            "site",
            "stack",
            "profile",
            "default",
        ]);
    });

    it("knows the origin of every leaf", () => {
        const { origins } = settingsOf(
            stack({ databases: { main: { size: "small" } }, tags: { Team: "a" } }),
        );
        assert.equal(origins["environment"], "stack");
        assert.equal(origins["project"], "default");
        assert.equal(origins["sites.main.region"], "site");
        assert.equal(origins["sites.main.network.cidr"], "default");
        assert.equal(origins["sites.main.databases.main.size"], "stack");
        assert.equal(origins["sites.main.databases.main.storage"], "default");
        assert.equal(origins["sites.main.databases.main.maxStorage"], "profile");
        assert.equal(origins["sites.main.tags.Team"], "stack");
    });

    it("replaces a list as a whole and merges labels, tags and variables key by key", () => {
        const site = siteOf(
            stack({
                apiAccess: { cidrs: ["198.51.100.0/24", "203.0.113.0/24"] },
                tags: { Team: "a", Tier: "b" },
                applications: { shop: { ...app, env: { LOG_LEVEL: "info", COLOUR: "red" } } },
                sites: {
                    main: aws({
                        apiAccess: { cidrs: ["192.0.2.0/24"] },
                        tags: { Tier: "c" },
                        applications: { shop: { env: { COLOUR: null, MODE: true } } },
                    }),
                },
            }),
        );
        assert.deepEqual(site.cluster.apiCidrs, ["192.0.2.0/24"]);
        assert.deepEqual(site.tags.extra, { Team: "a", Tier: "c" });
        assert.deepEqual(site.applications.shop?.env, { LOG_LEVEL: "info", MODE: "true" });
    });

    it("lets a site drop and add entries of the stack's maps", () => {
        const site = siteOf(
            stack({
                databases: { main: {}, audit: {} },
                sites: { main: aws({ databases: { audit: null, extra: { size: "large" } } }) },
            }),
        );
        assert.deepEqual(Object.keys(site.databases).sort(), ["extra", "main"]);
        assert.equal(site.databases.extra?.size, "large");
    });

    it("keeps the default pool only while no pool is named", () => {
        const named = stack({ cluster: { nodePools: { batch: {} } } });
        assert.deepEqual(Object.keys(siteOf(named).cluster.nodePools), ["batch"]);
    });

    it("rejects dropping what there is not, and empty entries of the stack", () => {
        assert.deepEqual(problemsOf(stack({ sites: { main: aws({ databases: { x: null } }) } })), [
            "sites.main.databases.x: is empty, which drops nothing: the stack has no entry of that name. Write {} for the defaults, or remove the line.",
        ]);
        assert.deepEqual(problemsOf(stack({ databases: { x: null } })), [
            "databases.x: is empty, which drops nothing here. Write {} for the defaults, or remove the line.",
        ]);
    });

    it("gives each cloud the account under its own word and its own storage", () => {
        const { sites } = settingsOf(
            stack({ databases: { main: {} }, sites: { a: aws(), b: azure(), c: gcp() } }),
        );
        assert.deepEqual(
            sites.map(({ account, databases }) => [
                account,
                databases.main?.storage,
                databases.main?.maxStorage,
            ]),
            [
                ["123456789012", "20 GiB", "100 GiB"],
                ["12345678-9abc-4def-8123-456789abcdef", "32 GiB", undefined],
                ["my-project-id", "20 GiB", "100 GiB"],
            ],
        );
    });

    it("lets growth end where the storage that was asked for needs it", () => {
        const site = siteOf(
            stack({ databases: { a: { storage: "300 GiB" }, b: { storageAutoGrow: false } } }),
        );
        assert.equal(site.databases.a?.maxStorage, "1500 GiB");
        assert.equal(site.databases.b?.maxStorage, undefined);
    });

    it("deploys the sites of the target only, and says which others it leaves out", () => {
        const sites = { a: aws(), b: azure(), c: gcp() };
        const all = settingsOf(stack({ sites, target: "all" }));
        assert.deepEqual(
            all.sites.map(({ site }) => site),
            ["a", "b", "c"],
        );
        assert.deepEqual(all.warnings, []);
        const one = settingsOf(stack({ sites, target: "azure" }));
        assert.deepEqual(
            one.sites.map(({ site }) => site),
            ["b"],
        );
        assert.match(one.warnings[0]?.message ?? "", /^leaves out a, c;/);
    });

    it("reads versions and counts that YAML took for something else", () => {
        const site = siteOf(
            stack({
                cluster: { version: 1.36, nodePools: { workers: { max: "4" } } },
                databases: { main: { version: 18 } },
            }),
        );
        assert.equal(site.cluster.version, "1.36");
        assert.equal(site.cluster.nodePools.workers?.max, 4);
        assert.equal(site.databases.main?.version, "18");
    });

    it("reads taints as kubectl writes them", () => {
        const taints = ["dedicated=batch:NoSchedule", "example.com/spot:PreferNoSchedule"];
        const site = siteOf(stack({ cluster: { nodePools: { workers: {}, batch: { taints } } } }));
        assert.deepEqual(site.cluster.nodePools.batch?.taints, [
            { key: "dedicated", value: "batch", effect: "NoSchedule" },
            { key: "example.com/spot", value: "", effect: "PreferNoSchedule" },
        ]);
    });
});
