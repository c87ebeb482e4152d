import * as pulumi from "@pulumi/pulumi";
import type { ClusterAddon } from "../contracts/cluster.ts";
import { isAdvanced } from "../contracts/ddos.ts";
import type { DnsZone } from "../contracts/dns-zone.ts";
import type {
    Backend,
    BalancerService,
    CloudGateway,
    Edge,
    EdgeArgs,
    EdgeObject,
    GatewayPlace,
    Reach,
} from "../contracts/edge.ts";
import { refuse } from "../lib/errors.ts";
import { amount } from "../lib/units.ts";
import { balancerController } from "./balancer-controller.ts";
import { logRules } from "./bucket-rules.ts";
import type { PrivateBucket } from "./bucket.ts";
import { privateBucket } from "./bucket.ts";
import type { AwsCluster } from "./cluster.ts";
import { AwsDnsZone } from "./dns-zone.ts";
import { domainCertificate } from "./edge-certificate.ts";
import { checkEdge } from "./edge-checks.ts";
import type { Firewall } from "./edge-firewall.ts";
import { webFirewall } from "./edge-firewall.ts";
import { PARAMETERS, applicationBalancer, networkBalancer, targetGroup } from "./edge-objects.ts";
import type { AwsFoundation } from "./foundation.ts";
import type { Statement } from "./iam.ts";
import type { AwsNetwork } from "./network.ts";
import type { Shield } from "./shield.ts";
import { makeShield } from "./shield.ts";

/** The way in's arguments on AWS. */
export interface AwsEdgeArgs extends EdgeArgs {
    readonly foundation: AwsFoundation;
    readonly network: AwsNetwork;
    readonly cluster: AwsCluster;
    /** The zone in which certificates are proved. @default - none, which `gateway: cloud` refuses */
    readonly zone?: DnsZone<AwsCluster>;
}

/** What application load balancers share. */
interface Application {
    /** Known once ACM has seen the proof. */
    readonly certificateArn: pulumi.Output<string>;
    readonly logs: PrivateBucket;
    readonly firewall: Firewall | undefined;
    readonly ready: readonly pulumi.Resource[];
}

/**
 * The way into a site on AWS: the AWS Load Balancer Controller with no more rights than its cluster's balancers need.
 *
 * With `gateway: envoy` network load balancers pass on what they do not read, and have no log: Envoy has. With
 * `gateway: cloud` application load balancers end TLS (1.2 and newer) with a certificate for the domain and the names below
 * it, log every request into a bucket, and, where they face the internet, have a web application firewall in front. The
 * types of the Gateway API, which they are asked for by, have to stand before the controller is installed: none of its
 * charts brings them.
 *
 * With `ddosProtection: advanced` what the internet reaches is under AWS Shield Advanced, to which the account has to be
 * subscribed (3,000 USD a month, for a year at least): network load balancers by Elastic IPs that they are made with,
 * application load balancers by their controller, and the names of the site's zone.
 *
 * The balancers are protected from deletion as the cluster is. Each costs about 18 USD (network) or 20 USD (application) a
 * month and what passes through it; the firewall 10 USD and 0.60 for each million of requests.
 */
export class AwsEdge extends pulumi.ComponentResource implements Edge {
    readonly addons: readonly ClusterAddon[];
    readonly ready: readonly pulumi.Resource[];

    readonly #args: AwsEdgeArgs;
    readonly #application: Application | undefined;
    readonly #shield: Shield | undefined;

    constructor(name: string, args: AwsEdgeArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:Edge", name, {}, opts);
        refuse(this, name, checkEdge(args));
        this.#args = args;
        this.addons = [balancerController(name, { ...args, shield: isAdvanced(args) }, this)];
        this.#application = makeApplication(name, args, this);
        this.#shield = makeShield(`${name}-public`, args, this);
        this.ready = [...(this.#application?.ready ?? []), ...(this.#shield?.protections ?? [])];
        this.registerOutputs();
    }

    balancer(reach: Reach): BalancerService {
        this.#refuseOthers(reach);
        const { cluster } = this.#args;
        const addresses = reach === "public" ? this.#shield?.addresses : undefined;
        return networkBalancer({
            reach,
            deletionProtection: cluster.deletionProtection,
            ...(addresses && { addresses }),
        });
    }

    cloudGateway(reach: Reach, { name }: GatewayPlace): CloudGateway {
        this.#refuseOthers(reach);
        const { cluster, network } = this.#args;
        const { certificateArn, logs, firewall } = this.#needed();
        const balancer = applicationBalancer(name, {
            reach,
            certificateArn,
            logs: logs.bucket.bucket,
            ...(firewall && reach === "public" && { aclArn: firewall.acl.arn }),
            shield: this.#shield !== undefined && reach === "public",
            deletionProtection: cluster.deletionProtection,
        });
        return {
            className: "alb",
            controllerName: "gateway.k8s.aws/alb",
            annotations: {},
            addresses: [],
            parameters: { ...PARAMETERS, name },
            objects: [balancer],
            certificateSecrets: false,
            setsHeaders: true,
            sources: Object.values(network.plan[reach === "public" ? "public" : "private"]),
        };
    }

    backendObjects(backend: Backend): readonly EdgeObject[] {
        return [targetGroup(backend)];
    }

    #refuseOthers(reach: Reach): void {
        if (this.#args.reaches.includes(reach)) return;
        throw new pulumi.ResourceError(`there is no ${reach} gateway here`, this, true);
    }

    #needed(): Application {
        if (this.#application) return this.#application;
        throw new pulumi.ResourceError("there are no gateways of the cloud's own here", this, true);
    }
}

/** What application load balancers need before they are asked for; nothing with Envoy. */
function makeApplication(
    name: string,
    args: AwsEdgeArgs,
    parent: pulumi.Resource,
): Application | undefined {
    const { gateway, domain, zone } = args;
    // Every zone of a site on AWS is one of Route 53; the others were refused.
    if (gateway !== "cloud" || domain === undefined || !(zone instanceof AwsDnsZone)) {
        return undefined;
    }
    const certificate = domainCertificate(name, { domain, zone }, parent);
    const logs = accessLogs(name, args, parent);
    const firewall = args.firewall ? webFirewall(name, args, parent) : undefined;
    return {
        certificateArn: certificate.certificateArn,
        logs,
        firewall,
        ready: [certificate, ...logs.settings, ...(firewall ? [firewall.log] : [])],
    };
}

/** The bucket of the access logs, under S3's own key: balancers write under no other (G1.34). */
function accessLogs(
    name: string,
    { foundation, cluster, logRetention }: AwsEdgeArgs,
    parent: pulumi.Resource,
): PrivateBucket {
    return privateBucket(
        `${name}-access-logs`,
        {
            versioning: true,
            rules: logRules(amount(logRetention)),
            deletionProtection: cluster.deletionProtection,
            statements: (arn) => [balancersMayLog(arn, foundation)],
        },
        parent,
    );
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
function balancersMayLog(
    arn: pulumi.Output<string>,
    { region, account }: AwsFoundation,
): Statement {
    return {
        Sid: "AccessLog",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: arn.apply((bucket) => `${bucket}/*/AWSLogs/${account}/*`),
        Condition: {
            ArnLike: {
                "aws:SourceArn": `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/*`,
            },
        },
    };
}
