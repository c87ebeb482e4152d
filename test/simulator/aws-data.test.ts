import assert from "node:assert/strict";

import type { Properties } from "../../simulator/table.ts";
import {
    Account,
    prepared,
    subnets,
    databaseInputs,
    withDatabase,
    replaces,
} from "./support/aws.ts";

describe("the simulated RDS", () => {
    const refused: readonly [string, Properties, RegExp][] = [
        ["storage below 20 GiB", { allocatedStorage: 10 }, /Invalid storage size .*: 10$/],
        ["a ceiling too near", { maxAllocatedStorage: 21 }, /by at least 10%/],
        ["backups beyond 35 days", { backupRetentionPeriod: 36 }, /range \(0 - 35\), got 36/],
        [
            "the reserved name admin (G1.27)",
            { username: "admin" },
            /MasterUsername admin cannot be used/,
        ],
        ["a password with a slash (G1.7)", { password: "pass/word" }, /Only printable ASCII/],
        ["a short password", { password: "short" }, /not between 8 and 128/],
        ["a version it does not have", { engineVersion: "13" }, /Cannot find version 13/],
        [
            "windows that overlap (G1.28)",
            { backupWindow: "03:30-04:30", maintenanceWindow: "Sun:04:00-Sun:05:00" },
            /must not overlap/,
        ],
        [
            "an end without snapshot or word",
            { skipFinalSnapshot: false },
            /final_snapshot_identifier is required/,
        ],
        [
            "monitoring without a role",
            { monitoringInterval: 60 },
            /MonitoringRoleARN value is required/,
        ],
        [
            "another version's parameters",
            { engineVersion: "16" },
            /DBParameterGroupFamily postgres17 can't be used/,
        ],
        ["an identifier in capitals", { identifier: "Db" }, /only lowercase alphanumeric/],
    ];
    for (const [title, change, words] of refused) {
        it(`rejects ${title}`, () => {
            assert.throws(() => withDatabase(change), words);
        });
    }

    it("gives an address, and an id that outlives renaming", () => {
        const { id, outputs } = withDatabase().get("Instance", "db");
        assert.match(id, /^db-[A-Z2-7]{26}$/);
        assert.match(
            String(outputs["address"]),
            /^db\.[a-z0-9]{12}\.eu-central-1\.rds\.amazonaws\.com$/,
        );
    });

    it("rejects a subnet group in one zone, and a security group of another VPC", () => {
        const account = prepared();
        const subnetIds = [account.id("Subnet", "a")];
        assert.throws(() => account.make("SubnetGroup", "db", { subnetIds }), /at least 2 AZs/);
        account.make("SubnetGroup", "db", { subnetIds: subnets(account) });
        account.make("ParameterGroup", "db", { family: "postgres17" });
        const vpcId = account.make("Vpc", "other", { cidrBlock: "10.9.0.0/16" }).id;
        const stray = account.make("SecurityGroup", "stray", { vpcId }).id;
        const given = { ...databaseInputs(account), vpcSecurityGroupIds: [stray] };
        assert.throws(() => account.make("Instance", "db", given), /are in different VPCs/);
    });

    it("grows and upgrades, and never the other way", () => {
        const account = withDatabase();
        const change = (given: Properties) => () => account.change("Instance", "db", given);
        assert.equal(change({ allocatedStorage: 50 })().outputs["allocatedStorage"], 50);
        assert.throws(change({ allocatedStorage: 20 }), /cannot be less than the current 50/);
        const old = account.make("ParameterGroup", "old", { family: "postgres16" }).id;
        const back = { engineVersion: "16", parameterGroupName: old };
        assert.throws(change(back), /Cannot upgrade postgres from 17 to 16/);
    });

    it("keeps a server's version and parameters until its window, unless told to change at once", () => {
        const upgraded = (applyImmediately: boolean) => {
            const account = withDatabase();
            const group = account.make("ParameterGroup", "new", { family: "postgres18" }).id;
            const change = { engineVersion: "18", parameterGroupName: group, applyImmediately };
            account.change("Instance", "db", change);
            return account;
        };
        const later = upgraded(false);
        assert.equal(later.get("Instance", "db").outputs["engineVersion"], "17");
        assert.throws(() => later.drop("ParameterGroup", "db"), /InvalidDBParameterGroupState/);
        const now = upgraded(true);
        assert.equal(now.get("Instance", "db").outputs["engineVersion"], "18");
        now.drop("ParameterGroup", "db");
    });

    it("refuses to delete a protected server, and the groups under a standing one", () => {
        const account = withDatabase({ deletionProtection: true });
        assert.throws(() => account.drop("Instance", "db"), /Cannot delete protected DB Instance/);
        const words = /InvalidDBSubnetGroupStateFault: .* is still using it/;
        assert.throws(() => account.drop("SubnetGroup", "db"), words);
        assert.throws(() => account.drop("ParameterGroup", "db"), /InvalidDBParameterGroupState/);
        account.change("Instance", "db", { deletionProtection: false });
        account.drop("Instance", "db");
        account.drop("SubnetGroup", "db");
    });

    it("makes a server anew for another user, name or key, and resizes in place", () => {
        for (const key of ["username", "dbName", "kmsKeyId"]) {
            assert.ok(replaces("Instance", { [key]: "a" }, { [key]: "b" }), key);
        }
        assert.ok(!replaces("Instance", { instanceClass: "a" }, { instanceClass: "b" }));
    });
});

