import assert from "node:assert/strict";

import { set } from "../../simulator/paths.ts";
import { GOOD, IDENTITY, SUBNETS, World, type Bad } from "./support/azure.ts";

/** One input of a kind changed, and Azure's code for it. */
const BAD: readonly Bad[] = [
    ["cluster", "kubernetesVersion", "1.34", /K8sVersionNotSupported/],
    ["cluster", "agentPoolProfiles[0].mode", "User", /at least one system pool/],
    ["cluster", "agentPoolProfiles[0].vmSize", "Standard_Z2", /SkuNotAvailable/],
    ["cluster", "networkProfile.serviceCidr", "10.20.0.0/16", /ServiceCidrOverlap|not within/],
    ["cluster", "networkProfile.podCidr", "10.20.0.0/16", /PodCidrOverlapExistingSubnetsCidr/],
    ["cluster", "networkProfile.podCidr", "100.80.0.0/12", /overlaps the service CIDR/],
    ["cluster", "networkProfile.dnsServiceIP", "10.0.0.10", /not within the service CIDR/],
    ["cluster", "networkProfile.networkDataplane", "cilium", /NetworkPolicyNotSupported/],
    ["cluster", "networkProfile.outboundType", "userAssignedNATGateway", /NAT gateway/],
    ["cluster", "apiServerAccessProfile", { subnetId: `${SUBNETS}/nodes` }, /not delegated/],
    ["cluster", "disableLocalAccounts", true, /managed Microsoft Entra/],
    ["cluster", "identityProfile", { kubeletidentity: { resourceId: IDENTITY } }, /CustomKubelet/],
    ["pool", "agentPoolName", "web-1", /agentPoolProfile\.name is invalid/],
    ["pool", "agentPoolName", "thirteenchars", /agentPoolProfile\.name is invalid/],
    ["pool", "count", 4, /count 4 is not between/],
    ["pool", "maxCount", 0, /no range/],
    ["pool", "resourceName", "none", /ParentResourceNotFound/],
    ["maintenance", "maintenanceWindow.durationHours", 2, /not between 4 and 24/],
    ["maintenance", "configName", "sundays", /not allowed/],
];

describe("simulated Azure", () => {
    for (const [kind, path, value, code] of BAD) {
        it(`rejects a ${kind} with ${path} ${JSON.stringify(value)}`, () => {
            const world = World.before(kind);
            assert.throws(() => world.make(kind, set(GOOD[kind], path, value)), code);
        });
    }

    it("rejects spot machines of burstable sizes", () => {
        const inputs = { ...GOOD.pool, scaleSetPriority: "Spot", vmSize: "Standard_B2ls_v2" };
        assert.throws(
            () => World.before("pool").make("pool", inputs),
            /Azure Spot is not supported/,
        );
    });

    it("rejects a cluster whose identity may not join the subnet", () => {
        const world = World.before("identity");
        world.make("network");
        world.make("subnet");
        world.make("identity");
        assert.throws(() => world.make("cluster"), /LinkedAuthorizationFailed/);
    });

    it("rejects going back or skipping a version, and takes the next one", () => {
        const world = World.before("cluster");
        const { id, inputs } = world.make(
            "cluster",
            set(GOOD.cluster, "kubernetesVersion", "1.35"),
        );
        const change = (version: string) => () => {
            world.change("cluster", id, set(inputs, "kubernetesVersion", version));
        };
        assert.throws(change("1.37"), /minor versions cannot be skipped/);
        assert.doesNotThrow(change("1.36"));
        assert.throws(change("1.35"), /Downgrading/);
    });

    it("gives a cluster's credentials, and none of a cluster that is not there", () => {
        const world = World.before("pool");
        const token = "azure-native:containerservice:listManagedClusterUserCredentials";
        const ask = (resourceName: string) =>
            world.cloud.invoke(token, { resourceGroupName: "rg", resourceName });
        const [first] = ask("aks")["kubeconfigs"] as { value: string }[];
        const file = Buffer.from(first?.value ?? "", "base64").toString();
        assert.match(file, /server: https:\/\/aks-[0-9a-f]{8}\.hcp\.westeurope\.azmk8s\.io:443/);
        assert.throws(() => ask("none"), /ResourceNotFound/);
    });
});
