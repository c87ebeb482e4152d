import { failIfOn } from "../runtime/truth.ts";
import { noPublicGrant, noPublicStatement } from "./policy-document.ts";
import { forTypes, type Check, type Rule } from "./rule.ts";

const acrAnonymous: Check = ({ inputs }) =>
    failIfOn(inputs.get("anonymousPullEnabled"), "lets everybody pull without signing in");

/** Nobody pulls images without having signed in. */
export const registryNotPublic: Rule = {
    id: "registry-no-public-or-anonymous",
    title: "Nobody pulls from a registry anonymously.",
    why: "Images hold code, and often by mistake credentials too; who reads them knows what to attack.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: {
        "SOC 2": ["CC6.1"],
        HIPAA: ["164.308(a)(3)(i)"],
        "CIS EKS": ["5.1.2"],
        "CIS AKS": ["5.1.2"],
    },
    analogies: { "PCI DSS": ["1.4.2", "7.3.1"] },
    remediation: "Name the accounts, identities or groups that may pull.",
    see: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
    checks: {
        ...forTypes(
            ["aws:ecr/repositoryPolicy:RepositoryPolicy", "aws:ecr/registryPolicy:RegistryPolicy"],
            noPublicStatement("lets everybody in"),
        ),
        "azure-native:containerregistry:Registry": acrAnonymous,
        ...forTypes(
            [
                "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
                "gcp:artifactregistry/repositoryIamBinding:RepositoryIamBinding",
                "gcp:artifactregistry/repositoryIamPolicy:RepositoryIamPolicy",
            ],
            noPublicGrant,
        ),
    },
};

/** Who may pull images. */
export const registryRules: readonly Rule[] = [registryNotPublic];
