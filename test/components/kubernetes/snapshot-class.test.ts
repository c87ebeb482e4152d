import assert from "node:assert/strict";
import { CLOUDS } from "../../../components/contracts/cloud.ts";
import type { CloudName } from "../../../components/contracts/cloud.ts";
import { snapshotClass } from "../../../components/kubernetes/snapshot-class.ts";
import { record } from "./record.ts";
import { validate } from "./schemas.ts";
import { FakeCluster, TAGS } from "./site.ts";

/** The class of a cloud, as it is made. */
async function made(cloud: CloudName, tags = TAGS) {
    const resources = await record(() => {
        const { provider, nodes: dependsOn } = new FakeCluster("site");
        snapshotClass("site", { cloud, region: "europe-west3", tags, dependsOn }, { provider });
    });
    const [found, ...others] = resources.filter(({ type }) =>
        type.endsWith(":VolumeSnapshotClass"),
    );
    assert.ok(found);
    assert.deepEqual(others, []);
    return found;
}

describe("snapshotClass", () => {
    const PARAMETERS: Record<CloudName, readonly [driver: string, parameters: object]> = {
        aws: [
            "ebs.csi.aws.com",
            {
                tagSpecification_1: "Environment=dev",
                tagSpecification_2: "Project=myapp",
                tagSpecification_3: "ManagedBy=pulumi",
                tagSpecification_4: "Owner=Platform Team",
                tagSpecification_5: "CostCentre=CC 4711",
                tagSpecification_6: "Site=aws",
            },
        ],
        azure: [
            "disk.csi.azure.com",
            {
                incremental: "true",
                tags: "Environment=dev,Project=myapp,ManagedBy=pulumi,Owner=Platform Team,CostCentre=CC 4711,Site=aws",
            },
        ],
        gcp: [
            "pd.csi.storage.gke.io",
            {
                "storage-locations": "europe-west3",
                labels: "environment=dev,project=myapp,managed-by=pulumi,owner=platform-team,cost-centre=cc-4711,site=aws",
            },
        ],
    };

    for (const cloud of CLOUDS) {
        it(`is the cloud's driver on ${cloud}, whose snapshots are tagged and go when they expire`, async () => {
            const { type, name, inputs, dependsOn } = await made(cloud);
            const [driver, parameters] = PARAMETERS[cloud];
            assert.equal(name, "site-block");
            assert.deepEqual(inputs, {
                apiVersion: "snapshot.storage.k8s.io/v1",
                kind: "VolumeSnapshotClass",
                metadata: { name: "block" },
                driver,
                deletionPolicy: "Delete",
                parameters,
            });
            validate(type, inputs);
            assert.ok(dependsOn.some((urn) => urn.endsWith("NodePool::site-workers")));
        });
    }

    it("would be refused with a field that there is not, or a policy that there is not", async () => {
        const { type, inputs } = await made("aws");
        assert.throws(
            () => validate(type, { ...inputs, deletionPolicy: "Keep" }),
            /deletionPolicy/,
        );
        assert.throws(() => validate(type, { ...inputs, spec: {} }), /additional properties/);
    });
});
