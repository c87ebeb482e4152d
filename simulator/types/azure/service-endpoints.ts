import type { Instance, Refusal } from "../../table.ts";
import { list, refusal, text } from "./arm.ts";

/** A service listens to a subnet only if the subnet has a service endpoint for it. */
export function withoutEndpoint(
    service: "Microsoft.KeyVault" | "Microsoft.Storage",
    subnet: Instance | undefined,
): Refusal[] {
    const services = list(subnet?.inputs, "serviceEndpoints").map((one) => text(one, "service"));
    if (!subnet || services.includes(service)) return [];
    const message =
        `Subnet ${subnet.id} does not have ServiceEndpoints for ${service} resources configured. Add ${service} to ` +
        `subnet's ServiceEndpoints collection before trying to ACL ${service} resources to these subnets.`;
    return [refusal("SubnetsHaveNoServiceEndpointsConfigured", message)];
}
