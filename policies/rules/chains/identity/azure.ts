import type { Value } from "../../../runtime/reader.ts";
import { attached, type Stack, type StackResource } from "../../../runtime/stack.ts";
import { and, failIf, holds, isOneOf, not, some, type Truth } from "../../../runtime/truth.ts";
import { accountInSubject, SUBJECT_PREFIX } from "../../iam/accounts.ts";
import { mark } from "../../objects.ts";
import { CLUSTERS } from "../../places.ts";
import { on, type StackVerdict } from "../../rule.ts";
import { subjectOf, type Accounts } from "./accounts.ts";
import { nameIdentities, type Naming } from "./annotation.ts";

const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
const CREDENTIAL = "azure-native:managedidentity:FederatedIdentityCredential";
const CLIENT_ID = "azure.workload.identity/client-id";
const AUDIENCE = "api://azureadtokenexchange";

export const AZURE_JUDGED = [CREDENTIAL];
export const AZURE_READ = [IDENTITY, CLUSTERS.aks];

/** Azure: the account names an identity, whose credential names the account and the issuer of its cluster. */
export function azureChains(stack: Stack, accounts: Accounts): readonly StackVerdict[] {
    const identities = stack.all(IDENTITY);
    const names = ["name", "resourceName"];
    const credentials = attached(stack, identities, {
        types: [CREDENTIAL],
        input: "resourceName",
        names,
    });
    const naming: Naming = {
        annotation: CLIENT_ID,
        type: IDENTITY,
        output: "clientId",
        grants: credentials,
        input: "resourceName",
        message: "names an identity that no federated credential gives to this service account",
    };
    return [
        ...nameIdentities(stack, accounts, naming, (credential, account, named) =>
            trusts(stack, accounts, account, credential, named),
        ),
        ...stack.all(CREDENTIAL).flatMap((one) => trustsAccount(stack, accounts, one)),
    ];
}

/** Whether a credential gives an identity to an account, whose annotation is `named`. */
function trusts(
    stack: Stack,
    accounts: Accounts,
    account: StackResource,
    credential: StackResource,
    named: Value,
): Truth {
    const name = accounts.nameOf(account);
    const subject = credential.given.get("subject");
    const sameName: Truth =
        name === undefined
            ? { unknown: named.path }
            : holds(subject, subject.text(), (it) => it === subjectOf(name), false);
    return and(sameName, isIssuer(stack, credential, accounts.clusterOf(account)));
}

/** The clusters whose issuer a credential trusts, as far as they are the stack's. */
function issuersOf(stack: Stack, credential: StackResource): readonly StackResource[] {
    const referred = stack
        .targets(credential, "issuer")
        .filter(({ type }) => type === CLUSTERS.aks);
    if (referred.length > 0) return referred;
    const issuer = credential.given.get("issuer").text();
    return issuer.state === "known"
        ? stack.named(CLUSTERS.aks, "oidcIssuerProfile.issuerURL", issuer.value)
        : [];
}

function isIssuer(
    stack: Stack,
    credential: StackResource,
    cluster: StackResource | undefined,
): Truth {
    const issuers = issuersOf(stack, credential);
    if (cluster === undefined || issuers.length === 0) {
        return { unknown: credential.given.get("issuer").path };
    }
    return issuers.some(({ urn }) => urn === cluster.urn);
}

function trustsAccount(
    stack: Stack,
    accounts: Accounts,
    credential: StackResource,
): readonly StackVerdict[] {
    const { given } = credential;
    const subject = given.get("subject");
    const text = subject.text();
    if (text.state === "unknown") return on(credential, [{ state: "unknown", path: subject.path }]);
    if (text.state === "absent" || !text.value.startsWith(SUBJECT_PREFIX)) return [];
    const audiences = given.get("audiences");
    const exchanged = some(audiences, (one) => isOneOf(one, [AUDIENCE], false));
    return on(credential, [
        ...failIf(
            not(exchanged),
            audiences,
            "lacks the audience that pods' tokens are made out to",
        ),
        ...accountVerdicts(stack, accounts, credential, subject, text.value),
    ]);
}

function accountVerdicts(
    stack: Stack,
    accounts: Accounts,
    credential: StackResource,
    subject: Value,
    text: string,
) {
    const name = accountInSubject(text);
    if (name === undefined) return failIf(true, subject, "is more than one service account");
    const [cluster] = issuersOf(stack, credential);
    const found = accounts.find(cluster, name, subject);
    return [
        ...failIf(not(found.exists), subject, "is a service account that the stack does not make"),
        ...found.accounts.flatMap((account) => {
            const id = mark(account.inputs, "annotations", CLIENT_ID);
            return failIf(
                id.state === "absent",
                subject,
                "is a service account that names no identity",
            );
        }),
    ];
}
