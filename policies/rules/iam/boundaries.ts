import type { Stack, StackResource } from "../../runtime/stack.ts";
import { and, holds, not, or, someOf, type Truth } from "../../runtime/truth.ts";

export const POLICY = "aws:iam/policy:Policy";
export const ROLE = "aws:iam/role:Role";
const USER = "aws:iam/user:User";

/** What attaches policies, by `policyArn` or `policyArns`. */
export const ATTACHMENTS: readonly string[] = [
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
    "aws:iam/policyAttachment:PolicyAttachment",
];

/** Gives a policy to a permission set of the Identity Center, which finds it by its name in each account. */
const PERMISSION_SET_POLICY =
    "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment";

/** What tells how a policy is used. */
export const POLICY_USERS: readonly string[] = [ROLE, USER, ...ATTACHMENTS, PERMISSION_SET_POLICY];

/**
 * Whether a policy serves as a permissions boundary and as nothing else. Such a policy gives nothing: it says what others
 * may give at most.
 */
export function isOnlyBoundary(stack: Stack, policy: StackResource): Truth {
    const bounded = or(
        ...stack.all(ROLE, USER).map((one) => names(one, "permissionsBoundary", policy)),
    );
    const given = or(
        ...stack.all(ROLE).map((role) => names(role, "managedPolicyArns", policy)),
        ...stack
            .all(...ATTACHMENTS)
            .flatMap((one) =>
                ["policyArn", "policyArns"].map((input) => names(one, input, policy)),
            ),
        ...stack.all(PERMISSION_SET_POLICY).map((one) => isInPermissionSet(one, policy)),
    );
    return and(bounded, not(given));
}

/** Whether an input names a policy, by reference or by its ARN in writing. */
function names(resource: StackResource, input: string, policy: StackResource): Truth {
    const references = resource.references(input);
    if (references.includes(policy.urn)) return true;
    const value = resource.given.get(input);
    const written = someOf(value, (arn) =>
        holds(arn, arn.text(), (text) => isArnOf(text, policy), false),
    );
    // What is unknown is what is referred to, which is something else.
    return references.length > 0 && typeof written === "object" ? false : written;
}

function isInPermissionSet(attachment: StackResource, policy: StackResource): Truth {
    const input = "customerManagedPolicyReference";
    if (attachment.references(input).includes(policy.urn)) return true;
    const wanted = attachment.given.get(input).get("name");
    return holds(wanted, wanted.text(), (text) => isNamed(policy, (name) => text === name), false);
}

function isArnOf(text: string, policy: StackResource): Truth {
    const arn = policy.inputs.get("arn").text();
    if (arn.state === "known") return arn.value === text;
    return isNamed(policy, (name) => text.includes(":policy/") && text.endsWith(`/${name}`));
}

/** Whether a policy's name satisfies a test. Nobody can have written out a name that Pulumi makes up. */
function isNamed({ given }: StackResource, test: (name: string) => boolean): Truth {
    const name = given.get("name");
    return holds(name, name.text(), test, false);
}
