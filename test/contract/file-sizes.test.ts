import assert from "node:assert/strict";
import { get } from "../../simulator/paths.ts";
import { runStack } from "../../tools/offline/stack.ts";

const SITES = {
    azure: {
        site: {
            cloud: "azure",
            region: "westeurope",
            subscription: "12345678-9abc-4def-8123-456789abcdef",
        },
        room: ["azure-native:storage:FileShare", "shareQuota"],
        claimed: "100Gi",
    },
    gcp: {
        site: { cloud: "gcp", region: "europe-west3", project: "my-project-id" },
        room: ["gcp:filestore/instance:Instance", "fileShares.capacityGb"],
        claimed: "1024Gi",
    },
} as const;

/** The whole program with one site, whose one application mounts shared files of this size. */
function withFiles(cloud: keyof typeof SITES, size: string) {
    return runStack("dev", {
        config: {
            "platform:environment": "dev",
            "platform:owner": "team",
            "platform:costCentre": "cc-1",
            "platform:sites": { main: SITES[cloud].site },
            "platform:apiAccess": { cidrs: ["203.0.113.0/24"] },
            "platform:sharedFiles": { media: { size } },
            "platform:applications": {
                shop: {
                    image: "ghcr.io/acme/shop:1.4.2",
                    volumes: { media: { kind: "shared", files: "media", path: "/media" } },
                },
            },
        },
    });
}

describe("the size of shared files, from the settings to the cloud", function () {
    this.timeout(60_000);

    for (const cloud of ["azure", "gcp"] as const) {
        it(`reaches ${cloud}, and leaves claims as they are`, async () => {
            const recorded = await withFiles(cloud, "2048 GiB");
            const { room, claimed } = SITES[cloud];
            const [type, path] = room;
            const claim = recorded.one("kubernetes:core/v1:PersistentVolumeClaim").inputs;
            assert.equal(get(recorded.one(type).inputs, path), 2048);
            assert.equal(get(claim, "spec.resources.requests.storage"), claimed);
        });
    }
});
