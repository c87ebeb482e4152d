import { failIf, isOn, isOneOf, not, or, type Verdict } from "../../runtime/truth.ts";
import type { Check, Resource, Rule } from "../rule.ts";

/** New vaults are opened by roles by default since this version of the API. */
const ROLES_BY_DEFAULT = 20260201;

function hasRolesByDefault({ token }: Resource): boolean {
    const version = /v(\d{8})/.exec(token)?.[1];
    return version !== undefined && Number(version) >= ROLES_BY_DEFAULT;
}

const network: Check = ({ inputs }): readonly Verdict[] => {
    const action = inputs.at("properties.networkAcls.defaultAction");
    const closed = or(
        isOneOf(action, ["deny"], false),
        isOneOf(
            inputs.at("properties.publicNetworkAccess"),
            ["disabled", "securedbyperimeter"],
            false,
        ),
    );
    return failIf(not(closed), action, "lets every network reach the vault");
};

const vault: Check = (resource, context) => {
    const roles = resource.inputs.at("properties.enableRbacAuthorization");
    const byRoles = isOn(roles, hasRolesByDefault(resource));
    return [
        ...failIf(not(byRoles), roles, "is opened by access policies of its own"),
        ...network(resource, context),
    ];
};

/** A vault is reached from named networks, by roles that are seen where all others are. */
export const azureVaultNetworkRbac: Rule = {
    id: "az-keyvault-network-rbac",
    title: "A key vault is opened by roles, and only from named networks.",
    why: "Access policies are seen in no list of roles, and whoever may write the vault can give himself any of them.",
    clouds: ["azure"],
    pack: "security",
    severity: "high",
    requirements: {
        "PCI DSS": ["1.4.2", "7.3.1"],
        HIPAA: ["164.308(a)(4)(i)"],
        "CIS Azure": ["8.3.6", "8.3.7", "8.3.8"],
    },
    remediation:
        "Give clients roles and set properties.enableRbacAuthorization to true. Set properties.publicNetworkAccess to Disabled, or " +
        "properties.networkAcls.defaultAction to Deny.",
    see: "https://learn.microsoft.com/azure/key-vault/general/rbac-guide",
    checks: {
        "azure-native:keyvault:Vault": vault,
        "azure-native:keyvault:ManagedHsm": network,
    },
    note: "From version 2026-02-01 of the API on, a vault that says nothing is opened by roles. Managed HSMs know no access policies.",
};
