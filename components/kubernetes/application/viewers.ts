import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import type { Viewer, ViewersArgs } from "../../contracts/viewers.ts";
import { mapValues, only } from "../../lib/records.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import type { Within } from "../platform-namespace.ts";
import type { Metadata } from "./workload.ts";

const RBAC = "rbac.authorization.k8s.io";

/** Who may look at which application, without those that nobody may look at. */
export function viewersOf(
    applications: Readonly<Record<string, ApplicationSettings>>,
): ViewersArgs {
    const named = only(applications, ({ access }) => access.view.length > 0);
    return mapValues(named, ({ access }) => access.view);
}

/**
 * Lets them look into the application's namespace: at its objects, logs and events, and at no Secret.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export function bindViewers(
    name: string,
    viewers: readonly Viewer[],
    metadata: Metadata,
    within: Within,
): void {
    new RoleBinding(
        name,
        {
            metadata: { ...metadata, name: "viewers" },
            roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "view" },
            subjects: viewers.map((viewer) => ({ apiGroup: RBAC, ...viewer })),
        },
        within,
    );
}
