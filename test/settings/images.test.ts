import assert from "node:assert/strict";
import { imageFault } from "../../components/settings/images.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

describe("images", () => {
    it("accepts a tag, a digest or both, on any registry", () => {
        const good = [
            "nginx:1.29.3",
            "ghcr.io/acme/shop:1.4.2",
            "localhost:5000/shop:v1",
            "registry:5000/a/b/c:x",
            `nginx@${digest}`,
            `host.example.com:443/a/b:1.0@${digest}`,
            `nginx:latest@${digest}`,
            "a/b__c-d.e:latest-1",
        ];
        for (const image of good) assert.equal(imageFault(image), undefined, image);
    });

    it("rejects what is not pinned or no reference", () => {
        const bad = [
            "",
            "nginx",
            "nginx:",
            "nginx:latest",
            "localhost:5000/nginx",
            "Nginx:1",
            "ng inx:1",
            "nginx@sha256:0123",
            `nginx@${digest}@${digest}`,
            "nginx:1:2",
            "https://ghcr.io/acme/shop:1",
            "/nginx:1",
            "nginx/:1",
        ];
        for (const image of bad) assert.equal(typeof imageFault(image), "string", image);
    });
});
