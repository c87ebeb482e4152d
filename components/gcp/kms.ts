import type * as pulumi from "@pulumi/pulumi";
import { CryptoKey } from "@pulumi/gcp/kms/cryptoKey.js";
import { CryptoKeyIAMMember } from "@pulumi/gcp/kms/cryptoKeyIAMMember.js";
import type { GcpFoundation } from "./foundation.ts";

/** 90 days, as the CIS benchmark asks (1.10). Older versions stay, and still decrypt what they encrypted. */
const ROTATION = `${90 * 24 * 60 * 60}s`;

export interface EncryptionKeyArgs {
    readonly foundation: GcpFoundation;
    /** IAM members that encrypt and decrypt with it, by the role they play in the name. */
    readonly users: Readonly<Record<string, pulumi.Input<string>>>;
    /** True if the key is not to be destroyed: with it, everything it encrypted would be lost. */
    readonly deletionProtection: boolean;
}

/** A customer-managed key with the grants that have to stand before it is used. */
export interface EncryptionKey {
    readonly id: pulumi.Output<string>;
    readonly grants: readonly CryptoKeyIAMMember[];
}

/** Makes a key in the site's ring that only the given members can use. */
export function encryptionKey(
    name: string,
    args: EncryptionKeyArgs,
    opts: pulumi.CustomResourceOptions,
): EncryptionKey {
    const key = new CryptoKey(
        name,
        {
            keyRing: args.foundation.keyRing.id,
            purpose: "ENCRYPT_DECRYPT",
            rotationPeriod: ROTATION,
            deletionPolicy: args.deletionProtection ? "PREVENT" : "DELETE",
        },
        { ...opts, protect: args.deletionProtection },
    );
    const grants = Object.entries(args.users).map(
        ([user, member]) =>
            new CryptoKeyIAMMember(
                `${name}-${user}`,
                {
                    cryptoKeyId: key.id,
                    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
                    member,
                },
                opts,
            ),
    );
    return { id: key.id, grants };
}
