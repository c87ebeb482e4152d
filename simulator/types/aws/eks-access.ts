import { get, same } from "../../paths.ts";
import type { Draft, Instance, Refusal, TypeRule, World } from "../../table.ts";
import { arn, here, text, texts, unless } from "./common.ts";
import { CLUSTER, ENTRY, INVALID, POD_IDENTITY, admitPodRole, inCluster } from "./eks-common.ts";

/** What EKS keeps for itself. */
const RESERVED_GROUP = /^(system|eks|aws|amazon|iam):/;

function admitEntry(draft: Draft, world: World, old?: Instance): Refusal[] {
    const { inputs } = draft;
    const owner = here(draft, world, CLUSTER).find(
        ({ outputs }) => outputs["name"] === inputs["clusterName"],
    );
    const mode = get(owner?.outputs, "accessConfig.authenticationMode") ?? "CONFIG_MAP";
    const twin = here(draft, world, ENTRY).some(
        ({ id, outputs }) =>
            id !== old?.id &&
            same(outputs["clusterName"], inputs["clusterName"]) &&
            same(outputs["principalArn"], inputs["principalArn"]),
    );
    return [
        ...unless(
            mode !== "CONFIG_MAP",
            "api error InvalidRequestException: The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
        ),
        ...unless(
            !twin,
            "api error ResourceInUseException: The specified access entry resource is already in use on this cluster.",
        ),
    ];
}

export const entry: TypeRule = {
    required: ["clusterName", "principalArn"],
    references: [inCluster],
    immutable: ["clusterName", "principalArn", "type"],
    defaults: { type: "STANDARD" },
    check: ({ inputs }) => {
        const principal = text(inputs, "principalArn");
        const groups = texts(inputs, "kubernetesGroups");
        return [
            ...unless(
                principal === undefined || /^arn:aws:iam::\d{12}:(role|user)\/.+$/.test(principal),
                `${INVALID} The principalArn parameter format is not valid`,
                "principalArn",
            ),
            ...unless(
                !groups.some((group) => RESERVED_GROUP.test(group)),
                `${INVALID} The kubernetes group name is invalid, it cannot start with eks:, aws:, amazon:, system: or iam:`,
                "kubernetesGroups",
            ),
        ];
    },
    admit: admitEntry,
    id: ({ inputs }) =>
        `${text(inputs, "clusterName") ?? ""}:${text(inputs, "principalArn") ?? ""}`,
    outputs: (draft) => ({
        accessEntryArn: arn(
            draft,
            "eks",
            `access-entry/${text(draft.inputs, "clusterName") ?? ""}/${draft.random(8)}`,
        ),
        userName: draft.inputs["userName"] ?? draft.inputs["principalArn"] ?? "",
    }),
    seconds: { create: 2 },
};

export const association: TypeRule = {
    required: ["clusterName", "principalArn", "policyArn", "accessScope.type"],
    references: [inCluster],
    immutable: ["clusterName", "principalArn", "policyArn", "accessScope"],
    check: ({ inputs }) => {
        const policy = text(inputs, "policyArn");
        return unless(
            policy === undefined || policy.startsWith("arn:aws:eks::aws:cluster-access-policy/"),
            `${INVALID} The policyArn parameter format is not valid`,
            "policyArn",
        );
    },
    admit: (draft, world) =>
        unless(
            here(draft, world, ENTRY).some(
                ({ outputs }) =>
                    same(outputs["clusterName"], draft.inputs["clusterName"]) &&
                    same(outputs["principalArn"], draft.inputs["principalArn"]),
            ),
            `api error ResourceNotFoundException: The specified principalArn could not be found. You can view your available access entries with 'aws eks list-access-entries'.`,
        ),
    id: ({ inputs }) =>
        ["clusterName", "principalArn", "policyArn"]
            .map((key) => text(inputs, key) ?? "")
            .join("#"),
    seconds: { create: 2 },
};

export const podIdentity: TypeRule = {
    required: ["clusterName", "namespace", "serviceAccount", "roleArn"],
    references: [inCluster],
    immutable: ["clusterName", "namespace", "serviceAccount"],
    admit: (draft, world, old) => [
        ...unless(
            !here(draft, world, POD_IDENTITY).some(
                ({ id, outputs }) =>
                    id !== old?.id &&
                    ["clusterName", "namespace", "serviceAccount"].every((key) =>
                        same(outputs[key], draft.inputs[key]),
                    ),
            ),
            "api error ResourceInUseException: Association already exists",
        ),
        ...admitPodRole(text(draft.inputs, "roleArn") ?? "", world),
    ],
    id: ({ random }) => `a-${random(17, "abcdefghijklmnopqrstuvwxyz0123456789")}`,
    outputs: (draft, _world, id) => ({
        associationArn: arn(
            draft,
            "eks",
            `podidentityassociation/${text(draft.inputs, "clusterName") ?? ""}/${id}`,
        ),
        associationId: id,
    }),
    seconds: { create: 2 },
};
