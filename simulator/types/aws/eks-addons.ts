import type { Draft, Properties, Refusal, TypeRule, World } from "../../table.ts";
import { arn, here, objects, text, unless } from "./common.ts";
import { INVALID, NODE_GROUP, VERSIONS, admitPodRole, inCluster } from "./eks-common.ts";

/** Add-ons, with the version that AWS recommends for every supported minor version here. */
const ADDONS: Readonly<Record<string, string>> = {
    "aws-ebs-csi-driver": "v1.62.0-eksbuild.1",
    "aws-efs-csi-driver": "v3.2.0-eksbuild.1",
    coredns: "v1.14.2-eksbuild.1",
    "eks-pod-identity-agent": "v1.3.12-eksbuild.1",
    "kube-proxy": "v1.36.2-eksbuild.1",
    "metrics-server": "v0.9.0-eksbuild.1",
    "snapshot-controller": "v8.5.0-eksbuild.1",
    "vpc-cni": "v1.22.1-eksbuild.1",
};

/** Add-ons that run as a Deployment, and so are only healthy once there is a node. */
const NEEDS_NODES = [
    "aws-ebs-csi-driver",
    "aws-efs-csi-driver",
    "coredns",
    "metrics-server",
    "snapshot-controller",
];

function admitAddon(draft: Draft, world: World): Refusal[] {
    const { inputs } = draft;
    const name = text(inputs, "addonName") ?? "";
    const nodes = here(draft, world, NODE_GROUP).some(
        ({ outputs }) => outputs["clusterName"] === inputs["clusterName"],
    );
    return [
        ...unless(
            nodes || !NEEDS_NODES.includes(name),
            `unexpected state 'DEGRADED', wanted target 'ACTIVE'. last error: InsufficientNumberOfReplicas: The add-on ${name} is unhealthy because it doesn't have the desired number of replicas.`,
        ),
        ...objects(inputs, "podIdentityAssociations").flatMap((one) =>
            admitPodRole(text(one, "roleArn") ?? "", world),
        ),
    ];
}

export const addon: TypeRule = {
    required: ["addonName", "clusterName"],
    references: [inCluster],
    immutable: ["addonName", "clusterName"],
    check: ({ inputs }) => {
        const name = text(inputs, "addonName");
        return unless(
            name === undefined || name in ADDONS,
            `${INVALID} Addon ${name} specified is not supported`,
            "addonName",
        );
    },
    admit: admitAddon,
    id: ({ inputs }) => `${text(inputs, "clusterName") ?? ""}:${text(inputs, "addonName") ?? ""}`,
    outputs: (draft, _world, id) => ({
        arn: arn(draft, "eks", `addon/${id.replace(":", "/")}/${draft.random(8)}`),
        addonVersion:
            draft.inputs["addonVersion"] ?? ADDONS[text(draft.inputs, "addonName") ?? ""] ?? "",
    }),
    seconds: { create: 30 },
};

/** The version that AWS recommends for an add-on. */
export function recommendedVersion(args: Properties): Properties {
    const name = text(args, "addonName") ?? "";
    const version = ADDONS[name];
    if (version === undefined || !VERSIONS.includes(text(args, "kubernetesVersion") ?? "")) {
        throw new Error(
            `reading EKS Add-On version info (${name}, ${text(args, "kubernetesVersion")}): couldn't find resource`,
        );
    }
    return { ...args, id: name, version };
}
