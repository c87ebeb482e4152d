import type * as pulumi from "@pulumi/pulumi";
import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import { Account } from "@pulumi/gcp/serviceaccount/account.js";
import { type NameRule, compose } from "../lib/names.ts";
import type { GcpFoundation } from "./foundation.ts";

/** The id is part of an e-mail address. Google makes up no name that fits, so it is composed. */
const ACCOUNT_ID: NameRule = {
    kind: "service account",
    min: 6,
    max: 30,
    see: "https://docs.cloud.google.com/iam/docs/service-accounts-create",
};

/** The nodes' own identity and the grant without which they can neither log nor report metrics. */
export interface NodeIdentity {
    readonly account: Account;
    readonly grant: IAMMember;
}

/**
 * A service account for the nodes, with the least role GKE supports: writing logs, metrics and node metadata.
 *
 * The default account of Compute Engine may edit the whole project. Pulling from registries is granted by registry.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa
 */
export function nodeIdentity(
    name: string,
    foundation: GcpFoundation,
    opts: pulumi.CustomResourceOptions,
): NodeIdentity {
    const account = new Account(
        `${name}-nodes`,
        { accountId: compose(ACCOUNT_ID, name, "nodes"), displayName: `Nodes of ${name}` },
        { ...opts, dependsOn: [foundation.apis.iam] },
    );
    const grant = new IAMMember(
        `${name}-nodes`,
        {
            project: foundation.project,
            role: "roles/container.defaultNodeServiceAccount",
            member: account.member,
        },
        { ...opts, dependsOn: [foundation.apis.cloudResourceManager] },
    );
    return { account, grant };
}

/**
 * Makes someone administrator of this cluster: the API's every right inside it, and no other cluster of the project.
 *
 * The right comes from IAM rather than from a role binding inside the cluster, so that it works for groups without
 * Google Groups for RBAC, and can be taken away when the cluster's API does not answer.
 *
 * @see https://docs.cloud.google.com/iam/docs/conditions-resource-attributes
 */
export function grantAdministration(
    name: string,
    member: string,
    clusterName: string,
    foundation: GcpFoundation,
    opts: pulumi.CustomResourceOptions,
): void {
    const role = "roles/container.admin";
    grantOnCluster(`${name}-${member}`, { role, member, clusterName, foundation }, opts);
}

/** A role in the project that holds for one of its clusters only. */
export interface ClusterGrant {
    readonly role: string;
    readonly member: string;
    readonly clusterName: string;
    readonly foundation: GcpFoundation;
}

/** Grants it. */
export function grantOnCluster(
    name: string,
    { role, member, clusterName, foundation }: ClusterGrant,
    opts: pulumi.CustomResourceOptions,
): void {
    new IAMMember(
        name,
        {
            project: foundation.project,
            role,
            member,
            condition: {
                title: `Cluster ${clusterName}`,
                expression: `resource.type == "container.googleapis.com/Cluster" && resource.name.endsWith("/clusters/${clusterName}")`,
            },
        },
        { ...opts, dependsOn: [foundation.apis.cloudResourceManager] },
    );
}
