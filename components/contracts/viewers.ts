import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../lib/problem.ts";
import type { Form } from "./cloud.ts";

/** Who may look into which namespaces of a cluster. */
export interface ViewersArgs {
    /**
     * The identities by namespace: IAM role or user ARNs on AWS, Entra group object ids on Azure, `user:…` on Google
     * Cloud. One identity may stand under several namespaces. Taking one out takes its way in along.
     */
    readonly namespaces: Readonly<Record<string, readonly string[]>>;
}

/** Somebody whom the cluster knows, as a RoleBinding names him. */
export interface Viewer {
    readonly kind: "Group" | "User";
    readonly name: string;
}

/** Whom a RoleBinding in each of the namespaces has to name. */
export type Viewers = Readonly<Record<string, pulumi.Output<readonly Viewer[]>>>;

/** Identities of a form that the cloud does not take. */
export function viewerProblems(
    { namespaces }: ViewersArgs,
    { what, pattern, example }: Form,
): readonly Problem[] {
    return Object.entries(namespaces).flatMap(([namespace, identities]) =>
        identities
            .filter((identity) => !pattern.test(identity))
            .map((identity) => ({
                path: `namespaces.${namespace}`,
                value: identity,
                message: `is not ${what}`,
                fix: `Write it like ${example}`,
            })),
    );
}
