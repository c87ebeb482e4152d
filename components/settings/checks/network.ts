import type { Cidr } from "../../lib/cidr.ts";
import { contains, overlaps, prefixOf } from "../../lib/cidr.ts";
import { amount } from "../../lib/units.ts";
import { BLOCK_PREFIX, isWithin, nearestWithin } from "../clouds.ts";
import type { SiteContext } from "../site-context.ts";

/** The private ranges of RFC 1918: what a network may be made of. */
const PRIVATE: readonly Cidr[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Blocks that only exist inside one machine or one network; none of them is ever a caller from outside. */
const NEVER_OUTSIDE: readonly Cidr[] = [
    ...PRIVATE,
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "224.0.0.0/3",
];

function checkBlock({ effective, facts, limits, add }: SiteContext): void {
    const { cidr } = effective.network;
    const at = "network.cidr";
    if (!PRIVATE.some((range) => contains(range, cidr))) {
        add({
            at,
            value: cidr,
            message: `is not inside one of the private ranges ${PRIVATE.join(", ")}`,
            fix: "Take a block of 10.0.0.0/8, or leave the line out to have one planned",
        });
    }
    const prefixes = limits?.network ?? BLOCK_PREFIX;
    const prefix = prefixOf(cidr);
    if (!isWithin(prefix, prefixes)) {
        const { min, max } = prefixes;
        const fault = prefix > max ? "too small" : "too large";
        add({
            at,
            value: cidr,
            message: `is ${fault}: ${facts?.title ?? "a site"} takes /${min} to /${max}`,
            fix: `Write a block from /${min} to /${max}; /16 has room for everything`,
        });
    }
    for (const { block, why } of facts?.reserved ?? []) {
        if (!overlaps(block, cidr)) continue;
        const message = `overlaps ${block}: ${why}`;
        add({ at, value: cidr, message, fix: "Take a block outside of it" });
    }
}

/** Whether logs can be kept that long. */
function checkLogs({ effective, facts, add }: SiteContext): void {
    if (facts === undefined) return;
    const { logRetention, title } = facts;
    const { min, max } = logRetention;
    for (const at of ["network", "cluster"] as const) {
        const value = effective[at].logRetention;
        if (isWithin(amount(value), logRetention)) continue;
        add({
            at: `${at}.logRetention`,
            value,
            message: `is not what ${title} can do: it keeps logs for ${min} to ${max} days`,
            fix: `Write ${nearestWithin(amount(value), logRetention)} days`,
        });
    }
}

/** Nobody owns a block wider than this; whoever lists one, or a few of them, means the whole Internet. */
const WIDEST_CALLER = 8;

function checkCaller(context: SiteContext, block: Cidr, index: number): void {
    const { add, stack } = context;
    const at = `apiAccess.cidrs[${index}]`;
    const wide = prefixOf(block) < WIDEST_CALLER;
    if (wide && stack.environment === "prod") {
        add({
            at,
            value: block,
            message: "opens the Kubernetes API of prod to the Internet",
            fix: "List the blocks of your offices, runners or VPN, or [] to close the public endpoint",
        });
    } else if (wide) {
        context.warn({
            at,
            value: block,
            message: "lets the whole Internet reach the Kubernetes API's login",
            fix: "List the blocks of your offices, runners or VPN",
        });
    }
    if (NEVER_OUTSIDE.some((range) => contains(range, block))) {
        add({
            at,
            value: block,
            message: "is private, and no caller from outside ever has such an address",
            fix: "Remove it: inside the network the API always answers. List public blocks only",
        });
    }
}

/** Who may reach the API, and who administers the cluster. */
function checkApiAccess(context: SiteContext): void {
    const { effective, facts, limits, add } = context;
    const { cidrs, administrators } = effective.apiAccess;
    cidrs.forEach((block, index) => checkCaller(context, block, index));
    if (facts && cidrs.length > facts.apiCidrs) {
        add({
            at: "apiAccess.cidrs",
            value: `${cidrs.length} blocks`,
            message: `are more than the ${facts.apiCidrs} that ${facts.title} takes`,
            fix: "Put neighbouring blocks together",
        });
    }
    if (limits === undefined || facts === undefined) return;
    administrators.forEach((administrator, index) => {
        if (limits.administrator.pattern.test(administrator)) return;
        add({
            at: `apiAccess.administrators[${index}]`,
            value: administrator,
            message: `is not ${limits.administrator.what}, which ${facts.title} needs`,
            fix: `Write it at the site, like ${limits.administrator.example}`,
        });
    });
}

/** Everything about the network and the ways in. */
export function checkNetwork(context: SiteContext): void {
    checkBlock(context);
    checkLogs(context);
    checkApiAccess(context);
}
