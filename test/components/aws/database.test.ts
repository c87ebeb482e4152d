import assert from "node:assert/strict";
import { checkDatabase, storageCeiling } from "../../../components/aws/database-checks.ts";
import { DATABASE_CLASSES } from "../../../components/aws/sizes.ts";
import { describeProblem } from "../../../components/lib/problem.ts";
import { inspect } from "../../../tools/offline/mocks.ts";
import type { SiteArgs } from "./fixtures.ts";
import { DEV, PROD, runSite } from "./fixtures.ts";

const INSTANCE = "aws:rds/instance:Instance";

/** What is refused about a database, in words. */
const refused = (change: Partial<SiteArgs["database"]>) =>
    checkDatabase({ ...DEV.database, ...change }).map(describeProblem);

const instance = async (args: SiteArgs) => (await runSite(args)).one(INSTANCE);

describe("an AWS database", function () {
    this.timeout(60_000);

    it("lies in the isolated subnets, without a public address (D24)", async () => {
        const site = await runSite(DEV);
        const { inputs } = site.one("aws:rds/subnetGroup:SubnetGroup");
        const isolated = ["a", "b", "c"].map(
            (zone) => site.one("aws:ec2/subnet:Subnet", `${DEV.name}-database-${zone}`).id,
        );
        assert.deepEqual(inputs["subnetIds"], isolated);
        assert.equal(site.one(INSTANCE).inputs["publiclyAccessible"], false);
        assert.deepEqual(site.result.database.cidrs, [
            "10.0.240.0/22",
            "10.0.244.0/22",
            "10.0.248.0/22",
        ]);
    });

    it("lets in the nodes' group on 5432 and nobody else (G1.17)", async () => {
        const site = await runSite(DEV);
        const group = site.one("aws:ec2/securityGroup:SecurityGroup", `${DEV.name}-main`);
        const nodes = site.one("aws:ec2/securityGroup:SecurityGroup", `${DEV.name}-nodes`);
        const rules = site
            .all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .filter(({ inputs }) => inputs["securityGroupId"] === group.id);
        assert.equal(rules.length, 1);
        const { inputs } = rules[0]!;
        assert.equal(inputs["referencedSecurityGroupId"], nodes.id);
        assert.deepEqual(
            [inputs["ipProtocol"], inputs["fromPort"], inputs["toPort"]],
            ["tcp", 5432, 5432],
        );
        assert.deepEqual(site.one(INSTANCE).inputs["vpcSecurityGroupIds"], [group.id]);
    });

    it("speaks TLS only, and logs changed schemas and slow statements (G1.31, D26)", async () => {
        const { inputs } = (await runSite(DEV)).one("aws:rds/parameterGroup:ParameterGroup");
        assert.equal(inputs["family"], "postgres17");
        const parameter = (name: string, value: string) => ({
            name,
            value,
            applyMethod: "immediate",
        });
        assert.deepEqual(inputs["parameters"], [
            parameter("rds.force_ssl", "1"),
            parameter("log_connections", "1"),
            parameter("log_disconnections", "1"),
            parameter("log_min_duration_statement", "1000"),
            parameter("log_statement", "ddl"),
        ]);
    });

    it("is encrypted with its own key, insights included (G1.26)", async () => {
        const site = await runSite(DEV);
        const key = site.one("aws:kms/key:Key", `${DEV.name}-main`).outputs["arn"];
        const { inputs } = site.one(INSTANCE);
        assert.equal(inputs["storageEncrypted"], true);
        assert.equal(inputs["kmsKeyId"], key);
        assert.equal(inputs["performanceInsightsKmsKeyId"], key);
    });

    it("has storage that grows from 20 to 100 GiB by default (G1.26, D20)", async () => {
        const { inputs } = await instance(DEV);
        assert.equal(inputs["storageType"], "gp3");
        assert.deepEqual([inputs["allocatedStorage"], inputs["maxAllocatedStorage"]], [20, 100]);
        assert.equal((await instance(PROD)).inputs["maxAllocatedStorage"], 1000);
    });

    it("does not grow where growth is off, and never above what gp3 has", () => {
        assert.equal(storageCeiling({ ...DEV.database, storageAutoGrow: false }), 0);
        assert.equal(storageCeiling({ ...DEV.database, storage: "20000 GiB" }), 65_536);
    });

    it("has a standby exactly where it is highly available (G1.31)", async () => {
        assert.equal((await instance(DEV)).inputs["multiAz"], false);
        assert.equal((await instance(PROD)).inputs["multiAz"], true);
    });

    it("backs up before maintenance, and the two never meet (G1.28)", async () => {
        const { inputs } = await instance(PROD);
        assert.equal(inputs["backupRetentionPeriod"], 7);
        assert.equal(inputs["backupWindow"], "03:00-04:00");
        assert.equal(inputs["maintenanceWindow"], "Sun:04:00-Sun:05:00");
        assert.equal(inputs["copyTagsToSnapshot"], true);
    });

    it("leaves a final snapshot and its backups in production, and nothing in development (G1.29)", async () => {
        const [dev, prod] = [(await instance(DEV)).inputs, (await instance(PROD)).inputs];
        const pick = (inputs: typeof dev) =>
            ["deletionProtection", "skipFinalSnapshot", "deleteAutomatedBackups"].map(
                (key) => inputs[key],
            );
        assert.deepEqual(pick(dev), [false, true, true]);
        assert.deepEqual(pick(prod), [true, false, false]);
    });

    it("still leaves them in production once protection is off, and a key to read them (G1.29)", async () => {
        const database = { ...PROD.database, deletionProtection: false };
        const site = await runSite({ ...PROD, database });
        const { inputs } = site.one(INSTANCE);
        assert.equal(inputs["deletionProtection"], false);
        assert.equal(inputs["skipFinalSnapshot"], false);
        assert.equal(inputs["deleteAutomatedBackups"], false);
        const key = site.one("aws:kms/key:Key", `${PROD.name}-main`);
        assert.equal(key.options.protect, false);
        assert.equal(key.inputs["deletionWindowInDays"], 30);
    });

    it("leaves the parameters of its former version to a protected server, which upgrades later", async () => {
        const group = async (args: SiteArgs) =>
            (await runSite(args)).one("aws:rds/parameterGroup:ParameterGroup");
        assert.equal((await group(PROD)).options.retainOnDelete, true);
        assert.equal((await group(DEV)).options.retainOnDelete, false);
    });

    it("names the final snapshot after its life, not the clock (G1.29)", async () => {
        const site = await runSite(PROD);
        const tail = site.one("random:index/randomId:RandomId");
        assert.deepEqual(tail.inputs, { byteLength: 4 });
        assert.equal(
            site.one(INSTANCE).inputs["finalSnapshotIdentifier"],
            `myapp-prod-aws-main-final-${String(tail.outputs["hex"])}`,
        );
    });

    it("is watched by enhanced monitoring and Database Insights (G1.30, D25)", async () => {
        const site = await runSite(DEV);
        const { inputs } = site.one(INSTANCE);
        const role = site.one("aws:iam/role:Role", `${DEV.name}-main-monitoring`);
        assert.deepEqual(
            [
                inputs["monitoringInterval"],
                inputs["monitoringRoleArn"],
                inputs["databaseInsightsMode"],
                inputs["performanceInsightsEnabled"],
                inputs["performanceInsightsRetentionPeriod"],
            ],
            [60, role.outputs["arn"], "standard", true, 7],
        );
        assert.match(String(role.inputs["assumeRolePolicy"]), /"aws:SourceAccount":"123456789012"/);
    });

    it("sends its logs to encrypted groups that are there first", async () => {
        const site = await runSite(PROD);
        const { inputs, options } = site.one(INSTANCE);
        assert.deepEqual(inputs["enabledCloudwatchLogsExports"], ["postgresql", "upgrade"]);
        for (const log of ["postgresql", "upgrade"]) {
            const group = site.one("aws:cloudwatch/logGroup:LogGroup", `${PROD.name}-main-${log}`);
            assert.equal(
                group.inputs["name"],
                `/aws/rds/instance/${String(inputs["identifier"])}/${log}`,
            );
            assert.equal(group.inputs["retentionInDays"], 365);
            assert.ok(group.inputs["kmsKeyId"]);
            assert.ok(options.dependencies.includes(group.urn));
        }
    });

    it("waits with what restarts it for the window only where it is protected", async () => {
        assert.equal((await instance(DEV)).inputs["applyImmediately"], true);
        assert.equal((await instance(PROD)).inputs["applyImmediately"], false);
    });

    it("has a class for every size, on Graviton", async () => {
        assert.equal((await instance(DEV)).inputs["instanceClass"], "db.t4g.micro");
        for (const type of Object.values(DATABASE_CLASSES)) assert.match(type, /^db\.(t4g|m6g)\./);
    });

    it("has a password that RDS takes and that no URL needs escaped (G1.7)", async () => {
        const site = await runSite(DEV);
        const { inputs, outputs } = site.one("random:index/randomPassword:RandomPassword");
        assert.deepEqual(inputs, {
            length: 32,
            overrideSpecial: "-_.~",
            minLower: 1,
            minUpper: 1,
            minNumeric: 1,
            minSpecial: 1,
        });
        const password = String(outputs["result"]);
        assert.equal(encodeURIComponent(password), password);
    });

    it("keeps the password secret, and tells it to the secret store alone", async () => {
        const site = await runSite(DEV);
        const password = String(
            site.one("random:index/randomPassword:RandomPassword").outputs["result"],
        );
        const knowing = site.resources.filter(({ inputs }) =>
            JSON.stringify(inputs).includes(password),
        );
        assert.deepEqual(knowing.map(({ type }) => type).sort(), [
            INSTANCE,
            "aws:secretsmanager/secretVersion:SecretVersion",
        ]);
        assert.ok(site.one(INSTANCE).isSecret("password"));
        const version = site.one("aws:secretsmanager/secretVersion:SecretVersion");
        assert.ok(version.isSecret("secretString"));
        assert.deepEqual(JSON.parse(String(version.inputs["secretString"])), {
            username: "dbadmin",
            password,
            host: site.one(INSTANCE).outputs["address"],
            port: "5432",
            dbname: "myapp",
        });
    });

    it("tells where its credentials stand, never what they are", async () => {
        const { credentials } = (await runSite(DEV)).result.database;
        assert.equal((await inspect(credentials.key)).value, "myapp-dev-aws/main-credentials");
        assert.deepEqual(credentials.fields, ["username", "password", "host", "port", "dbname"]);
    });

    for (const username of ["admin", "Postgres", "rdsadmin", "pg_backup"]) {
        it(`rejects the reserved name ${username} (G1.27)`, () => {
            assert.deepEqual(refused({ username }), [
                `username: ${username} is reserved by the engine and cannot be the administrator's name. Choose another name.`,
            ]);
        });
    }

    for (const backupRetention of ["0 days", "36 days"] as const) {
        it(`rejects backups kept for ${backupRetention}`, () => {
            assert.deepEqual(refused({ backupRetention }), [
                `backupRetention: ${backupRetention} is not between 1 and 35 days. Choose such a period, or AWS Backup for a longer one.`,
            ]);
        });
    }

    for (const storage of ["19 GiB", "65537 GiB", "20.5 GiB"] as const) {
        it(`rejects ${storage} of storage`, () => {
            assert.deepEqual(refused({ storage }), [
                `storage: ${storage} is not a whole number from 20 to 65536 GiB, which gp3 has. Choose such a size.`,
            ]);
        });
    }

    it("rejects a ceiling less than a tenth above the storage", () => {
        assert.deepEqual(refused({ maxStorage: "21 GiB" }), [
            "maxStorage: 21 GiB is not a whole number from 22 (a tenth above storage) to 65536 GiB. Choose such a size.",
        ]);
        assert.deepEqual(refused({ maxStorage: "22 GiB" }), []);
    });

    it("rejects a ceiling that would have no effect", () => {
        assert.deepEqual(refused({ maxStorage: "100 GiB", storageAutoGrow: false }), [
            "maxStorage: 100 GiB has no effect while storageAutoGrow is off. Switch storageAutoGrow on or leave it out.",
        ]);
    });

    it("rejects names that PostgreSQL on RDS does not take", () => {
        assert.equal(refused({ databaseName: "1st" }).length, 1);
        assert.equal(refused({ databaseName: "my-app" }).length, 1);
        assert.equal(refused({ username: "x".repeat(64) }).length, 1);
    });

    it("rejects with the component's name, before it makes anything", async () => {
        const database = { ...DEV.database, username: "admin" };
        await assert.rejects(runSite({ ...DEV, database }), {
            message: `${DEV.name}-main: username: admin is reserved by the engine and cannot be the administrator's name. Choose another name.`,
        });
    });
});
