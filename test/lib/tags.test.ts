import assert from "node:assert/strict";
import type { Tags } from "../../components/lib/tags.ts";
import { toLabels, toTags } from "../../components/lib/tags.ts";

const tags: Tags = {
    project: "myapp",
    environment: "prod",
    site: "main",
    owner: "Platform Team",
    costCentre: "cc/1000",
    extra: { DataClass: "Internal" },
};

describe("lib/tags", () => {
    it("writes tags as AWS and Azure take them", () => {
        assert.deepEqual(toTags(tags), {
            Environment: "prod",
            Project: "myapp",
            ManagedBy: "pulumi",
            Owner: "Platform Team",
            CostCentre: "cc/1000",
            Site: "main",
            DataClass: "Internal",
        });
    });

    it("writes the same tags as labels of Google Cloud", () => {
        assert.deepEqual(toLabels(tags), {
            environment: "prod",
            project: "myapp",
            "managed-by": "pulumi",
            owner: "platform-team",
            "cost-centre": "cc-1000",
            site: "main",
            "data-class": "internal",
        });
    });

    it("cuts labels at the 63 characters that Google Cloud takes", () => {
        const labels = toLabels({ ...tags, extra: { ["k".repeat(80)]: "v".repeat(80) } });
        assert.equal(labels["k".repeat(63)], "v".repeat(63));
    });
});
