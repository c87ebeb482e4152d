import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";
import { accountOf, clusterOf } from "./cluster.ts";

const GKE = "gcp:container/cluster:Cluster";
const EMAIL = "iam.gke.io/gcp-service-account";
const POOL = "acme.svc.id.goog";
const KNOWN = { workloadIdentityConfig: { workloadPool: POOL } };
const PRINCIPALS = `iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/${POOL}`;

const ACCOUNT: ExampleResource = {
    name: "google",
    type: "gcp:serviceaccount/account:Account",
    inputs: { accountId: "web", email: UNKNOWN },
};
const user: ExampleResource = {
    name: "user",
    type: "gcp:serviceaccount/iAMMember:IAMMember",
    inputs: {
        serviceAccountId: UNKNOWN,
        role: "roles/iam.workloadIdentityUser",
        member: `serviceAccount:${POOL}[shop/web]`,
    },
    references: { serviceAccountId: ["google"] },
};
const secret: ExampleResource = {
    name: "secret",
    type: "gcp:secretmanager/secretIamMember:SecretIamMember",
    inputs: {
        role: "roles/secretmanager.secretAccessor",
        member: `principal://${PRINCIPALS}/subject/ns/shop/sa/web`,
    },
};

const MISNAMED = ["account-web", `metadata.annotations["${EMAIL}"]`] as const;
const MEMBER = ["user", "member"] as const;

export const googleChainExamples: readonly StackExample[] = [
    {
        title: "a service account that acts for a Google account",
        good: [...clusterOf(GKE, KNOWN), ACCOUNT, accountOf([EMAIL, "google"]), user],
        breaks: [
            {
                title: "the grant is for another service account",
                set: ["user", "member", `serviceAccount:${POOL}[shop/job]`],
                at: [MISNAMED, MEMBER],
            },
            {
                title: "the grant is for a whole namespace",
                set: ["user", "member", `principalSet://${PRINCIPALS}/namespace/shop`],
                at: [MISNAMED, MEMBER],
            },
            {
                title: "the grant is of another role",
                set: ["user", "role", "roles/iam.serviceAccountTokenCreator"],
                at: [MISNAMED],
            },
            { title: "there is no grant", remove: "user", at: [MISNAMED] },
            {
                title: "the service account names no Google account",
                remove: "account-web",
                add: accountOf(),
                at: [MEMBER],
            },
            {
                title: "there is no service account",
                remove: "account-web",
                add: accountOf(undefined, "job"),
                at: [MEMBER],
            },
        ],
        undecided: ["user", "serviceAccountId"],
    },
    {
        title: "a service account that is granted to directly",
        good: [...clusterOf(GKE, KNOWN), accountOf(), secret],
        breaks: [
            {
                title: "there is no such service account",
                set: ["secret", "member", `principal://${PRINCIPALS}/subject/ns/shop/sa/job`],
                at: [["secret", "member"]],
            },
            {
                title: "the whole pool is granted to",
                set: ["secret", "member", `principalSet://${PRINCIPALS}/*`],
                at: [["secret", "member"]],
            },
        ],
    },
];
