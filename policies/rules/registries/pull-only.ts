import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { and, each, failIf, holds, someOf, type Truth, type Verdict } from "../../runtime/truth.ts";
import { allows, eachStatement } from "../policy-document.ts";
import { on, type Rule, type StackVerdict } from "../rule.ts";
import { NODE_TYPES, NodeIdentities } from "./node-identities.ts";
import { ACR } from "./types.ts";

const MORE = "lets nodes do more with images than pull them";

function reads(value: Value, pattern: RegExp): Truth {
    return holds(value, value.text(), (text) => pattern.test(text), false);
}

function failIfReads(value: Value, pattern: RegExp): readonly Verdict[] {
    return failIf(reads(value, pattern), value, MORE);
}

const ECR_MANAGED = /:policy\/AmazonEC2ContainerRegistry(?:PowerUser|FullAccess)$/;

/** Actions that put, change or take away images; those that fill a cache of another registry are left out. */
const ECR_WRITES =
    /^(?:\*|ecr:(?:\*|(?:put|upload|initiate|complete|delete|batchdelete|set)[a-z]*\*?))$/i;

function ecrStatements(document: Value): readonly Verdict[] {
    return eachStatement(document, (statement) => {
        const writes = someOf(statement.get("Action"), (action) => reads(action, ECR_WRITES));
        return failIf(and(allows(statement), writes), statement, MORE);
    });
}

/** AcrPush, AcrDelete, AcrImageSigner, and the writers of the roles for single repositories. */
const ACR_WRITES =
    /(?:8311e382-0749-4cb8-b61a-304f252e45ec|c2f4ef07-c644-48eb-af81-4b1b4947fb11|6cef56e8-d556-48e5-a04f-b8e64114680f|2a1e307c-b015-4ebd-883e-5b7698a07328|2efddaa5-3f1f-4df3-97df-af3f13818f4c)$/i;

/** Owner and Contributor. */
const AZURE_WRITES =
    /(?:8e3af657-a8ff-443c-a75c-2fe8c4bcb635|b24988ac-6180-42a0-ab88-20f7382dd24c)$/i;

/** A registry, or a group or subscription with all that is in it. */
function reachesRegistries(assignment: StackResource, stack: Stack): Truth {
    const targets = stack.targets(assignment, "scope");
    const wide = [ACR, "azure-native:resources:ResourceGroup"];
    if (targets.length > 0) return targets.some(({ type }) => wide.includes(type));
    return reads(assignment.given.get("scope"), /registries\/[^/]+$|^(?!.*\/providers\/)/i);
}

function azureAssignment(assignment: StackResource, stack: Stack): readonly Verdict[] {
    const role = assignment.given.get("roleDefinitionId");
    const general = and(reads(role, AZURE_WRITES), reachesRegistries(assignment, stack));
    return [...failIfReads(role, ACR_WRITES), ...failIf(general, role, MORE)];
}

const GOOGLE_WRITES = /^roles\/(?:owner|editor|artifactregistry\.\w*(?:writer|admin))$/i;

/** What gives something to an identity: the input that names it, and what is too much. */
interface Grant {
    readonly to: string;
    readonly judge: (resource: StackResource, stack: Stack) => readonly Verdict[];
}

const googleRole: Grant["judge"] = ({ given }) => failIfReads(given.get("role"), GOOGLE_WRITES);

const GRANTS: Readonly<Record<string, Grant>> = {
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
        to: "role",
        judge: ({ given }) => failIfReads(given.get("policyArn"), ECR_MANAGED),
    },
    "aws:iam/rolePolicy:RolePolicy": {
        to: "role",
        judge: ({ given }) => ecrStatements(given.get("policy")),
    },
    "azure-native:authorization:RoleAssignment": { to: "principalId", judge: azureAssignment },
    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember": {
        to: "member",
        judge: googleRole,
    },
    "gcp:artifactregistry/repositoryIamBinding:RepositoryIamBinding": {
        to: "members",
        judge: googleRole,
    },
    "gcp:projects/iAMMember:IAMMember": { to: "member", judge: googleRole },
    "gcp:projects/iAMBinding:IAMBinding": { to: "members", judge: googleRole },
};

const ROLE = "aws:iam/role:Role";

/** What stands in a role itself rather than beside it. */
function withinRole({ given }: StackResource): readonly Verdict[] {
    return [
        ...each(given.get("managedPolicyArns"), (arn) => failIfReads(arn, ECR_MANAGED)),
        ...each(given.get("inlinePolicies"), (policy) => ecrStatements(policy.get("policy"))),
    ];
}

/** A verdict that counts only if something else is so too. */
function given(condition: Truth, verdicts: readonly Verdict[]): readonly Verdict[] {
    if (condition === true) return verdicts;
    return condition === false || verdicts.length === 0
        ? []
        : [{ state: "unknown", path: condition.unknown }];
}

function grantsToNodes(stack: Stack): readonly StackVerdict[] {
    const nodes = new NodeIdentities(stack);
    const beside = Object.entries(GRANTS).flatMap(([type, { to, judge }]) =>
        stack
            .all(type)
            .flatMap((grant) => on(grant, given(nodes.isIn(grant, to), judge(grant, stack)))),
    );
    const within = stack
        .all(ROLE)
        .flatMap((role) => on(role, given(nodes.has(role), withinRole(role))));
    return [...beside, ...within];
}

/** What runs on a node cannot change what others run. */
export const registryPullOnly: Rule = {
    id: "registry-cluster-pull-only",
    title: "The nodes of a cluster may pull images, and not push or delete them.",
    why: "Whoever breaks out of one pod has the node's rights; with the right to push, that one pod rewrites what every cluster runs.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS EKS": ["5.1.3"], "CIS AKS": ["5.1.3"] },
    analogies: { "PCI DSS": ["7.2.2"] },
    remediation: {
        aws:
            "Give nodes AmazonEC2ContainerRegistryPullOnly in place of this, and let builds push " +
            "under an identity of their own.",
        "azure-native":
            "Give nodes AcrPull in place of this, and let builds push under an identity of their own.",
        gcp:
            "Give nodes roles/artifactregistry.reader in place of this, and let builds push under an " +
            "identity of their own.",
    },
    see: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_EKS.html",
    checks: {},
    stack: {
        judges: [...Object.keys(GRANTS), ROLE],
        reads: [...NODE_TYPES, ACR, "azure-native:resources:ResourceGroup"],
        check: grantsToNodes,
    },
};
