import type { Value } from "../../../runtime/reader.ts";
import { attached, type Stack, type StackResource } from "../../../runtime/stack.ts";
import {
    and,
    failIf,
    holds,
    isOneOf,
    not,
    or,
    type Truth,
    type Verdict,
} from "../../../runtime/truth.ts";
import { accountInMember, isManyAccounts, type PooledAccount } from "../../iam/accounts.ts";
import { eachMember, GOOGLE_GRANTS } from "../../iam/google-grants.ts";
import { mark } from "../../objects.ts";
import { CLUSTERS } from "../../places.ts";
import { on, type StackVerdict } from "../../rule.ts";
import type { Accounts } from "./accounts.ts";
import { nameIdentities, type Naming } from "./annotation.ts";

const ACCOUNT = "gcp:serviceaccount/account:Account";
const USERS = GOOGLE_GRANTS.filter((type) => type.startsWith("gcp:serviceaccount/"));
const EMAIL = "iam.gke.io/gcp-service-account";
const ROLE = "roles/iam.workloadidentityuser";
const POOL = "workloadIdentityConfig.workloadPool";

export const GOOGLE_JUDGED = GOOGLE_GRANTS;
export const GOOGLE_READ = [ACCOUNT, CLUSTERS.gke];

/** Google Cloud: the account is granted to directly, or names a Google account that lets it act in its place. */
export function googleChains(stack: Stack, accounts: Accounts): readonly StackVerdict[] {
    const users = attached(stack, stack.all(ACCOUNT), {
        types: USERS,
        input: "serviceAccountId",
        names: ["name", "id", "email"],
    });
    const naming: Naming = {
        annotation: EMAIL,
        type: ACCOUNT,
        output: "email",
        grants: users,
        input: "serviceAccountId",
        message: "names a Google account that does not let this service account act in its place",
    };
    const pools = new Pools(stack);
    return [
        ...nameIdentities(stack, accounts, naming, (grant, account) =>
            lets(accounts, account, grant),
        ),
        ...stack.all(...GOOGLE_GRANTS).flatMap((grant) => granted(pools, accounts, grant)),
    ];
}

/** The clusters by their pools, which clusters of one project share. */
class Pools {
    readonly stack: Stack;
    readonly #clusters = new Map<string, StackResource[]>();
    readonly #loose: StackResource[] = [];

    constructor(stack: Stack) {
        this.stack = stack;
        for (const cluster of stack.all(CLUSTERS.gke)) {
            const pool = cluster.inputs.at(POOL).text();
            if (pool.state === "known") {
                const known = this.#clusters.get(pool.value) ?? [];
                this.#clusters.set(pool.value, [...known, cluster]);
            } else if (pool.state === "unknown") this.#loose.push(cluster);
        }
    }

    /** Those that have this pool, and those that may. */
    of(pool: string): readonly StackResource[] {
        return [...(this.#clusters.get(pool) ?? []), ...this.#loose];
    }
}

/** Whether a grant lets an account act in the place of the Google account that it is made on. */
function lets(accounts: Accounts, account: StackResource, grant: StackResource): Truth {
    return and(
        or(grant.type.endsWith("Policy"), isOneOf(grant.given.get("role"), [ROLE], false)),
        namesAccount(accounts, account, grant.given),
    );
}

/** Whether a grant is for an account, and for the pool of its cluster. */
function namesAccount(accounts: Accounts, account: StackResource, grant: Value): Truth {
    const name = accounts.nameOf(account);
    const pool = accounts.clusterOf(account)?.inputs.at(POOL);
    const isAccount = (member: Value): Truth =>
        holds<string>(
            member,
            member.text(),
            (text) => {
                const one = accountInMember(text);
                if (one === undefined) return false;
                if (name === undefined) return { unknown: member.path };
                const same = one.namespace === name.namespace && one.name === name.name;
                return and(same, isPool(one, pool));
            },
            false,
        );
    const answers: Truth[] = [];
    eachMember(grant, (member) => {
        answers.push(isAccount(member));
        return [];
    });
    return or(...answers);
}

function isPool({ pool }: PooledAccount, own: Value | undefined): Truth {
    if (own === undefined) return true;
    return holds(own, own.text(), (text) => text === pool, { unknown: own.path });
}

/** Whoever a grant names by namespace and name has to be there, in one of the clusters of the pool. */
function granted(pools: Pools, accounts: Accounts, grant: StackResource): readonly StackVerdict[] {
    const verdicts = eachMember(grant.given, (member): readonly Verdict[] => {
        const text = member.text();
        if (text.state === "unknown") return unread(pools.stack, grant, member);
        if (text.state === "absent") return [];
        const isMany = isManyAccounts(text.value);
        const name = accountInMember(text.value);
        return [
            ...failIf(isMany, member, "is more than one service account"),
            ...(name === undefined ? [] : pooled(pools, accounts, { grant, member, name })),
        ];
    });
    return on(grant, verdicts);
}

/** On preview a member that refers to a cluster is one of its accounts, though not which. */
function unread(stack: Stack, grant: StackResource, { path }: Value): readonly Verdict[] {
    const input = grant.given.get("member").state === "absent" ? "members" : "member";
    const isOfCluster = stack.targets(grant, input).some(({ type }) => type === CLUSTERS.gke);
    return isOfCluster ? [{ state: "unknown", path }] : [];
}

function pooled(
    pools: Pools,
    accounts: Accounts,
    { grant, member, name }: { grant: StackResource; member: Value; name: PooledAccount },
): readonly Verdict[] {
    const clusters = pools.of(name.pool);
    const found =
        clusters.length === 0
            ? [accounts.find(undefined, name, member)]
            : clusters.map((cluster) => accounts.find(cluster, name, member));
    const impersonates = USERS.includes(grant.type);
    return [
        ...failIf(
            not(or(...found.map(({ exists }) => exists))),
            member,
            "is a service account that the stack does not make",
        ),
        ...found
            .flatMap((one) => (impersonates ? one.accounts : []))
            .flatMap((account) => {
                const email = mark(account.inputs, "annotations", EMAIL);
                return failIf(
                    email.state === "absent",
                    member,
                    "is a service account that names no Google account",
                );
            }),
    ];
}
