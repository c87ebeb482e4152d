import type { Stack, StackResource } from "../../../runtime/stack.ts";
import { each, failIf, isOn, not, or, type Verdict } from "../../../runtime/truth.ts";
import { CLUSTERS, NAMESPACE, placesOf } from "../../places.ts";
import { on, type StackVerdict } from "../../rule.ts";
import { ADDON, SERVICE_ACCOUNT, type Accounts, type Found } from "./accounts.ts";
import { trustsSession } from "./aws-trust.ts";

const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const ROLE = "aws:iam/role:Role";

export const POD_IDENTITY_JUDGED = [ASSOCIATION, ADDON];

/** EKS Pod Identity: an association names account and role, and the role trusts the service that hands it out. */
export function podIdentityChains(stack: Stack, accounts: Accounts): readonly StackVerdict[] {
    return [
        ...stack.all(ASSOCIATION).flatMap((one) => associated(stack, accounts, one)),
        ...stack.all(ADDON).flatMap((addon) => addonRoles(stack, addon)),
    ];
}

/** The resources of a type that an input names, by reference or by its text. */
function named(
    stack: Stack,
    resource: StackResource,
    input: string,
    type: string,
    path: string,
): readonly StackResource[] {
    const referred = stack.targets(resource, input).filter((one) => one.type === type);
    if (referred.length > 0) return referred;
    const text = resource.given.get(input).text();
    return text.state === "known" ? stack.named(type, path, text.value) : [];
}

function associated(
    stack: Stack,
    accounts: Accounts,
    association: StackResource,
): readonly StackVerdict[] {
    const { given } = association;
    const account = given.get("serviceAccount");
    const role = given.get("roleArn");
    const session = {
        cluster: given.get("clusterName"),
        namespace: given.get("namespace"),
        account,
        untagged: isOn(given.get("disableSessionTags"), false),
    };
    const roles = named(stack, association, "roleArn", ROLE, "arn");
    const trusted = or(...roles.map((one) => trustsSession(one.given, session)));
    return on(association, [
        ...failIf(
            not(accountOf(stack, accounts, association).exists),
            account,
            "is a service account that the stack does not make in that cluster and namespace",
        ),
        // A role of another stack cannot be seen.
        ...(roles.length === 0
            ? [{ state: "unknown", path: role.path } as const]
            : failIf(
                  not(trusted),
                  role,
                  "names a role that does not let EKS Pod Identity give it to this service account",
              )),
    ]);
}

/** The account of an association, wherever its namespace and name come from. */
function accountOf(stack: Stack, accounts: Accounts, association: StackResource): Found {
    const { given } = association;
    const at = given.get("serviceAccount");
    const unknown = { accounts: [], exists: { unknown: at.path } };
    const [cluster] = named(stack, association, "clusterName", CLUSTERS.eks, "name");
    if (cluster === undefined) return unknown;
    const [account] = stack
        .targets(association, "serviceAccount")
        .filter(({ type }) => type === SERVICE_ACCOUNT);
    const place = placeOf(stack, association, cluster);
    if (account !== undefined) {
        const own = placesOf(stack).namespace(account);
        if (own === undefined || place === undefined) return unknown;
        if (own === place) return { accounts: [account], exists: true };
        // A namespace whose name is unknown may turn out to be the other.
        const prefix = `${cluster.urn} `;
        const isTold = own.startsWith(prefix) && place.startsWith(prefix);
        return isTold ? { accounts: [], exists: false } : unknown;
    }
    const name = at.text();
    if (name.state !== "known" || place === undefined) return unknown;
    return accounts.findIn(cluster, place, name.value, at);
}

function placeOf(
    stack: Stack,
    association: StackResource,
    cluster: StackResource,
): string | undefined {
    const [namespace] = stack
        .targets(association, "namespace")
        .filter(({ type }) => type === NAMESPACE);
    if (namespace !== undefined) return placesOf(stack).namespace(namespace);
    const text = association.given.get("namespace").text();
    return text.state === "known" ? `${cluster.urn} ${text.value}` : undefined;
}

/** Add-ons make their own accounts, so only the role is in question. */
function addonRoles(stack: Stack, addon: StackResource): readonly StackVerdict[] {
    const list = addon.given.get("podIdentityAssociations");
    if (list.state === "absent") return [];
    const referred = stack.targets(addon, list.path).filter(({ type }) => type === ROLE);
    const verdicts = each(list, (one): readonly Verdict[] => {
        const arn = one.get("roleArn");
        const text = arn.text();
        const roles = text.state === "known" ? stack.named(ROLE, "arn", text.value) : referred;
        const session = {
            cluster: addon.given.get("clusterName"),
            account: one.get("serviceAccount"),
            untagged: false,
        };
        if (roles.length === 0) return [{ state: "unknown", path: arn.path }];
        const trusted = or(...roles.map((role) => trustsSession(role.given, session)));
        return failIf(
            not(trusted),
            arn,
            "names a role that does not let EKS Pod Identity give it to the add-on",
        );
    });
    return on(addon, verdicts);
}
