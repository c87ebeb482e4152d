import assert from "node:assert/strict";
import type { Properties } from "../../../simulator/table.ts";
import { run } from "../../../tools/offline/mocks.ts";
import { buildNetwork, DEV, NAME, PROD, type SiteArgs, networkOf } from "./support.ts";

const SUBNET = "azure-native:network:Subnet";
const NSG = "azure-native:network:NetworkSecurityGroup";

function rulesOf(inputs: Properties): Properties[] {
    return inputs["securityRules"] as Properties[];
}

function withCidr(cidr: `${string}/${number}`): SiteArgs {
    return { ...DEV, network: { ...DEV.network, cidr } };
}

describe("the network on Azure", () => {
    it("gives each zone's nodes the zone's own way out where it is highly available", async () => {
        const recorded = await networkOf(PROD);
        for (const zone of ["1", "2", "3"]) {
            const gateway = recorded.one("azure-native:network:NatGateway", `${NAME}-nat-${zone}`);
            const address = recorded.one(
                "azure-native:network:PublicIPAddress",
                `${NAME}-nat-${zone}`,
            );
            const subnet = recorded.one(SUBNET, `${NAME}-nodes-${zone}`);
            assert.deepEqual(gateway.inputs["zones"], [zone]);
            assert.deepEqual(address.inputs["zones"], [zone]);
            assert.deepEqual(gateway.inputs["publicIpAddresses"], [{ id: address.id }]);
            assert.deepEqual(subnet.inputs["natGateway"], { id: gateway.id });
        }
    });

    it("shares one way out otherwise, in the same subnets", async () => {
        const recorded = await networkOf(DEV);
        const gateway = recorded.one("azure-native:network:NatGateway");
        const gateways = ["1", "2", "3"].map(
            (zone) => recorded.one(SUBNET, `${NAME}-nodes-${zone}`).inputs["natGateway"],
        );
        assert.deepEqual(gateways, Array(3).fill({ id: gateway.id }));
    });

    it("derives its subnets from an odd block (G1.11)", async () => {
        const recorded = await run(() => buildNetwork(withCidr("172.16.48.0/20")));
        const blocks = recorded.names(SUBNET).map((name) => recorded.one(SUBNET, name).inputs);
        assert.deepEqual(
            blocks.map((inputs) => inputs["addressPrefix"]),
            [
                "172.16.62.0/24",
                "172.16.60.0/24",
                "172.16.61.0/24",
                "172.16.48.0/22",
                "172.16.52.0/22",
                "172.16.56.0/22",
            ],
        );
    });

    it("lets only nodes reach databases, and only on their port (G1.37)", async () => {
        const recorded = await networkOf(DEV);
        const rules = rulesOf(recorded.one(NSG, `${NAME}-database`).inputs);
        assert.deepEqual(
            rules.map(({ name, access, priority }) => [name, access, priority]),
            [
                ["AllowNodes", "Allow", 100],
                ["AllowStandby", "Allow", 110],
                ["DenyNetwork", "Deny", 4000],
            ],
        );
        assert.deepEqual(rules[0]?.["sourceAddressPrefixes"], [
            "10.20.0.0/18",
            "10.20.64.0/18",
            "10.20.128.0/18",
        ]);
        assert.equal(rules[0]?.["destinationPortRange"], "5432");
        assert.equal(rules[1]?.["sourceAddressPrefix"], "10.20.192.0/20");
        assert.equal(rules[2]?.["sourceAddressPrefix"], "VirtualNetwork");
    });

    it("opens nothing but web ports to the Internet", async () => {
        const recorded = await networkOf(DEV);
        const open = recorded
            .all(NSG)
            .flatMap(({ inputs }) => rulesOf(inputs))
            .filter((rule) => rule["sourceAddressPrefix"] === "Internet");
        assert.deepEqual(
            open.map((rule) => rule["destinationPortRanges"]),
            [["80", "443"]],
        );
    });

    it("lets only nodes reach private endpoints, on the ports that services have", async () => {
        const recorded = await networkOf(DEV);
        const [allow, deny] = rulesOf(recorded.one(NSG, `${NAME}-endpoints`).inputs);
        assert.deepEqual(allow?.["destinationPortRanges"], ["443", "2049", "10000"]);
        assert.deepEqual(allow?.["sourceAddressPrefixes"], [
            "10.20.0.0/18",
            "10.20.64.0/18",
            "10.20.128.0/18",
        ]);
        assert.equal(deny?.["name"], "DenyNetwork");
    });

    it("lets the cloud's own gateways reach pods", async () => {
        const recorded = await networkOf(DEV);
        const rules = rulesOf(recorded.one(NSG, `${NAME}-nodes`).inputs);
        const gateways = rules.find(({ name }) => name === "AllowGateways");
        assert.equal(gateways?.["sourceAddressPrefix"], "10.20.240.0/24");
    });

    it("lets nodes reach services by endpoints of the subnet only without private ones", async () => {
        const endpoints = async (args: SiteArgs) =>
            (await networkOf(args)).one(SUBNET, `${NAME}-nodes-1`).inputs["serviceEndpoints"];
        assert.deepEqual(await endpoints(DEV), [
            { service: "Microsoft.KeyVault" },
            { service: "Microsoft.Storage" },
        ]);
        assert.deepEqual(await endpoints(PROD), []);
    });

    it("puts a security group on every subnet and takes Azure's default way out away", async () => {
        const recorded = await networkOf(DEV);
        for (const { inputs, name } of recorded.all(SUBNET)) {
            assert.ok(inputs["networkSecurityGroup"], name);
            assert.equal(inputs["defaultOutboundAccess"], false, name);
        }
    });

    it("delegates the subnets of databases and of the API, with the join action (G1.37)", async () => {
        const recorded = await networkOf(DEV);
        const delegations = (role: string) =>
            recorded.one(SUBNET, `${NAME}-${role}`).inputs["delegations"];
        const actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"];
        const to = (serviceName: string) => [{ name: "service", serviceName, actions }];
        assert.deepEqual(delegations("database"), to("Microsoft.DBforPostgreSQL/flexibleServers"));
        assert.deepEqual(delegations("api"), to("Microsoft.ContainerService/managedClusters"));
    });

    it("changes one subnet at a time", async () => {
        const recorded = await networkOf(DEV);
        const order = ["api", "database", "endpoints", "nodes-1", "nodes-2", "nodes-3"];
        const subnets = order.map((role) => recorded.one(SUBNET, `${NAME}-${role}`));
        for (const [index, subnet] of subnets.entries()) {
            const before = subnets[index - 1];
            assert.ok(!before || subnet.options.dependencies.includes(before.urn), subnet.name);
        }
    });

    it("replaces the network when its block changes, and with it what Azure leaves in the old one", async () => {
        const recorded = await networkOf(DEV);
        const replacedOn = (type: string) => recorded.one(type).options.replaceOnChanges;
        assert.deepEqual(replacedOn("azure-native:network:VirtualNetwork"), ["addressSpace"]);
        assert.deepEqual(replacedOn("azure-native:privatedns:VirtualNetworkLink"), [
            "virtualNetwork.id",
        ]);
        assert.deepEqual(replacedOn("azure-native:network:FlowLog"), ["targetResourceId"]);
    });

    it("logs flows of the whole network for as long as asked, where Azure keeps its watcher", async () => {
        const recorded = await networkOf(PROD);
        const { inputs } = recorded.one("azure-native:network:FlowLog");
        const network = recorded.one("azure-native:network:VirtualNetwork");
        assert.equal(inputs["targetResourceId"], network.id);
        assert.equal(inputs["networkWatcherName"], "NetworkWatcher_westeurope");
        assert.deepEqual(inputs["retentionPolicy"], { enabled: true, days: 90 });
    });

    it("closes the account for flow logs to all but Azure's own services", async () => {
        const recorded = await networkOf(PROD);
        const { inputs } = recorded.one("azure-native:storage:StorageAccount");
        assert.deepEqual(inputs["networkRuleSet"], {
            defaultAction: "Deny",
            bypass: "AzureServices",
        });
        assert.equal(inputs["allowBlobPublicAccess"], false);
        assert.equal(inputs["defaultToOAuthAuthentication"], true);
    });

    it("makes DNS zones for private endpoints only with private endpoints", async () => {
        const zones = async (args: SiteArgs) => {
            const recorded = await networkOf(args);
            const all = recorded.all("azure-native:privatedns:PrivateZone");
            return all.map(({ inputs }) => inputs["privateZoneName"]).sort();
        };
        const database = `${NAME}.private.postgres.database.azure.com`;
        assert.deepEqual(await zones(DEV), [database]);
        assert.deepEqual(await zones(PROD), [
            "privatelink.azurecr.io",
            "privatelink.vaultcore.azure.net",
            database,
        ]);
    });

    it("rejects a block that pods or services use", async () => {
        await assert.rejects(
            run(() => buildNetwork(withCidr("100.64.0.0/16"))),
            /cidr: 100\.64\.0\.0\/16 overlaps the addresses of pods/,
        );
    });

    it("rejects a block too small for six subnets", async () => {
        await assert.rejects(
            run(() => buildNetwork(withCidr("10.20.0.0/21"))),
            /cidr: 10\.20\.0\.0\/21 is not between \/12 and \/20/,
        );
    });

    for (const logRetention of ["29 days", "366 days"] as const) {
        it(`rejects logs to be kept ${logRetention}, which Azure does not`, async () => {
            const args: SiteArgs = { ...DEV, network: { ...DEV.network, logRetention } };
            const message = new RegExp(`logRetention: ${logRetention} is not between 30 and 365`);
            await assert.rejects(networkOf(args), message);
        });
    }
});
