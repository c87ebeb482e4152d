import assert from "node:assert/strict";

import {
    INSTANCE,
    SETTINGS,
    Place,
    bound,
    privateInstance,
    type Malformed,
} from "./support/gcp.ts";

/** What Google refuses before anything is created, for inputs alone. */
const MALFORMED: readonly Malformed[] = [
    {
        kind: "instance",
        what: "a TLS mode of another cloud (G1.56)",
        given: {
            ...INSTANCE,
            settings: { ...SETTINGS, ipConfiguration: { sslMode: "REQUIRE" } },
        },
        words: /expected settings\.0\.ip_configuration\.0\.ssl_mode to be one of .*, got REQUIRE/,
    },
    {
        kind: "instance",
        what: "a custom tier without an edition, which means Enterprise Plus (G1.55)",
        given: { databaseVersion: "POSTGRES_17", settings: { tier: "db-custom-2-8192" } },
        words: /Invalid Tier \(db-custom-2-8192\) for \(ENTERPRISE_PLUS\) Edition/,
    },
    {
        kind: "instance",
        what: "a tier with too little memory",
        given: { ...INSTANCE, settings: { ...SETTINGS, tier: "db-custom-2-2048" } },
        words: /Invalid Tier \(db-custom-2-2048\) for \(ENTERPRISE\) Edition/,
    },
    {
        kind: "instance",
        what: "a tier of Enterprise Plus that is not sold",
        given: {
            ...INSTANCE,
            settings: {
                ...SETTINGS,
                edition: "ENTERPRISE_PLUS",
                tier: "db-perf-optimized-N-6",
            },
        },
        words: /Invalid Tier \(db-perf-optimized-N-6\) for \(ENTERPRISE_PLUS\) Edition/,
    },
    {
        kind: "instance",
        what: "eight days of transaction log in the edition Enterprise",
        given: {
            ...INSTANCE,
            settings: {
                ...SETTINGS,
                backupConfiguration: {
                    ...SETTINGS.backupConfiguration,
                    transactionLogRetentionDays: 8,
                },
            },
        },
        words: /Transaction log retention days must be between 1 and 7/,
    },
    {
        kind: "instance",
        what: "a regional instance without backups",
        given: {
            ...INSTANCE,
            settings: {
                tier: "db-custom-2-8192",
                edition: "ENTERPRISE",
                availabilityType: "REGIONAL",
            },
        },
        words: /Backups and point-in-time recovery must be enabled for a regional/,
    },
    {
        kind: "instance",
        what: "a disk of 5 GB",
        given: { ...INSTANCE, settings: { ...SETTINGS, diskSize: 5 } },
        words: /Disk size must be between 10 GB and 65536 GB/,
    },
    {
        kind: "instance",
        what: "a version that is no longer made",
        given: { ...INSTANCE, databaseVersion: "POSTGRES_13" },
        words: /POSTGRES_13 is not supported/,
    },
    {
        kind: "user",
        what: "the name of Google's own administrator (G1.27)",
        given: { instance: "i", name: "cloudsqladmin", password: "p" },
        words: /User name "cloudsqladmin" is reserved/,
    },
    {
        kind: "secret",
        what: "a recovery time of an hour",
        given: { replication: { auto: {} }, versionDestroyTtl: "3600s" },
        words: /Version destroy TTL must be between 24 hours and 1000 days/,
    },
    { kind: "secret", what: "no replication", given: {}, words: /"replication" is required/ },
];

describe("the simulated Google Cloud", () => {
    for (const { kind, what, given, words } of MALFORMED) {
        it(`rejects ${what} (${kind})`, () => {
            assert.match(new Place().check(kind, given).join("; "), words);
        });
    }

    it("rejects a database before the network is peered (G1.57)", () => {
        const place = Place.furnished();
        const lonely = place.make("network", "lonely", { autoCreateSubnetworks: false });
        const settings = { ...SETTINGS, ipConfiguration: { privateNetwork: lonely.id } };
        assert.throws(
            () => place.make("instance", "db", { ...INSTANCE, settings }),
            /the network doesn't have at least 1 private services connection/,
        );
    });

    it("gives a database an address from the allocated range", () => {
        const { make, base } = bound(Place.furnished());
        const instance = make("instance", "db", privateInstance(base));
        assert.match(String(instance.outputs["privateIpAddress"]), /^10\.30\.80\.\d+$/);
    });

    it("rejects a key that the service may not use, and takes it once it may", () => {
        const place = Place.furnished();
        const { base } = place;
        const given = { ...privateInstance(base), encryptionKeyName: base.key.id };
        assert.throws(
            () => place.make("instance", "db", given),
            /Permission 'cloudkms\.cryptoKeyVersions\.useToEncrypt' denied on resource/,
        );
        place.grant("sqladmin", base.key.id);
        assert.ok(place.make("instance", "db", given).id);
    });

    it("rejects deleting a peering that databases use, unless it is abandoned", () => {
        const place = Place.furnished();
        const { base } = place;
        place.make("instance", "db", privateInstance(base));
        const { id } = base.connection;
        place.update("connection", "databases", id, { deletionPolicy: "DELETE" });
        assert.throws(() => {
            place.drop("connection", "databases", id);
        }, /Producer services \(e\.g\. CloudSQL, Cloud Memstore, etc\.\) are still using this connection/);
        place.update("connection", "databases", id, { deletionPolicy: "ABANDON" });
        place.drop("connection", "databases", id);
        assert.equal(place.stands("connection", "databases", id), false);
    });

    it("rejects deleting a protected instance, by either protection", () => {
        const place = Place.furnished();
        const settings = { ...SETTINGS, deletionProtectionEnabled: true };
        const { id } = place.make("instance", "db", { ...INSTANCE, settings });
        assert.throws(() => {
            place.drop("instance", "db", id);
        }, /The instance is protected/);
        place.update("instance", "db", id, { deletionProtection: true });
        assert.throws(() => {
            place.drop("instance", "db", id);
        }, /deletion_protection is set to true/);
    });

    it("takes users and databases along with their instance", () => {
        const place = Place.furnished();
        const { id } = place.make("instance", "db", INSTANCE);
        const user = place.make("user", "u", { instance: id, name: "owner", password: "p" });
        const database = place.make("database", "d", { instance: id, name: "app" });
        place.drop("instance", "db", id);
        assert.equal(place.stands("user", "u", user.id), false);
        assert.equal(place.stands("database", "d", database.id), false);
    });

    it("rejects deleting a protected secret, and takes versions along with another", () => {
        const place = Place.furnished();
        const given = { replication: { auto: {} }, deletionProtection: true };
        const { id } = place.make("secret", "s", given);
        const version = place.make("version", "v", { secret: id, secretData: "{}" });
        assert.throws(() => {
            place.drop("secret", "s", id);
        }, /deletion_protection=false/);
        place.update("secret", "s", id, { deletionProtection: false });
        place.drop("secret", "s", id);
        assert.equal(place.stands("version", "v", version.id), false);
    });
});
