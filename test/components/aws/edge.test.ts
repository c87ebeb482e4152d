import assert from "node:assert/strict";
import { AwsDnsZone } from "../../../components/aws/dns-zone.ts";
import { checkEdge } from "../../../components/aws/edge-checks.ts";
import { AwsEdge } from "../../../components/aws/edge.ts";
import type { Reach } from "../../../components/contracts/edge.ts";
import { isChartKey } from "../../../components/kubernetes/charts.ts";
import { describeProblem } from "../../../components/lib/problem.ts";
import { inspect, type RunOptions } from "../../../tools/offline/mocks.ts";
import { DEV, PROD, type SiteArgs } from "./fixtures.ts";
import { EDGE, statements, within, type EdgeFixture } from "./services.ts";

const NAME = `${DEV.name}-edge`;
const ACL = "aws:wafv2/webAcl:WebAcl";
const ENVOY: Partial<EdgeFixture> = { gateway: "envoy", firewall: false };

function edge(change: Partial<EdgeFixture> = {}, site: SiteArgs = DEV, options: RunOptions = {}) {
    return within(
        site,
        ({ foundation, network, cluster, opts }) => {
            const zoned = { domain: "aws.example.com", deletionProtection: false, foundation };
            const zone = new AwsDnsZone(`${site.name}-dns`, zoned, opts);
            const args = { ...EDGE, ...change, foundation, network, cluster, zone };
            return new AwsEdge(`${site.name}-edge`, args, opts);
        },
        options,
    );
}

const gateway = async (reach: Reach, change: Partial<EdgeFixture> = {}, site = DEV) => {
    const made = await edge(change, site);
    const { objects, ...rest } = made.result.cloudGateway(reach, { name: reach, namespace: "g" });
    const object = objects[0]!;
    const { value } = await inspect(object.spec);
    return { made, rest, spec: JSON.parse(JSON.stringify(value)) as Spec, object };
};

interface Spec {
    readonly scheme: string;
    readonly loadBalancerAttributes: readonly { key: string; value: string }[];
    readonly listenerConfigurations: readonly {
        protocolPort: string;
        defaultCertificate: string;
        sslPolicy: string;
        listenerAttributes: readonly { key: string; value: string }[];
    }[];
    readonly wafV2?: { webACL: string };
}

const valuesOf = (list: readonly { key: string; value: string }[]) =>
    Object.fromEntries(list.map(({ key, value }) => [key, value]));

const refused = (change: Partial<EdgeFixture>, zone?: { domain: string }) =>
    checkEdge({ ...EDGE, ...change, ...(zone && { zone }) }).map(describeProblem);

