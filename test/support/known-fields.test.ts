import assert from "node:assert/strict";
import { HTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import { unknownFields } from "./known-fields.ts";

/** A route with one more field somewhere. */
const route = (more: { spec?: object; rule?: object; labels?: object } = {}) => ({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "web", namespace: "web", labels: { app: "web", ...more.labels } },
    spec: { rules: [{ backendRefs: [{ name: "web", port: 80 }], ...more.rule }], ...more.spec },
});

const unknown = (data: ReturnType<typeof route>) =>
    unknownFields((watched) => {
        HTTPRoute.prototype.validate.call(watched as never);
    }, data);

describe("unknownFields", () => {
    it("finds none in an object that its schema knows, whatever its labels are", () => {
        assert.deepEqual(unknown(route({ labels: { "any/label": "x" } })), []);
    });

    it("finds a misspelt field, also in a list", () => {
        assert.deepEqual(unknown(route({ spec: { hostname: ["a"] } })), ["spec.hostname"]);
        assert.deepEqual(unknown(route({ rule: { timeout: "1s" } })), ["spec.rules[0].timeout"]);
    });
});
