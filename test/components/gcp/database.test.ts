import assert from "node:assert/strict";
import { GCP_LIMITS } from "../../../components/gcp/limits.ts";
import { TIERS, editionFor } from "../../../components/gcp/sizes.ts";
import { DATABASE_SIZES } from "../../../components/contracts/database.ts";
import { inspect } from "../../../tools/offline/mocks.ts";
import { DEV, type GcpSiteArgs, PROD, runSite } from "./site.ts";

const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";

function withDatabase(args: Partial<GcpSiteArgs["database"]>): GcpSiteArgs {
    return { ...DEV, database: { ...DEV.database, ...args } };
}

async function settingsOf(args: GcpSiteArgs) {
    const { inputs } = (await runSite(args)).one(INSTANCE);
    return inputs["settings"] as Record<string, unknown>;
}

describe("GcpDatabase", () => {
    it("can be reached on a private address only, and only over TLS (G1.56)", async () => {
        const recorded = await runSite(DEV);
        const settings = recorded.one(INSTANCE).inputs["settings"] as Record<string, unknown>;
        const network = recorded.one("gcp:compute/network:Network");
        const range = recorded.one("gcp:compute/globalAddress:GlobalAddress");
        assert.deepEqual(settings["ipConfiguration"], {
            ipv4Enabled: false,
            privateNetwork: network.id,
            allocatedIpRange: range.outputs["name"],
            sslMode: "ENCRYPTED_ONLY",
        });
        const { value } = await inspect(recorded.result.database.host);
        assert.match(value, /^10\.30\.80\./);
    });

    it("says its edition, for Google's default depends on the version (G1.55)", async () => {
        const small = await settingsOf(DEV);
        assert.deepEqual([small["edition"], small["tier"]], ["ENTERPRISE", "db-g1-small"]);
        const week = await settingsOf(withDatabase({ size: "medium", backupRetention: "7 days" }));
        assert.deepEqual([week["edition"], week["tier"]], ["ENTERPRISE", "db-custom-2-8192"]);
    });

    it("takes the edition that can recover far enough back", async () => {
        const settings = await settingsOf(PROD);
        assert.equal(settings["edition"], "ENTERPRISE_PLUS");
        assert.equal(settings["tier"], "db-perf-optimized-N-4");
        assert.deepEqual(settings["backupConfiguration"], {
            enabled: true,
            startTime: "03:00",
            pointInTimeRecoveryEnabled: true,
            transactionLogRetentionDays: 30,
            backupRetentionSettings: { retentionUnit: "COUNT", retainedBackups: 31 },
        });
    });

    it("has a standby in another zone where high availability is asked for", async () => {
        assert.equal((await settingsOf(DEV))["availabilityType"], "ZONAL");
        assert.equal((await settingsOf(PROD))["availabilityType"], "REGIONAL");
    });

    it("is maintained on Sunday at four, an hour after the backup (G13.9)", async () => {
        assert.deepEqual((await settingsOf(DEV))["maintenanceWindow"], {
            day: 7,
            hour: 4,
            updateTrack: "stable",
        });
    });

    it("logs changes of the schema, never the data in statements (G1.56)", async () => {
        const flags = (await settingsOf(DEV))["databaseFlags"] as { name: string; value: string }[];
        assert.deepEqual(Object.fromEntries(flags.map(({ name, value }) => [name, value])), {
            log_checkpoints: "on",
            log_connections: "on",
            log_disconnections: "on",
            log_lock_waits: "on",
            log_min_duration_statement: "1000",
            log_statement: "ddl",
            log_temp_files: "0",
        });
    });

    it("grows by itself up to the ceiling, and is not shrunk back by the next up", async () => {
        const recorded = await runSite(PROD);
        const instance = recorded.one(INSTANCE);
        const settings = instance.inputs["settings"] as Record<string, unknown>;
        assert.equal(settings["diskSize"], 20);
        assert.equal(settings["diskAutoresize"], true);
        assert.equal(settings["diskAutoresizeLimit"], 200);
        assert.deepEqual(instance.options.ignoreChanges, ["settings.diskSize"]);
    });

    it("follows a raised storage where it does not grow by itself", async () => {
        const recorded = await runSite(withDatabase({ storageAutoGrow: false }));
        const instance = recorded.one(INSTANCE);
        assert.deepEqual(instance.options.ignoreChanges, []);
        assert.equal(
            (instance.inputs["settings"] as Record<string, unknown>)["diskAutoresize"],
            false,
        );
    });

    it("is protected by Google, by the provider and by Pulumi in production, and keeps a last backup (G1.29)", async () => {
        const instance = (await runSite(PROD)).one(INSTANCE);
        const settings = instance.inputs["settings"] as Record<string, unknown>;
        assert.equal(instance.inputs["deletionProtection"], true);
        assert.equal(settings["deletionProtectionEnabled"], true);
        assert.equal(instance.options.protect, true);
        assert.deepEqual(settings["finalBackupConfig"], { enabled: true, retentionDays: 30 });
        assert.equal(settings["retainBackupsOnDelete"], true);
    });

    it("still leaves its last backup once protection is off (G1.29, G1.62)", async () => {
        const database = { ...PROD.database, deletionProtection: false };
        const settings = (await runSite({ ...PROD, database })).one(INSTANCE).inputs[
            "settings"
        ] as Record<string, unknown>;
        assert.equal(settings["deletionProtectionEnabled"], false);
        assert.deepEqual(settings["finalBackupConfig"], { enabled: true, retentionDays: 30 });
        assert.equal(settings["retainBackupsOnDelete"], true);
    });

    it("can be thrown away in development", async () => {
        const instance = (await runSite(DEV)).one(INSTANCE);
        const settings = instance.inputs["settings"] as Record<string, unknown>;
        assert.equal(instance.inputs["deletionProtection"], false);
        assert.equal(settings["deletionProtectionEnabled"], false);
        assert.deepEqual(settings["finalBackupConfig"], { enabled: false });
    });

    it("leaves the instance's name to Google, which keeps a deleted one's for a week", async () => {
        const { outputs } = (await runSite(DEV)).one(INSTANCE);
        assert.match(String(outputs["name"]), /^myapp-dev-gcp-orders-[0-9a-f]{7}$/);
    });

    it("is encrypted with the customer's key, which Cloud SQL may use before", async () => {
        const recorded = await runSite(DEV);
        const instance = recorded.one(INSTANCE);
        const key = recorded.one("gcp:kms/cryptoKey:CryptoKey", "myapp-dev-gcp-orders-key");
        assert.equal(instance.inputs["encryptionKeyName"], key.id);
        const grant = recorded.one(
            "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
            "myapp-dev-gcp-orders-key-sql",
        );
        assert.ok(instance.options.dependencies.includes(grant.urn));
    });

    it("has a user and a database of its own, which vanish with the instance", async () => {
        const recorded = await runSite(DEV);
        const instance = recorded.one(INSTANCE);
        const user = recorded.one("gcp:sql/user:User");
        const database = recorded.one("gcp:sql/database:Database");
        assert.equal(user.inputs["name"], "appowner");
        assert.equal(database.inputs["name"], "appdb");
        assert.deepEqual(
            [user.options.deletedWith, database.options.deletedWith],
            [instance.urn, instance.urn],
        );
    });

    it("generates a password that fits a URL and is secret everywhere (G1.7)", async () => {
        const recorded = await runSite(DEV);
        const password = recorded.one("random:index/randomPassword:RandomPassword");
        assert.equal(password.inputs["length"], 32);
        assert.equal(password.inputs["overrideSpecial"], "-_.~");
        assert.ok(recorded.one("gcp:sql/user:User").isSecret("password"));
        const version = recorded.one("gcp:secretmanager/secretVersion:SecretVersion");
        assert.ok(version.isSecret("secretData"));
        assert.deepEqual(Object.keys(JSON.parse(String(version.inputs["secretData"])) as object), [
            "username",
            "password",
            "host",
            "port",
            "dbname",
        ]);
    });

    it("rejects a recovery of more than 7 days at the small sizes, which have no edition for it", async () => {
        await assert.rejects(
            runSite(withDatabase({ backupRetention: "8 days" })),
            /backupRetention: 8 days is more than the 7 days that Cloud SQL can recover at size micro\. Lower it to 7 days, or choose size medium or larger\./,
        );
    });

    it("rejects a ceiling below the storage at the start", async () => {
        await assert.rejects(
            runSite(withDatabase({ storage: "50 GiB", maxStorage: "20 GiB" })),
            /maxStorage: 20 GiB is below storage, which is 50 GiB/,
        );
    });

    for (const size of DATABASE_SIZES) {
        it(`has a tier for every retention that the limits allow at size ${size}`, () => {
            const { backupRetention, backupRetentionBySize } = GCP_LIMITS.database;
            const bySize: Partial<Record<string, { max: number }>> = backupRetentionBySize;
            const most = bySize[size]?.max ?? backupRetention.max;
            assert.notEqual(TIERS[editionFor(1)][size], undefined);
            assert.notEqual(TIERS[editionFor(most)][size], undefined);
        });
    }
});
