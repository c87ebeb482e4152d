import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { Provider } from "@pulumi/aws/provider.js";
import { run } from "../../tools/offline/mocks.ts";

class Box extends pulumi.ComponentResource {}

const URN = "urn:pulumi:stack::project::";

async function aliasesOf(
    box: pulumi.ComponentResourceOptions,
    vpc: pulumi.CustomResourceOptions,
): Promise<readonly string[]> {
    const recorded = await run(() => {
        const provider = new Provider("p", { region: "eu-central-1" });
        const parent = new Box("test:index:Box", "new", {}, box);
        new Vpc("new-net", { cidrBlock: "10.0.0.0/16" }, { parent, provider, ...vpc });
    });
    return recorded.one("aws:ec2/vpc:Vpc").options.aliases;
}

describe("the aliases of a resource", () => {
    it("are none where the program names none", async () => {
        assert.deepEqual(await aliasesOf({}, {}), []);
    });

    it("are whole URNs, whatever part of them the program names", async () => {
        const aliases = [
            { name: "old-net" },
            { parent: pulumi.rootStackResource },
            `${URN}a:b:C::d`,
        ];
        assert.deepEqual(await aliasesOf({}, { aliases }), [
            `${URN}test:index:Box$aws:ec2/vpc:Vpc::old-net`,
            `${URN}aws:ec2/vpc:Vpc::new-net`,
            `${URN}a:b:C::d`,
        ]);
    });

    it("come down from a parent, whose old name they begin with", async () => {
        assert.deepEqual(await aliasesOf({ aliases: [{ name: "old" }] }, {}), [
            `${URN}test:index:Box$aws:ec2/vpc:Vpc::old-net`,
        ]);
        assert.deepEqual(await aliasesOf({ aliases: [{ type: "test:index:Case" }] }, {}), [
            `${URN}test:index:Case$aws:ec2/vpc:Vpc::new-net`,
        ]);
    });
});
