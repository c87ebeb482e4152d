import * as pulumi from "@pulumi/pulumi";
import { Zone } from "@pulumi/aws/route53/zone.js";
import type { WorkloadIdentity } from "../contracts/cluster.ts";
import type { DnsZone, DnsZoneArgs } from "../contracts/dns-zone.ts";
import { refuse } from "../lib/errors.ts";
import type { Problem } from "../lib/problem.ts";
import type { AwsCluster } from "./cluster.ts";
import type { AwsFoundation } from "./foundation.ts";
import type { Statement } from "./iam.ts";
import { grantTo } from "./iam.ts";

/** A DNS zone's arguments on AWS. */
export interface AwsDnsZoneArgs extends DnsZoneArgs {
    readonly foundation: AwsFoundation;
}

/**
 * A public hosted zone in Route 53.
 *
 * A protected one is not deleted while it holds records; else it goes with all of them, also those that somebody else made
 * in it. Route 53 answers for it in the whole world, whatever the site's region.
 *
 * Costs 0.50 USD a month and 0.40 for each million of queries.
 */
export class AwsDnsZone extends pulumi.ComponentResource implements DnsZone<AwsCluster> {
    readonly domain: string;
    readonly nameServers: pulumi.Output<readonly string[]>;
    readonly externalDns: Readonly<Record<string, pulumi.Input<unknown>>>;
    /** The hosted zone's id, by which records are made in it. */
    readonly zoneId: pulumi.Output<string>;

    readonly #region: string;

    constructor(name: string, args: AwsDnsZoneArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:DnsZone", name, {}, opts);
        refuse(this, name, checkDomain(args.domain));
        const { region, site } = args.foundation;
        const zone = new Zone(
            name,
            {
                name: args.domain,
                comment: `Names of ${site}`,
                forceDestroy: !args.deletionProtection,
                tags: { Name: name },
            },
            { parent: this, protect: args.deletionProtection },
        );
        this.#region = region;
        this.domain = args.domain;
        this.zoneId = zone.zoneId;
        this.nameServers = zone.nameServers;
        this.externalDns = {
            provider: { name: "aws" },
            extraArgs: [pulumi.interpolate`--zone-id-filter=${zone.zoneId}`],
            // Route 53 is everywhere; its client wants to know a region all the same.
            env: [{ name: "AWS_REGION", value: region }],
        };
        this.registerOutputs({ zoneId: this.zoneId, nameServers: this.nameServers });
    }

    /** Pods take their credentials from their service account, so the solver names none. */
    solver(_identity: WorkloadIdentity): Readonly<Record<string, pulumi.Input<unknown>>> {
        return { route53: { region: this.#region, hostedZoneID: this.zoneId } };
    }

    grant(
        name: string,
        { identity }: { cluster: AwsCluster; identity: WorkloadIdentity },
        opts?: pulumi.CustomResourceOptions,
    ): readonly pulumi.Resource[] {
        const within = pulumi.mergeOptions({ parent: this }, opts);
        return [grantTo(name, identity, mayChange(this.zoneId), within)];
    }
}

/** The types of the records that external-dns and cert-manager make. */
const RECORD_TYPES = ["A", "AAAA", "CNAME", "TXT"] as const;

/**
 * Changing records in one zone, of the types that are made by controllers: its name servers and its mail are none of them.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
 */
function mayChange(zoneId: pulumi.Output<string>): readonly Statement[] {
    const zone = pulumi.interpolate`arn:aws:route53:::hostedzone/${zoneId}`;
    return [
        {
            Effect: "Allow",
            Action: "route53:ChangeResourceRecordSets",
            Resource: zone,
            Condition: {
                "ForAllValues:StringEquals": {
                    "route53:ChangeResourceRecordSetsRecordTypes": RECORD_TYPES,
                },
            },
        },
        {
            Effect: "Allow",
            Action: ["route53:ListResourceRecordSets", "route53:ListTagsForResources"],
            Resource: zone,
        },
        // A change gets its id when it is made.
        { Effect: "Allow", Action: "route53:GetChange", Resource: "arn:aws:route53:::change/*" },
        // What zones there are is asked of all of them.
        { Effect: "Allow", Action: "route53:ListHostedZones", Resource: "*" },
    ];
}

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const DOMAIN = new RegExp(String.raw`^(?=.{1,253}$)${LABEL}(?:\.${LABEL})+$`);

/** What Route 53 would refuse, or take for another name. */
function checkDomain(domain: string): readonly Problem[] {
    if (DOMAIN.test(domain)) return [];
    const message = "is no domain in lower case without a dot at its end";
    return [{ path: "domain", value: domain, message, fix: "Write it like aws.example.com" }];
}
