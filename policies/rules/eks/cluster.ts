import type { Value } from "../../runtime/reader.ts";
import {
    and,
    failIf,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import type { Check, Fix, Rule } from "../rule.ts";
import { CLUSTER } from "./types.ts";

const secretsKey: Check = ({ inputs }) => {
    const config = inputs.get("encryptionConfig");
    const names = (resource: Value) => isOneOf(resource, ["secrets"], false);
    const encrypted = and(
        some(config.get("resources"), names),
        isPresent(config.at("provider.keyArn")),
    );
    // A cluster on an Outpost keeps its etcd on the customer's own hardware and takes no such configuration.
    const onOutpost = isPresent(inputs.get("outpostConfig"));
    return failIf(
        not(or(encrypted, onOutpost)),
        config,
        "Kubernetes Secrets are not encrypted with a key of your own",
    );
};

/** Kubernetes Secrets are encrypted with a KMS key that the program chooses. */
export const eksSecretsKms: Rule = {
    id: "aws-eks-secrets-kms",
    title: "An EKS cluster encrypts Kubernetes Secrets with a KMS key of your own.",
    why:
        "With a key that AWS owns nobody can see in CloudTrail who had Secrets decrypted, and access to them cannot be " +
        "taken away by disabling the key.",
    clouds: ["aws"],
    pack: "security",
    severity: "high",
    requirements: {
        "PCI DSS": ["3.5.1", "3.6.1"],
        HIPAA: ["164.312(a)(2)(iv)", "164.312(e)(2)(ii)"],
        "CIS EKS": ["5.3.1"],
    },
    analogies: { "SOC 2": ["CC6.1"], GDPR: ["32"] },
    remediation:
        'Set encryptionConfig.provider.keyArn to a symmetric KMS key and encryptionConfig.resources to ["secrets"]. ' +
        "Preview it first: a running cluster can be given a key, but taking it away again replaces the cluster.",
    see: "https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html",
    checks: { [CLUSTER]: secretsKey },
    note:
        "Since Kubernetes 1.28 EKS encrypts Secrets in any case, with a key that AWS owns; the rule asks for one of your " +
        "own. Lists of requirements call the input immutable, but AWS takes a first key for a running cluster. Clusters " +
        "on Outposts are left out, because they cannot have one.",
};

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

function hasAllLogs(inputs: Value): Truth {
    const types = inputs.get("enabledClusterLogTypes");
    return and(
        ...LOG_TYPES.map((name) =>
            some(types, (type) => isOneOf(type, [name.toLowerCase()], false)),
        ),
    );
}

const controlPlaneLogs: Check = ({ inputs }) =>
    failIf(
        not(hasAllLogs(inputs)),
        inputs.get("enabledClusterLogTypes"),
        "lacks some of the control plane's five logs",
    );

const enableLogs: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        hasAllLogs(inputs) === false
            ? [{ path: "enabledClusterLogTypes", value: [...LOG_TYPES] }]
            : [],
};

/** The control plane writes all five of its logs. */
export const eksControlPlaneLogsAll: Rule = {
    id: "aws-eks-control-plane-logs-all",
    title: "The control plane of an EKS cluster writes all of its logs.",
    why:
        "EKS writes none by default, and what was not written cannot be asked afterwards who read a Secret, who was let " +
        "in, or why nothing was scheduled.",
    clouds: ["aws"],
    pack: "security",
    severity: "medium",
    requirements: { "PCI DSS": ["10.2.1"], "CIS EKS": ["2.1.1"] },
    analogies: { HIPAA: ["164.312(b)"], "SOC 2": ["CC7.2"] },
    remediation:
        "Set enabledClusterLogTypes to api, audit, authenticator, controllerManager and scheduler, and give the log " +
        "group a retention.",
    see: "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html",
    checks: { [CLUSTER]: controlPlaneLogs },
    fixes: { [CLUSTER]: enableLogs },
};

const accessEntries: Check = ({ inputs }, { options }) => {
    const config = inputs.get("accessConfig");
    const mode = config.get("authenticationMode");
    const creator = config.get("bootstrapClusterCreatorAdminPermissions");
    const both = isOn(options.get("allowConfigMap"), false);
    const byApi = or(
        isOneOf(mode, ["api"], false),
        and(both, isOneOf(mode, ["api_and_config_map"], false)),
    );
    return [
        ...failIf(not(byApi), mode, "lets the aws-auth config map decide who gets in"),
        ...failIf(
            isOn(creator, true),
            creator,
            "makes whoever creates the cluster its administrator",
        ),
    ];
};

/** Who gets into a cluster is said by access entries alone. */
export const eksAccessEntriesOnly: Rule = {
    id: "aws-eks-access-entries-only",
    title: "Access to an EKS cluster is given by access entries only.",
    why:
        "Whoever may write in kube-system can make himself administrator through the aws-auth config map, and CloudTrail " +
        "shows nothing of it; the creator's grant goes to whoever happened to run the first deployment.",
    clouds: ["aws"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS EKS": ["4.1.7", "5.5.1"] },
    analogies: { "PCI DSS": ["7.2.1"], "SOC 2": ["CC6.3"] },
    remediation:
        "Give everybody an AccessEntry, then set accessConfig.authenticationMode to API, by way of API_AND_CONFIG_MAP; " +
        "there is no way back. Set accessConfig.bootstrapClusterCreatorAdminPermissions to false, which replaces an " +
        "existing cluster.",
    see: "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",
    options: {
        properties: {
            allowConfigMap: {
                type: "boolean",
                default: false,
                description:
                    "Whether API_AND_CONFIG_MAP will do, as long as a cluster is moving over.",
            },
        },
    },
    checks: { [CLUSTER]: accessEntries },
};

const deletionProtection: Check = ({ inputs }) => {
    const value = inputs.get("deletionProtection");
    return failIf(not(isOn(value, false)), value, "the cluster can be deleted by a single call");
};

const protect: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        isOn(inputs.get("deletionProtection"), false) === false
            ? [{ path: "deletionProtection", value: true }]
            : [],
};

/** AWS itself refuses to delete a cluster of production. */
export const eksDeletionProtection: Rule = {
    id: "aws-eks-deletion-protection",
    title: "An EKS cluster in production is protected against deletion.",
    why: "A deleted cluster takes everything with it that is not declared elsewhere, and cannot be brought back.",
    clouds: ["aws"],
    pack: "reliability",
    severity: "medium",
    requirements: {},
    analogies: { "SOC 2": ["A1.2"], HIPAA: ["164.308(a)(7)(i)"] },
    remediation: "Set deletionProtection to true; the cluster is changed in place.",
    see: "https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html",
    production: true,
    checks: { [CLUSTER]: deletionProtection },
    fixes: { [CLUSTER]: protect },
};
