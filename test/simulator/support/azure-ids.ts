/** Where everything of the tests stands in Azure. */
export const SUBSCRIPTION = "12345678-9abc-4def-8123-456789abcdef";
export const REGION = "westeurope";
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;
export const NETWORK = `${GROUP}/providers/Microsoft.Network`;
export const SUBNETS = `${NETWORK}/virtualNetworks/vnet/subnets`;
export const role = (id: string) =>
    `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
