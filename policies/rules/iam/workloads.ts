import type { Value } from "../../runtime/reader.ts";
import { and, failIf, holds, isPresent, not, or, someOf, type Truth } from "../../runtime/truth.ts";
import { matches } from "../../runtime/glob.ts";
import { allows, eachStatement, subjectsDemanded } from "../policy-document.ts";
import { forTypes, type Check, type Rule } from "../rule.ts";
import { accountInSubject, isManyAccounts, SUBJECT_PREFIX } from "./accounts.ts";
import { eachMember, GOOGLE_GRANTS } from "./google-grants.ts";

/** The issuers of EKS, by either of its domains; those of other clusters are known by the subjects that they write. */
const EKS_ISSUER = /oidc-provider\/oidc[.-]eks\./;

function isText(value: Value, test: (text: string) => boolean): Truth {
    return holds(value, value.text(), test, false);
}

function trustsManyPods(statement: Value): Truth {
    const provider = statement.at("Principal.Federated");
    const subjects = subjectsDemanded(statement);
    const isKubernetes = or(
        someOf(provider, (one) => isText(one, (arn) => EKS_ISSUER.test(arn))),
        ...subjects.map((wanted) =>
            someOf(wanted, (one) => isText(one, (text) => text.startsWith(SUBJECT_PREFIX))),
        ),
    );
    const condition = statement.get("Condition");
    const pinned = or(
        condition.state === "unknown" && { unknown: condition.path },
        ...subjects.map((wanted) =>
            not(
                someOf(
                    wanted,
                    (one) => isText(one, (text) => accountInSubject(text) === undefined),
                    true,
                ),
            ),
        ),
    );
    return and(allows(statement), isPresent(provider), isKubernetes, not(pinned));
}

const awsTrust: Check = ({ inputs }) =>
    eachStatement(inputs.get("assumeRolePolicy"), (statement) =>
        failIf(
            trustsManyPods(statement),
            statement,
            "lets more than one service account of the cluster take on the role",
        ),
    );

const azureTrust: Check = ({ inputs }) => {
    const subject = inputs.get("subject");
    return failIf(
        isText(
            subject,
            (text) => text.startsWith(SUBJECT_PREFIX) && accountInSubject(text) === undefined,
        ),
        subject,
        "names no service account by its namespace and name",
    );
};

const googleTrust: Check = ({ inputs }) =>
    eachMember(inputs, (member) =>
        failIf(isText(member, isManyAccounts), member, "is more than one service account"),
    );

/** A cloud's identity is one service account's. */
export const workloadSubjectPinned: Rule = {
    id: "iam-irsa-sub-pinned",
    title: "What pods are trusted with is bound to one service account by namespace and name.",
    why: "A trust for a whole cluster or namespace gives its rights to whoever can start a pod there.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "high",
    requirements: { "CIS EKS": ["5.2.1"] },
    analogies: { "PCI DSS": ["7.2.2"] },
    remediation: {
        aws: "Add a StringEquals condition on ISSUER:sub with system:serviceaccount:NAMESPACE:NAME.",
        "azure-native": "Set subject to system:serviceaccount:NAMESPACE:NAME.",
        gcp: "Grant to principal://…/subject/ns/NAMESPACE/sa/NAME in place of a principalSet.",
    },
    see: "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
    checks: {
        "aws:iam/role:Role": awsTrust,
        "azure-native:managedidentity:FederatedIdentityCredential": azureTrust,
        ...forTypes(GOOGLE_GRANTS, googleTrust),
    },
    note:
        "A StringLike condition without a wildcard pins as well as StringEquals. EKS Pod Identity binds by the " +
        "association, so its trust needs no condition.",
};

const noKey: Check = ({ inputs, name }, { options }) => {
    const allowed = someOf(options.get("allowed"), (pattern) =>
        isText(pattern, (text) => matches(name, text)),
    );
    return failIf(not(allowed), inputs, "is a credential that never expires by itself");
};

/** Google accounts have no keys that can be copied. */
export const noServiceAccountKeys: Rule = {
    id: "gcp-no-sa-keys",
    title: "Service accounts have no keys.",
    why: "A key is a password in a file: it stands in the state and wherever it was copied to, and works from anywhere until somebody deletes it.",
    clouds: ["gcp"],
    pack: "security",
    severity: "high",
    requirements: { "PCI DSS": ["8.2.2", "8.3.2"] },
    remediation:
        "Remove the Key. Use workload identity federation for pods and pipelines, an attached service account for " +
        "machines, and impersonation for people.",
    see: "https://docs.cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys",
    options: {
        properties: {
            allowed: {
                type: "array",
                items: { type: "string" },
                default: [],
                description:
                    "Names of Key resources for what can use nothing else; * stands for any text.",
            },
        },
    },
    checks: { "gcp:serviceaccount/key:Key": noKey },
};
