import * as pulumi from "@pulumi/pulumi";
import type { Backend, BalancerService, EdgeObject, Reach } from "../contracts/edge.ts";

const SCHEMES: Readonly<Record<Reach, string>> = {
    internal: "internal",
    public: "internet-facing",
};

/** The controller's own objects, in the version that it stores since 3.5. */
const API_VERSION = "gateway.k8s.aws/v1";

/** Where an object of the controller's is named from. */
export const PARAMETERS = { group: "gateway.k8s.aws", kind: "LoadBalancerConfiguration" } as const;

/** TLS 1.2 with forward secrecy and TLS 1.3, and nothing older. */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/** How long browsers come over TLS only: a year, or a day where nothing is protected and may soon be gone. */
const REMEMBERED = { protected: 31_536_000, open: 86_400 } as const;

/** `key=value,…`, as annotations hold attributes. */
function attributes(values: Readonly<Record<string, string | boolean>>): string {
    return Object.entries(values)
        .map(([key, value]) => `${key}=${value}`)
        .join(",");
}

/** The same as the controller's objects hold them. */
function attributeList<V extends pulumi.Input<string>>(values: Readonly<Record<string, V>>) {
    return Object.entries(values).map(([key, value]) => ({ key, value }));
}

const SERVICE = "service.beta.kubernetes.io/aws-load-balancer";

/** Subnets, and the Elastic IP that a balancer has in each of them. */
export interface BalancerAddresses {
    readonly subnets: readonly pulumi.Input<string>[];
    readonly allocations: readonly pulumi.Input<string>[];
}

/** What a network load balancer is made with. */
export interface NetworkBalancerArgs {
    readonly reach: Reach;
    readonly deletionProtection: boolean;
    /** @default - AWS's own */
    readonly addresses?: BalancerAddresses;
}

/**
 * A Service with a network load balancer that leads straight to the pods, in whatever zone they run.
 *
 * From the internet, clients keep their addresses. Inside they cannot: a pod that reaches its own node through the balancer
 * would get the answer past it. There the balancer tells them instead.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export function networkBalancer(args: NetworkBalancerArgs): BalancerService {
    const { reach, deletionProtection, addresses } = args;
    return {
        loadBalancerClass: "service.k8s.aws/nlb",
        // The controller leaves a balancer that stands the addresses that it has.
        ...(addresses && { variant: "protected" }),
        annotations: {
            [`${SERVICE}-scheme`]: SCHEMES[reach],
            [`${SERVICE}-nlb-target-type`]: "ip",
            [`${SERVICE}-attributes`]: attributes({
                "load_balancing.cross_zone.enabled": true,
                "deletion_protection.enabled": deletionProtection,
            }),
            [`${SERVICE}-target-group-attributes`]: attributes({
                "preserve_client_ip.enabled": reach === "public",
                ...(reach === "internal" && { "proxy_protocol_v2.enabled": true }),
            }),
            ...(addresses && {
                [`${SERVICE}-subnets`]: joined(addresses.subnets),
                [`${SERVICE}-eip-allocations`]: joined(addresses.allocations),
            }),
        },
        ...(reach === "internal" && { proxyProtocol: true }),
    };
}

/** A list as annotations hold it. */
function joined(values: readonly pulumi.Input<string>[]): pulumi.Output<string> {
    return pulumi.all([...values]).apply((known) => known.join(","));
}

/** What an application load balancer is made with. */
export interface ApplicationBalancerArgs {
    readonly reach: Reach;
    readonly certificateArn: pulumi.Input<string>;
    /** The bucket that its access log goes to. */
    readonly logs: pulumi.Input<string>;
    /** The firewall in front of it. @default - none */
    readonly aclArn?: pulumi.Input<string>;
    /** True if AWS Shield Advanced protects it. */
    readonly shield: boolean;
    readonly deletionProtection: boolean;
}

/**
 * The object that says how the controller makes an application load balancer of a Gateway.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/loadbalancerconfig/
 */
export function applicationBalancer(name: string, args: ApplicationBalancerArgs): EdgeObject {
    const { reach, aclArn, shield } = args;
    return {
        apiVersion: API_VERSION,
        kind: PARAMETERS.kind,
        name,
        spec: {
            scheme: SCHEMES[reach],
            ipAddressType: "ipv4",
            loadBalancerAttributes: attributeList({
                "deletion_protection.enabled": String(args.deletionProtection),
                "routing.http.drop_invalid_header_fields.enabled": "true",
                "access_logs.s3.enabled": "true",
                "access_logs.s3.bucket": args.logs,
                "access_logs.s3.prefix": reach,
            }),
            listenerConfigurations: [
                {
                    protocolPort: "HTTPS:443",
                    defaultCertificate: args.certificateArn,
                    sslPolicy: TLS_POLICY,
                    listenerAttributes: protectiveHeaders(args.deletionProtection),
                },
            ],
            ...(aclArn !== undefined && { wafV2: { webACL: aclArn } }),
            ...(shield && { shieldConfiguration: { enabled: true } }),
        },
    };
}

/**
 * The headers that the balancer adds to answers: a filter of a route cannot.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
function protectiveHeaders(deletionProtection: boolean) {
    const seconds = deletionProtection ? REMEMBERED.protected : REMEMBERED.open;
    const header = (name: string) => `routing.http.response.${name}.header_value`;
    return attributeList({
        [header("strict_transport_security")]: `max-age=${seconds}; includeSubDomains`,
        [header("x_content_type_options")]: "nosniff",
        [header("x_frame_options")]: "DENY",
        "routing.http.response.server.enabled": "false",
    });
}

/**
 * The object beside a Service that says how the balancer reaches its pods: straight, and only those that answered 200 twice
 * in a row (G1.35).
 */
export function targetGroup({ service, healthPath }: Backend): EdgeObject {
    return {
        apiVersion: API_VERSION,
        kind: "TargetGroupConfiguration",
        name: service,
        spec: {
            targetReference: { name: service },
            defaultConfiguration: {
                targetType: "ip",
                healthCheckConfig: {
                    healthCheckProtocol: "HTTP",
                    healthCheckPath: healthPath,
                    healthCheckInterval: 30,
                    healthCheckTimeout: 5,
                    healthyThresholdCount: 2,
                    unhealthyThresholdCount: 2,
                    matcher: { httpCode: "200" },
                },
                targetGroupAttributes: attributeList({
                    "deregistration_delay.timeout_seconds": "60",
                }),
            },
        },
    };
}
