import assert from "node:assert/strict";

import { type Malformed, Place, REGION, bound } from "./support/gcp.ts";

const ZONE = `${REGION}-b`;

const FILES = {
    tier: "ZONAL",
    location: ZONE,
    fileShares: { name: "files", capacityGb: 1024 },
    networks: [{ network: "net", modes: ["MODE_IPV4"] }],
};

const VAULT = {
    location: REGION,
    backupVaultId: "vault",
    backupMinimumEnforcedRetentionDuration: "86400s",
};

const RULE = {
    ruleId: "daily",
    backupRetentionDays: 7,
    standardSchedule: {
        recurrenceType: "DAILY",
        timeZone: "UTC",
        backupWindow: { startHourOfDay: 0, endHourOfDay: 6 },
    },
};

const PLAN = {
    location: REGION,
    backupPlanId: "plan",
    resourceType: "file.googleapis.com/Instance",
    backupVault: "vault",
    backupRules: [RULE],
};

/** What Google refuses before anything is created, for inputs alone. */
const MALFORMED: readonly Malformed[] = [
    {
        kind: "files",
        what: "a tier of another cloud",
        given: { ...FILES, tier: "Premium_LRS" },
        words: /expected tier to be one of .*, got Premium_LRS/,
    },
    {
        kind: "files",
        what: "a region for a zonal instance",
        given: { ...FILES, location: REGION },
        words: /Invalid location 'europe-west3': instances of tier ZONAL are created in a zone/,
    },
    {
        kind: "files",
        what: "a zone for a regional instance",
        given: { ...FILES, tier: "REGIONAL" },
        words: /instances of tier REGIONAL are created in a region/,
    },
    {
        kind: "files",
        what: "less than a TiB",
        given: { ...FILES, fileShares: { name: "files", capacityGb: 100 } },
        words: /Invalid capacity 100 GiB: tier ZONAL takes 1024 to 102400 GiB in steps of 256 GiB/,
    },
    {
        kind: "files",
        what: "a size between two steps",
        given: { ...FILES, fileShares: { name: "files", capacityGb: 1100 } },
        words: /Invalid capacity 1100 GiB/,
    },
    {
        kind: "files",
        what: "a hyphen in the share's name",
        given: { ...FILES, fileShares: { name: "my-files", capacityGb: 1024 } },
        words: /Invalid file share name 'my-files'/,
    },
    {
        kind: "files",
        what: "a customer's key in a basic tier",
        given: { ...FILES, tier: "BASIC_HDD", kmsKeyName: "key" },
        words: /not supported for tier BASIC_HDD/,
    },
    {
        kind: "files",
        what: "a foreign user without squashing root",
        given: {
            ...FILES,
            fileShares: { ...FILES.fileShares, nfsExportOptions: [{ anonUid: 1000 }] },
        },
        words: /anon_uid may only be set with squash_mode ROOT_SQUASH/,
    },
    {
        kind: "vault",
        what: "an hour of enforced retention",
        given: { ...VAULT, backupMinimumEnforcedRetentionDuration: "3600s" },
        words: /must be between 1 day and 99 years/,
    },
    {
        kind: "backupPlan",
        what: "a year of daily backups",
        given: { ...PLAN, backupRules: [{ ...RULE, backupRetentionDays: 365 }] },
        words: /Backup retention days must be between 1 and 90 for DAILY backups/,
    },
    {
        kind: "backupPlan",
        what: "a window of an hour",
        given: {
            ...PLAN,
            backupRules: [
                {
                    ...RULE,
                    standardSchedule: {
                        ...RULE.standardSchedule,
                        backupWindow: { startHourOfDay: 3, endHourOfDay: 4 },
                    },
                },
            ],
        },
        words: /The backup window must be at least 6 hours long/,
    },
];

/** An instance in the furnished place's peered network, with all that backs it up. */
function backedUp(place: ReturnType<typeof Place.furnished>) {
    const { make, base } = bound(place);
    const files = make("files", "media", privateFiles(base));
    const vault = make("vault", "vault", VAULT);
    const plan = make("backupPlan", "plan", { ...PLAN, backupVault: vault.id });
    const association = make("association", "media", {
        location: REGION,
        backupPlanAssociationId: "media",
        resourceType: "file.googleapis.com/Instance",
        resource: files.id,
        backupPlan: plan.outputs["name"] ?? "",
    });
    return { files, vault, plan, association };
}

function privateFiles(base: ReturnType<typeof Place.furnished>["base"]) {
    const network = {
        network: base.network.id,
        modes: ["MODE_IPV4"],
        connectMode: "PRIVATE_SERVICE_ACCESS",
        reservedIpRange: base.range.outputs["name"] ?? "",
    };
    return { ...FILES, networks: [network] };
}

describe("the simulated Google Cloud's shared files", () => {
    for (const { kind, what, given, words } of MALFORMED) {
        it(`rejects ${what} (${kind})`, () => {
            assert.match(new Place().check(kind, given).join("; "), words);
        });
    }

    it("have an address of the allocated range", () => {
        const { files } = backedUp(Place.furnished());
        const [network] = files.outputs["networks"] as { ipAddresses: string[] }[];
        assert.match(network?.ipAddresses[0] ?? "", /^10\.30\.80\.\d+$/);
    });

    it("rejects a plan that promises less than its vault enforces", () => {
        const { make } = bound(Place.furnished());
        const month = { ...VAULT, backupMinimumEnforcedRetentionDuration: "2592000s" };
        const vault = make("vault", "vault", month);
        assert.throws(
            () => make("backupPlan", "plan", { ...PLAN, backupVault: vault.id }),
            /must not be below the minimum enforced retention of the backup vault/,
        );
    });

    it("rejects deleting a vault or a plan that is in use", () => {
        const place = Place.furnished();
        const { vault, plan } = backedUp(place);
        assert.throws(() => {
            place.drop("vault", "vault", vault.id);
        }, /already being used by/);
        assert.throws(() => {
            place.drop("backupPlan", "plan", plan.id);
        }, /already being used by/);
    });

    it("rejects deleting protected files", () => {
        const place = Place.furnished();
        const { make, base } = bound(place);
        const given = { ...privateFiles(base), deletionProtectionEnabled: true };
        const { id } = make("files", "media", given);
        assert.throws(() => {
            place.drop("files", "media", id);
        }, /is protected against deletion/);
        place.update("files", "media", id, { deletionProtectionEnabled: false });
        place.drop("files", "media", id);
        assert.equal(place.stands("files", "media", id), false);
    });

    it("rejects what would take files into another range of capacities", () => {
        const place = Place.furnished();
        const { make, base } = bound(place);
        const { id } = make("files", "media", privateFiles(base));
        const sized = (capacityGb: number) => ({ fileShares: { name: "files", capacityGb } });
        place.update("files", "media", id, sized(9984));
        assert.throws(
            () => place.update("files", "media", id, sized(10_240)),
            /an instance of 9984 GiB cannot be moved to another capacity range/,
        );
    });

    it("grow in place, and are replaced where they move", () => {
        const place = new Place();
        const larger = { ...FILES, fileShares: { name: "files", capacityGb: 2048 } };
        assert.deepEqual(place.replaces("files", FILES, larger), []);
        const regional = { ...FILES, tier: "REGIONAL", location: REGION };
        assert.deepEqual(place.replaces("files", FILES, regional).sort(), ["location", "tier"]);
    });
});
