import * as pulumi from "@pulumi/pulumi";
import { LifecyclePolicy } from "@pulumi/aws/ecr/lifecyclePolicy.js";
import { ReplicationConfiguration } from "@pulumi/aws/ecr/replicationConfiguration.js";
import { Repository } from "@pulumi/aws/ecr/repository.js";
import { RepositoryPolicy } from "@pulumi/aws/ecr/repositoryPolicy.js";
import type { Registry, RegistryArgs } from "../contracts/registry.ts";
import type { Problem } from "../lib/problem.ts";
import { refuse } from "../lib/errors.ts";
import type { AwsCluster } from "./cluster.ts";
import { EncryptionKey } from "./encryption-key.ts";
import type { AwsFoundation } from "./foundation.ts";
import { policyDocument } from "./iam.ts";
import { AWS_LIMITS } from "./limits.ts";
import type { AwsNetwork } from "./network.ts";

/** A registry's arguments on AWS. */
export interface AwsRegistryArgs extends RegistryArgs {
    readonly foundation: AwsFoundation;
    readonly network: AwsNetwork;
    /**
     * Regions that ECR copies each pushed image to, for the day the site's own region is lost (D31). Costs storage there
     * and transfer. An account has one such configuration per region: give it to one registry only.
     *
     * @default none: images stay in the site's region
     */
    readonly replicateTo?: readonly string[];
}

/** How long an image without a tag is kept: long enough to roll back to. */
const UNTAGGED_DAYS = 14;

/**
 * Private image repositories in ECR, scanned on push and encrypted with the registry's own key.
 *
 * Costs 1 USD a month for the key and 0.10 USD for each GiB of images.
 */
export class AwsRegistry extends pulumi.ComponentResource implements Registry<AwsCluster> {
    readonly url: pulumi.Output<string>;
    readonly addresses: Readonly<Record<string, pulumi.Output<string>>>;

    readonly #repositories: Readonly<Record<string, Repository>>;
    #pullers: string[] = [];

    constructor(name: string, args: AwsRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:Registry", name, {}, opts);
        refuse(this, name, checkRegistry(name, args));
        const { account, region } = args.foundation;
        const key = new EncryptionKey(
            name,
            {
                account,
                description: `Images in ${name}`,
                alias: `${name}/images`,
                deletionProtection: args.deletionProtection,
            },
            { parent: this },
        );
        this.#repositories = Object.fromEntries(
            args.repositories.map((image) => [image, repository(name, image, args, key, this)]),
        );
        replicate(name, args, this);
        this.url = pulumi.output(`${account}.dkr.ecr.${region}.amazonaws.com/${name}`);
        this.addresses = Object.fromEntries(
            Object.entries(this.#repositories).map(([image, made]) => [image, made.repositoryUrl]),
        );
        this.registerOutputs({ url: this.url, addresses: this.addresses });
    }

    grantPull(name: string, cluster: AwsCluster, opts?: pulumi.CustomResourceOptions): void {
        this.#pullers.push(name);
        refuse(this, name, checkPullers(this.#pullers));
        const policy = policyDocument({
            Sid: "NodesPull",
            Effect: "Allow",
            Principal: { AWS: cluster.nodeRoleArn },
            Action: [
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer",
            ],
        });
        for (const [image, made] of Object.entries(this.#repositories)) {
            new RepositoryPolicy(
                `${name}-${image}`,
                { repository: made.name, policy },
                pulumi.mergeOptions({ parent: this }, opts),
            );
        }
    }
}

/** One image's repository with its clean-up. */
function repository(
    name: string,
    image: string,
    args: AwsRegistryArgs,
    encryption: EncryptionKey,
    parent: pulumi.Resource,
): Repository {
    const made = new Repository(
        `${name}-${image}`,
        {
            name: `${name}/${image}`,
            imageTagMutability: args.immutableTags ? "IMMUTABLE" : "MUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: encryption.arn }],
            // ECR itself refuses to delete a repository that holds images, unless told so here.
            forceDelete: !args.deletionProtection,
            tags: { Name: `${name}/${image}` },
        },
        { parent, protect: args.deletionProtection },
    );
    new LifecyclePolicy(
        `${name}-${image}`,
        { repository: made.name, policy: lifecycle(args.keepImages) },
        { parent },
    );
    return made;
}

/** Expires untagged images, and of the rest the oldest. The rule for any image has to come last. */
function lifecycle(keepImages: number): string {
    const expire = { type: "expire" };
    return JSON.stringify({
        rules: [
            {
                rulePriority: 1,
                description: `Untagged images after ${UNTAGGED_DAYS} days`,
                selection: {
                    tagStatus: "untagged",
                    countType: "sinceImagePushed",
                    countUnit: "days",
                    countNumber: UNTAGGED_DAYS,
                },
                action: expire,
            },
            {
                rulePriority: 2,
                description: `All but the newest ${keepImages}`,
                selection: {
                    tagStatus: "any",
                    countType: "imageCountMoreThan",
                    countNumber: keepImages,
                },
                action: expire,
            },
        ],
    });
}

/** Copies this registry's images to other regions, if asked to. */
function replicate(name: string, args: AwsRegistryArgs, parent: pulumi.Resource): void {
    const regions = args.replicateTo ?? [];
    if (regions.length === 0) return;
    new ReplicationConfiguration(
        name,
        {
            replicationConfiguration: {
                rules: [
                    {
                        destinations: regions.map((region) => ({
                            region,
                            registryId: args.foundation.account,
                        })),
                        repositoryFilters: [{ filter: `${name}/`, filterType: "PREFIX_MATCH" }],
                    },
                ],
            },
        },
        { parent },
    );
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const REPOSITORY = /^[a-z0-9]+(?:[._-][a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$/;

/** What ECR would refuse. */
function checkRegistry(name: string, args: AwsRegistryArgs): readonly Problem[] {
    const { max } = AWS_LIMITS.names.registry;
    const problems: Problem[] = [];
    if (name.length > max || !REPOSITORY.test(name)) {
        const message = `cannot begin an ECR repository's name: up to ${max} lower-case letters, digits and single hyphens`;
        problems.push({ path: "name", value: name, message, fix: "Choose a shorter, plain name" });
    }
    for (const image of args.repositories) {
        if (REPOSITORY.test(image) && name.length + 1 + image.length <= 256) continue;
        const message = "is no name of an ECR repository: lower-case letters, digits, - . _ and /";
        problems.push({ path: "repositories", value: image, message, fix: "Rename it" });
    }
    if (!Number.isInteger(args.keepImages) || args.keepImages < 1) {
        const value = String(args.keepImages);
        const message = "is not a whole number from 1 up";
        problems.push({ path: "keepImages", value, message, fix: "Keep at least one image" });
    }
    if (args.replicateTo?.includes(args.foundation.region)) {
        const value = args.foundation.region;
        const message = "is the registry's own region";
        problems.push({ path: "replicateTo", value, message, fix: "Name other regions" });
    }
    return problems;
}

/** A repository has one policy, and a second grant would overwrite the first. */
function checkPullers(pullers: readonly string[]): readonly Problem[] {
    if (pullers.length < 2) return [];
    return [
        {
            path: "grantPull",
            value: pullers.join(", "),
            message: "would write the repositories' one policy twice",
            fix: "Grant pulling to one cluster per registry",
        },
    ];
}
