import type { EdgeArgs } from "../contracts/edge.ts";
import type { Problem } from "../lib/problem.ts";
import { checkLogRetention } from "./logs.ts";

/** What of the way in's arguments is checked. */
type Checked = EdgeArgs & { readonly zone?: { readonly domain: string } };

/** What would not work, or would be ignored. */
export function checkEdge(args: Checked): readonly Problem[] {
    return [
        ...checkCertificate(args),
        ...checkFirewall(args),
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
    if (domain === zone.domain || domain.endsWith(`.${zone.domain}`)) return [];
    const message = `does not lie in the site's zone ${zone.domain}, in which ACM proves its certificate`;
    return [{ path: "domain", value: domain, message, fix }];
}

function checkFirewall({ gateway, firewall, reaches }: Checked): readonly Problem[] {
    if (!firewall || (gateway === "cloud" && reaches.includes("public"))) return [];
    const message = "stands only before a public gateway of the cloud's own";
    const fix = "Switch it off, or choose gateway cloud and the reach public";
    return [{ path: "firewall", value: "true", message, fix }];
}
