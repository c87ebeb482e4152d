import { noPublicGrant, noPublicStatement } from "../policy-document.ts";
import { forTypes, type Rule } from "../rule.ts";

/** No key is for everybody. A key without a policy has one that trusts its own account only. */
export const kmsNoPublicPrincipal: Rule = {
    id: "kms-no-public-principal",
    title: "Nobody outside can use an encryption key.",
    why: "Encryption protects nothing from those who may use the key.",
    clouds: ["aws", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: { "PCI DSS": ["3.6.1.3", "7.2.2"], "CIS AWS": ["2.21"], "CIS GCP": ["1.10"] },
    analogies: { "SOC 2": ["CC6.1"] },
    remediation: {
        aws:
            "Name the account, role or service in Principal, or tie the statement to your " +
            "organisation with a condition on aws:PrincipalOrgID.",
        gcp: "Name the accounts that use the key in place of allUsers and allAuthenticatedUsers.",
    },
    see: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
    checks: {
        ...forTypes(
            [
                "aws:kms/key:Key",
                "aws:kms/keyPolicy:KeyPolicy",
                "aws:kms/externalKey:ExternalKey",
                "aws:kms/replicaKey:ReplicaKey",
                "aws:kms/replicaExternalKey:ReplicaExternalKey",
            ],
            noPublicStatement("lets everybody use the key"),
        ),
        ...forTypes(
            [
                "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
                "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding",
                "gcp:kms/cryptoKeyIAMPolicy:CryptoKeyIAMPolicy",
                "gcp:kms/keyRingIAMMember:KeyRingIAMMember",
                "gcp:kms/keyRingIAMBinding:KeyRingIAMBinding",
                "gcp:kms/keyRingIAMPolicy:KeyRingIAMPolicy",
            ],
            noPublicGrant,
        ),
    },
};
