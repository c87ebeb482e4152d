import assert from "node:assert/strict";
import { AwsSharedFiles } from "../../../components/aws/shared-files.ts";
import { inspect, type RunOptions } from "../../../tools/offline/mocks.ts";
import { once } from "../../support/once.ts";
import { DEV, type SiteArgs } from "./fixtures.ts";
import { FILES, statements, within, type FilesArgs } from "./services.ts";

const NAME = `${DEV.name}-uploads`;
const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
const TARGET = "aws:efs/mountTarget:MountTarget";

/** Shared files with a volume for one namespace. */
const files = once(
    (change: Partial<FilesArgs> = {}, site: SiteArgs = DEV, options: RunOptions = {}) =>
        within(
            site,
            ({ foundation, network, cluster, opts }) => {
                const args = { ...FILES, ...change, foundation, network, cluster };
                const made = new AwsSharedFiles(`${site.name}-uploads`, args, opts);
                return { made, volume: made.volume(`${site.name}-uploads-shop`, "shop") };
            },
            options,
        ),
);

describe("AWS shared files", function () {
    this.timeout(60_000);

    it("are encrypted with their own key, grow with their use, and cool when nobody reads them", async () => {
        const site = await files();
        const { inputs } = site.one(FILE_SYSTEM);
        assert.equal(inputs["encrypted"], true);
        assert.equal(inputs["kmsKeyId"], site.one("aws:kms/key:Key", NAME).outputs["arn"]);
        assert.equal(inputs["throughputMode"], "elastic");
        assert.deepEqual(inputs["lifecyclePolicies"], [
            { transitionToIa: "AFTER_30_DAYS" },
            { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
        ]);
    });

    it("have an address in each zone where they are highly available, else one and no other", async () => {
        const subnets = async (highAvailability: boolean) => {
            const site = await files({ highAvailability });
            return [
                site.one(FILE_SYSTEM).inputs["availabilityZoneName"],
                site.all(TARGET).map(({ inputs }) => inputs["subnetId"]),
                ["a", "b", "c"].map(
                    (zone) => site.one("aws:ec2/subnet:Subnet", `${DEV.name}-private-${zone}`).id,
                ),
            ] as const;
        };
        const [none, all, zones] = await subnets(true);
        assert.deepEqual([none, all], [undefined, zones]);
        const [zone, one, [first]] = await subnets(false);
        assert.deepEqual([zone, one], ["eu-central-1a", [first]]);
    });

    it("let in the nodes' group on 2049 and nobody else", async () => {
        const site = await files();
        const group = site.one("aws:ec2/securityGroup:SecurityGroup", NAME);
        assert.deepEqual(site.one(TARGET).inputs["securityGroups"], [group.id]);
        const rules = site
            .all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .filter(({ inputs }) => inputs["securityGroupId"] === group.id);
        assert.equal(rules.length, 1);
        const { inputs } = rules[0]!;
        assert.deepEqual(
            [inputs["referencedSecurityGroupId"], inputs["fromPort"], inputs["toPort"]],
            [site.one("aws:ec2/securityGroup:SecurityGroup", `${DEV.name}-nodes`).id, 2049, 2049],
        );
    });

    it("are mounted by the cluster's driver alone, through access points and over TLS", async () => {
        const site = await files();
        const { arn } = site.one(FILE_SYSTEM).outputs;
        const { inputs } = site.one("aws:efs/fileSystemPolicy:FileSystemPolicy");
        const driver = site.one("aws:iam/role:Role", `${DEV.name}-efs-csi-node`).outputs["arn"];
        assert.deepEqual(statements(inputs["policy"]), [
            {
                Sid: "DriverMountsAccessPoints",
                Effect: "Allow",
                Principal: { AWS: driver },
                Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
                Resource: arn,
                Condition: {
                    Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
                    StringLike: {
                        "elasticfilesystem:AccessPointArn":
                            "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/*",
                    },
                },
            },
            {
                Sid: "TlsOnly",
                Effect: "Deny",
                Principal: { AWS: "*" },
                Action: [
                    "elasticfilesystem:ClientMount",
                    "elasticfilesystem:ClientWrite",
                    "elasticfilesystem:ClientRootAccess",
                ],
                Resource: arn,
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ]);
    });

    it("give the driver an identity that may do nothing else, before its pods start", async () => {
        const site = await files();
        const name = `${DEV.name}-efs-csi-node`;
        const policies = site.all("aws:iam/rolePolicy:RolePolicy").map((one) => one.name);
        assert.ok(!policies.includes(name));
        const binding = site.one("aws:eks/podIdentityAssociation:PodIdentityAssociation", name);
        assert.deepEqual(
            [binding.inputs["namespace"], binding.inputs["serviceAccount"]],
            ["kube-system", "efs-csi-node-sa"],
        );
        const addon = site.one("aws:eks/addon:Addon", `${DEV.name}-aws-efs-csi-driver`);
        assert.equal(addon.inputs["addonName"], "aws-efs-csi-driver");
        assert.ok(addon.options.dependencies.includes(binding.urn));
        assert.ok(site.result.made.mountable.length === 3);
    });

    it("share one driver, however many there are", async () => {
        const site = await within(DEV, ({ foundation, network, cluster, opts }) => {
            const args = { ...FILES, foundation, network, cluster };
            new AwsSharedFiles(`${DEV.name}-one`, args, opts);
            new AwsSharedFiles(`${DEV.name}-two`, args, opts);
        });
        assert.equal(site.all(FILE_SYSTEM).length, 2);
        const drivers = site
            .names("aws:eks/addon:Addon")
            .filter((name) => name.endsWith("efs-csi-driver"));
        assert.deepEqual(drivers, [`${DEV.name}-aws-efs-csi-driver`]);
    });

    it("are backed up every night for as long as asked, by no plan but their own", async () => {
        const site = await files({ backupRetention: "90 days" });
        assert.deepEqual(site.one("aws:efs/backupPolicy:BackupPolicy").inputs["backupPolicy"], {
            status: "DISABLED",
        });
        const vault = site.one("aws:backup/vault:Vault");
        assert.equal(vault.inputs["kmsKeyArn"], site.one("aws:kms/key:Key", NAME).outputs["arn"]);
        const plan = site.one("aws:backup/plan:Plan");
        assert.deepEqual(plan.inputs["rules"], [
            {
                ruleName: "nightly",
                targetVaultName: vault.id,
                schedule: "cron(0 3 * * ? *)",
                startWindow: 60,
                completionWindow: 480,
                lifecycle: { deleteAfter: 90 },
                recoveryPointTags: { Name: NAME },
            },
        ]);
        const { inputs } = site.one("aws:backup/selection:Selection");
        assert.deepEqual(inputs["resources"], [site.one(FILE_SYSTEM).outputs["arn"]]);
        assert.equal(inputs["planId"], plan.id);
        const role = site.one("aws:iam/role:Role", `${NAME}-backup`);
        assert.equal(inputs["iamRoleArn"], role.outputs["arn"]);
    });

    it("give each namespace a folder of its own, whoever its pods run as", async () => {
        const site = await files({ highAvailability: true });
        const point = site.one("aws:efs/accessPoint:AccessPoint");
        assert.deepEqual(
            [point.inputs["posixUser"], point.inputs["rootDirectory"]],
            [
                { uid: 10_001, gid: 10_001 },
                {
                    path: "/shop",
                    creationInfo: { ownerUid: 10_001, ownerGid: 10_001, permissions: "0770" },
                },
            ],
        );
        const { volume } = site.result;
        assert.equal(volume.driver, "efs.csi.aws.com");
        assert.deepEqual(volume.mountOptions, ["iam"]);
        assert.equal(
            (await inspect(volume.volumeHandle)).value,
            `${site.one(FILE_SYSTEM).id}::${point.id}`,
        );
        assert.deepEqual((await inspect(volume.volumeAttributes)).value, {
            encryptInTransit: "true",
        });
    });

    it("tell nodes of other zones the address of the only mount target, which has no name there", async () => {
        const site = await files();
        assert.deepEqual((await inspect(site.result.volume.volumeAttributes)).value, {
            encryptInTransit: "true",
            mounttargetip: site.one(TARGET).outputs["ipAddress"],
        });
    });

    it("are protected with their key and their backups where asked to", async () => {
        for (const on of [false, true]) {
            const site = await files({ deletionProtection: on });
            const kept = [
                site.one(FILE_SYSTEM),
                site.one("aws:kms/key:Key", NAME),
                site.one("aws:backup/vault:Vault"),
            ];
            assert.deepEqual(
                kept.map(({ options }) => options.protect),
                [on, on, on],
            );
            assert.equal(site.one("aws:backup/vault:Vault").inputs["forceDestroy"], !on);
        }
    });

    it("make the same resources whether outputs are known or not", async () => {
        const unknown = await files({}, DEV, { preview: true });
        assert.deepEqual(unknown.urns(), (await files()).urns());
    });

    it("rejects backups kept for no day, and a name that leaves no room for the vault's tail", async () => {
        await assert.rejects(files({ backupRetention: "0 days" }), {
            message: `${NAME}: backupRetention: 0 days is not a whole number of days from 1 to 365. Choose such a period.`,
        });
        const long = { ...DEV, name: `${DEV.name}-${"x".repeat(22)}` };
        await assert.rejects(files({}, long), {
            message: /uploads cannot name an AWS Backup vault .* up to 42 /,
        });
    });
});
