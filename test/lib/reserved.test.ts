import assert from "node:assert/strict";
import { SECRETS_OPERATOR } from "../../components/contracts/secret-store.ts";
import { DATABASES_NAMESPACE } from "../../components/kubernetes/databases/place.ts";
import * as gateway from "../../components/kubernetes/gateway/places.ts";
import * as operators from "../../components/kubernetes/operators/places.ts";
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
            "azure-alb-system",
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

    it("knows every namespace in which the platform puts something of its own", () => {
        const places = [...Object.values(gateway), ...Object.values(operators), SECRETS_OPERATOR];
        const namespaces = places.flatMap((place) =>
            typeof place === "object" && "namespace" in place ? [place.namespace] : [],
        );
        assert.ok(namespaces.length > 10);
        for (const name of [...namespaces, DATABASES_NAMESPACE]) {
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
        ]) {
            assert.equal(isReservedNamespace(name), false, name);
        }
    });
});
