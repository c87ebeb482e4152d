import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import {
    each,
    failIf,
    holds,
    isOneOf,
    isPresent,
    knownTexts,
    type Truth,
} from "../../runtime/truth.ts";
import { on, type Context, type Rule, type StackVerdict } from "../rule.ts";
import { ACCESS_ENTRY, CLUSTER, NODE_GROUP } from "./types.ts";

const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const POLICY = "aws:iam/policy:Policy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const SHARED_ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment";

/** What AWS gives nodes: to join, to pull images, to run the VPC CNI where it has no role of its own, and sessions. */
const NODE_POLICIES: readonly string[] = [
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKSWorkerNodeMinimalPolicy",
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEC2ContainerRegistryReadOnly",
    "AmazonEKS_CNI_Policy",
    "AmazonSSMManagedInstanceCore",
];

const MORE = "lets every pod that gets at the node do more than a node needs";

/** The name in `arn:aws:iam::aws:policy/service-role/Name`; undefined if the policy is not one of AWS's. */
function managedName(arn: string): string | undefined {
    return /^arn:aws[\w-]*:iam::aws:policy\/(?:[\w-]+\/)*([\w+=,.@-]+)$/.exec(arn)?.[1];
}

function allowedNames({ options }: Context): ReadonlySet<string> {
    const list = options.get("policies").list();
    if (list.state !== "known") return new Set(NODE_POLICIES);
    return new Set(knownTexts(list.value));
}

function isExtra(arn: Value, allowed: ReadonlySet<string>): Truth {
    return holds(
        arn,
        arn.text(),
        (text) => !(allowed.has(text) || allowed.has(managedName(text) ?? "")),
        false,
    );
}

/** The roles that nodes of the stack take: of node groups, of Auto Mode, and of entries for nodes. */
function nodeRoles(stack: Stack): readonly StackResource[] {
    const forNodes = stack
        .all(ACCESS_ENTRY)
        .filter(
            ({ given }) =>
                isOneOf(given.get("type"), ["ec2", "ec2_linux", "ec2_windows"], false) === true,
        );
    const roles = [
        ...stack.all(NODE_GROUP).flatMap((group) => stack.targets(group, "nodeRoleArn")),
        ...stack.all(CLUSTER).flatMap((cluster) => stack.targets(cluster, "computeConfig")),
        ...forNodes.flatMap((entry) => stack.targets(entry, "principalArn")),
    ];
    return [...new Set(roles)].filter(({ type }) => type === ROLE);
}

/** What belongs to a role by reference, or by its name in writing. */
function ofRole(stack: Stack, role: StackResource, type: string): readonly StackResource[] {
    const name = role.given.get("name").text();
    const written = name.state === "known" ? stack.named(type, "role", name.value) : [];
    return [...new Set([...stack.referrers(role, type, "role"), ...written])];
}

/** Attachments of one policy to many roles, by the names of these where they are written out. */
function sharedByName(stack: Stack): ReadonlyMap<string, readonly StackResource[]> {
    const found = new Map<string, StackResource[]>();
    for (const attachment of stack.all(SHARED_ATTACHMENT)) {
        const roles = attachment.given.get("roles").list();
        for (const name of roles.state === "known" ? knownTexts(roles.value) : []) {
            found.set(name, [...(found.get(name) ?? []), attachment]);
        }
    }
    return found;
}

function attachedTo(
    stack: Stack,
    role: StackResource,
    shared: ReadonlyMap<string, readonly StackResource[]>,
    allowed: ReadonlySet<string>,
) {
    const name = role.given.get("name").text();
    const attachments = new Set([
        ...ofRole(stack, role, ATTACHMENT),
        ...stack.referrers(role, SHARED_ATTACHMENT, "roles"),
        ...(name.state === "known" ? (shared.get(name.value) ?? []) : []),
    ]);
    return [...attachments].flatMap((attachment) => {
        const arn = attachment.given.get("policyArn");
        const own = stack.targets(attachment, "policyArn").some(({ type }) => type === POLICY);
        const extra = own && arn.text().state === "unknown" ? true : isExtra(arn, allowed);
        return on(attachment, failIf(extra, arn, MORE));
    });
}

function extraPolicies(stack: Stack, context: Context): readonly StackVerdict[] {
    const allowed = allowedNames(context);
    const shared = sharedByName(stack);
    return nodeRoles(stack).flatMap((role) => [
        ...on(
            role,
            each(role.given.get("managedPolicyArns"), (arn) =>
                failIf(isExtra(arn, allowed), arn, MORE),
            ),
        ),
        ...on(
            role,
            each(role.given.get("inlinePolicies"), (policy) =>
                failIf(isPresent(policy.get("policy")), policy, MORE),
            ),
        ),
        ...ofRole(stack, role, ROLE_POLICY).flatMap((policy) =>
            on(policy, [{ state: "fail", path: "policy", message: MORE }]),
        ),
        ...attachedTo(stack, role, shared, allowed),
    ]);
}

/** The role of nodes carries what nodes need, and nothing for the pods on them. */
export const eksNodeRoleLeastPrivilege: Rule = {
    id: "aws-eks-node-role-least-privilege",
    title: "The role of EKS nodes carries only the policies that AWS gives nodes.",
    why:
        "Whatever the node may do, a pod that breaks out of its container may do too, and so may every pod that uses the " +
        "host's network.",
    clouds: ["aws"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS EKS": ["5.1.3"] },
    analogies: { "PCI DSS": ["7.2.2"] },
    remediation:
        "Take the policy off the node role, and give it to the service account that needs it, by a " +
        "PodIdentityAssociation with a role of its own.",
    see: "https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html",
    options: {
        properties: {
            policies: {
                type: "array",
                items: { type: "string" },
                default: [...NODE_POLICIES],
                description: "The policies that nodes may have: names of AWS's own, or ARNs.",
            },
        },
    },
    checks: {},
    stack: {
        judges: [ROLE, ROLE_POLICY, ATTACHMENT, SHARED_ATTACHMENT],
        reads: [NODE_GROUP, CLUSTER, ACCESS_ENTRY, POLICY],
        check: extraPolicies,
    },
    note: "Session Manager's policy counts among what nodes need, because it takes the place of SSH.",
};
