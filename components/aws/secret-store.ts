import * as pulumi from "@pulumi/pulumi";
import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion.js";
import { eachOnce } from "../contracts/secret-store.ts";
import type {
    SecretReader,
    SecretReaderArgs,
    SecretReference,
    SecretStore,
    SecretStoreArgs,
} from "../contracts/secret-store.ts";
import type { AwsCluster } from "./cluster.ts";
import { EncryptionKey } from "./encryption-key.ts";
import type { AwsFoundation } from "./foundation.ts";
import type { Statement } from "./iam.ts";
import { ServiceRole, readerPath } from "./iam.ts";
import type { AwsNetwork } from "./network.ts";

/** A secret store's arguments on AWS. */
export interface AwsSecretStoreArgs extends SecretStoreArgs {
    readonly foundation: AwsFoundation;
    readonly network: AwsNetwork;
}

/**
 * Secrets in AWS Secrets Manager under the site's name, encrypted with the store's own key.
 *
 * Costs 1 USD a month for the key and 0.40 USD for each secret.
 */
export class AwsSecretStore extends pulumi.ComponentResource implements SecretStore<AwsCluster> {
    /** The ARN of the key that encrypts every secret of the store. */
    readonly keyArn: pulumi.Output<string>;

    readonly #args: AwsSecretStoreArgs;

    constructor(name: string, args: AwsSecretStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:SecretStore", name, {}, opts);
        this.#args = args;
        const { site, account } = args.foundation;
        const key = new EncryptionKey(
            `${name}-secrets`,
            {
                account,
                description: `Secrets of ${site}`,
                alias: `${site}/secrets`,
                deletionProtection: args.deletionProtection,
                recoverable: args.recoverable,
            },
            { parent: this },
        );
        this.keyArn = key.arn;
        this.registerOutputs({ keyArn: this.keyArn });
    }

    put(
        name: string,
        fields: Readonly<Record<string, pulumi.Input<string>>>,
        opts?: pulumi.CustomResourceOptions,
    ): SecretReference {
        const { foundation, recoverable, deletionProtection } = this.#args;
        const within = pulumi.mergeOptions({ parent: this }, opts);
        const secret = new Secret(
            name,
            {
                name: secretName(foundation.site, name),
                description: `Fields: ${Object.keys(fields).join(", ")}`,
                kmsKeyId: this.keyArn,
                recoveryWindowInDays: recoverable ? 30 : 0,
                // An empty document takes a former policy off; leaving it out would keep it.
                policy: deletionProtection ? NEVER_DELETE : "{}",
                tags: { Name: name },
            },
            pulumi.mergeOptions(within, { protect: deletionProtection }),
        );
        const version = new SecretVersion(
            name,
            { secretId: secret.id, secretString: pulumi.secret(pulumi.jsonStringify(fields)) },
            within,
        );
        // The key resolves once there is something to read.
        const key = pulumi.all([secret.name, version.id]).apply(([stored]) => stored);
        // Secrets Manager uses a secret's ARN as its id.
        return { key, fields: Object.keys(fields), name, id: secret.id, resource: secret };
    }

    existing(key: string, fields: readonly string[]): SecretReference {
        const { site, region, account } = this.#args.foundation;
        const stored = `${site}/${key}`;
        // Six characters that only AWS knows end the ARN of every secret.
        const id = `arn:aws:secretsmanager:${region}:${account}:secret:${stored}-??????`;
        return { key: pulumi.output(stored), fields, name: key, id: pulumi.output(id) };
    }

    reader(
        name: string,
        args: SecretReaderArgs<AwsCluster>,
        opts?: pulumi.CustomResourceOptions,
    ): SecretReader {
        const { region, site } = this.#args.foundation;
        const role = new ServiceRole(
            `${name}-secrets`,
            {
                description: `Secrets of namespace ${args.namespace} in ${site}`,
                path: readerPath(site),
                trust: {
                    Effect: "Allow",
                    Principal: { AWS: args.cluster.secretsOperatorRoleArn },
                    // Pod Identity's session tags come along when one role takes on another.
                    Action: ["sts:AssumeRole", "sts:TagSession"],
                },
                ...(args.secrets.length > 0 && {
                    statements: mayRead(eachOnce(args.secrets), this.keyArn, region),
                }),
            },
            pulumi.mergeOptions({ parent: this }, opts),
        );
        return {
            provider: role.arn.apply((arn): Record<string, unknown> => ({
                aws: { service: "SecretsManager", region, role: arn },
            })),
            grants: [role],
        };
    }
}

/**
 * Refuses deletion in the cloud, whoever asks, until the policy is taken off in a step of its own. Secrets Manager has no
 * switch for it.
 */
const NEVER_DELETE = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
        {
            Sid: "DeletionProtection",
            Effect: "Deny",
            Principal: "*",
            Action: "secretsmanager:DeleteSecret",
            // In a secret's own policy this means the secret.
            Resource: "*",
        },
    ],
});

/** A secret's name in the store: `<site>/<key>`. */
function secretName(site: string, name: string): string {
    return `${site}/${name.startsWith(`${site}-`) ? name.slice(site.length + 1) : name}`;
}

/** Reading exactly the given secrets. */
function mayRead(
    secrets: readonly SecretReference[],
    keyArn: pulumi.Input<string>,
    region: string,
): readonly Statement[] {
    return [
        {
            Effect: "Allow",
            Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
            Resource: secrets.map(({ id }) => id),
        },
        {
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: keyArn,
            Condition: {
                StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
            },
        },
    ];
}
