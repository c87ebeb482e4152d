import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "./iam.ts";
import type { ClusterPlace } from "./pod-identity.ts";

/** Which balancers the controller makes, and where. */
export interface BalancerPermissions {
    /** True if it makes application load balancers, with certificates and a firewall, besides network ones. */
    readonly application: boolean;
    /** True if it puts application load balancers under Shield Advanced. */
    readonly shield: boolean;
    readonly vpcId: pulumi.Input<string>;
}

/** The tag that the controller puts on everything it makes, with the cluster's name. */
const OWNED = "elbv2.k8s.aws/cluster";

/**
 * What the AWS Load Balancer Controller may do: look at what there is, make balancers that carry its cluster's tag, and
 * change what carries it. AWS's own policy asks for any cluster's tag, and for none where it has grown.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/install/iam_policy.json
 */
export function balancerStatements(
    place: ClusterPlace,
    { application, shield, vpcId }: BalancerPermissions,
): readonly Statement[] {
    return [
        look(application),
        becomeKnown(place),
        ...guardBalancers(place, vpcId),
        ...makeBalancers(place),
        ...(application ? [setFirewall(place)] : []),
        ...(shield ? setShield(place) : []),
    ];
}

/** None of these read-only actions can be limited to single resources. */
function look(application: boolean): Statement {
    return {
        Effect: "Allow",
        Action: [
            "ec2:DescribeAccountAttributes",
            "ec2:DescribeAddresses",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInstances",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeIpamPools",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeRouteTables",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeTags",
            "ec2:DescribeVpcPeeringConnections",
            "ec2:DescribeVpcs",
            "ec2:GetSecurityGroupsForVpc",
            "elasticloadbalancing:Describe*",
            ...(application ? ["acm:ListCertificates", "acm:DescribeCertificate"] : []),
        ],
        Resource: "*",
    };
}

/** The first balancer of an account lets Elastic Load Balancing make its own role. */
function becomeKnown({ account }: ClusterPlace): Statement {
    return {
        Effect: "Allow",
        Action: "iam:CreateServiceLinkedRole",
        Resource: `arn:aws:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`,
        Condition: {
            StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
        },
    };
}

/** Groups around balancers, and the way from them to the nodes. */
function guardBalancers(
    { name, region, account }: ClusterPlace,
    vpcId: pulumi.Input<string>,
): readonly Statement[] {
    const ec2 = `arn:aws:ec2:${region}:${account}`;
    const groups = `${ec2}:security-group/*`;
    const rules = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];
    const own = { [`aws:RequestTag/${OWNED}`]: name };
    return [
        {
            Effect: "Allow",
            Action: "ec2:CreateSecurityGroup",
            Resource: groups,
            Condition: { StringEquals: own },
        },
        {
            Effect: "Allow",
            Action: "ec2:CreateSecurityGroup",
            Resource: pulumi.interpolate`${ec2}:vpc/${vpcId}`,
        },
        {
            Effect: "Allow",
            Action: "ec2:CreateTags",
            Resource: groups,
            // Only as it is made: else any group could be made the cluster's own, and then be opened.
            Condition: { StringEquals: { ...own, "ec2:CreateAction": "CreateSecurityGroup" } },
        },
        {
            Effect: "Allow",
            Action: [...rules, "ec2:DeleteSecurityGroup", "ec2:CreateTags", "ec2:DeleteTags"],
            Resource: groups,
            Condition: { StringEquals: { [`aws:ResourceTag/${OWNED}`]: name } },
        },
        {
            Effect: "Allow",
            Action: rules,
            Resource: groups,
            // EKS puts this tag on the group that all nodes of a cluster have.
            Condition: {
                StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${name}`]: "owned" },
            },
        },
    ];
}

/** Balancers, what they listen for and where they lead. */
function makeBalancers({ name, region, account }: ClusterPlace): readonly Statement[] {
    const elb = `arn:aws:elasticloadbalancing:${region}:${account}`;
    const all = ["loadbalancer", "targetgroup", "listener", "listener-rule"].map(
        (kind) => `${elb}:${kind}/*`,
    );
    const own = { [`aws:RequestTag/${OWNED}`]: name };
    return [
        {
            Effect: "Allow",
            Action: [
                "elasticloadbalancing:CreateLoadBalancer",
                "elasticloadbalancing:CreateTargetGroup",
            ],
            Resource: all,
            Condition: { StringEquals: own },
        },
        {
            Effect: "Allow",
            Action: "elasticloadbalancing:AddTags",
            Resource: all,
            Condition: {
                StringEquals: { ...own, "elasticloadbalancing:CreateAction": CREATIONS },
            },
        },
        {
            Effect: "Allow",
            Action: [...CHANGES.map((action) => `elasticloadbalancing:${action}`)],
            Resource: all,
            Condition: { StringEquals: { [`aws:ResourceTag/${OWNED}`]: name } },
        },
    ];
}

/** What is tagged as it is made. */
const CREATIONS = [
    "CreateLoadBalancer",
    "CreateTargetGroup",
    "CreateListener",
    "CreateRule",
] as const;

/** What is done to balancers that stand, and to their parts. */
const CHANGES = [
    "AddListenerCertificates",
    "AddTags",
    "CreateListener",
    "CreateRule",
    "DeleteListener",
    "DeleteLoadBalancer",
    "DeleteRule",
    "DeleteTargetGroup",
    "DeregisterTargets",
    "ModifyCapacityReservation",
    "ModifyIpPools",
    "ModifyListener",
    "ModifyListenerAttributes",
    "ModifyLoadBalancerAttributes",
    "ModifyRule",
    "ModifyTargetGroup",
    "ModifyTargetGroupAttributes",
    "RegisterTargets",
    "RemoveListenerCertificates",
    "RemoveTags",
    "SetIpAddressType",
    "SetRulePriorities",
    "SetSecurityGroups",
    "SetSubnets",
    "SetWebAcl",
] as const;

/** The firewall in front of a balancer: both sides have to allow it. */
function setFirewall({ region, account }: ClusterPlace): Statement {
    return {
        Effect: "Allow",
        Action: [
            "wafv2:AssociateWebACL",
            "wafv2:DisassociateWebACL",
            "wafv2:GetWebACL",
            "wafv2:GetWebACLForResource",
        ],
        Resource: [
            `arn:aws:wafv2:${region}:${account}:regional/webacl/*`,
            `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/*`,
        ],
    };
}

/**
 * Protections of balancers. They carry no tag of a cluster; the two first actions cannot be limited to any.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsshield.html
 */
function setShield({ account }: ClusterPlace): readonly Statement[] {
    return [
        {
            Effect: "Allow",
            Action: ["shield:GetSubscriptionState", "shield:CreateProtection"],
            Resource: "*",
        },
        {
            Effect: "Allow",
            Action: ["shield:DescribeProtection", "shield:DeleteProtection"],
            Resource: `arn:aws:shield::${account}:protection/*`,
        },
    ];
}
