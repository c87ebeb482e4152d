import type { Draft, Refusal, TypeRule, World } from "../../table.ts";
import {
    apiError,
    computeName,
    nameOf,
    needs,
    prevented,
    projectOf,
    refuseIf,
    regionOf,
    textAt,
    withSelfLink,
} from "./common.ts";
import { get } from "../../paths.ts";

const API = "compute.googleapis.com";
const POLICY = "gcp:compute/regionSecurityPolicy:RegionSecurityPolicy";
const SERVICE = "gcp:compute/networkEdgeSecurityService:NetworkEdgeSecurityService";

/** Protection from floods is a part of policies for the network's edge only, and they are of no use without. */
function checkPolicy({ inputs }: Draft): Refusal[] {
    const type = textAt(inputs, "type");
    const config = get(inputs, "ddosProtectionConfig");
    return refuseIf(
        type !== "CLOUD_ARMOR_NETWORK" && config !== undefined,
        "ddosProtectionConfig",
        apiError(
            400,
            `Invalid value for field 'resource.ddosProtectionConfig': A policy of type ${type} cannot have it.`,
            "invalid",
        ),
    );
}

/** A region of a project has one service, and it takes policies of its own kind and region. */
function admitService(draft: Draft, world: World): Refusal[] {
    const place = (one: Pick<Draft, "inputs" | "scope">) =>
        `${textAt(one.inputs, "project") ?? one.scope.account} ${textAt(one.inputs, "region") ?? one.scope.region}`;
    const twin = world
        .all(SERVICE)
        .some((one) => one.urn !== draft.urn && place(one) === place(draft));
    const policy = world.find([POLICY], draft.inputs["securityPolicy"] ?? null, "selfLink");
    return [
        ...refuseIf(
            twin,
            "region",
            apiError(
                403,
                `Quota exceeded: region ${regionOf(draft)} has a network edge security service already. Limit: 1`,
                "quotaExceeded",
            ),
        ),
        ...refuseIf(
            policy !== undefined && textAt(policy.inputs, "type") !== "CLOUD_ARMOR_NETWORK",
            "securityPolicy",
            apiError(
                400,
                "Invalid value for field 'resource.securityPolicy': Its type has to be CLOUD_ARMOR_NETWORK.",
                "invalid",
            ),
        ),
    ];
}

const policy: TypeRule = {
    name: computeName("region"),
    immutable: ["name", "project", "region", "type"],
    check: checkPolicy,
    id: (draft) =>
        `projects/${projectOf(draft)}/regions/${regionOf(draft)}/securityPolicies/${nameOf(draft)}`,
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        region: regionOf(draft),
        fingerprint: draft.random(8),
        policyId: String(Number.parseInt(draft.random(8), 16)),
        ...withSelfLink(id),
    }),
    refuseDelete: prevented,
    seconds: { create: 20 },
};

const service: TypeRule = {
    name: computeName("region"),
    references: [{ path: "securityPolicy", to: [POLICY], by: "selfLink" }],
    immutable: ["name", "project", "region"],
    admit: admitService,
    id: (draft) =>
        `projects/${projectOf(draft)}/regions/${regionOf(draft)}/networkEdgeSecurityServices/${nameOf(draft)}`,
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        fingerprint: draft.random(8),
        serviceId: String(Number.parseInt(draft.random(8), 16)),
        creationTimestamp: "2026-01-01T00:00:00.000-00:00",
        ...withSelfLink(id),
    }),
    refuseDelete: prevented,
    seconds: { create: 20 },
};

/** What Google lets through to public addresses of a region. The project is taken to be in Cloud Armor Enterprise. */
export const networkEdgeTypes: Readonly<Record<string, TypeRule>> = {
    [POLICY]: needs(API, policy),
    [SERVICE]: needs(API, service),
};
