import assert from "node:assert/strict";
import fc from "fast-check";
import {
    applicationLabels,
    imageVersion,
    labelValue,
    namespaceLabels,
} from "../../../components/kubernetes/labels.ts";
import { TAGS } from "./site.ts";

const VALID = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

describe("labelValue", () => {
    it("makes a valid value of any text", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
                assert.match(labelValue(text), VALID);
            }),
        );
    });

    it("leaves a valid value as it is", () => {
        assert.equal(labelValue("team-a_1.2"), "team-a_1.2");
    });
});

describe("imageVersion", () => {
    it("is the tag, or the first digits of the digest", () => {
        const digest = "a".repeat(64);
        assert.equal(imageVersion("ghcr.io/example/web:1.2.3"), "1.2.3");
        assert.equal(imageVersion(`ghcr.io/example/web:1.2.3@sha256:${digest}`), "1.2.3");
        assert.equal(imageVersion(`localhost:5000/web@sha256:${digest}`), "aaaaaaaaaaaa");
    });
});

describe("applicationLabels", () => {
    it("says what it is, who answers for it and who pays", () => {
        assert.deepEqual(applicationLabels("web", { ...TAGS, extra: { DataClass: "Internal!" } }), {
            "app.kubernetes.io/name": "web",
            "app.kubernetes.io/part-of": "myapp",
            "app.kubernetes.io/managed-by": "pulumi",
            environment: "dev",
            project: "myapp",
            "managed-by": "pulumi",
            owner: "platform-team",
            "cost-centre": "cc-4711",
            site: "aws",
            "data-class": "internal",
        });
    });
});

describe("namespaceLabels", () => {
    it("lets no tag of the user's weaken the Pod Security profile", () => {
        const labels = namespaceLabels(
            "web",
            { ...TAGS, extra: { "pod-security.kubernetes.io/enforce": "privileged", Name: "x" } },
            "1.36",
        );
        assert.equal(labels["pod-security.kubernetes.io/enforce"], "restricted");
        assert.equal(labels["name"], "web");
    });
});
