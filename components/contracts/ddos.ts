import type { Problem } from "../lib/problem.ts";
import type { EdgeArgs, GatewayKind } from "./edge.ts";

/**
 * How far the cloud protects public gateways from floods of traffic (DDoS): as it protects everybody, free of charge, or by
 * its paid form, which learns what a gateway usually gets and says what it stopped.
 */
export type DdosProtection = "standard" | "advanced";

/** All of them. */
export const DDOS_PROTECTIONS = ["standard", "advanced"] as const satisfies DdosProtection[];

/** Where a cloud's paid form can stand: always, only where there is a firewall too, or never. */
export type AdvancedDdos = Readonly<Record<GatewayKind, "always" | "with firewall" | "never">>;

/** What decides whether it can stand. */
type Deciding = Pick<EdgeArgs, "gateway" | "reaches" | "firewall" | "ddosProtection">;

/** True if there is a public gateway, and the cloud's paid form before it. */
export function isAdvanced({
    reaches,
    ddosProtection,
}: Pick<EdgeArgs, "reaches" | "ddosProtection">): boolean {
    return ddosProtection === "advanced" && reaches.includes("public");
}

/** Whose protection it is, and where it is asked for. */
export interface DdosScope {
    readonly possible: AdvancedDdos;
    /** The cloud's name. */
    readonly cloud: string;
    /** @default ddosProtection */
    readonly path?: string;
}

/** A protection that would stand before nothing; empty if there is none. */
export function ddosProblems(
    { gateway, reaches, firewall, ddosProtection }: Deciding,
    { possible, cloud, path = "ddosProtection" }: DdosScope,
): readonly Problem[] {
    if (ddosProtection === "standard") return [];
    const refused = (message: string, fix: string): readonly Problem[] => [
        { path, value: ddosProtection, message, fix: `${fix}, or leave ddosProtection out` },
    ];
    const where = possible[gateway];
    if (where === "never") {
        const message = `guards a site's own addresses, and ${cloud}'s own gateway has none`;
        return refused(message, "Choose the gateway envoy");
    }
    if (where === "with firewall" && !firewall) {
        const message = `is a part of ${cloud}'s firewall, and there is none`;
        return refused(message, "Set firewall to true");
    }
    if (reaches.length === 0 || reaches.includes("public")) return [];
    return refused("guards public gateways, and there is none", "Add the reach public");
}