describe("the simulated ECR and Secrets Manager", () => {
    it("rejects a repository's name in capitals, and a tag setting that does not exist", () => {
        const make = (given: Properties) => () => new Account().make("Repository", "r", given);
        assert.throws(make({ name: "Web" }), /name/);
        assert.throws(make({ name: "web", imageTagMutability: "FIXED" }), /got FIXED/);
        assert.equal(
            make({ name: "team/web" })().outputs["repositoryUrl"],
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/web",
        );
    });

    it("rejects a rule for any image that does not come last", () => {
        const account = new Account();
        const repository = account.make("Repository", "r", { name: "web" }).id;
        const policy = JSON.stringify({
            rules: [
                { rulePriority: 1, selection: { tagStatus: "any" } },
                { rulePriority: 2, selection: { tagStatus: "untagged" } },
            ],
        });
        const make = () => account.make("LifecyclePolicy", "l", { repository, policy });
        assert.throws(make, /tagStatus ANY must have the highest value/);
    });

    it("gives a secret's ARN six more characters, and takes its versions along", () => {
        const account = new Account();
        const { id } = account.make("Secret", "s", { name: "site/key" });
        assert.match(
            id,
            /^arn:aws:secretsmanager:eu-central-1:123456789012:secret:site\/key-[A-Za-z]{6}$/,
        );
        account.make("SecretVersion", "v", { secretId: id, secretString: "{}" });
        account.drop("Secret", "s");
        assert.equal(account.stands("SecretVersion", "v"), false);
    });

    it("rejects a recovery window of three days, and a name that is taken", () => {
        const account = new Account();
        const make = (change: Properties) => () =>
            account.make("Secret", "s", { name: "a", ...change });
        assert.throws(make({ recoveryWindowInDays: 3 }), /range \(7 - 30\), got 3/);
        make({})();
        assert.throws(() => account.make("Secret", "t", { name: "a" }), /ResourceExistsException/);
    });

    it("refuses to delete a secret whose policy denies it", () => {
        const account = new Account();
        const policy = JSON.stringify({
            Statement: [{ Effect: "Deny", Principal: "*", Action: "secretsmanager:DeleteSecret" }],
        });
        account.make("Secret", "s", { name: "a", policy });
        assert.throws(() => account.drop("Secret", "s"), /with an explicit deny/);
    });
});
