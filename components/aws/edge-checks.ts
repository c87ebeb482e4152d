import { ddosProblems } from "../contracts/ddos.ts";
import type { EdgeArgs } from "../contracts/edge.ts";
import type { Problem } from "../lib/problem.ts";
import { AWS_SERVICE_LIMITS } from "./limits.ts";
import { checkLogRetention } from "./logs.ts";

/** What of the way in's arguments is checked. */
type Checked = EdgeArgs & { readonly zone?: { readonly domain: string } };

/** What would not work, or would be ignored. */
export function checkEdge(args: Checked): readonly Problem[] {
    return [
        ...checkCertificate(args),
        ...checkFirewall(args),
        ...ddosProblems(args, { possible: AWS_SERVICE_LIMITS.edge.advancedDdos, cloud: "AWS" }),
        ...checkLogRetention(args.logRetention),
    ];
}

/** Application load balancers take their certificates from ACM, which proves them in the zone. */
function checkCertificate({ gateway, domain, zone }: Checked): readonly Problem[] {
    if (gateway !== "cloud") return [];
    const fix = "Give it a domain of the site's own zone, or choose gateway envoy";
    if (domain === undefined || zone === undefined) {
        const message =
            "needs a domain and the site's own DNS zone, in which ACM proves its certificate";
        return [{ path: "gateway", value: gateway, message, fix }];
    }
    if (domain === zone.domain || domain.endsWith(`.${zone.domain}`)) return checkLength(domain);
    const message = `does not lie in the site's zone ${zone.domain}, in which ACM proves its certificate`;
    return [{ path: "domain", value: domain, message, fix }];
}

/**
 * The longest name that a certificate can be for in the first place.
 *
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
const LONGEST_NAME = 64;

function checkLength(domain: string): readonly Problem[] {
    if (domain.length <= LONGEST_NAME) return [];
    const message = `has more than the ${LONGEST_NAME} characters that ACM takes for a certificate's first name`;
    return [
        { path: "domain", value: domain, message, fix: "Choose a shorter one, or gateway envoy" },
    ];
}

function checkFirewall({ gateway, firewall, reaches }: Checked): readonly Problem[] {
    if (!firewall || (gateway === "cloud" && reaches.includes("public"))) return [];
    const message = "stands only before a public gateway of the cloud's own";
    const fix = "Switch it off, or choose gateway cloud and the reach public";
    return [{ path: "firewall", value: "true", message, fix }];
}
