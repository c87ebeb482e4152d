import assert from "node:assert/strict";
import type { Reach } from "../../../components/contracts/edge.ts";
import { NAME, edge, gateway, valuesOf } from "./edge-fixtures.ts";
import { DEV, PROD } from "./fixtures.ts";
import { statements } from "./services.ts";

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
});
