import assert from "node:assert/strict";
import { CLOUDS } from "../../../components/contracts/cloud.ts";
import {
    blockClass,
    disk,
    storageClasses,
} from "../../../components/kubernetes/storage-classes.ts";
import { record } from "./record.ts";
import { validate } from "./schemas.ts";
import { FakeCluster, TAGS } from "./site.ts";

describe("storageClasses (G3.27)", () => {
    for (const cloud of CLOUDS) {
        it(`makes two classes of encrypted volumes that can grow on ${cloud}`, async () => {
            const resources = await record(() => {
                const { provider } = new FakeCluster("site");
                storageClasses("site", { cloud, tags: TAGS }, { provider });
            });
            const made = resources.filter(({ type }) => type.endsWith(":StorageClass"));
            assert.deepEqual(
                made.map(({ name, inputs }) => [name, inputs["metadata"], inputs["reclaimPolicy"]]),
                [
                    ["site-block", { name: "block" }, "Delete"],
                    ["site-block-retain", { name: "block-retain" }, "Retain"],
                ],
            );
            for (const { type, inputs } of made) {
                validate(type, inputs);
                assert.equal(inputs["volumeBindingMode"], "WaitForFirstConsumer");
                assert.equal(inputs["allowVolumeExpansion"], true);
            }
        });
    }

    it("asks AWS for encryption, and has what is asked for everywhere else", () => {
        assert.deepEqual(disk("aws", TAGS), {
            provisioner: "ebs.csi.aws.com",
            parameters: {
                "csi.storage.k8s.io/fstype": "ext4",
                type: "gp3",
                encrypted: "true",
                tagSpecification_1: "Environment=dev",
                tagSpecification_2: "Project=myapp",
                tagSpecification_3: "ManagedBy=pulumi",
                tagSpecification_4: "Owner=Platform Team",
                tagSpecification_5: "CostCentre=CC 4711",
                tagSpecification_6: "Site=aws",
            },
        });
        assert.deepEqual(disk("azure", { ...TAGS, owner: "a=b,c" }), {
            provisioner: "disk.csi.azure.com",
            parameters: {
                "csi.storage.k8s.io/fstype": "ext4",
                skuName: "Premium_LRS",
                tags: "Environment=dev,Project=myapp,ManagedBy=pulumi,Owner=a-b-c,CostCentre=CC 4711,Site=aws",
            },
        });
        assert.deepEqual(disk("gcp", TAGS), {
            provisioner: "pd.csi.storage.gke.io",
            parameters: {
                "csi.storage.k8s.io/fstype": "ext4",
                type: "pd-balanced",
                labels: "environment=dev,project=myapp,managed-by=pulumi,owner=platform-team,cost-centre=cc-4711,site=aws",
            },
        });
    });

    it("keeps the volumes of what is protected", () => {
        assert.deepEqual([blockClass(true), blockClass(false)], ["block-retain", "block"]);
    });
});
