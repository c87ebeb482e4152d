import { failIf, failIfOn, isOn, isOneOf, not } from "../../runtime/truth.ts";
import {
    allowsEverybody,
    eachStatement,
    noPublicGrant,
    noPublicStatement,
} from "../policy-document.ts";
import { forTypes, type Check, type Fix, type Rule } from "../rule.ts";
import { ACR, ECR_TEMPLATE } from "./types.ts";

const EVERYBODY = "lets everybody in";

const anonymousPull: Check = ({ inputs }) =>
    failIfOn(inputs.get("anonymousPullEnabled"), "lets everybody pull without signing in");

const templatePolicy: Check = ({ inputs }) =>
    eachStatement(inputs.get("repositoryPolicy"), (statement) =>
        failIf(allowsEverybody(statement), statement, EVERYBODY),
    );

const signInToPull: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        isOn(inputs.get("anonymousPullEnabled"), false) === true
            ? [{ path: "anonymousPullEnabled", value: false }]
            : [],
};

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
            noPublicStatement(EVERYBODY),
        ),
        [ECR_TEMPLATE]: templatePolicy,
        [ACR]: anonymousPull,
        ...forTypes(
            [
                "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
                "gcp:artifactregistry/repositoryIamBinding:RepositoryIamBinding",
                "gcp:artifactregistry/repositoryIamPolicy:RepositoryIamPolicy",
            ],
            noPublicGrant,
        ),
    },
    fixes: { [ACR]: signInToPull },
};

const adminUser: Check = ({ inputs }) =>
    failIfOn(inputs.get("adminUserEnabled"), "one password for everybody may push and delete");

const noAdminUser: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        isOn(inputs.get("adminUserEnabled"), false) === true
            ? [{ path: "adminUserEnabled", value: false }]
            : [],
};

/** Whoever pushes has a name. */
export const acrNoAdminUser: Rule = {
    id: "az-acr-admin-user-disabled",
    title: "The admin user of an Azure container registry is off.",
    why: "The admin user is one password with every right: nobody can tell who used it, and taking it from one takes it from all.",
    clouds: ["azure"],
    pack: "security",
    severity: "high",
    requirements: { "CIS AKS": ["5.1.2"] },
    analogies: { "PCI DSS": ["8.2.2"] },
    remediation:
        "Set adminUserEnabled to false, and give AcrPull or AcrPush to the identities that need them.",
    see: "https://learn.microsoft.com/en-us/azure/container-registry/container-registry-authentication",
    checks: { [ACR]: adminUser },
    fixes: { [ACR]: noAdminUser },
};

const publicNetwork: Check = ({ inputs }) => {
    const access = inputs.get("publicNetworkAccess");
    return failIf(
        not(isOneOf(access, ["disabled"], false)),
        access,
        "the registry can be reached from the internet",
    );
};

/** The registry is inside the network of those that pull from it. */
export const acrNoPublicNetwork: Rule = {
    id: "az-acr-public-network-off",
    title: "An Azure container registry is off the public network.",
    why: "A registry on the internet is held by its credentials alone; a leaked one works from anywhere.",
    clouds: ["azure"],
    pack: "security",
    severity: "medium",
    requirements: { "SOC 2": ["CC6.1"], HIPAA: ["164.312(a)(1)"] },
    remediation:
        "Set publicNetworkAccess to Disabled, which needs sku.name Premium, and give the registry a private endpoint " +
        "in the network of the cluster and of the builds.",
    see: "https://learn.microsoft.com/en-us/azure/container-registry/container-registry-private-link",
    checks: { [ACR]: publicNetwork },
};
