import type * as pulumi from "@pulumi/pulumi";
import { Certificate } from "@pulumi/aws/acm/certificate.js";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation.js";
import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import type { AwsDnsZone } from "./dns-zone.ts";

/**
 * A certificate for a domain and every name right below it, which ACM renews by itself as long as the zone holds its
 * record. Free of charge.
 *
 * It is there once the domain's name servers are entered at its parent: until then the update waits, for 75 minutes at
 * most.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export function domainCertificate(
    name: string,
    { domain, zone }: { domain: string; zone: AwsDnsZone },
    parent: pulumi.Resource,
): CertificateValidation {
    const certificate = new Certificate(
        name,
        {
            domainName: domain,
            subjectAlternativeNames: [`*.${domain}`],
            validationMethod: "DNS",
            tags: { Name: name },
        },
        { parent },
    );
    // The domain and the names below it are proved by one and the same record.
    const proof = certificate.domainValidationOptions.apply((options) => options[0]!);
    const record = new DnsRecord(
        `${name}-certificate`,
        {
            zoneId: zone.zoneId,
            name: proof.resourceRecordName,
            type: proof.resourceRecordType,
            records: [proof.resourceRecordValue],
            ttl: 300,
            // Every certificate of the account for this domain is proved by it, so it may be there already.
            allowOverwrite: true,
        },
        { parent },
    );
    return new CertificateValidation(
        name,
        { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
        { parent },
    );
}
