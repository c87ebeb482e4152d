import * as pulumi from "@pulumi/pulumi";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key } from "@pulumi/aws/kms/key.js";
import type { Statement } from "./iam.ts";
import { policyDocument } from "./iam.ts";

/** A key for one purpose. */
export interface EncryptionKeyArgs {
    readonly account: string;
    /** What is encrypted with it, for people who list keys. */
    readonly description: string;
    /** The alias, after `alias/`. */
    readonly alias: string;
    /** True if Pulumi refuses to delete the key. */
    readonly deletionProtection: boolean;
    /**
     * True if a deleted key can be brought back for 30 days instead of 7: what outlives its own deletion is lost with
     * its key. A protected key always can.
     *
     * @default false
     */
    readonly recoverable?: boolean;
    /** Who may use it besides the account's own IAM policies. */
    readonly statements?: readonly Statement[];
}

/**
 * A customer-managed KMS key with yearly rotation and an alias (G1.20). Costs about 1 USD a month.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export class EncryptionKey extends pulumi.ComponentResource {
    /** The key's ARN. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:EncryptionKey", name, {}, opts);
        const key = new Key(
            name,
            {
                description: args.description,
                enableKeyRotation: true,
                rotationPeriodInDays: 365,
                deletionWindowInDays: args.deletionProtection || args.recoverable ? 30 : 7,
                policy: policyDocument(iamDecides(args.account), ...(args.statements ?? [])),
                tags: { Name: name },
            },
            { parent: this, protect: args.deletionProtection },
        );
        new Alias(name, { name: `alias/${args.alias}`, targetKeyId: key.keyId }, { parent: this });
        this.arn = key.arn;
        this.registerOutputs({ arn: this.arn });
    }
}

/**
 * Leaves the say over a key to the account's IAM policies. In a key's policy `*` means this key; without this
 * statement nobody could manage it any more.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function iamDecides(account: string): Statement {
    return {
        Sid: "AccountDecidesByIam",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
    };
}
