import { get } from "../../paths.ts";
import type { Draft, Instance, Refusal, World } from "../../table.ts";
import { here, number, objects, text, texts, trusts, unless } from "./common.ts";
import { groupsOf } from "./security-groups.ts";

const INVALID = "api error InvalidParameterException:";
const EFFECTS = ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"];

/** Types that some regions lack, as EC2 listed its offers when last looked at. */
const LACKING: Readonly<Record<string, RegExp>> = {
    "ap-southeast-5": /^(m5|m5a|m6a)\./,
    "ca-west-1": /^(t3a|m7i)\./,
    "eu-central-2": /^t3a\./,
    "il-central-1": /^m7i\./,
    "me-central-1": /^t3a\./,
};

/** What EKS says about a node group's own settings. */
export function checkNodeGroup(draft: Draft): Refusal[] {
    return [...checkSizes(draft), ...checkTypes(draft)];
}

function checkTypes({ inputs, scope }: Draft): Refusal[] {
    return texts(inputs, "instanceTypes").flatMap((type) =>
        unless(
            LACKING[scope.region]?.test(type) !== true,
            `api error InvalidRequestException: Your requested instance type (${type}) is not supported in your requested Availability Zone (${scope.region}a).`,
            "instanceTypes",
        ),
    );
}

function checkSizes({ inputs }: Draft): Refusal[] {
    const [min, max, desired] = ["minSize", "maxSize", "desiredSize"].map((key) =>
        number(inputs, `scalingConfig.${key}`),
    );
    if (min === undefined || max === undefined || desired === undefined) return [];
    const property = "scalingConfig";
    return [
        ...unless(max >= 1, `${INVALID} maxSize must be at least 1`, property),
        ...unless(
            min <= max,
            `${INVALID} Minimum capacity ${min} can't be greater than maximum capacity ${max}`,
            property,
        ),
        ...unless(
            min <= desired,
            `${INVALID} Minimum capacity ${min} can't be greater than desired size ${desired}`,
            property,
        ),
        ...unless(
            desired <= max,
            `${INVALID} Desired capacity ${desired} can't be greater than max size ${max}`,
            property,
        ),
        ...objects(inputs, "taints").flatMap(({ effect }) =>
            unless(
                typeof effect !== "string" || EFFECTS.includes(effect),
                `expected taint.effect to be one of [${EFFECTS.join(" ")}], got ${String(effect)}`,
                "taints",
            ),
        ),
    ];
}

/**
 * Nodes join if their role fits, a network plugin is there, the control plane can talk to them, and they have a way to
 * the registries.
 */
export function nodesJoin(draft: Draft, world: World, old?: Instance): Refusal[] {
    const { inputs } = draft;
    const name = inputs["clusterName"];
    const cluster = here(draft, world, "aws:eks/cluster:Cluster").find(
        ({ outputs }) => outputs["name"] === name,
    );
    const plugin = here(draft, world, "aws:eks/addon:Addon").some(
        ({ outputs }) => outputs["clusterName"] === name && outputs["addonName"] === "vpc-cni",
    );
    const bare = get(cluster?.outputs, "bootstrapSelfManagedAddons") === false;
    const way = texts(inputs, "subnetIds").every((subnet) => leadsOut(subnet, draft, world));
    const joined = (plugin || !bare) && way && hearsControlPlane(inputs, cluster, world);
    const version = text(inputs, "version");
    const above = Number(version?.split(".")[1] ?? 0);
    const control = Number(text(cluster?.outputs ?? {}, "version")?.split(".")[1] ?? Infinity);
    return [
        ...unless(
            trusts(world, text(inputs, "nodeRoleArn") ?? "", "ec2.amazonaws.com"),
            `${INVALID} The role with name ${text(inputs, "nodeRoleArn")} cannot be found or does not trust ec2.amazonaws.com.`,
        ),
        ...unless(
            above <= control,
            `${INVALID} Nodegroup Kubernetes version ${version} can't be greater than the cluster's 1.${control}`,
        ),
        ...unless(
            old !== undefined || joined,
            "unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: NodeCreationFailure: Instances failed to join the kubernetes cluster",
        ),
    ];
}

/**
 * True if the machines are in the group that EKS made for the cluster. EKS puts them there itself, but not where their
 * launch template names groups.
 */
function hearsControlPlane(
    inputs: Draft["inputs"],
    cluster: Instance | undefined,
    world: World,
): boolean {
    const template = text(inputs, "launchTemplate.id") ?? "";
    const groups = groupsOf(world.find(["aws:ec2/launchTemplate:LaunchTemplate"], template));
    const own = text(cluster?.outputs ?? {}, "vpcConfig.clusterSecurityGroupId") ?? "";
    return groups.length === 0 || groups.includes(own);
}

/** True if the subnet has a route to the Internet, or private endpoints in its place. */
function leadsOut(subnetId: string, draft: Draft, world: World): boolean {
    const table = here(draft, world, "aws:ec2/routeTableAssociation:RouteTableAssociation").find(
        ({ outputs }) => outputs["subnetId"] === subnetId,
    )?.outputs["routeTableId"];
    const routed = here(draft, world, "aws:ec2/route:Route").some(
        ({ outputs }) =>
            outputs["routeTableId"] === table && outputs["destinationCidrBlock"] === "0.0.0.0/0",
    );
    const endpoints = here(draft, world, "aws:ec2/vpcEndpoint:VpcEndpoint").filter(({ outputs }) =>
        texts(outputs, "subnetIds").includes(subnetId),
    );
    return routed || endpoints.length >= 5;
}
