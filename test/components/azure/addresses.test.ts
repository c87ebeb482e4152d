import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
    clashesWithCluster,
    DNS_SERVICE_IP,
    gatewayBlock,
    planSubnets,
    POD_CIDR,
    SERVICE_CIDR,
} from "../../../components/azure/addresses.ts";
import { contains, overlaps, sizeOf, subnet, type Cidr } from "../../../components/lib/cidr.ts";

function blocksOf(cidr: Cidr): Cidr[] {
    const { nodes, database, endpoints, api } = planSubnets(cidr);
    return [...Object.values(nodes), database, endpoints, api];
}

describe("addresses on Azure", () => {
    it("derives every subnet from the block (G1.11)", () => {
        assert.deepEqual(planSubnets("10.20.0.0/16"), {
            nodes: { "1": "10.20.0.0/18", "2": "10.20.64.0/18", "3": "10.20.128.0/18" },
            database: "10.20.192.0/20",
            endpoints: "10.20.208.0/20",
            api: "10.20.224.0/20",
        });
    });

    it("keeps subnets of any block inside it and apart", () => {
        const blocks = fc
            .tuple(fc.integer({ min: 12, max: 20 }), fc.nat())
            .map(([prefix, index]) => subnet("10.0.0.0/8", prefix, index % 2 ** (prefix - 8)));
        fc.assert(
            fc.property(blocks, (block) => {
                const parts = [...blocksOf(block), gatewayBlock(block)];
                assert.ok(parts.every((part) => contains(block, part)));
                const pairs = parts.flatMap((a, i) =>
                    parts.slice(i + 1).map((b) => [a, b] as const),
                );
                assert.ok(!pairs.some(([a, b]) => overlaps(a, b)));
            }),
        );
    });

    it("leaves gateways exactly the /24 that they take", () => {
        assert.equal(gatewayBlock("10.20.0.0/16"), "10.20.240.0/24");
        assert.equal(gatewayBlock("10.20.0.0/20"), "10.20.15.0/24");
    });

    it("has room for ten nodes per zone in the smallest block, as a node takes one address (G1.40, G12.9)", () => {
        const { nodes, api } = planSubnets("10.20.0.0/20");
        assert.equal(sizeOf(nodes["1"]), 1024);
        assert.ok(sizeOf(api) >= 16, "the API server's subnet is a /28 at least");
    });

    it("keeps pods, services and networks apart (G1.10)", () => {
        assert.ok(!overlaps(POD_CIDR, SERVICE_CIDR));
        assert.equal(DNS_SERVICE_IP, "100.80.0.10");
        assert.ok(clashesWithCluster("100.64.0.0/16"));
        assert.ok(clashesWithCluster("100.80.0.0/12"));
        assert.ok(!clashesWithCluster("10.0.0.0/12"));
    });
});
