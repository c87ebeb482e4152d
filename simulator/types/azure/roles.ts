import { UNKNOWN, type Refusal, type TypeRule } from "../../table.ts";
import { arm, guid, list, oneOf, refusal, text } from "./arm.ts";

const ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment";

const roleAssignment: TypeRule = {
    required: ["principalId", "roleDefinitionId", "scope"],
    immutable: ["principalId", "scope", "roleAssignmentName"],
    check: ({ inputs }) => roleProblems(text(inputs, "roleDefinitionId")),
    admit({ type, inputs }, world, old) {
        const refusals: Refusal[] = [];
        const scope = text(inputs, "scope");
        if (/\/providers\//.test(scope) && !world.all().some(({ id }) => id === scope)) {
            refusals.push(
                refusal("ResourceNotFound", `The Resource '${scope}' was not found.`, "scope"),
            );
        }
        const same = (path: string, other: unknown) =>
            text(inputs, path) === text(other as Parameters<typeof text>[0], path);
        const twin = world
            .all(type)
            .filter(({ id }) => id !== old?.id)
            .some((one) =>
                ["scope", "principalId", "roleDefinitionId"].every((path) =>
                    same(path, one.inputs),
                ),
            );
        if (twin) {
            refusals.push(refusal("RoleAssignmentExists", "The role assignment already exists."));
        }
        if (old && !same("roleDefinitionId", old.inputs)) {
            const message =
                "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.";
            refusals.push(refusal("RoleAssignmentUpdateNotPermitted", message));
        }
        return refusals;
    },
    id: (draft) =>
        `${text(draft.inputs, "scope")}/providers/Microsoft.Authorization/roleAssignments/` +
        (text(draft.inputs, "roleAssignmentName") || guid(draft.random(32))),
    outputs: (_draft, _world, id) => ({
        name: id.slice(id.lastIndexOf("/") + 1),
        type: "Microsoft.Authorization/roleAssignments",
    }),
    refuseDelete: (instance, world) => locked.refuseDelete?.(instance, world),
    seconds: { create: 3 },
};

function roleProblems(definition: string): Refusal[] {
    const pattern =
        /^\/subscriptions\/[0-9a-f-]{36}\/providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f-]{36}$/;
    if (definition === UNKNOWN || definition === "" || pattern.test(definition)) return [];
    const message = `The specified role definition with ID '${definition}' does not exist.`;
    return [refusal("RoleDefinitionDoesNotExist", message, "roleDefinitionId")];
}

/** Lends its refusal to delete under a lock to types whose ids have a form of their own. */
const locked = arm({ arm: "Microsoft.Resources/tags", path: ["name"], seconds: { create: 0 } });

const lock: TypeRule = arm({
    arm: "Microsoft.Authorization/locks",
    path: ["lockName"],
    name: { pattern: /[^<>%&:?/]+/, max: 260 },
    under: ({ inputs }) => text(inputs, "scope"),
    required: ["level", "scope"],
    immutable: ["scope"],
    check: ({ inputs }) => oneOf(inputs, "level", ["CanNotDelete", "ReadOnly"]),
    seconds: { create: 2 },
});

const roleDefinition: TypeRule = {
    required: ["scope", "roleName"],
    immutable: ["scope", "roleDefinitionId"],
    check: ({ inputs }) =>
        list(inputs, "assignableScopes").length > 0
            ? []
            : [
                  refusal(
                      "RoleDefinitionInvalidAssignableScopes",
                      "A role has to have assignable scopes.",
                      "assignableScopes",
                  ),
              ],
    admit({ type, inputs }, world, old) {
        const name = text(inputs, "roleName");
        const twin = world
            .all(type)
            .some((one) => one.id !== old?.id && text(one.inputs, "roleName") === name);
        if (!twin) return [];
        const message = `A custom role with the same name already exists in this directory. Use a different name: ${name}`;
        return [refusal("RoleDefinitionWithSameNameExists", message, "roleName")];
    },
    id: ({ scope, inputs, random }) =>
        `/subscriptions/${scope.account}/providers/Microsoft.Authorization/roleDefinitions/` +
        (text(inputs, "roleDefinitionId") || guid(random(32))),
    outputs: (_draft, _world, id) => ({
        name: id.slice(id.lastIndexOf("/") + 1),
        type: "Microsoft.Authorization/roleDefinitions",
    }),
    refuseDelete({ id }, world) {
        const user = world
            .all(ROLE_ASSIGNMENT)
            .find((one) => text(one.inputs, "roleDefinitionId") === id);
        if (!user) return undefined;
        return `Code="RoleDefinitionHasAssignments" Message="There are existing role assignments referencing role (code: ${id.slice(id.lastIndexOf("/") + 1)})."`;
    },
    seconds: { create: 3 },
};

/** Roles, who has them, and locks. */
export const ROLE_TYPES: Readonly<Record<string, TypeRule>> = {
    [ROLE_ASSIGNMENT]: roleAssignment,
    "azure-native:authorization:RoleDefinition": roleDefinition,
    "azure-native:authorization:ManagementLockByScope": lock,
};
