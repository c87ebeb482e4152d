import type { Value } from "../../../runtime/reader.ts";
import type { Stack, StackResource } from "../../../runtime/stack.ts";
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
} from "../../../runtime/truth.ts";
import { accountInSubject, SUBJECT_PREFIX, type ServiceAccount } from "../../iam/accounts.ts";
import { mark } from "../../objects.ts";
import { eachStatement, subjectsDemanded } from "../../policy-document.ts";
import { on, type StackVerdict } from "../../rule.ts";
import { subjectOf, type Accounts } from "./accounts.ts";
import { someStatement } from "./aws-trust.ts";
import { ISSUER, Issuers } from "./issuers.ts";

const ROLE = "aws:iam/role:Role";
const ROLE_ARN = "eks.amazonaws.com/role-arn";
const AUDIENCE = "sts.amazonaws.com";

export const IRSA_JUDGED = [ROLE, ISSUER];

/** Roles for service accounts: the account names a role, whose trust names the account and the issuer of its cluster. */
export function irsaChains(stack: Stack, accounts: Accounts): readonly StackVerdict[] {
    const issuers = new Issuers(stack);
    return [
        ...accounts
            .annotated(ROLE_ARN)
            .flatMap(([account, arn]) => namesRole(issuers, accounts, account, arn)),
        ...stack.all(ROLE).flatMap((role) => trustsAccounts(issuers, accounts, role)),
        ...stack.all(ISSUER).flatMap((issuer) => takesTokens(issuers, issuer)),
    ];
}

function namesRole(
    issuers: Issuers,
    accounts: Accounts,
    account: StackResource,
    arn: Value,
): readonly StackVerdict[] {
    const { stack } = issuers;
    const text = arn.text();
    const roles =
        text.state === "known"
            ? stack.named(ROLE, "arn", text.value)
            : stack.targets(account, "metadata").filter(({ type }) => type === ROLE);
    if (roles.length === 0) return on(account, [{ state: "unknown", path: arn.path }]);
    const name = accounts.nameOf(account);
    const cluster = accounts.clusterOf(account);
    const trusted = or(...roles.map((role) => trusts(issuers, role, { name, cluster, at: arn })));
    return on(
        account,
        failIf(
            not(trusted),
            arn,
            "names a role whose trust names another service account or another issuer",
        ),
    );
}

/** Whether a role trusts an account by the issuer of its cluster. */
function trusts(
    issuers: Issuers,
    role: StackResource,
    {
        name,
        cluster,
        at,
    }: { name: ServiceAccount | undefined; cluster: StackResource | undefined; at: Value },
): Truth {
    const policy = role.given.get("assumeRolePolicy");
    const unknown = { unknown: at.path };
    // As long as the text is unknown, what it refers to still tells whose issuer it is about.
    if (policy.state === "unknown") {
        const clusters = issuers.referredBy(role);
        const isOther = cluster !== undefined && clusters.length > 0 && !clusters.includes(cluster);
        return isOther ? false : unknown;
    }
    const sameName = (subject: Value): Truth =>
        name === undefined
            ? unknown
            : holds(subject, subject.text(), (text) => text === subjectOf(name), false);
    return someStatement(role.given, (statement) =>
        and(
            someOf(statement.at("Principal.Federated"), (one) => isIssuer(issuers, one, cluster)),
            or(...subjectsDemanded(statement).map((wanted) => someOf(wanted, sameName))),
        ),
    );
}

/** Whether a principal is the issuer of a cluster. */
function isIssuer(issuers: Issuers, principal: Value, cluster: StackResource | undefined): Truth {
    return holds<string>(
        principal,
        principal.text(),
        (arn) => {
            const clusters = issuers.byArn(arn);
            if (cluster === undefined || clusters.length === 0) return { unknown: principal.path };
            return clusters.includes(cluster);
        },
        false,
    );
}

/** Most roles trust services, which their text tells without being taken apart. */
function mayNameSubjects(policy: Value): boolean {
    const text = policy.text();
    return text.state !== "known" || /:sub"|\\u/i.test(text.value);
}

/** The accounts that a role's trust names have to be there, and have to name it. */
function trustsAccounts(
    issuers: Issuers,
    accounts: Accounts,
    role: StackResource,
): readonly StackVerdict[] {
    const policy = role.given.get("assumeRolePolicy");
    if (!mayNameSubjects(policy) || policy.state !== "known") return [];
    const verdicts = eachStatement(policy, (statement) => {
        const clusters = federated(issuers, statement);
        return subjectsDemanded(statement).flatMap((wanted) =>
            each(wanted, (subject) => trustsOne(accounts, clusters, subject), wanted.oneOrMany()),
        );
    });
    return on(role, verdicts);
}

function federated(issuers: Issuers, statement: Value): readonly StackResource[] {
    const principals = statement.at("Principal.Federated").oneOrMany();
    if (principals.state !== "known") return [];
    return principals.value.flatMap((one) => {
        const arn = one.text();
        return arn.state === "known" ? issuers.byArn(arn.value) : [];
    });
}

function trustsOne(
    accounts: Accounts,
    [cluster]: readonly StackResource[],
    subject: Value,
): readonly Verdict[] {
    const text = subject.text();
    if (text.state !== "known" || !text.value.startsWith(SUBJECT_PREFIX)) return [];
    const name = accountInSubject(text.value);
    if (name === undefined) return failIf(true, subject, "is more than one service account");
    const found = accounts.find(cluster, name, subject);
    return [
        ...failIf(not(found.exists), subject, "is a service account that the stack does not make"),
        ...found.accounts.flatMap((account) => {
            const arn = mark(account.inputs, "annotations", ROLE_ARN);
            return failIf(
                arn.state === "absent",
                subject,
                "is a service account that names no role",
            );
        }),
    ];
}

function takesTokens(issuers: Issuers, issuer: StackResource): readonly StackVerdict[] {
    if (issuers.clustersOf(issuer).length === 0) return [];
    const audiences = issuer.given.get("clientIdLists");
    const taken = and(
        isPresent(audiences),
        some(audiences, (one) => isOneOf(one, [AUDIENCE], false)),
    );
    return on(
        issuer,
        failIf(
            not(taken),
            audiences,
            "lacks sts.amazonaws.com, which pods' tokens are made out to",
        ),
    );
}
