/** Public addresses, and their protection from floods. */
import { get } from "../../paths.ts";
import type { Properties, Refusal, TypeRule } from "../../table.ts";
import { arm, oneOf, refusal, text } from "./arm.ts";

export const PUBLIC_ADDRESS = "azure-native:network:PublicIPAddress";

function checkAllocation(inputs: Properties): Refusal[] {
    const standard = text(inputs, "sku.name") === "Standard";
    if (!standard || text(inputs, "publicIPAllocationMethod") !== "Dynamic") return [];
    const message = "Standard sku publicIp must have AllocationMethod set to Static.";
    return [refusal("StandardSkuPublicIPMustBeStatic", message)];
}

/** Protection from floods is for Standard addresses, and a plan for those alone that have it. */
function checkFloods(inputs: Properties): Refusal[] {
    const mode = text(inputs, "ddosSettings.protectionMode");
    const modes = ["VirtualNetworkInherited", "Enabled", "Disabled"];
    const bad = (message: string) => [
        refusal("InvalidDdosSettings", message, "ddosSettings.protectionMode"),
    ];
    const refusals = oneOf(inputs, "ddosSettings.protectionMode", modes, "InvalidRequestFormat");
    if (mode === "Enabled" && text(inputs, "sku.name") !== "Standard") {
        refusals.push(...bad("DDoS protection is for public IP addresses of the Standard SKU."));
    }
    if (mode !== "Enabled" && get(inputs, "ddosSettings.ddosProtectionPlan") !== undefined) {
        refusals.push(
            ...bad("A DDoS protection plan can only be set if ProtectionMode is Enabled."),
        );
    }
    return refusals;
}

export const publicAddress: TypeRule = arm({
    arm: "Microsoft.Network/publicIPAddresses",
    path: ["publicIpAddressName"],
    name: { pattern: /[A-Za-z0-9]([\w.-]*\w)?/, max: 80 },
    immutable: ["sku", "zones", "publicIPAddressVersion"],
    check: ({ inputs }) => [...checkAllocation(inputs), ...checkFloods(inputs)],
    outputs: ({ random }) => ({ ipAddress: publicIp(random(4)) }),
    seconds: { create: 4 },
});

/** An address in one of Azure's own ranges. */
function publicIp(digits: string): string {
    const [high, low] = [digits.slice(0, 2), digits.slice(2, 4)];
    return `20.50.${Number.parseInt(high, 16)}.${Number.parseInt(low, 16)}`;
}
