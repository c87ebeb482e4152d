import assert from "node:assert/strict";
import { inspect, run } from "../../../tools/offline/mocks.ts";
import type { SiteArgs } from "./fixtures.ts";
import { ACCOUNT, DEV, PROD, makeSite, runSite } from "./fixtures.ts";

const REPOSITORY = "aws:ecr/repository:Repository";

interface ReadStatement {
    readonly Effect: string;
    readonly Principal?: unknown;
    readonly Action: unknown;
    readonly Resource?: unknown;
    readonly Condition?: unknown;
}

const statements = (policy: unknown): ReadStatement[] =>
    (JSON.parse(String(policy)) as { Statement: ReadStatement[] }).Statement;

const withRegistry = (change: Partial<SiteArgs["registry"]>): SiteArgs => ({
    ...DEV,
    registry: { ...DEV.registry, ...change },
});

describe("an AWS registry", function () {
    this.timeout(60_000);

    it("encrypts with its own key and scans on push (D28, G1.33)", async () => {
        const site = await runSite(PROD);
        const key = site.one("aws:kms/key:Key", `${PROD.name}-apps`).outputs["arn"];
        for (const { inputs } of site.all(REPOSITORY)) {
            assert.deepEqual(inputs["imageScanningConfiguration"], { scanOnPush: true });
            assert.deepEqual(inputs["encryptionConfigurations"], [
                { encryptionType: "KMS", kmsKey: key },
            ]);
        }
    });

    it("has tags that never move outside development (D30)", async () => {
        const tags = async (args: SiteArgs) =>
            (await runSite(args)).all(REPOSITORY).map(({ inputs }) => inputs["imageTagMutability"]);
        assert.deepEqual(await tags(DEV), ["MUTABLE"]);
        assert.deepEqual(await tags(PROD), ["IMMUTABLE", "IMMUTABLE"]);
    });

    it("refuses to go with its images exactly where it is protected", async () => {
        assert.equal((await runSite(DEV)).one(REPOSITORY).inputs["forceDelete"], true);
        for (const { inputs } of (await runSite(PROD)).all(REPOSITORY)) {
            assert.equal(inputs["forceDelete"], false);
        }
    });

    it("expires untagged images, and the oldest beyond what is kept (D29)", async () => {
        const { inputs } = (await runSite(DEV)).one("aws:ecr/lifecyclePolicy:LifecyclePolicy");
        const { rules } = JSON.parse(String(inputs["policy"])) as {
            rules: { rulePriority: number; selection: unknown }[];
        };
        assert.deepEqual(
            rules.map(({ rulePriority, selection }) => [rulePriority, selection]),
            [
                [
                    1,
                    {
                        tagStatus: "untagged",
                        countType: "sinceImagePushed",
                        countUnit: "days",
                        countNumber: 14,
                    },
                ],
                [2, { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 }],
            ],
        );
    });

    it("lets the nodes' role pull, and only pull (D32)", async () => {
        const site = await runSite(DEV);
        const { inputs } = site.one("aws:ecr/repositoryPolicy:RepositoryPolicy");
        const nodes = site.one("aws:iam/role:Role", `${DEV.name}-nodes`).outputs["arn"];
        assert.deepEqual(statements(inputs["policy"]), [
            {
                Sid: "NodesPull",
                Effect: "Allow",
                Principal: { AWS: nodes },
                Action: [
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer",
                ],
            },
        ]);
    });

    it("tells the address that image names begin with", async () => {
        const { registry } = (await runSite(PROD)).result;
        const host = `${ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com`;
        assert.equal((await inspect(registry.url)).value, `${host}/myapp-prod-aws-apps`);
        const mail = registry.addresses["jobs/mail"];
        assert.ok(mail);
        assert.equal((await inspect(mail)).value, `${host}/myapp-prod-aws-apps/jobs/mail`);
    });

    it("copies images to other regions only where asked to (D31)", async () => {
        const type = "aws:ecr/replicationConfiguration:ReplicationConfiguration";
        assert.deepEqual((await runSite(PROD)).all(type), []);
        const site = await runSite(withRegistry({ replicateTo: ["eu-west-1"] }));
        assert.deepEqual(site.one(type).inputs["replicationConfiguration"], {
            rules: [
                {
                    destinations: [{ region: "eu-west-1", registryId: ACCOUNT }],
                    repositoryFilters: [
                        { filter: "myapp-dev-aws-apps/", filterType: "PREFIX_MATCH" },
                    ],
                },
            ],
        });
    });

    it("rejects copying images into its own region", async () => {
        await assert.rejects(runSite(withRegistry({ replicateTo: ["eu-central-1"] })), {
            message: `${DEV.name}-apps: replicateTo: eu-central-1 is the registry's own region. Name other regions.`,
        });
    });

    it("rejects a repository whose name ECR does not take, and keeping no image", async () => {
        const change = { repositories: ["Web"], keepImages: 0 };
        await assert.rejects(runSite(withRegistry(change)), {
            message: `${DEV.name}-apps: repositories: Web is no name of an ECR repository: lower-case letters, digits, - . _ and /. Rename it.\nkeepImages: 0 is not a whole number from 1 up. Keep at least one image.`,
        });
    });

    it("rejects a second cluster, whose grant would overwrite the first", async () => {
        const twice = run(() => {
            const { registry, cluster } = makeSite(DEV);
            registry.grantPull(`${DEV.name}-again`, cluster);
        });
        await assert.rejects(twice, /would write the repositories' one policy twice/);
    });
});

describe("an AWS secret store", function () {
    this.timeout(60_000);
    const SECRET = "aws:secretsmanager/secret:Secret";

    it("keeps secrets under the site's name, encrypted with its own key", async () => {
        const site = await runSite(DEV);
        const { inputs } = site.one(SECRET);
        assert.equal(inputs["name"], "myapp-dev-aws/main-credentials");
        assert.equal(
            inputs["kmsKeyId"],
            site.one("aws:kms/key:Key", `${DEV.name}-secrets`).outputs["arn"],
        );
    });

    it("can bring deleted secrets back for 30 days where asked to, else deletes at once (G1.32)", async () => {
        assert.equal((await runSite(DEV)).one(SECRET).inputs["recoveryWindowInDays"], 0);
        assert.equal((await runSite(PROD)).one(SECRET).inputs["recoveryWindowInDays"], 30);
    });

    it("keeps the key of deleted secrets as long as they can be brought back, protected or not", async () => {
        const secretStore = { recoverable: true, deletionProtection: false };
        const site = await runSite({ ...DEV, secretStore });
        const key = site.one("aws:kms/key:Key", `${DEV.name}-secrets`);
        assert.equal(key.inputs["deletionWindowInDays"], 30);
        const dev = (await runSite(DEV)).one("aws:kms/key:Key", `${DEV.name}-secrets`);
        assert.equal(dev.inputs["deletionWindowInDays"], 7);
    });

    it("lets nobody delete a protected secret", async () => {
        assert.equal((await runSite(DEV)).one(SECRET).inputs["policy"], "{}");
        const [deny] = statements((await runSite(PROD)).one(SECRET).inputs["policy"]);
        assert.deepEqual(
            [deny?.Effect, deny?.Principal, deny?.Action],
            ["Deny", "*", "secretsmanager:DeleteSecret"],
        );
    });

    it("marks values secret whatever it is given", async () => {
        const site = await run(() => {
            const { secretStore } = makeSite(DEV);
            secretStore.put(`${DEV.name}-token`, { token: "plain text" });
        });
        const version = site.one(
            "aws:secretsmanager/secretVersion:SecretVersion",
            `${DEV.name}-token`,
        );
        assert.ok(version.isSecret("secretString"));
        assert.equal(version.inputs["secretString"], '{"token":"plain text"}');
    });

    it("lets a namespace read exactly its secrets, through the operator alone", async () => {
        const site = await runSite(DEV);
        const role = site.one("aws:iam/role:Role", `${DEV.name}-shop-secrets`);
        const operator = site.one("aws:iam/role:Role", `${DEV.name}-secrets-operator`);
        assert.equal(role.inputs["path"], "/myapp-dev-aws/secret-readers/");
        assert.deepEqual(statements(role.inputs["assumeRolePolicy"]), [
            {
                Effect: "Allow",
                Principal: { AWS: operator.outputs["arn"] },
                Action: ["sts:AssumeRole", "sts:TagSession"],
            },
        ]);
        const { inputs } = site.one("aws:iam/rolePolicy:RolePolicy", role.name);
        assert.deepEqual(statements(inputs["policy"]), [
            {
                Effect: "Allow",
                Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                Resource: [site.one(SECRET).outputs["arn"]],
            },
            {
                Effect: "Allow",
                Action: "kms:Decrypt",
                Resource: site.one("aws:kms/key:Key", `${DEV.name}-secrets`).outputs["arn"],
                Condition: {
                    StringEquals: {
                        "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com",
                    },
                },
            },
        ]);
    });

    it("gives the operator nothing but the way to the site's readers", async () => {
        const site = await runSite(DEV);
        const { inputs } = site.one(
            "aws:iam/rolePolicy:RolePolicy",
            `${DEV.name}-secrets-operator`,
        );
        assert.deepEqual(statements(inputs["policy"]), [
            {
                Effect: "Allow",
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Resource: `arn:aws:iam::${ACCOUNT}:role/myapp-dev-aws/secret-readers/*`,
            },
        ]);
    });

    it("describes itself for External Secrets, with no service account to be made", async () => {
        const site = await runSite(DEV);
        const { reader } = site.result;
        assert.equal(reader.serviceAccount, undefined);
        assert.deepEqual((await inspect(reader.provider)).value, {
            aws: {
                service: "SecretsManager",
                region: "eu-central-1",
                role: site.one("aws:iam/role:Role", `${DEV.name}-shop-secrets`).outputs["arn"],
            },
        });
    });

    it("gives a reader of nothing no rights at all", async () => {
        const site = await run(() => {
            const { secretStore, cluster } = makeSite(DEV);
            secretStore.reader(`${DEV.name}-idle`, { cluster, namespace: "idle", secrets: [] });
        });
        const policies = site.names("aws:iam/rolePolicy:RolePolicy");
        assert.equal(policies.includes(`${DEV.name}-idle-secrets`), false);
        assert.ok(site.one("aws:iam/role:Role", `${DEV.name}-idle-secrets`));
    });
});
