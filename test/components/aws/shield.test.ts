import assert from "node:assert/strict";
import { inspect } from "../../../tools/offline/mocks.ts";
import { ENVOY, NAME, edge, gateway } from "./edge-fixtures.ts";
import { statements, type EdgeFixture } from "./services.ts";

const EIP = "aws:ec2/eip:Eip";
const PROTECTION = "aws:shield/protection:Protection";
const ADVANCED: Partial<EdgeFixture> = { ddosProtection: "advanced" };
const ZONES = ["a", "b", "c"] as const;

type Made = Awaited<ReturnType<typeof edge>>;

const arnOfZone = (made: Made) =>
    `arn:aws:route53:::hostedzone/${String(made.one("aws:route53/zone:Zone").outputs["zoneId"])}`;

/** What is protected, by the name of the protection. */
const protectedBy = (made: Made) =>
    Object.fromEntries(
        made.all(PROTECTION).map(({ inputs }) => [inputs["name"], inputs["resourceArn"]]),
    );

async function readyOf(made: Made): Promise<unknown[]> {
    return Promise.all(made.result.ready.map(async ({ urn }) => (await inspect(urn)).value));
}

async function statementsOf(change: Partial<EdgeFixture>) {
    const made = await edge(change);
    const policy = made.one("aws:iam/rolePolicy:RolePolicy", `${NAME}-balancers`);
    return statements(policy.inputs["policy"]).filter(({ Action }) =>
        JSON.stringify(Action).includes("shield:"),
    );
}

const enableShield = async (change: Partial<EdgeFixture>) =>
    (await inspect((await edge(change)).result.addons[0]!.values)).value["enableShield"];

describe("Shield Advanced", function () {
    this.timeout(60_000);

    it("is not there unless it is asked for", async () => {
        for (const change of [{}, ENVOY]) {
            const made = await edge(change);
            assert.deepEqual(made.names(PROTECTION), []);
            assert.equal(await enableShield(change), false);
            assert.deepEqual(await statementsOf(change), []);
        }
    });

    it("protects the zone and the addresses of the public network balancer, one in each zone", async () => {
        const made = await edge({ ...ENVOY, ...ADVANCED });
        const idOf = (zone: string) => made.one(EIP, `${NAME}-public-${zone}`).id;
        assert.deepEqual(protectedBy(made), {
            [`${NAME}-public-zone`]: arnOfZone(made),
            ...Object.fromEntries(
                ZONES.map((zone) => [
                    `${NAME}-public-${zone}`,
                    `arn:aws:ec2:eu-central-1:123456789012:eip-allocation/${idOf(zone)}`,
                ]),
            ),
        });
        const prefix = "service.beta.kubernetes.io/aws-load-balancer";
        const { annotations } = made.result.balancer("public");
        const known = (await inspect(annotations)).value;
        assert.equal(known[`${prefix}-eip-allocations`], ZONES.map(idOf).join(","));
        const subnets = made
            .all("aws:ec2/subnet:Subnet")
            .filter(({ urn }) => /-public-[abc]$/.test(urn));
        assert.equal(known[`${prefix}-subnets`], subnets.map(({ id }) => id).join(","));
        assert.deepEqual(
            Object.keys(made.result.balancer("internal").annotations).filter((key) =>
                /eip|subnets/.test(key),
            ),
            [],
        );
    });

    it("asks for a balancer of its own kind, since one that stands keeps its addresses", async () => {
        const { result } = await edge({ ...ENVOY, ...ADVANCED });
        assert.equal(result.balancer("public").variant, "protected");
        assert.equal(result.balancer("internal").variant, undefined);
    });

    it("stands before a balancer is asked for", async () => {
        const made = await edge({ ...ENVOY, ...ADVANCED });
        const urns = made.all(PROTECTION).map(({ urn }) => urn);
        assert.deepEqual((await readyOf(made)).sort(), urns.sort());
    });

    it("leaves the controller of network balancers alone", async () => {
        assert.equal(await enableShield({ ...ENVOY, ...ADVANCED }), false);
        assert.deepEqual(await statementsOf({ ...ENVOY, ...ADVANCED }), []);
    });

    it("lets the controller protect the public application balancer", async () => {
        const { made, spec } = await gateway("public", ADVANCED);
        assert.deepEqual(spec.shieldConfiguration, { enabled: true });
        assert.deepEqual(protectedBy(made), { [`${NAME}-public-zone`]: arnOfZone(made) });
        assert.ok((await readyOf(made)).includes(made.one(PROTECTION).urn));
        assert.equal(await enableShield(ADVANCED), true);
        assert.deepEqual(await statementsOf(ADVANCED), [
            {
                Effect: "Allow",
                Action: ["shield:GetSubscriptionState", "shield:CreateProtection"],
                Resource: "*",
            },
            {
                Effect: "Allow",
                Action: ["shield:DescribeProtection", "shield:DeleteProtection"],
                Resource: "arn:aws:shield::123456789012:protection/*",
            },
        ]);
    });

    it("leaves the internal application balancer as it is", async () => {
        const { spec } = await gateway("internal", ADVANCED);
        assert.equal(spec.shieldConfiguration, undefined);
    });

    it("needs no more characters than a role's policy has", async () => {
        const made = await edge(ADVANCED);
        const policy = made.one("aws:iam/rolePolicy:RolePolicy", `${NAME}-balancers`);
        assert.ok(String(policy.inputs["policy"]).length < 10_240);
    });

    it("rejects to guard what nobody reaches from the internet", async () => {
        await assert.rejects(
            edge({ ...ENVOY, ...ADVANCED, reaches: ["internal"] }),
            /ddosProtection: advanced guards public gateways, and there is none\./,
        );
    });

    it("makes the same resources whether outputs are known or not", async () => {
        const known = await edge({ ...ENVOY, ...ADVANCED });
        const unknown = await edge({ ...ENVOY, ...ADVANCED }, undefined, { preview: true });
        assert.deepEqual(unknown.urns(), known.urns());
    });
});
