import type { Problem } from "../lib/problem.ts";
import type { Form } from "./cloud.ts";

/** Identities by the namespace that they may look into. One may stand under several. */
export type ViewersArgs = Readonly<Record<string, readonly string[]>>;

/** Somebody whom the cluster knows, as a RoleBinding names him. */
export interface Viewer {
    readonly kind: "Group" | "User";
    readonly name: string;
}

/** Whom a RoleBinding in each of the namespaces has to name. */
export type Viewers = Readonly<Record<string, readonly Viewer[]>>;

/** Identities of a form that the cloud does not take. */
export function viewerProblems(
    viewers: ViewersArgs = {},
    { what, pattern, example }: Form,
): readonly Problem[] {
    return Object.entries(viewers).flatMap(([namespace, identities]) =>
        identities
            .filter((identity) => !pattern.test(identity))
            .map((identity) => ({
                path: `viewers.${namespace}`,
                value: identity,
                message: `is not ${what}`,
                fix: `Write it like ${example}`,
            })),
    );
}
