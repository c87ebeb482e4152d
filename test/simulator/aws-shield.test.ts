import assert from "node:assert/strict";

import type { Properties } from "../../simulator/table.ts";
import { Account, replaces } from "./support/aws.ts";

const EIPS = "arn:aws:ec2:eu-central-1:123456789012:eip-allocation";
const BALANCERS = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer";

function protect(account: Account, resourceArn: string, change: Properties = {}, name = "p") {
    return account.make("Protection", name, { resourceArn, ...change });
}

describe("the simulated AWS Shield Advanced", () => {
    it("protects addresses, zones and application load balancers", () => {
        const account = new Account();
        const { id } = account.make("Eip", "e", { domain: "vpc" });
        account.make("Zone", "z", { name: "example.com" });
        const zone = account.id("Zone", "z");
        const { outputs } = protect(account, `${EIPS}/${id}`);
        assert.match(
            String(outputs["arn"]),
            /^arn:aws:shield::123456789012:protection\/[0-9a-f-]{36}$/,
        );
        assert.ok(protect(account, `arn:aws:route53:::hostedzone/${zone}`, {}, "q").id);
        assert.ok(protect(account, `${BALANCERS}/app/web/0123456789abcdef`, {}, "r").id);
    });

    for (const [title, arn, words] of [
        [
            "a network load balancer",
            `${BALANCERS}/net/web/0123456789abcdef`,
            /Unrecognized resource/,
        ],
        [
            "an address by its ARN in EC2",
            EIPS.replace("eip-allocation", "elastic-ip/eipalloc-0a"),
            /Unrecognized/,
        ],
        ["an address that there is not", `${EIPS}/eipalloc-0a1b2c3d4e5f60718`, /does not exist/],
        ["a zone that there is not", "arn:aws:route53:::hostedzone/Z0123456789", /does not exist/],
    ] as const) {
        it(`rejects ${title}`, () => {
            assert.throws(() => protect(new Account(), arn), words);
        });
    }

    it("rejects a second protection of the same, and a name with other letters", () => {
        const account = new Account();
        const balancer = `${BALANCERS}/app/web/0123456789abcdef`;
        assert.throws(() => protect(account, balancer, { name: "the shop's" }), /name/);
        protect(account, balancer);
        assert.throws(() => protect(account, balancer, {}, "q"), /already exists/);
    });

    it("makes a protection anew for something else", () => {
        const [from, to] = [{ resourceArn: "a" }, { resourceArn: "b" }];
        assert.ok(replaces("Protection", from, to));
    });
});
