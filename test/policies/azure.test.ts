import assert from "node:assert/strict";
import { changesOf, judge, judgeStack, ruleOf, UNKNOWN } from "./judge.ts";

const ACCOUNT = "azure-native:storage:StorageAccount";

describe("the rules on Azure", () => {
    it("leave accounts for file shares undecided that take plain connections, as NFS may need it", () => {
        const rule = ruleOf("bucket-tls-only");
        const inputs = { kind: "FileStorage", enableHttpsTrafficOnly: false };
        assert.deepEqual(judge(rule, ACCOUNT, inputs), [
            { state: "unknown", path: "enableHttpsTrafficOnly" },
        ]);
        assert.deepEqual(changesOf(rule, ACCOUNT, inputs, {}), []);
    });

    it("switch versions on for no blob service, whose account may not be able to", () => {
        const rule = ruleOf("bucket-versioning");
        assert.equal(rule.fixes?.["azure-native:storage:BlobServiceProperties"], undefined);
    });

    it("redirect a route of Front Door only where it takes HTTPS", () => {
        const changes = (supportedProtocols: readonly string[]) =>
            changesOf(ruleOf("edge-tls12"), "azure-native:cdn:Route", { supportedProtocols }, {});
        assert.deepEqual(changes(["Http"]), []);
        assert.deepEqual(changes(["Http", "Https"]), [{ path: "httpsRedirect", value: "Enabled" }]);
    });

    it("raise the version of a domain of Front Door only where its ciphers go with it", () => {
        const changes = (tlsSettings: object) =>
            changesOf(
                ruleOf("edge-tls12"),
                "azure-native:cdn:AFDCustomDomain",
                { tlsSettings },
                {},
            );
        const old = { certificateType: "ManagedCertificate", minimumTlsVersion: "TLS10" };
        assert.deepEqual(changes({ ...old, cipherSuiteSetType: "TLS10_2019" }), []);
        assert.deepEqual(changes(old), [{ path: "tlsSettings.minimumTlsVersion", value: "TLS12" }]);
    });

    it("leave open whose a subnet is if the stack does not tell where the nodes are", () => {
        const subnetIn = (vnetSubnetID: string) =>
            judgeStack(ruleOf("db-reachable-only-from-cluster"), [
                { name: "subnet", type: "azure-native:network:Subnet", inputs: {} },
                {
                    name: "cluster",
                    type: "azure-native:containerservice:ManagedCluster",
                    inputs: { agentPoolProfiles: [{ vnetSubnetID }] },
                },
                {
                    name: "entry",
                    type: "azure-native:sql:VirtualNetworkRule",
                    inputs: { virtualNetworkSubnetId: UNKNOWN },
                    references: { virtualNetworkSubnetId: ["subnet"] },
                },
            ]).map(({ state }) => state);
        assert.deepEqual(subnetIn("/subscriptions/1/elsewhere"), ["unknown"]);
        assert.deepEqual(subnetIn(UNKNOWN), ["unknown"]);
    });
});
