import { failIf, holds, isOneOf, not, or } from "../../runtime/truth.ts";
import type { Change, Check, Fix, Rule } from "../rule.ts";
import { isPreset } from "./automatic.ts";
import { CLUSTER } from "./types.ts";

const autoUpgrade: Check = ({ inputs }) => {
    const profile = inputs.get("autoUpgradeProfile");
    const channel = profile.get("upgradeChannel");
    const images = profile.get("nodeOSUpgradeChannel");
    const upgraded = holds(
        channel,
        channel.text(),
        (text) => text.toLowerCase() !== "none",
        isPreset(inputs, channel),
    );
    return [
        ...failIf(not(upgraded), channel, "leaves patches of Kubernetes to somebody's memory"),
        ...failIf(
            isOneOf(images, ["none"], false),
            images,
            "leaves patches of the nodes' system to somebody's memory",
        ),
    ];
};

/** Patches arrive by themselves. */
export const aksAutoUpgrade: Rule = {
    id: "az-aks-auto-upgrade",
    title: "An AKS cluster and its nodes take patches by themselves.",
    why: "Flaws in Kubernetes and in the nodes' kernel are used within days of their publication.",
    clouds: ["azure"],
    pack: "reliability",
    severity: "medium",
    requirements: { "PCI DSS": ["6.3.3"] },
    analogies: { "SOC 2": ["CC7.1"] },
    remediation:
        "Set autoUpgradeProfile.upgradeChannel to patch, or to stable to take minor versions too, and " +
        "nodeOSUpgradeChannel to NodeImage, with maintenance windows for both.",
    see: "https://learn.microsoft.com/en-us/azure/aks/auto-upgrade-cluster",
    checks: { [CLUSTER]: autoUpgrade },
    note: "nodeOSUpgradeChannel may be left out: NodeImage is the default by now.",
};

const TIERS: readonly string[] = ["standard", "premium", "paid"];

const tier: Check = ({ inputs }) => {
    const value = inputs.at("sku.tier");
    const automatic = isOneOf(inputs.at("sku.name"), ["automatic"], false);
    return failIf(
        not(or(isOneOf(value, TIERS, false), automatic)),
        value,
        "nobody vouches for the control plane's availability",
    );
};

const standardTier: Fix = {
    replaces: false,
    changes: ({ inputs }): readonly Change[] => {
        const sku = inputs.get("sku");
        const free = isOneOf(sku.get("tier"), TIERS, false) === false;
        const base = isOneOf(sku.get("name"), ["base"], true) === true;
        if (!free || !base) return [];
        return [
            { path: "sku.name", value: "Base" },
            { path: "sku.tier", value: "Standard" },
        ];
    },
};

/** Azure vouches for the control plane of production. */
export const aksStandardTier: Rule = {
    id: "az-aks-standard-tier",
    title: "The control plane of an AKS cluster in production has an uptime SLA.",
    why: "The Free tier has no SLA, throttles the API under load, and is meant for clusters of fewer than ten nodes.",
    clouds: ["azure"],
    pack: "reliability",
    severity: "low",
    requirements: {},
    analogies: { "SOC 2": ["A1.2"] },
    remediation:
        "Set sku.tier to Standard, which is paid for by the hour; the cluster is changed in place.",
    see: "https://learn.microsoft.com/en-us/azure/aks/free-standard-pricing-tiers",
    production: true,
    checks: { [CLUSTER]: tier },
    fixes: { [CLUSTER]: standardTier },
};
