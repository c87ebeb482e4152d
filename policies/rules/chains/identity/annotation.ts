import type { Value } from "../../../runtime/reader.ts";
import { maybe, type Attachments, type Stack, type StackResource } from "../../../runtime/stack.ts";
import { failIf, not, or, type Truth } from "../../../runtime/truth.ts";
import { mark } from "../../objects.ts";
import { on, type StackVerdict } from "../../rule.ts";

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

/** Whether an account may act as the identity that its annotation names, which stands at `named`. */
export function namesIdentity(
    stack: Stack,
    account: StackResource,
    naming: Naming,
    lets: (grant: StackResource, named: Value) => Truth,
): readonly StackVerdict[] {
    const { grants } = naming;
    const named = mark(account.inputs, "annotations", naming.annotation);
    if (named.state === "absent") return [];
    const identities = identitiesAt(stack, account, named, naming);
    // Another stack's identity cannot be seen.
    if (identities.length === 0) return on(account, [{ state: "unknown", path: named.path }]);
    const closed = or(
        ...identities.flatMap((one) => grants.of(one).map((grant) => lets(grant, named))),
        maybe(grants.loose, naming.input),
    );
    return on(account, failIf(not(closed), named, naming.message));
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