describe("the controller of AWS's balancers", function () {
    this.timeout(60_000);

    it("is a pinned chart that knows its cluster, region and network, and waits for its identity", async () => {
        const site = await edge(ENVOY);
        const { addons } = site.result;
        assert.equal(addons.length, 1);
        const { chart, namespace, values, dependsOn } = addons[0]!;
        assert.ok(isChartKey(chart));
        assert.deepEqual([chart, namespace], ["aws-load-balancer-controller", "kube-system"]);
        const known = (await inspect(values)).value;
        assert.equal(known["clusterName"], DEV.name);
        assert.equal(known["region"], "eu-central-1");
        assert.equal(known["vpcId"], site.one("aws:ec2/vpc:Vpc").id);
        assert.deepEqual(known["controllerConfig"], {
            featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false },
        });
        assert.equal(known["enableServiceMutatorWebhook"], false);
        const urns = await Promise.all(
            dependsOn.map(async ({ urn }) => (await inspect(urn)).value),
        );
        const binding = site.one(
            "aws:eks/podIdentityAssociation:PodIdentityAssociation",
            `${NAME}-balancers`,
        );
        assert.deepEqual(urns, [binding.urn]);
        assert.equal(binding.inputs["serviceAccount"], "aws-load-balancer-controller");
    });

    it("looks after Gateways and their firewall exactly where there are any", async () => {
        const values = async (change: Partial<EdgeFixture>) =>
            (await inspect((await edge(change)).result.addons[0]!.values)).value;
        const cloud = await values({});
        assert.deepEqual(cloud["controllerConfig"], {
            featureGates: { ALBGatewayAPI: true, NLBGatewayAPI: false },
        });
        assert.equal(cloud["enableWafv2"], true);
        assert.equal((await values({ firewall: false }))["enableWafv2"], false);
        assert.equal((await values(ENVOY))["enableWafv2"], false);
    });

    it("changes only what carries its cluster's tag, and gives the tag only to what it makes", async () => {
        const site = await edge(ENVOY);
        const policy = site.one("aws:iam/rolePolicy:RolePolicy", `${NAME}-balancers`);
        const all = statements(policy.inputs["policy"]) as {
            Action: string | string[];
            Resource: string | string[];
            Condition?: { StringEquals: Record<string, unknown> };
        }[];
        const changing = all.filter(({ Resource }) => Resource !== "*");
        const conditions = changing.map(({ Action, Condition }) => [
            [Action].flat()[0],
            Object.entries(Condition?.StringEquals ?? {}),
        ]);
        const tag = "elbv2.k8s.aws/cluster";
        assert.deepEqual(conditions, [
            [
                "iam:CreateServiceLinkedRole",
                [["iam:AWSServiceName", "elasticloadbalancing.amazonaws.com"]],
            ],
            ["ec2:CreateSecurityGroup", [[`aws:RequestTag/${tag}`, DEV.name]]],
            ["ec2:CreateSecurityGroup", []],
            [
                "ec2:CreateTags",
                [
                    [`aws:RequestTag/${tag}`, DEV.name],
                    ["ec2:CreateAction", "CreateSecurityGroup"],
                ],
            ],
            ["ec2:AuthorizeSecurityGroupIngress", [[`aws:ResourceTag/${tag}`, DEV.name]]],
            [
                "ec2:AuthorizeSecurityGroupIngress",
                [[`aws:ResourceTag/kubernetes.io/cluster/${DEV.name}`, "owned"]],
            ],
            ["elasticloadbalancing:CreateLoadBalancer", [[`aws:RequestTag/${tag}`, DEV.name]]],
            [
                "elasticloadbalancing:AddTags",
                [
                    [`aws:RequestTag/${tag}`, DEV.name],
                    [
                        "elasticloadbalancing:CreateAction",
                        ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener", "CreateRule"],
                    ],
                ],
            ],
            [
                "elasticloadbalancing:AddListenerCertificates",
                [[`aws:ResourceTag/${tag}`, DEV.name]],
            ],
        ]);
        const reads = all
            .filter(({ Resource }) => Resource === "*")
            .flatMap(({ Action }) => Action);
        assert.ok(
            reads.every((action) => /:(Describe|Get)/.test(action)),
            reads.join(" "),
        );
    });

    it("has a policy that a role takes, which ends at 10,240 characters", async () => {
        const policy = (await edge()).one("aws:iam/rolePolicy:RolePolicy", `${NAME}-balancers`);
        assert.ok(String(policy.inputs["policy"]).length < 10_240);
    });
});

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

