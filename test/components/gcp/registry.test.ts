import assert from "node:assert/strict";
import { inspect } from "../../../tools/offline/mocks.ts";
import { DEV, PROD, runSite } from "./site.ts";

const REPOSITORY = "gcp:artifactregistry/repository:Repository";

describe("GcpRegistry", () => {
    it("has one address per image", async () => {
        const { result } = await runSite(DEV);
        const { url, addresses } = result.registry;
        const expected = "europe-west3-docker.pkg.dev/myapp-platform-dev/myapp-dev-gcp-images";
        assert.equal((await inspect(url)).value, expected);
        assert.deepEqual(Object.keys(addresses), ["web", "team/worker"]);
        const worker = addresses["team/worker"];
        assert.ok(worker);
        assert.equal((await inspect(worker)).value, `${expected}/team/worker`);
    });

    it("keeps the newest images and deletes the others, which takes both policies", async () => {
        const { inputs } = (await runSite(DEV)).one(REPOSITORY);
        assert.deepEqual(inputs["cleanupPolicies"], [
            {
                id: "delete-older",
                action: "DELETE",
                condition: { tagState: "ANY", olderThan: "86400s" },
            },
            { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: 20 } },
        ]);
    });

    it("fixes tags where asked for (D30)", async () => {
        const dev = (await runSite(DEV)).one(REPOSITORY).inputs;
        const prod = (await runSite(PROD)).one(REPOSITORY).inputs;
        assert.deepEqual(dev["dockerConfig"], { immutableTags: false });
        assert.deepEqual(prod["dockerConfig"], { immutableTags: true });
    });

    it("scans images and encrypts them with the customer's key", async () => {
        const recorded = await runSite(DEV);
        const repository = recorded.one(REPOSITORY);
        const key = recorded.one("gcp:kms/cryptoKey:CryptoKey", "myapp-dev-gcp-images-key");
        assert.equal(repository.inputs["kmsKeyName"], key.id);
        assert.deepEqual(repository.inputs["vulnerabilityScanningConfig"], {
            enablementConfig: "INHERITED",
        });
    });

    it("refuses deletion in production", async () => {
        const { inputs, options } = (await runSite(PROD)).one(REPOSITORY);
        assert.equal(inputs["deletionPolicy"], "PREVENT");
        assert.equal(options.protect, true);
    });

    it("lets the cluster's nodes pull, from this registry only", async () => {
        const recorded = await runSite(DEV);
        const grant = recorded.one("gcp:artifactregistry/repositoryIamMember:RepositoryIamMember");
        assert.equal(grant.inputs["repository"], "myapp-dev-gcp-images");
        assert.equal(grant.inputs["role"], "roles/artifactregistry.reader");
        assert.equal(
            grant.inputs["member"],
            "serviceAccount:myapp-dev-gcp-nodes@myapp-platform-dev.iam.gserviceaccount.com",
        );
    });
});
