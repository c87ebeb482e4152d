import assert from "node:assert/strict";
import { isReservedNamespace, isReservedVariable } from "../../components/lib/reserved.ts";

describe("isReservedNamespace", () => {
    it("knows the namespaces of Kubernetes, the clouds and the platform", () => {
        for (const name of ["default", "kube-system", "external-secrets", "gke-managed-cim"]) {
            assert.equal(isReservedNamespace(name), true, name);
        }
    });

    it("leaves names that only resemble them to applications", () => {
        for (const name of ["defaults", "kubernetes-docs", "secrets", "my-gke-tool"]) {
            assert.equal(isReservedNamespace(name), false, name);
        }
    });
});

describe("isReservedVariable", () => {
    it("keeps libpq's variables only where there is a database", () => {
        assert.equal(isReservedVariable("PGHOST", true), true);
        assert.equal(isReservedVariable("PGHOST", false), false);
    });

    it("keeps the pod's own in any case", () => {
        assert.equal(isReservedVariable("POD_IP", true), true);
        assert.equal(isReservedVariable("POD_IP", false), true);
    });
});
