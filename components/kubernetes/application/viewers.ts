import type * as pulumi from "@pulumi/pulumi";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import type { Cluster } from "../../contracts/cluster.ts";
import type { Viewer, Viewers } from "../../contracts/viewers.ts";
import { mapValues, only } from "../../lib/records.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import type { Within } from "../platform-namespace.ts";
import type { Metadata } from "./workload.ts";

const RBAC = "rbac.authorization.k8s.io";

/** Lets into the cluster whoever may look at one of its applications. Whom each binding names, by application. */
export function admitViewers(
    name: string,
    cluster: Cluster,
    applications: Readonly<Record<string, ApplicationSettings>>,
): Viewers {
    const named = only(applications, ({ access }) => access.view.length > 0);
    if (Object.keys(named).length === 0) return {};
    return cluster.viewers(name, { namespaces: mapValues(named, ({ access }) => access.view) });
}

/**
 * Lets them look into the application's namespace: at its objects, logs and events, and at no Secret.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export function bindViewers(
    name: string,
    viewers: pulumi.Output<readonly Viewer[]>,
    metadata: Metadata,
    within: Within,
): void {
    const subjects = viewers.apply((all) => all.map((viewer) => ({ apiGroup: RBAC, ...viewer })));
    new RoleBinding(
        name,
        {
            metadata: { ...metadata, name: "viewers" },
            roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "view" },
            subjects,
        },
        within,
    );
}
