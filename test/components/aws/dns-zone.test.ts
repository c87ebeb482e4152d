import assert from "node:assert/strict";
import { AwsDnsZone } from "../../../components/aws/dns-zone.ts";
import { inspect, type RunOptions } from "../../../tools/offline/mocks.ts";
import { once } from "../../support/once.ts";
import { DEV } from "./fixtures.ts";
import { statements, within } from "./services.ts";

const ZONE = "aws:route53/zone:Zone";
const NAME = `${DEV.name}-dns`;

/** A zone with one workload that changes its records. */
const zone = once(
    (
        domain: string = "aws.example.com",
        deletionProtection: boolean = false,
        options: RunOptions = {},
    ) =>
        within(
            DEV,
            ({ foundation, cluster, opts }) => {
                const made = new AwsDnsZone(NAME, { domain, deletionProtection, foundation }, opts);
                const pods = { namespace: "dns", serviceAccount: "dns" };
                const identity = cluster.identity(`${NAME}-pods`, pods);
                made.grant(`${NAME}-pods-dns`, { cluster, identity });
                return { made, solver: made.solver(identity) };
            },
            options,
        ),
);

describe("an AWS DNS zone", function () {
    this.timeout(60_000);

    it("is public, and tells its name servers", async () => {
        const site = await zone();
        const { inputs, outputs } = site.one(ZONE);
        assert.equal(inputs["name"], "aws.example.com");
        assert.equal(inputs["vpcs"], undefined);
        const { made } = site.result;
        assert.equal(made.domain, "aws.example.com");
        assert.deepEqual((await inspect(made.nameServers)).value, outputs["nameServers"]);
    });

    it("goes with its records unless it is protected", async () => {
        const [open, guarded] = [await zone(), await zone(undefined, true)];
        assert.equal(open.one(ZONE).inputs["forceDestroy"], true);
        assert.equal(open.one(ZONE).options.protect, false);
        assert.equal(guarded.one(ZONE).inputs["forceDestroy"], false);
        assert.equal(guarded.one(ZONE).options.protect, true);
    });

    it("gives external-dns this zone and no other", async () => {
        const site = await zone();
        assert.deepEqual((await inspect(site.result.made.externalDns)).value, {
            provider: { name: "aws" },
            extraArgs: [`--zone-id-filter=${site.one(ZONE).id}`],
            env: [{ name: "AWS_REGION", value: "eu-central-1" }],
        });
    });

    it("gives cert-manager its id, and no credentials", async () => {
        const site = await zone();
        assert.deepEqual((await inspect(site.result.solver)).value, {
            route53: { region: "eu-central-1", hostedZoneID: site.one(ZONE).id },
        });
    });

    it("lets a workload change this zone's records, of the types that controllers make", async () => {
        const site = await zone();
        const arn = `arn:aws:route53:::hostedzone/${site.one(ZONE).id}`;
        const { inputs } = site.one("aws:iam/rolePolicy:RolePolicy", `${NAME}-pods-dns`);
        assert.equal(inputs["role"], site.one("aws:iam/role:Role", `${NAME}-pods`).id);
        assert.deepEqual(statements(inputs["policy"]), [
            {
                Effect: "Allow",
                Action: "route53:ChangeResourceRecordSets",
                Resource: arn,
                Condition: {
                    "ForAllValues:StringEquals": {
                        "route53:ChangeResourceRecordSetsRecordTypes": [
                            "A",
                            "AAAA",
                            "CNAME",
                            "TXT",
                        ],
                    },
                },
            },
            {
                Effect: "Allow",
                Action: ["route53:ListResourceRecordSets", "route53:ListTagsForResources"],
                Resource: arn,
            },
            {
                Effect: "Allow",
                Action: "route53:GetChange",
                Resource: "arn:aws:route53:::change/*",
            },
            { Effect: "Allow", Action: "route53:ListHostedZones", Resource: "*" },
        ]);
    });

    it("makes the same resources whether outputs are known or not", async () => {
        const unknown = await zone(undefined, false, { preview: true });
        assert.deepEqual(unknown.urns(), (await zone()).urns());
    });

    for (const domain of ["Example.com", "example.com.", "example", "a..example.com", ""]) {
        it(`rejects ${JSON.stringify(domain)} as a domain`, async () => {
            await assert.rejects(zone(domain), {
                message: `${NAME}: domain: ${domain} is no domain in lower case without a dot at its end. Write it like aws.example.com.`,
            });
        });
    }
});
