import assert from "node:assert/strict";
import fc from "fast-check";
import { nodeAddresses, planSubnets, serviceCidr } from "../../../components/aws/subnets.ts";
import { LOG_RETENTIONS, logDays } from "../../../components/aws/logs.ts";
import type { Cidr } from "../../../components/lib/cidr.ts";
import { contains, overlaps, subnet } from "../../../components/lib/cidr.ts";
import { DEV, PROD, runSite } from "./fixtures.ts";
import type { SiteArgs } from "./fixtures.ts";

/** A site with another network. */
const withNetwork = (change: Partial<SiteArgs["network"]>): SiteArgs => ({
    ...DEV,
    network: { ...DEV.network, ...change },
});

const blocks = (cidr: Cidr): Cidr[] =>
    Object.values(planSubnets(cidr)).flatMap((tier) => Object.values(tier));

describe("the subnets of an AWS network", () => {
    it("are derived from the block, the private ones the largest (G1.11)", () => {
        assert.deepEqual(planSubnets("10.0.0.0/16"), {
            private: { a: "10.0.0.0/18", b: "10.0.64.0/18", c: "10.0.128.0/18" },
            public: { a: "10.0.192.0/20", b: "10.0.208.0/20", c: "10.0.224.0/20" },
            database: { a: "10.0.240.0/22", b: "10.0.244.0/22", c: "10.0.248.0/22" },
        });
    });

    it("fit into the smallest block that is allowed", () => {
        assert.deepEqual(planSubnets("192.168.16.0/20"), {
            private: { a: "192.168.16.0/22", b: "192.168.20.0/22", c: "192.168.24.0/22" },
            public: { a: "192.168.28.0/24", b: "192.168.29.0/24", c: "192.168.30.0/24" },
            database: { a: "192.168.31.0/26", b: "192.168.31.64/26", c: "192.168.31.128/26" },
        });
    });

    it("lie in the block and never overlap, whatever the block", () => {
        const block = fc
            .tuple(fc.integer({ min: 16, max: 20 }), fc.nat())
            .map(([prefix, index]) => subnet("0.0.0.0/0", prefix, index % 2 ** prefix));
        fc.assert(
            fc.property(block, (cidr) => {
                const all = blocks(cidr);
                assert.equal(all.length, 9);
                assert.ok(all.every((one) => contains(cidr, one)));
                assert.ok(
                    all.every((one, i) => all.every((two, j) => i === j || !overlaps(one, two))),
                );
            }),
        );
    });

    it("leave the nodes all addresses but AWS's own five per subnet", () => {
        assert.equal(nodeAddresses("10.0.0.0/20"), 3 * (1024 - 5));
    });
});

describe("the service addresses of an AWS cluster", () => {
    it("are 172.20.0.0/16, unless the network lies there (G1.10)", () => {
        assert.equal(serviceCidr("10.0.0.0/16"), "172.20.0.0/16");
        assert.equal(serviceCidr("172.20.16.0/20"), "10.100.0.0/16");
    });

    it("never overlap the network", () => {
        for (const cidr of ["10.100.0.0/16", "172.16.0.0/16", "172.20.0.0/16"] as const) {
            assert.equal(overlaps(cidr, serviceCidr(cidr)), false);
        }
    });
});

describe("the retention of logs on AWS", () => {
    it("is never shorter than asked, and one that CloudWatch has", () => {
        assert.equal(logDays("7 days"), 7);
        assert.equal(logDays("45 days"), 60);
        assert.equal(logDays("366 days"), 400);
        for (const days of LOG_RETENTIONS) assert.equal(logDays(`${days} days`), days);
    });
});

