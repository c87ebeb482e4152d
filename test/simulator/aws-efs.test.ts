import assert from "node:assert/strict";

import type { Properties } from "../../simulator/table.ts";
import { Account, keyPolicy, prepared, replaces, trust } from "./support/aws.ts";

/** An account with a file system and a mount target in its first subnet. */
function withFiles(change: Properties = {}): Account {
    const account = prepared();
    account.make("FileSystem", "f", { encrypted: true, ...change });
    account.make("MountTarget", "a", target(account, "a"));
    return account;
}

const target = (account: Account, zone: string): Properties => ({
    fileSystemId: account.id("FileSystem", "f"),
    subnetId: account.id("Subnet", zone),
    securityGroups: [account.id("SecurityGroup", "nodes")],
});

describe("the simulated EFS", () => {
    const refused: readonly [title: string, given: Properties, words: RegExp][] = [
        ["a mode that does not exist", { throughputMode: "fast" }, /throughput_mode .* got fast/],
        ["a key without encryption", { encrypted: false, kmsKeyId: "k" }, /encrypted must be set/],
        [
            "elastic throughput with Max I/O",
            { performanceMode: "maxIO", throughputMode: "elastic" },
            /Elastic throughput is not supported/,
        ],
        [
            "files that cool after two days",
            { lifecyclePolicies: [{ transitionToIa: "AFTER_2_DAYS" }] },
            /transition_to_ia to be one of .*, got AFTER_2_DAYS/,
        ],
        [
            "two moves in one policy",
            {
                lifecyclePolicies: [
                    {
                        transitionToIa: "AFTER_30_DAYS",
                        transitionToPrimaryStorageClass: "AFTER_1_ACCESS",
                    },
                ],
            },
            /LifecyclePolicy objects specified are malformed/,
        ],
    ];
    for (const [title, given, words] of refused) {
        it(`rejects ${title}`, () => {
            const make = () => new Account().make("FileSystem", "f", { encrypted: true, ...given });
            assert.throws(make, words);
        });
    }

    it("gives ids, and an address out of the subnet", () => {
        const account = withFiles();
        assert.match(account.id("FileSystem", "f"), /^fs-0[0-9a-f]{16}$/);
        assert.match(account.id("MountTarget", "a"), /^fsmt-0[0-9a-f]{16}$/);
        assert.match(
            String(account.get("MountTarget", "a").outputs["ipAddress"]),
            /^10\.0\.0\.\d+$/,
        );
    });

    it("rejects a second mount target in a zone, and one outside the only zone", () => {
        const account = withFiles();
        const again = () => account.make("MountTarget", "again", target(account, "a"));
        assert.throws(again, /mount target already exists in this AZ/);
        account.make("MountTarget", "b", target(account, "b"));
        const single = withFiles({ availabilityZoneName: "eu-central-1a" });
        const outside = () => single.make("MountTarget", "b", target(single, "b"));
        assert.throws(outside, /AvailabilityZonesMismatch/);
    });

    it("deletes a file system after its mount targets, and its access points with it", () => {
        const account = withFiles();
        const fileSystemId = account.id("FileSystem", "f");
        account.make("AccessPoint", "p", { fileSystemId, posixUser: { uid: 1, gid: 1 } });
        assert.throws(() => account.drop("FileSystem", "f"), /has mount targets/);
        account.drop("MountTarget", "a");
        account.drop("FileSystem", "f");
        assert.equal(account.stands("AccessPoint", "p"), false);
    });

    for (const [title, given, words] of [
        ["a folder too deep", { rootDirectory: { path: "/a/b/c/d/e" } }, /up to four subdirector/],
        ["a folder without a slash", { rootDirectory: { path: "shop" } }, /rootDirectory.path/],
        [
            "permissions in words",
            { rootDirectory: { path: "/shop", creationInfo: { permissions: "rwx" } } },
            /\^\[0-7\]\{3,4\}\$/,
        ],
        ["a user without a group", { posixUser: { uid: 1 } }, /"posixUser.gid" is required/],
    ] as const) {
        it(`rejects an access point with ${title}`, () => {
            const account = withFiles();
            const fileSystemId = account.id("FileSystem", "f");
            const make = () => account.make("AccessPoint", "p", { fileSystemId, ...given });
            assert.throws(make, words);
        });
    }

    it("rejects a policy for a role that does not stand, and backups that are neither on nor off", () => {
        const account = withFiles();
        const fileSystemId = account.id("FileSystem", "f");
        const who = { AWS: "arn:aws:iam::123456789012:role/none" };
        const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Principal: who }] });
        assert.throws(
            () => account.make("FileSystemPolicy", "f", { fileSystemId, policy }),
            /invalid Principal block/,
        );
        const backupPolicy = { status: "ON" };
        assert.throws(
            () => account.make("BackupPolicy", "f", { fileSystemId, backupPolicy }),
            /expected status to be one of \[ENABLED DISABLED\], got ON/,
        );
    });

    it("makes a file system anew for another zone or key, and changes throughput in place", () => {
        for (const key of ["availabilityZoneName", "kmsKeyId", "encrypted"]) {
            assert.ok(replaces("FileSystem", { [key]: "a" }, { [key]: "b" }), key);
        }
        assert.ok(!replaces("FileSystem", { throughputMode: "a" }, { throughputMode: "b" }));
    });
});

/** An account with a vault and a plan that fills it. */
function withPlan(change: Properties = {}): Account {
    const account = new Account();
    account.make("Key", "key", { policy: keyPolicy() });
    account.make("Vault", "v", { name: "vault", kmsKeyArn: account.arn("Key", "key") });
    account.make("Plan", "p", {
        rules: [{ ruleName: "nightly", targetVaultName: "vault", ...change }],
    });
    return account;
}

describe("the simulated AWS Backup", () => {
    for (const [title, rule, words] of [
        ["a vault that does not stand", { targetVaultName: "none" }, /vault does not exist: none/],
        ["a schedule of five fields", { schedule: "cron(0 3 * * ?)" }, /Invalid cron expression/],
        ["an end before the beginning", { startWindow: 120, completionWindow: 60 }, /at least 60/],
        ["backups kept for no time", { lifecycle: { deleteAfter: -1 } }, /Invalid lifecycle/],
        [
            "cold backups kept for less than 90 days",
            { lifecycle: { coldStorageAfter: 30, deleteAfter: 60 } },
            /cannot be less than 90 days apart/,
        ],
    ] as const) {
        it(`rejects ${title}`, () => {
            assert.throws(() => withPlan(rule), words);
        });
    }

    it("rejects a vault's name of one letter or 51", () => {
        const make = (name: string) => () => new Account().make("Vault", "v", { name });
        assert.throws(make("v"), /name/);
        assert.throws(make("v".repeat(51)), /name/);
    });

    it("rejects a role that AWS Backup cannot take on, and deletes a plan after its selections", () => {
        const account = withPlan();
        account.make("Role", "other", trust("ec2.amazonaws.com"));
        account.make("Role", "backup", trust("backup.amazonaws.com"));
        const select = (role: string) => () =>
            account.make("Selection", "s", {
                planId: account.id("Plan", "p"),
                iamRoleArn: account.arn("Role", role),
            });
        assert.throws(select("other"), /cannot be assumed by AWS Backup/);
        select("backup")();
        assert.throws(() => account.drop("Plan", "p"), /DependencyViolation/);
        account.drop("Selection", "s");
        account.drop("Plan", "p");
        account.drop("Vault", "v");
    });

    it("makes a selection anew for every change", () => {
        assert.ok(replaces("Selection", { resources: ["a"] }, { resources: ["b"] }));
    });
});
