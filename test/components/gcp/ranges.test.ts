import assert from "node:assert/strict";
import fc from "fast-check";
import {
    addressesPerNode,
    endpointAddress,
    nodeCapacity,
    rangesOf,
} from "../../../components/gcp/ranges.ts";
import { type Cidr, contains, overlaps, prefixOf, subnet } from "../../../components/lib/cidr.ts";

/** Every block a site may have: /12 to /20, anywhere in 10.0.0.0/8. */
const blocks = fc
    .integer({ min: 12, max: 20 })
    .chain((prefix) =>
        fc
            .integer({ min: 0, max: 2 ** (prefix - 8) - 1 })
            .map((index) => subnet("10.0.0.0/8", prefix, index)),
    );

const NAMES = ["nodes", "pods", "services", "databases", "endpoints", "proxies"] as const;

describe("the ranges of a Google Cloud site", () => {
    it("divides the usual block of a site", () => {
        assert.deepEqual(rangesOf("10.30.0.0/16"), {
            nodes: "10.30.0.0/18",
            services: "10.30.64.0/20",
            databases: "10.30.80.0/20",
            endpoints: "10.30.96.0/20",
            proxies: "10.30.112.0/20",
            pods: "10.30.128.0/17",
            podsPerNode: 110,
        });
    });

    it("divides the smallest block, whose databases still get the /24 that Cloud SQL wants", () => {
        const ranges = rangesOf("10.64.16.0/20");
        assert.equal(ranges.databases, "10.64.21.0/24");
        assert.equal(ranges.pods, "10.64.24.0/21");
        assert.equal(ranges.podsPerNode, 32);
        assert.equal(nodeCapacity(ranges), 32);
    });

    it("keeps every range inside the block and apart from the others (G1.10, G1.11)", () => {
        fc.assert(
            fc.property(blocks, (block) => {
                const ranges = rangesOf(block);
                for (const name of NAMES) {
                    assert.ok(contains(block, ranges[name]), `${name} of ${block}`);
                    for (const other of NAMES) {
                        if (name === other) continue;
                        assert.ok(!overlaps(ranges[name], ranges[other]), `${name}, ${other}`);
                    }
                }
            }),
        );
    });

    it("has room for 32 nodes with all their pods in every block", () => {
        fc.assert(fc.property(blocks, (block) => nodeCapacity(rangesOf(block)) >= 32));
    });

    it("keeps the size of the services' range within what GKE takes", () => {
        fc.assert(
            fc.property(blocks, (block) => {
                const prefix = prefixOf(rangesOf(block).services);
                return prefix >= 16 && prefix <= 27;
            }),
        );
    });

    it("puts the endpoint of Google's APIs outside the subnet, as Private Service Connect wants it", () => {
        fc.assert(
            fc.property(blocks, (block) => {
                const ranges = rangesOf(block);
                const address: Cidr = `${endpointAddress(ranges)}/32`;
                return (
                    contains(block, address) &&
                    NAMES.filter((name) => overlaps(ranges[name], address)).join() === "endpoints"
                );
            }),
        );
    });

    const perNode = [
        { pods: 8, addresses: 16 },
        { pods: 32, addresses: 64 },
        { pods: 33, addresses: 128 },
        { pods: 64, addresses: 128 },
        { pods: 110, addresses: 256 },
    ];
    for (const { pods, addresses } of perNode) {
        it(`reserves ${addresses} addresses for a node of ${pods} pods, as GKE does`, () => {
            assert.equal(addressesPerNode(pods), addresses);
        });
    }
});
