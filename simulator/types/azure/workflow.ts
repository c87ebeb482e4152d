/** Logic Apps. */
import { get } from "../../paths.ts";
import { UNKNOWN, type Json, type Properties, type Refusal, type TypeRule } from "../../table.ts";
import { arm, guid, oneOf, refusal, TENANT_ID, text } from "./arm.ts";

const workflow: TypeRule = arm({
    arm: "Microsoft.Logic/workflows",
    path: ["workflowName"],
    name: { pattern: /[A-Za-z0-9._()-]{1,80}/, max: 80 },
    check: ({ inputs }) => [
        ...oneOf(inputs, "state", ["Enabled", "Disabled"]),
        ...checkDefinition(get(inputs, "definition")),
    ],
    outputs: ({ inputs, random }): Properties =>
        text(inputs, "identity.type") === "SystemAssigned"
            ? { identity: { principalId: guid(random(32)), tenantId: TENANT_ID } }
            : {},
    seconds: { create: 5 },
});

function checkDefinition(definition: Json | undefined): Refusal[] {
    if (definition === undefined || definition === UNKNOWN) return [];
    const schema = text({ definition }, "definition.$schema");
    if (!schema.includes("/Microsoft.Logic/schemas/")) {
        const message = `The template validation failed: the required property '$schema' is missing or invalid.`;
        return [refusal("InvalidTemplate", message, "definition.$schema")];
    }
    return orderProblems(get({ definition }, "definition.actions"));
}

/** An action runs after actions that stand beside it. */
function orderProblems(actions: Json | undefined): Refusal[] {
    if (typeof actions !== "object" || actions === null || Array.isArray(actions)) return [];
    return Object.entries(actions).flatMap(([name, action]) => [
        ...Object.keys((get({ action }, "action.runAfter") as object | undefined) ?? {})
            .filter((earlier) => !(earlier in actions))
            .map((earlier) => {
                const message =
                    `The template validation failed: 'the 'runAfter' property of template action '${name}' contains ` +
                    `non-existent action: '${earlier}'.`;
                return refusal("InvalidTemplate", message, `definition.actions.${name}.runAfter`);
            }),
        ...orderProblems(get({ action }, "action.actions")),
    ]);
}

/** Workflows. */
export const WORKFLOW_TYPES: Readonly<Record<string, TypeRule>> = {
    "azure-native:logic:Workflow": workflow,
};
