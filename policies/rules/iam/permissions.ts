import type { Value } from "../../runtime/reader.ts";
import type { Stack } from "../../runtime/stack.ts";
import {
    and,
    each,
    failIf,
    holds,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    someOf,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import {
    allows,
    allowsEverybody,
    eachStatement,
    isStar,
    subjectsDemanded,
} from "../policy-document.ts";
import { forTypes, on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { ATTACHMENTS, isOnlyBoundary, POLICY, POLICY_USERS, ROLE } from "./boundaries.ts";

const ADMINISTRATOR = /^arn:aws[a-z-]*:iam::aws:policy\/AdministratorAccess$/;

function starStatements(document: Value): readonly Verdict[] {
    return eachStatement(document, (statement) =>
        failIf(
            and(
                allows(statement),
                // All but those named is still nearly all.
                or(
                    someOf(statement.get("Action"), isEverything),
                    isPresent(statement.get("NotAction")),
                ),
                or(
                    someOf(statement.get("Resource"), isEverything),
                    isPresent(statement.get("NotResource")),
                ),
            ),
            statement,
            "allows every action, or all but some, on every resource",
        ),
    );
}

/** A pattern that everything matches; `*:*`, `**` and `arn:aws:*` are the same as `*`. */
const EVERYTHING = /^(?:arn(?::aws[a-z-]*)?)?[*?:]*\*$/i;

function isEverything(pattern: Value): Truth {
    return holds(pattern, pattern.text(), (text) => EVERYTHING.test(text), false);
}

function administrator(arn: Value): readonly Verdict[] {
    return failIf(
        holds(arn, arn.text(), (text) => ADMINISTRATOR.test(text), false),
        arn,
        "gives AdministratorAccess",
    );
}

/** A policy by itself gives nothing to anybody; as the boundary of what others give, it may say everything. */
function starPolicies(stack: Stack): readonly StackVerdict[] {
    return stack.all(POLICY).flatMap((policy) => {
        const verdicts = starStatements(policy.given.get("policy"));
        if (verdicts.length === 0) return [];
        const boundary = isOnlyBoundary(stack, policy);
        if (boundary === true) return [];
        if (boundary === false) return on(policy, verdicts);
        return on(policy, [{ state: "unknown", path: boundary.unknown }]);
    });
}

const awsPolicy: Check = ({ inputs }) => starStatements(inputs.get("policy"));
const awsAttachment: Check = ({ inputs }) => [
    ...administrator(inputs.get("policyArn")),
    ...each(inputs.get("policyArns"), administrator),
];
const awsRole: Check = ({ inputs }) => [
    ...each(inputs.get("managedPolicyArns"), administrator),
    ...each(inputs.get("inlinePolicies"), (policy) => starStatements(policy.get("policy"))),
];

/** The built-in role Owner has this id in every tenant. */
const AZURE_OWNER = /8e3af657-a8ff-443c-a75c-2fe8c4bcb635$/i;

const azureAssignment: Check = ({ inputs }) => {
    const role = inputs.get("roleDefinitionId");
    return failIf(
        holds(role, role.text(), (id) => AZURE_OWNER.test(id), false),
        role,
        "gives Owner",
    );
};

const azureDefinition: Check = ({ inputs }) =>
    each(inputs.get("permissions"), (permission) =>
        failIf(some(permission.get("actions"), isStar), permission, "allows every action"),
    );

const GOOGLE_BASIC_ROLES = ["roles/owner", "roles/editor"];

const googleGrant: Check = ({ inputs }) => {
    const role = inputs.get("role");
    return failIf(isOneOf(role, GOOGLE_BASIC_ROLES, false), role, "gives a basic role");
};

const googlePolicy: Check = ({ inputs }) =>
    each(inputs.get("policyData").json().get("bindings"), (binding) =>
        failIf(
            isOneOf(binding.get("role"), GOOGLE_BASIC_ROLES, false),
            binding,
            "gives a basic role",
        ),
    );

const GOOGLE_LEVELS = ["projects", "folder", "organizations"];

/** Nobody may do everything. */
export const iamNoStarAdmin: Rule = {
    id: "iam-no-star-admin",
    title: "No identity may do everything.",
    why: "Whoever gets hold of such an identity owns the account, the logs that would show it, and the backups.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: { "PCI DSS": ["7.2.1", "7.2.2"] },
    analogies: { "SOC 2": ["CC6.3"], HIPAA: ["164.308(a)(4)(ii)(B)"] },
    remediation:
        "Name the actions and the resources that are needed, or give a narrower built-in role.",
    see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    checks: {
        ...forTypes(
            [
                "aws:iam/rolePolicy:RolePolicy",
                "aws:iam/userPolicy:UserPolicy",
                "aws:iam/groupPolicy:GroupPolicy",
            ],
            awsPolicy,
        ),
        ...forTypes(ATTACHMENTS, awsAttachment),
        [ROLE]: awsRole,
        "azure-native:authorization:RoleAssignment": azureAssignment,
        "azure-native:authorization:RoleDefinition": azureDefinition,
        ...forTypes(
            GOOGLE_LEVELS.flatMap((level) => [
                `gcp:${level}/iAMMember:IAMMember`,
                `gcp:${level}/iAMBinding:IAMBinding`,
            ]),
            googleGrant,
        ),
        ...forTypes(
            GOOGLE_LEVELS.map((level) => `gcp:${level}/iAMPolicy:IAMPolicy`),
            googlePolicy,
        ),
    },
    stack: { judges: [POLICY], reads: POLICY_USERS, check: starPolicies },
    note: "A policy that the stack uses as a permissions boundary and nothing else passes: it gives nothing, and says what others may give at most.",
};

const GITHUB = "token.actions.githubusercontent.com";
/** The organisation has to be written out; what follows it may be a pattern. */
const PINNED_SUBJECT = /^repo:[^*?/]+\//;

function unpinnedGithub(statement: Value): Truth {
    const principal = statement.get("Principal");
    // A principal in one word is "*", which the other check judges.
    if (principal.text().state === "known") return false;
    const isGithub = someOf(principal.get("Federated"), (provider) =>
        holds(provider, provider.text(), (arn) => arn.includes(GITHUB), false),
    );
    // An enterprise may have an issuer of its own, whose key holds its name too: no other key is there for its tokens.
    const pinned = or(
        ...subjectsDemanded(statement).map((subjects) =>
            not(
                someOf(
                    subjects,
                    (subject) =>
                        holds(subject, subject.text(), (text) => !PINNED_SUBJECT.test(text), false),
                    true,
                ),
            ),
        ),
    );
    return and(allows(statement), isGithub, not(pinned));
}

const trustPolicy: Check = ({ inputs }) =>
    eachStatement(inputs.get("assumeRolePolicy"), (statement) => [
        ...failIf(allowsEverybody(statement), statement, "lets everybody take on the role"),
        ...failIf(
            unpinnedGithub(statement),
            statement,
            "lets workflows of any repository on GitHub take on the role",
        ),
    ]);

/** Who may take on a role is named. */
export const iamNoWildcardTrust: Rule = {
    id: "iam-no-wildcard-trust",
    title: "A role's trust policy names who may take it on.",
    why: "A role that trusts everybody gives its permissions to every AWS account or every repository on GitHub.",
    clouds: ["aws"],
    pack: "security",
    severity: "critical",
    requirements: {},
    analogies: { "PCI DSS": ["7.2.1"], "SOC 2": ["CC6.1"] },
    remediation:
        "Name the account, role or service in Principal. For GitHub, add a StringEquals or StringLike condition on " +
        "token.actions.githubusercontent.com:sub that begins with repo:ORGANISATION/REPOSITORY.",
    see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",
    checks: { "aws:iam/role:Role": trustPolicy },
};
