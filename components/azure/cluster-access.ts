import * as pulumi from "@pulumi/pulumi";
import { listManagedClusterUserCredentialsOutput } from "@pulumi/azure-native/containerservice/listManagedClusterUserCredentials.js";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster.js";
import { kubeconfig } from "../lib/kubeconfig.ts";
import type { Cidr } from "../lib/cidr.ts";
import type { AzureFoundation } from "./foundation.ts";

/** The application that every AKS cluster takes tokens for. */
const AKS_SERVER_APPLICATION = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * How the API is reached. The API has its own subnet in the network (VNet integration), so nodes and pods always reach
 * it privately, and opening or closing the public address later changes the cluster in place.
 *
 * @see https://learn.microsoft.com/azure/aks/api-server-vnet-integration
 */
export function apiServerAccess(apiCidrs: readonly Cidr[], subnetId: pulumi.Input<string>) {
    const closed = apiCidrs.length === 0;
    return {
        enableVnetIntegration: true,
        subnetId,
        enablePrivateCluster: closed,
        ...(closed
            ? { privateDNSZone: "system", enablePrivateClusterPublicFQDN: false }
            : { authorizedIPRanges: [...apiCidrs] }),
        // `az aks command invoke` would be a way around all of the above.
        disableRunCommand: true,
    };
}

/** The same in words, for the plan and the outputs. */
export function describeReach(name: string, apiCidrs: readonly Cidr[], network: Cidr): string {
    const api = `The Kubernetes API of ${name} answers`;
    if (apiCidrs.length > 0) {
        const blocks = apiCidrs.join(", ");
        return `${api} inside the network (${network}), and over the Internet from ${blocks}: run the stack from there.`;
    }
    return (
        `${api} only inside the network (${network}): run the stack from a machine in it, or in a network peered with it ` +
        "that also uses its private DNS zone."
    );
}

/**
 * The kubeconfig of a cluster: its address and certificate, and kubelogin for a token of whoever uses it.
 *
 * Tokens come from the Azure CLI's login; elsewhere set AAD_LOGIN_METHOD, which kubelogin prefers: `workloadidentity`
 * or `spn` in CI, `msi` on a machine in Azure.
 *
 * @see https://azure.github.io/kubelogin/
 */
export function clusterKubeconfig(
    name: string,
    args: {
        readonly foundation: AzureFoundation;
        readonly cluster: ManagedCluster;
        readonly closed: boolean;
    },
    opts: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
    const { foundation, cluster, closed } = args;
    const credentials = listManagedClusterUserCredentialsOutput(
        { resourceGroupName: foundation.resourceGroupName, resourceName: cluster.name },
        opts,
    );
    const host = closed ? cluster.privateFQDN : cluster.fqdn;
    const file = pulumi.all([host, credentials]).apply(([host, { kubeconfigs }]) =>
        kubeconfig({
            name,
            server: `https://${host}:443`,
            certificateAuthority: authorityIn(kubeconfigs[0]?.value ?? ""),
            exec: {
                command: "kubelogin",
                args: ["get-token", "--login", "azurecli", "--server-id", AKS_SERVER_APPLICATION],
                installHint: "Install kubelogin: az aks install-cli",
            },
        }),
    );
    return pulumi.secret(file);
}

/** The certificate authority in a kubeconfig that Azure gives, which is YAML in base64. */
function authorityIn(credentials: string): string {
    const text = Buffer.from(credentials, "base64").toString("utf8");
    return /certificate-authority-data: *"?([A-Za-z0-9+/=]+)/.exec(text)?.[1] ?? "";
}
