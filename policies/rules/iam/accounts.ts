/** A Kubernetes service account. */
export interface ServiceAccount {
    readonly namespace: string;
    readonly name: string;
}

/** What a token's subject begins with if Kubernetes wrote it for a service account. */
export const SUBJECT_PREFIX = "system:serviceaccount:";

const SUBJECT = /^system:serviceaccount:([^:*?]+):([^:*?]+)$/;

/** The one service account that a token's subject names; undefined if it names none, or more than one. */
export function accountInSubject(subject: string): ServiceAccount | undefined {
    const [, namespace, name] = SUBJECT.exec(subject) ?? [];
    return namespace === undefined || name === undefined ? undefined : { namespace, name };
}

/** A service account in a pool of Google Cloud. */
export interface PooledAccount extends ServiceAccount {
    /** The pool: `PROJECT.svc.id.goog`. */
    readonly pool: string;
}

const OLD_MEMBER = /^serviceAccount:([^[\]/]+\.svc\.id\.goog)\[([^[\]/]+)\/([^[\]/]+)\]$/;
const POOLS = "iam\\.googleapis\\.com/projects/[^/]+/locations/global/workloadIdentityPools/";
const PRINCIPAL = new RegExp(
    `^principal://${POOLS}([^/]+\\.svc\\.id\\.goog)/subject/ns/([^/]+)/sa/([^/]+)$`,
);

/** The one service account that an IAM member of Google Cloud is, in either form. */
export function accountInMember(member: string): PooledAccount | undefined {
    const [, pool, namespace, name] = OLD_MEMBER.exec(member) ?? PRINCIPAL.exec(member) ?? [];
    if (pool === undefined || namespace === undefined || name === undefined) return undefined;
    return { pool, namespace, name };
}

/** All identities of a cluster, a namespace or a whole pool. */
const MANY = new RegExp(`^principalSet://${POOLS}(?:[^/]+\\.svc\\.id\\.goog/|[^/]+/\\*$)`);

/** Whether an IAM member of Google Cloud is more than one service account. */
export function isManyAccounts(member: string): boolean {
    return MANY.test(member);
}
