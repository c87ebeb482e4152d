import assert from "node:assert/strict";
import { isReservedNamespace } from "../../components/lib/reserved.ts";

describe("isReservedNamespace", () => {
    it("knows the namespaces of Kubernetes, the clouds and the platform", () => {
        for (const name of [
            "default",
            "kube-system",
            "external-secrets",
            "gke-managed-cim",
            "databases",
            "observability",
            "gateway",
            "gateway-public",
            "cache-sessions",
            "queue-jobs",
            "stream-events",
            "search-products",
        ]) {
            assert.equal(isReservedNamespace(name), true, name);
        }
    });

    it("leaves names that only resemble them to applications", () => {
        for (const name of [
            "defaults",
            "kubernetes-docs",
            "secrets",
            "my-gke-tool",
            "cache",
            "queues",
            "gateways",
        ]) {
            assert.equal(isReservedNamespace(name), false, name);
        }
    });
});
