import * as pulumi from "@pulumi/pulumi";
import type { SecurityPolicy } from "@pulumi/gcp/compute/securityPolicy.js";
import type { EdgeArgs, Reach } from "../contracts/edge.ts";
import type { GcpFoundation } from "./foundation.ts";
import { retainLogs } from "./logs.ts";
import type { GcpNetwork } from "./network.ts";

interface Site extends Pick<EdgeArgs, "domain" | "logRetention"> {
    readonly foundation: GcpFoundation;
    readonly network: GcpNetwork;
    readonly policy: SecurityPolicy | undefined;
}

/** Keeps what a gateway's balancer, and the firewall before it, write down of each request. */
export function keepBalancerLogs(
    name: string,
    reach: Reach,
    site: Site,
    opts: pulumi.CustomResourceOptions,
): void {
    retainLogs(
        name,
        {
            foundation: site.foundation,
            description: `Requests to ${name}`,
            filter: reach === "internal" ? internalFilter(site) : publicFilter(site),
            retention: site.logRetention,
        },
        opts,
    );
}

function internalFilter({ network }: Site): pulumi.Output<string> {
    const vpc = network.networkId.apply((id) => id.split("/").at(-1) ?? "");
    return pulumi.interpolate`resource.type="internal_http_lb_rule" AND resource.labels.network_name="${vpc}"`;
}

/**
 * GKE makes up the balancer's names, and a global one has no network. What tells a site's requests from others' of the
 * project is the firewall that judged them, and the names they were for; without either, all of them are kept.
 */
function publicFilter({ policy, domain }: Site): pulumi.Output<string> {
    const marks: pulumi.Input<string>[] = [];
    if (policy !== undefined) {
        marks.push(pulumi.interpolate`jsonPayload.enforcedSecurityPolicy.name="${policy.name}"`);
    }
    if (domain !== undefined) {
        const host = domain.replaceAll(".", String.raw`\\.`);
        marks.push(`httpRequest.requestUrl=~"^https?://([^/]+${String.raw`\\.`})?${host}[:/]"`);
    }
    return pulumi.all(marks).apply((known) => {
        const own = known.length === 0 ? "" : ` AND (${known.join(" OR ")})`;
        return `resource.type="http_load_balancer"${own}`;
    });
}
