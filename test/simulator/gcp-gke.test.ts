import assert from "node:assert/strict";

import { CLUSTER, PROJECT, REGION, Place, clusterIn, type Malformed } from "./support/gcp.ts";

/** What Google refuses before anything is created, for inputs alone. */
const MALFORMED: readonly Malformed[] = [
    {
        kind: "cluster",
        what: "a version out of support",
        given: { ...CLUSTER, minMasterVersion: "1.28" },
        words: /Master version "1\.28" is unsupported\./,
    },
    {
        kind: "cluster",
        what: "a window of four hours a week, too short for upgrades",
        given: {
            ...CLUSTER,
            maintenancePolicy: {
                recurringWindow: {
                    startTime: "2026-01-04T04:00:00Z",
                    endTime: "2026-01-04T08:00:00Z",
                    recurrence: "FREQ=WEEKLY;BYDAY=SU",
                },
            },
        },
        words: /would go longer than 32d without 48h maintenance availability/,
    },
    {
        kind: "cluster",
        what: "the policy add-on together with Dataplane V2 (G1.53)",
        given: {
            ...CLUSTER,
            datapathProvider: "ADVANCED_DATAPATH",
            networkPolicy: { enabled: true },
        },
        words: /Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH/,
    },
    {
        kind: "pool",
        what: "limits per zone and in total at once (G1.54)",
        given: { cluster: "c", autoscaling: { minNodeCount: 1, totalMaxNodeCount: 3 } },
        words: /per-zone limits .* conflict with total limits/,
    },
    {
        kind: "pool",
        what: "a minimum above the maximum",
        given: { cluster: "c", autoscaling: { totalMinNodeCount: 4, totalMaxNodeCount: 3 } },
        words: /Minimum node count 4 must not be above maximum node count 3/,
    },
    {
        kind: "pool",
        what: "a taint's effect as Kubernetes spells it",
        given: {
            cluster: "c",
            nodeConfig: { taints: [{ key: "a", value: "b", effect: "NoSchedule" }] },
        },
        words: /expected node_config\.0\.taint\.0\.effect to be one of \["NO_SCHEDULE"/,
    },
    {
        kind: "pool",
        what: "a location policy in small letters",
        given: { cluster: "c", autoscaling: { locationPolicy: "balanced" } },
        words: /expected autoscaling\.0\.location_policy to be one of \["BALANCED","ANY"\], got balanced/,
    },
    {
        kind: "cluster",
        what: "a component of monitoring that GKE does not have",
        given: { ...CLUSTER, monitoringConfig: { enableComponents: ["POD", "PODS"] } },
        words: /expected monitoring_config\.0\.enable_components\.1 to be one of .*, got PODS/,
    },
];

describe("the simulated Google Cloud", () => {
    for (const { kind, what, given, words } of MALFORMED) {
        it(`rejects ${what} (${kind})`, () => {
            assert.match(new Place().check(kind, given).join("; "), words);
        });
    }

    it("makes a cluster with the addresses that the arguments decide", () => {
        const place = Place.furnished();
        const open = place.make("cluster", "c", clusterIn(place.base));
        assert.equal(open.id, `projects/${PROJECT}/locations/${REGION}/clusters/platform`);
        assert.match(String(open.outputs["endpoint"]), /^34\./);
        assert.equal(open.outputs["masterVersion"], "1.36.4-gke.1391000");
        const closed = place.make("cluster", "d", {
            ...clusterIn(place.base),
            name: "closed",
            privateClusterConfig: { enablePrivateEndpoint: true },
            masterAuthorizedNetworksConfig: { cidrBlocks: [] },
        });
        assert.match(String(closed.outputs["endpoint"]), /^10\.30\./);
    });

    it("rejects a cluster with a range that its subnet does not have", () => {
        const place = Place.furnished();
        const ipAllocationPolicy = { clusterSecondaryRangeName: "gke-pods" };
        assert.throws(
            () => place.make("cluster", "c", { ...clusterIn(place.base), ipAllocationPolicy }),
            /Pod secondary range "gke-pods" does not exist in network/,
        );
    });

    it("rejects another project's identity pool", () => {
        const place = Place.furnished();
        const workloadIdentityConfig = { workloadPool: "other.svc.id.goog" };
        assert.throws(
            () => place.make("cluster", "c", { ...clusterIn(place.base), workloadIdentityConfig }),
            /only supported Workload Identity Pool is "myapp-platform-dev\.svc\.id\.goog"/,
        );
    });

    it("rejects a second cluster of the same name, and takes it in another location", () => {
        const place = Place.furnished();
        const given = clusterIn(place.base);
        place.make("cluster", "c", given);
        assert.throws(
            () => place.make("cluster", "d", given),
            /Already exists: cluster "platform"/,
        );
        assert.ok(place.make("cluster", "d", { ...given, location: `${REGION}-b` }).id);
    });

    it("upgrades a control plane one minor at a time and rejects everything else", () => {
        const place = Place.furnished();
        const given = { ...clusterIn(place.base), minMasterVersion: "1.35" };
        const { id } = place.make("cluster", "c", given);
        const upgrade = (minMasterVersion: string) =>
            place.update("cluster", "c", id, { minMasterVersion });
        assert.throws(() => upgrade("1.37"), /more than one minor version at a time/);
        upgrade("1.36");
        assert.throws(() => upgrade("1.35"), /Master cannot be downgraded/);
    });

    it("rejects deleting a protected cluster, and takes its pools along with another", () => {
        const place = Place.furnished();
        const { id } = place.make("cluster", "c", clusterIn(place.base));
        const pool = place.make("pool", "p", { cluster: id, name: "general" });
        place.update("cluster", "c", id, { deletionProtection: true });
        assert.throws(() => {
            place.drop("cluster", "c", id);
        }, /Cannot destroy cluster because deletion_protection is set to true/);
        place.update("cluster", "c", id, { deletionProtection: false });
        place.drop("cluster", "c", id);
        assert.equal(place.stands("pool", "p", pool.id), false);
    });

    it("counts the first nodes of a pool in every zone (G1.54)", () => {
        const place = Place.furnished();
        const { id } = place.make("cluster", "c", clusterIn(place.base));
        const given = { cluster: id, name: "general", initialNodeCount: 1 };
        const autoscaling = { totalMinNodeCount: 1, totalMaxNodeCount: 2 };
        assert.throws(
            () => place.make("pool", "p", { ...given, autoscaling }),
            /Initial node count 3 over all zones is above the total maximum 2/,
        );
    });
});