describe("the way in on AWS with its own gateway", function () {
    this.timeout(60_000);

    it("proves its certificate for the domain and the names below it in the zone", async () => {
        const site = await edge();
        const certificate = site.one("aws:acm/certificate:Certificate");
        assert.equal(certificate.inputs["domainName"], "shop.aws.example.com");
        assert.deepEqual(certificate.inputs["subjectAlternativeNames"], ["*.shop.aws.example.com"]);
        assert.equal(certificate.inputs["validationMethod"], "DNS");
        const record = site.one("aws:route53/record:Record");
        assert.equal(record.inputs["zoneId"], site.one("aws:route53/zone:Zone").id);
        assert.equal(record.inputs["type"], "CNAME");
        const { inputs } = site.one("aws:acm/certificateValidation:CertificateValidation");
        assert.deepEqual(inputs["validationRecordFqdns"], [record.outputs["fqdn"]]);
    });

    it("ends TLS 1.2 and newer with that certificate, and adds the protective headers", async () => {
        const { made, rest, spec, object } = await gateway("public");
        assert.deepEqual(
            [object.apiVersion, object.kind, object.name],
            ["gateway.k8s.aws/v1", "LoadBalancerConfiguration", "public"],
        );
        assert.deepEqual(
            { ...rest, sources: [] },
            {
                className: "alb",
                controllerName: "gateway.k8s.aws/alb",
                annotations: {},
                addresses: [],
                parameters: {
                    group: "gateway.k8s.aws",
                    kind: "LoadBalancerConfiguration",
                    name: "public",
                },
                certificateSecrets: false,
                setsHeaders: true,
                sources: [],
            },
        );
        const [listener] = spec.listenerConfigurations;
        assert.equal(listener?.protocolPort, "HTTPS:443");
        assert.equal(
            listener?.defaultCertificate,
            made.one("aws:acm/certificate:Certificate").outputs["arn"],
        );
        assert.equal(listener?.sslPolicy, "ELBSecurityPolicy-TLS13-1-2-Res-2021-06");
        const prefix = "routing.http.response";
        assert.deepEqual(valuesOf(listener?.listenerAttributes ?? []), {
            [`${prefix}.strict_transport_security.header_value`]:
                "max-age=86400; includeSubDomains",
            [`${prefix}.x_content_type_options.header_value`]: "nosniff",
            [`${prefix}.x_frame_options.header_value`]: "DENY",
            [`${prefix}.server.enabled`]: "false",
        });
    });

    it("logs every request into a bucket that only balancers of the account write to", async () => {
        const { made, spec } = await gateway("internal");
        const logs = made.one("aws:s3/bucket:Bucket", `${NAME}-access-logs`);
        assert.deepEqual(valuesOf(spec.loadBalancerAttributes), {
            "deletion_protection.enabled": "false",
            "routing.http.drop_invalid_header_fields.enabled": "true",
            "access_logs.s3.enabled": "true",
            "access_logs.s3.bucket": logs.id,
            "access_logs.s3.prefix": "internal",
        });
        const policy = made.one("aws:s3/bucketPolicy:BucketPolicy", `${NAME}-access-logs`);
        assert.deepEqual(statements(policy.inputs["policy"])[1], {
            Sid: "AccessLog",
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: `${String(logs.outputs["arn"])}/*/AWSLogs/123456789012/*`,
            Condition: {
                ArnLike: {
                    "aws:SourceArn":
                        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/*",
                },
            },
        });
        const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
        const { rules } = made.one(type, `${NAME}-access-logs`).inputs as { rules: unknown[] };
        assert.deepEqual(rules[1], {
            id: "expire",
            status: "Enabled",
            filter: { prefix: "" },
            expiration: { days: 90 },
        });
    });

    it("has a firewall before the public gateway, and none before the internal one", async () => {
        const { made, spec } = await gateway("public");
        assert.deepEqual(spec.wafV2, { webACL: made.one(ACL).outputs["arn"] });
        assert.equal((await gateway("internal")).spec.wafV2, undefined);
        const open = await gateway("public", { firewall: false });
        assert.equal(open.spec.wafV2, undefined);
        assert.deepEqual(open.made.all(ACL), []);
    });

    it("refuses addresses that ask too often, and what AWS knows of attacks", async () => {
        const { inputs, outputs } = (await edge()).one(ACL);
        assert.deepEqual(inputs["defaultAction"], { allow: {} });
        const rules = inputs["rules"] as {
            name: string;
            priority: number;
            action?: unknown;
            overrideAction?: unknown;
            statement: {
                rateBasedStatement?: unknown;
                managedRuleGroupStatement?: { ruleActionOverrides: unknown };
            };
        }[];
        assert.deepEqual(
            rules.map(({ name, priority }) => [priority, name]),
            [
                [0, "rate-limit"],
                [1, "AWSManagedRulesAmazonIpReputationList"],
                [2, "AWSManagedRulesCommonRuleSet"],
                [3, "AWSManagedRulesKnownBadInputsRuleSet"],
                [4, "AWSManagedRulesSQLiRuleSet"],
            ],
        );
        assert.deepEqual(rules[0]?.action, { block: {} });
        assert.deepEqual(rules[0]?.statement.rateBasedStatement, {
            aggregateKeyType: "IP",
            limit: 2000,
            evaluationWindowSec: 300,
        });
        assert.deepEqual(
            rules.slice(1).map(({ overrideAction }) => overrideAction),
            Array.from({ length: 4 }, () => ({ none: {} })),
        );
        assert.deepEqual(rules[2]?.statement.managedRuleGroupStatement?.ruleActionOverrides, [
            { name: "SizeRestrictions_BODY", actionToUse: { count: {} } },
        ]);
        assert.equal(outputs["capacity"], 1127);
    });

    it("keeps the firewall's log encrypted, as long as asked, without what shows who somebody is", async () => {
        const site = await edge();
        const group = site.one("aws:cloudwatch/logGroup:LogGroup", `${NAME}-firewall`);
        assert.equal(group.inputs["name"], `aws-waf-logs-${NAME}`);
        assert.equal(group.inputs["retentionInDays"], 90);
        assert.equal(
            group.inputs["kmsKeyId"],
            site.one("aws:kms/key:Key", `${DEV.name}-logs`).outputs["arn"],
        );
        const { inputs } = site.one(
            "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        );
        assert.deepEqual(inputs["logDestinationConfigs"], [group.outputs["arn"]]);
        assert.deepEqual(inputs["redactedFields"], [
            { singleHeader: { name: "authorization" } },
            { singleHeader: { name: "cookie" } },
        ]);
    });

    it("reaches pods from the subnets that its balancers stand in", async () => {
        const sources = async (reach: Reach) => (await gateway(reach)).rest.sources;
        assert.deepEqual(await sources("public"), [
            "10.0.192.0/20",
            "10.0.208.0/20",
            "10.0.224.0/20",
        ]);
        assert.deepEqual(await sources("internal"), [
            "10.0.0.0/18",
            "10.0.64.0/18",
            "10.0.128.0/18",
        ]);
    });

    it("asks pods straight for their health (G1.35)", async () => {
        const { result } = await edge();
        const backend = {
            service: "web",
            port: 80,
            healthPath: "/health",
            reach: "public",
        } as const;
        const [object] = result.backendObjects(backend);
        assert.deepEqual(object, {
            apiVersion: "gateway.k8s.aws/v1",
            kind: "TargetGroupConfiguration",
            name: "web",
            spec: {
                targetReference: { name: "web" },
                defaultConfiguration: {
                    targetType: "ip",
                    healthCheckConfig: {
                        healthCheckProtocol: "HTTP",
                        healthCheckPath: "/health",
                        healthCheckInterval: 30,
                        healthCheckTimeout: 5,
                        healthyThresholdCount: 2,
                        unhealthyThresholdCount: 2,
                        matcher: { httpCode: "200" },
                    },
                    targetGroupAttributes: [
                        { key: "deregistration_delay.timeout_seconds", value: "60" },
                    ],
                },
            },
        });
    });

    it("is protected as the cluster is, and then remembered by browsers for a year (G1.34)", async () => {
        const { made, spec } = await gateway("public", {}, PROD);
        assert.equal(valuesOf(spec.loadBalancerAttributes)["deletion_protection.enabled"], "true");
        const [listener] = spec.listenerConfigurations;
        const headers = valuesOf(listener?.listenerAttributes ?? []);
        assert.equal(
            headers["routing.http.response.strict_transport_security.header_value"],
            "max-age=31536000; includeSubDomains",
        );
        const logs = made.one("aws:s3/bucket:Bucket", `${PROD.name}-edge-access-logs`);
        assert.deepEqual([logs.options.protect, logs.inputs["forceDestroy"]], [true, false]);
    });

    it("makes the same resources whether outputs are known or not", async () => {
        const unknown = await edge({}, DEV, { preview: true });
        assert.deepEqual(unknown.urns(), (await edge()).urns());
    });

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
