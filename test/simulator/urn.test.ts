import assert from "node:assert/strict";

import { logicalName, typeIn } from "../../simulator/urn.ts";

const URN =
    "urn:pulumi:dev::shop::platform:index:Site$platform:aws:Network$aws:ec2/vpc:Vpc::shop-dev";

describe("a URN", () => {
    it("ends in the logical name, whatever that holds", () => {
        assert.equal(logicalName(URN), "shop-dev");
        assert.equal(logicalName(`${URN}::blue`), "shop-dev::blue");
    });

    it("names the resource's own type behind those of its parents", () => {
        assert.equal(typeIn(URN), "aws:ec2/vpc:Vpc");
        assert.equal(
            typeIn("urn:pulumi:dev::shop::random:index/randomId:RandomId::x"),
            "random:index/randomId:RandomId",
        );
    });
});
