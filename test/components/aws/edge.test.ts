import assert from "node:assert/strict";
import { checkEdge } from "../../../components/aws/edge-checks.ts";
import { describeProblem } from "../../../components/lib/problem.ts";
import { ENVOY, edge } from "./edge-fixtures.ts";
import { PROD } from "./fixtures.ts";
import { EDGE, type EdgeFixture } from "./services.ts";

const refused = (change: Partial<EdgeFixture>, zone?: { domain: string }) =>
    checkEdge({ ...EDGE, ...change, ...(zone && { zone }) }).map(describeProblem);

describe("the way in on AWS with Envoy", function () {
    this.timeout(60_000);

    it("asks for network load balancers that lead straight to pods in all zones", async () => {
        const { result } = await edge(ENVOY);
        const prefix = "service.beta.kubernetes.io/aws-load-balancer";
        assert.deepEqual(result.balancer("public"), {
            loadBalancerClass: "service.k8s.aws/nlb",
            annotations: {
                [`${prefix}-scheme`]: "internet-facing",
                [`${prefix}-nlb-target-type`]: "ip",
                [`${prefix}-attributes`]:
                    "load_balancing.cross_zone.enabled=true,deletion_protection.enabled=false",
                [`${prefix}-target-group-attributes`]: "preserve_client_ip.enabled=true",
            },
        });
        const { annotations } = result.balancer("internal");
        assert.equal(annotations[`${prefix}-scheme`], "internal");
        assert.equal(
            annotations[`${prefix}-target-group-attributes`],
            "preserve_client_ip.enabled=false,proxy_protocol_v2.enabled=true",
        );
    });

    it("protects its balancers where the cluster is protected", async () => {
        const { result } = await edge(ENVOY, PROD);
        assert.match(
            String(Object.values(result.balancer("public").annotations)),
            /deletion_protection\.enabled=true/,
        );
    });

    it("makes nothing else, and has no gateway of the cloud's own", async () => {
        const { result, ...site } = await edge(ENVOY);
        assert.deepEqual(result.ready, []);
        assert.equal(site.resources.filter(({ type }) => /acm|wafv2|s3\//.test(type)).length, 0);
        assert.throws(
            () => result.cloudGateway("public", { name: "public", namespace: "g" }),
            /no gateways of the cloud's own/,
        );
    });

    it("rejects a reach that it was not made for", async () => {
        const { result } = await edge({ ...ENVOY, reaches: ["internal"] });
        assert.throws(() => result.balancer("public"), /there is no public gateway here/);
    });
});

describe("the way in on AWS", () => {
    it("rejects a gateway whose certificate nobody can prove", () => {
        const fix = "Give it a domain of the site's own zone, or choose gateway envoy.";
        const zone = { domain: "aws.example.com" };
        assert.deepEqual(refused({}, zone), []);
        const alone =
            "gateway: cloud needs a domain and the site's own DNS zone, in which ACM proves its certificate.";
        assert.deepEqual(refused({}), [`${alone} ${fix}`]);
        assert.deepEqual(refused({ domain: undefined }, zone), [`${alone} ${fix}`]);
        assert.deepEqual(refused({ domain: "shopaws.example.com" }, zone), [
            `domain: shopaws.example.com does not lie in the site's zone aws.example.com, in which ACM proves its certificate. ${fix}`,
        ]);
    });

    it("rejects a domain that is too long for a certificate of ACM, which Envoy's may be", () => {
        const long = (length: number) => `${"a".repeat(length - 16)}.aws.example.com`;
        const zone = { domain: "aws.example.com" };
        assert.deepEqual(refused({ domain: long(64) }, zone), []);
        assert.deepEqual(refused({ ...ENVOY, domain: long(65) }, zone), []);
        assert.deepEqual(refused({ domain: long(65) }, zone), [
            `domain: ${long(65)} has more than the 64 characters that ACM takes for a certificate's first name. Choose a shorter one, or gateway envoy.`,
        ]);
    });

    it("rejects a firewall that would stand before nothing, and logs kept for too long", () => {
        const message =
            "firewall: true stands only before a public gateway of the cloud's own. Switch it off, or choose gateway cloud and the reach public.";
        const zone = { domain: "aws.example.com" };
        assert.deepEqual(refused({ gateway: "envoy" }), [message]);
        assert.deepEqual(refused({ reaches: ["internal"] }, zone), [message]);
        assert.match(
            refused({ logRetention: "4000 days" }, zone).join(),
            /between 1 and 3653 days/,
        );
    });
});
