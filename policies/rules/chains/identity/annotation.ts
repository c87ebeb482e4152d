import type { Value } from "../../../runtime/reader.ts";
import { maybe, type Attachments, type Stack, type StackResource } from "../../../runtime/stack.ts";
import { failIf, not, or, type Truth } from "../../../runtime/truth.ts";
import { on, type StackVerdict } from "../../rule.ts";
import type { Accounts } from "./accounts.ts";

/** How a service account names an identity of a cloud in an annotation, and what lets it act as that. */
export interface Naming {
    readonly annotation: string;
    /** The identity's type, and the output whose text the annotation holds. */
    readonly type: string;
    readonly output: string;
    /** What belongs to each identity and may let an account act as it, and the input that names the identity there. */
    readonly grants: Attachments;
    readonly input: string;
    /** What is found where nothing does. */
    readonly message: string;
}

/** Whether a grant lets an account act as the identity that its annotation names, which stands at `named`. */
type Lets = (grant: StackResource, account: StackResource, named: Value) => Truth;

/** Whether the accounts may act as the identities that their annotations name. */
export function nameIdentities(
    stack: Stack,
    accounts: Accounts,
    naming: Naming,
    lets: Lets,
): readonly StackVerdict[] {
    const { annotation, grants, input, message } = naming;
    return accounts.annotated(annotation).flatMap(([account, named]) => {
        const identities = identitiesAt(stack, account, named, naming);
        // Another stack's identity cannot be seen.
        if (identities.length === 0) return on(account, [{ state: "unknown", path: named.path }]);
        const answers = identities.flatMap((identity) =>
            grants.of(identity).map((grant) => lets(grant, account, named)),
        );
        return on(account, failIf(not(or(...answers, maybe(grants.loose, input))), named, message));
    });
}

function identitiesAt(
    stack: Stack,
    account: StackResource,
    named: Value,
    { type, output }: Naming,
): readonly StackResource[] {
    const text = named.text();
    return text.state === "known"
        ? stack.named(type, output, text.value)
        : stack.targets(account, "metadata").filter((one) => one.type === type);
}
