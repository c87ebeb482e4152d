import * as pulumi from "@pulumi/pulumi";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type { WorkloadIdentity, WorkloadIdentityArgs } from "../contracts/cluster.ts";
import { compose } from "../lib/names.ts";

type Strings = pulumi.Input<string> | readonly pulumi.Input<string>[];

/** One statement of an IAM policy. */
export interface Statement {
    readonly Sid?: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: "*" | Readonly<Record<string, Strings>>;
    readonly Action: string | readonly string[];
    readonly Resource?: Strings;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, Strings>>>>;
}

/** A policy document as JSON. */
export function policyDocument(...statements: readonly Statement[]): pulumi.Output<string> {
    return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
}

/**
 * Lets an AWS service take on a role, on behalf of one account only: else the service could be talked into using it
 * for somebody else.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceTrust(service: string, account?: string): Statement {
    return {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        ...(account && { Condition: { StringEquals: { "aws:SourceAccount": account } } }),
    };
}

/**
 * Lets the pods of exactly one service account in one cluster take on a role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export function podTrust(clusterName: string, pods: WorkloadIdentityArgs): Statement {
    return {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
            StringEquals: {
                "aws:RequestTag/eks-cluster-name": clusterName,
                "aws:RequestTag/kubernetes-namespace": pods.namespace,
                "aws:RequestTag/kubernetes-service-account": pods.serviceAccount,
            },
        },
    };
}

/** Who may take on a role, and what it may do. */
export interface ServiceRoleArgs {
    readonly description: string;
    readonly trust: Statement;
    /** Names of AWS's managed policies, with their path: `AmazonEKSClusterPolicy`. */
    readonly managed?: readonly string[];
    /** What it may do beyond them. */
    readonly statements?: readonly Statement[];
    /** The role's path in IAM. @default "/" */
    readonly path?: string;
}

/** An IAM role allows 64 characters, of which automatic naming takes eight. */
const ROLE = {
    kind: "IAM role",
    max: 64,
    see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
} as const;

/**
 * An IAM role with its policies. Name it in `dependsOn` where a service needs the permissions from its first moment: it
 * stands for the role and everything attached to it.
 */
export class ServiceRole extends pulumi.ComponentResource {
    /** The role's ARN. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: ServiceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:ServiceRole", name, {}, opts);
        const child = { parent: this };
        const role = new Role(
            name,
            {
                ...(name.length > ROLE.max - 8 && { name: compose(ROLE, name) }),
                path: args.path ?? "/",
                description: args.description,
                assumeRolePolicy: policyDocument(args.trust),
                tags: { Name: name },
            },
            child,
        );
        for (const policy of args.managed ?? []) {
            new RolePolicyAttachment(
                `${name}-${policy.slice(policy.lastIndexOf("/") + 1)}`,
                { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
                child,
            );
        }
        if (args.statements) {
            new RolePolicy(
                name,
                { role: role.id, policy: policyDocument(...args.statements) },
                child,
            );
        }
        this.arn = role.arn;
        this.registerOutputs({ arn: this.arn });
    }
}

/**
 * Lets a workload do something with its cloud identity, by a policy in its own role that goes with what it is for.
 *
 * A role takes 10,240 characters of such policies, which is about ten of them.
 */
export function grantTo(
    name: string,
    { principal }: WorkloadIdentity,
    statements: readonly Statement[],
    opts: pulumi.CustomResourceOptions,
): RolePolicy {
    // The last part of a role's ARN is its name, whatever its path.
    const role = principal.apply((arn) => arn.slice(arn.lastIndexOf("/") + 1));
    return new RolePolicy(name, { role, policy: policyDocument(...statements) }, opts);
}

/** Where the roles lie that read secrets for a site's namespaces; the operator may take on nothing outside it. */
export function readerPath(site: string): string {
    return `/${site}/secret-readers/`;
}
