import assert from "node:assert/strict";
import { DEV, PROD, runSite } from "./site.ts";

describe("GcpNetwork", () => {
    it("makes a custom-mode VPC with one subnet and its two secondary ranges (G1.49)", async () => {
        const recorded = await runSite(DEV);
        const network = recorded.one("gcp:compute/network:Network");
        assert.equal(network.inputs["autoCreateSubnetworks"], false);
        const { inputs } = recorded.one("gcp:compute/subnetwork:Subnetwork");
        assert.equal(inputs["network"], network.id);
        assert.equal(inputs["region"], "europe-west3");
        assert.equal(inputs["ipCidrRange"], "10.30.0.0/18");
        assert.deepEqual(inputs["secondaryIpRanges"], [
            { rangeName: "gke-pods", ipCidrRange: "10.30.128.0/17" },
            { rangeName: "gke-services", ipCidrRange: "10.30.64.0/20" },
        ]);
        assert.equal(inputs["privateIpGoogleAccess"], true);
    });

    it("follows an odd block with all its ranges (G1.11)", async () => {
        const recorded = await runSite({
            ...DEV,
            network: { ...DEV.network, cidr: "172.20.48.0/20" },
        });
        const { inputs } = recorded.one("gcp:compute/subnetwork:Subnetwork");
        assert.equal(inputs["ipCidrRange"], "172.20.48.0/22");
        const address = recorded.one("gcp:compute/globalAddress:GlobalAddress");
        assert.equal(address.inputs["address"], "172.20.53.0");
        assert.equal(address.inputs["prefixLength"], 24);
        assert.deepEqual(recorded.result.database.cidrs, ["172.20.53.0/24"]);
    });

    it("samples flow logs and keeps them exactly as long as asked, outside the project's own bucket", async () => {
        const recorded = await runSite(PROD);
        const { inputs } = recorded.one("gcp:compute/subnetwork:Subnetwork");
        assert.deepEqual(inputs["logConfig"], {
            aggregationInterval: "INTERVAL_5_SEC",
            flowSampling: 0.5,
            metadata: "INCLUDE_ALL_METADATA",
        });
        const name = "myapp-dev-gcp-network";
        const bucket = recorded.one("gcp:logging/projectBucketConfig:ProjectBucketConfig", name);
        assert.equal(bucket.inputs["retentionDays"], 90);
        assert.match(String(bucket.inputs["bucketId"]), /^myapp-dev-gcp-network-[0-9a-f]{6}$/);
        const sink = recorded.one("gcp:logging/projectSink:ProjectSink", name);
        assert.equal(sink.inputs["destination"], `logging.googleapis.com/${bucket.id}`);
        const subnetName = String(
            recorded.one("gcp:compute/subnetwork:Subnetwork").outputs["name"],
        );
        const filter = `resource.type="gce_subnetwork" AND resource.labels.subnetwork_name="${subnetName}"`;
        assert.equal(sink.inputs["filter"], filter);
        const exclusion = recorded.one("gcp:logging/projectExclusion:ProjectExclusion", name);
        assert.equal(exclusion.inputs["filter"], filter);
    });

    it("gives private nodes a way out that shares ports among pods (G1.50)", async () => {
        const recorded = await runSite(DEV);
        const { inputs } = recorded.one("gcp:compute/routerNat:RouterNat");
        assert.deepEqual(inputs["subnetworks"], [
            {
                name: recorded.one("gcp:compute/subnetwork:Subnetwork").id,
                sourceIpRangesToNats: ["ALL_IP_RANGES"],
            },
        ]);
        assert.equal(inputs["enableDynamicPortAllocation"], true);
        assert.equal(inputs["enableEndpointIndependentMapping"], false);
        assert.deepEqual(inputs["logConfig"], { enable: true, filter: "ERRORS_ONLY" });
    });

    it("lets nothing in", async () => {
        const { inputs } = (await runSite(DEV)).one("gcp:compute/firewall:Firewall");
        assert.equal(inputs["direction"], "INGRESS");
        assert.deepEqual(inputs["denies"], [{ protocol: "all" }]);
        assert.deepEqual(inputs["sourceRanges"], ["0.0.0.0/0"]);
        assert.equal(inputs["allows"], undefined);
    });

    it("peers with the databases' network before the first database, and leaves the peering to the network (G1.57, G11.6)", async () => {
        const recorded = await runSite(DEV);
        const connection = recorded.one("gcp:servicenetworking/connection:Connection");
        const range = recorded.one("gcp:compute/globalAddress:GlobalAddress");
        assert.equal(range.inputs["purpose"], "VPC_PEERING");
        assert.equal(range.inputs["addressType"], "INTERNAL");
        assert.equal(
            `${String(range.inputs["address"])}/${String(range.inputs["prefixLength"])}`,
            "10.30.80.0/20",
        );
        assert.deepEqual(connection.inputs["reservedPeeringRanges"], [range.outputs["name"]]);
        assert.equal(connection.inputs["deletionPolicy"], "ABANDON");
        const instance = recorded.one("gcp:sql/databaseInstance:DatabaseInstance");
        assert.ok(instance.options.dependencies.includes(connection.urn));
    });

    it("reaches Google's APIs by NAT unless private endpoints are asked for", async () => {
        const recorded = await runSite(DEV);
        assert.deepEqual(recorded.all("gcp:compute/globalForwardingRule:GlobalForwardingRule"), []);
    });

    it("reaches Google's APIs by Private Service Connect where private endpoints are asked for", async () => {
        const recorded = await runSite(PROD);
        const rule = recorded.one("gcp:compute/globalForwardingRule:GlobalForwardingRule");
        const address = recorded.one(
            "gcp:compute/globalAddress:GlobalAddress",
            "myapp-dev-gcp-google-apis",
        );
        assert.equal(rule.inputs["name"], "myappdevgcpapis");
        assert.equal(rule.inputs["target"], "all-apis");
        assert.equal(rule.inputs["loadBalancingScheme"], "");
        assert.equal(rule.inputs["ipAddress"], address.id);
        assert.equal(address.inputs["address"], "10.30.96.2");
        const records = recorded
            .all("gcp:dns/recordSet:RecordSet")
            .map(({ inputs }) => [inputs["name"], inputs["type"], inputs["rrdatas"]]);
        assert.deepEqual(
            records.sort((left, right) => String(left[0]).localeCompare(String(right[0]))),
            [
                ["*.gcr.io.", "CNAME", ["gcr.io."]],
                ["*.googleapis.com.", "CNAME", ["googleapis.com."]],
                ["*.pkg.dev.", "CNAME", ["pkg.dev."]],
                ["gcr.io.", "A", ["10.30.96.2"]],
                ["googleapis.com.", "A", ["10.30.96.2"]],
                ["pkg.dev.", "A", ["10.30.96.2"]],
            ],
        );
        for (const zone of recorded.all("gcp:dns/managedZone:ManagedZone")) {
            assert.equal(zone.inputs["visibility"], "private");
        }
    });
});