describe("an AWS network", function () {
    this.timeout(60_000);

    it("has host names and name resolution (G1.12)", async () => {
        const { inputs } = (await runSite(DEV)).one("aws:ec2/vpc:Vpc");
        assert.equal(inputs["cidrBlock"], "10.0.0.0/16");
        assert.equal(inputs["enableDnsHostnames"], true);
        assert.equal(inputs["enableDnsSupport"], true);
    });

    it("spreads each tier over three zones of the region", async () => {
        const site = await runSite(DEV);
        for (const tier of ["public", "private", "database"]) {
            const zones = ["a", "b", "c"].map(
                (zone) => site.one("aws:ec2/subnet:Subnet", `${DEV.name}-${tier}-${zone}`).inputs,
            );
            assert.deepEqual(
                zones.map((inputs) => inputs["availabilityZone"]),
                ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
            );
        }
    });

    it("leaves out the zone of us-east-1 in which EKS takes no subnets", async () => {
        const foundation = { ...DEV.foundation, region: "us-east-1" };
        const site = await runSite({ ...DEV, foundation });
        const zones = new Set(
            site.all("aws:ec2/subnet:Subnet").map(({ inputs }) => inputs["availabilityZone"]),
        );
        assert.deepEqual([...zones].sort(), ["us-east-1a", "us-east-1c", "us-east-1d"]);
    });

    it("keeps its subnets where they are when AWS adds or loses a zone", async () => {
        for (const { options } of (await runSite(DEV)).all("aws:ec2/subnet:Subnet")) {
            assert.deepEqual(options.ignoreChanges, ["availabilityZone"]);
        }
    });

    it("tags subnets for the discovery of load balancers (G1.16), and gives out no public address", async () => {
        const site = await runSite(DEV);
        const tags = (tier: string) =>
            site.one("aws:ec2/subnet:Subnet", `${DEV.name}-${tier}-a`).inputs["tags"];
        const name = (tier: string) => ({ Name: `${DEV.name}-${tier}-a`, Type: tier });
        assert.deepEqual(tags("public"), { ...name("public"), "kubernetes.io/role/elb": "1" });
        assert.deepEqual(tags("private"), {
            ...name("private"),
            "kubernetes.io/role/internal-elb": "1",
        });
        assert.deepEqual(tags("database"), name("database"));
        for (const { inputs } of site.all("aws:ec2/subnet:Subnet")) {
            assert.equal(inputs["mapPublicIpOnLaunch"], false);
        }
    });

    it("sends all private subnets through one NAT gateway in development", async () => {
        const site = await runSite(DEV);
        const { id } = site.one("aws:ec2/natGateway:NatGateway");
        const ways = ["a", "b", "c"].map(
            (zone) => site.one("aws:ec2/route:Route", `${DEV.name}-private-${zone}`).inputs,
        );
        assert.deepEqual(
            ways.map(({ natGatewayId }) => natGatewayId),
            [id, id, id],
        );
    });

    it("gives each zone its own NAT gateway in production (G1.14)", async () => {
        const site = await runSite(PROD);
        for (const zone of ["a", "b", "c"]) {
            const nat = site.one("aws:ec2/natGateway:NatGateway", `${PROD.name}-${zone}-nat`);
            const place = site.one("aws:ec2/subnet:Subnet", `${PROD.name}-public-${zone}`);
            const way = site.one("aws:ec2/route:Route", `${PROD.name}-private-${zone}`);
            assert.equal(nat.inputs["subnetId"], place.id);
            assert.equal(way.inputs["natGatewayId"], nat.id);
        }
    });

    it("makes NAT gateways after the Internet gateway (G11.6)", async () => {
        const site = await runSite(DEV);
        const internet = site.one("aws:ec2/internetGateway:InternetGateway").urn;
        const nat = site.one("aws:ec2/natGateway:NatGateway");
        assert.ok(nat.options.dependencies.includes(internet));
    });

    it("leads no route out of the database subnets", async () => {
        const site = await runSite(PROD);
        const table = site.one("aws:ec2/routeTable:RouteTable", `${PROD.name}-database`).id;
        const bound = site
            .all("aws:ec2/routeTableAssociation:RouteTableAssociation")
            .filter(({ inputs }) => inputs["routeTableId"] === table);
        assert.equal(bound.length, 3);
        const used = [
            ...site.all("aws:ec2/route:Route").map(({ inputs }) => inputs["routeTableId"]),
            ...site
                .all("aws:ec2/vpcEndpoint:VpcEndpoint")
                .flatMap(({ inputs }) => inputs["routeTableIds"] ?? []),
        ];
        assert.ok(!used.includes(table));
    });

    it("locks the database subnets a second time, by address (D7)", async () => {
        const site = await runSite(DEV);
        const { inputs } = site.one("aws:ec2/networkAcl:NetworkAcl");
        const rule = (ruleNo: number, zone: number, fromPort: number, toPort: number) => ({
            ruleNo: ruleNo + zone * 10,
            action: "allow",
            protocol: "tcp",
            cidrBlock: ["10.0.0.0/18", "10.0.64.0/18", "10.0.128.0/18"][zone],
            fromPort,
            toPort,
        });
        const zones = [0, 1, 2];
        assert.deepEqual(inputs["ingress"], [
            ...zones.map((zone) => rule(100, zone, 5432, 5432)),
            ...zones.map((zone) => rule(200, zone, 6379, 6379)),
        ]);
        assert.deepEqual(
            inputs["egress"],
            zones.map((zone) => rule(100, zone, 1024, 65_535)),
        );
    });

    it("empties the default security group", async () => {
        const { inputs } = (await runSite(DEV)).one(
            "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        );
        assert.deepEqual([inputs["ingress"], inputs["egress"]], [[], []]);
    });

    it("records all flows into an encrypted log group that ends", async () => {
        const site = await runSite(PROD);
        const group = site.one("aws:cloudwatch/logGroup:LogGroup", `${PROD.name}-flow-logs`);
        assert.equal(group.inputs["retentionInDays"], 365);
        assert.equal(
            group.inputs["kmsKeyId"],
            site.one("aws:kms/key:Key", `${PROD.name}-logs`).outputs["arn"],
        );
        const { inputs } = site.one("aws:ec2/flowLog:FlowLog");
        assert.equal(inputs["trafficType"], "ALL");
        assert.equal(inputs["logDestination"], group.outputs["arn"]);
    });

    it("reaches AWS's services privately in production, over HTTPS from inside only", async () => {
        const site = await runSite(PROD);
        const endpoints = site
            .all("aws:ec2/vpcEndpoint:VpcEndpoint")
            .filter(({ inputs }) => inputs["vpcEndpointType"] === "Interface");
        const [group] = site
            .all("aws:ec2/securityGroup:SecurityGroup")
            .filter(({ name }) => name.endsWith("-endpoints"));
        assert.equal(endpoints.length, 13);
        for (const { inputs } of endpoints) {
            assert.equal(inputs["privateDnsEnabled"], true);
            assert.deepEqual(inputs["securityGroupIds"], [group?.id]);
        }
        const rule = site.one(
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            `${PROD.name}-endpoints`,
        ).inputs;
        assert.equal(rule["cidrIpv4"], "10.32.0.0/16");
        assert.deepEqual([rule["fromPort"], rule["toPort"]], [443, 443]);
    });

    it("opens no security group to the world and none to SSH (G1.17)", async () => {
        const site = await runSite(PROD);
        for (const { inputs } of site.all(
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        )) {
            assert.notEqual(inputs["cidrIpv4"], "0.0.0.0/0");
            assert.notEqual(inputs["fromPort"], 22);
        }
        for (const { inputs } of site.all("aws:ec2/securityGroup:SecurityGroup")) {
            assert.equal(inputs["ingress"] ?? inputs["egress"], undefined);
        }
    });

    for (const cidr of ["10.0.0.0/12", "10.0.0.0/21", "10.0.0.1/16", "10.0.0.0", "banana/16"]) {
        it(`rejects the block ${cidr}`, async () => {
            await assert.rejects(runSite(withNetwork({ cidr: cidr as Cidr })), {
                message: new RegExp(`^${DEV.name}: cidr: ${cidr.replaceAll(".", "\\.")} is `),
            });
        });
    }

    for (const logRetention of ["0 days", "3654 days", "1.5 days"] as const) {
        it(`rejects a log retention of ${logRetention}`, async () => {
            await assert.rejects(runSite(withNetwork({ logRetention })), {
                message: `${DEV.name}: logRetention: ${logRetention} is not between 1 and 3653 days, which CloudWatch Logs keeps at most. Choose a period within that.`,
            });
        });
    }
});
