import assert from "node:assert/strict";
import { siteOf, stack } from "./support.ts";

describe("the way in that says next to nothing", () => {
    const gateway = (environment: string, more: object) =>
        siteOf(stack({ environment, gateway: more })).gateway;

    it("has browsers' certificates in prod only, and elsewhere those of the staging directory (G3.21)", () => {
        const signed = (environment: string) =>
            gateway(environment, { domain: "example.com", email: "a@example.com" }).certificates;
        assert.equal(signed("dev"), "letsencrypt-staging");
        assert.equal(signed("staging"), "letsencrypt-staging");
        assert.equal(signed("prod"), "letsencrypt");
    });

    it("keeps a zone for its domain, and an authority of its own where there is none", () => {
        const { zone } = gateway("dev", { domain: "example.com", email: "a@example.com" });
        assert.equal(zone, true);
        const bare = gateway("dev", {});
        assert.deepEqual([bare.zone, bare.certificates], [false, "private"]);
    });
});
