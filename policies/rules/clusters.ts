import { and, failIf, isOn, not } from "../runtime/truth.ts";
import { holdsWorld } from "./addresses.ts";
import type { Check, Rule } from "./rule.ts";

const WHY =
    "A Kubernetes API that answers to every address is found by scanners within minutes; from then on one leaked " +
    "credential or one flaw in the API server is enough to take the cluster.";

const aksEndpoint: Check = ({ inputs }) => {
    const access = inputs.get("apiServerAccessProfile");
    const ranges = access.get("authorizedIPRanges");
    return failIf(
        and(not(isOn(access.get("enablePrivateCluster"), false)), holdsWorld(ranges, true)),
        ranges,
        "the API server answers to the whole internet",
    );
};

/** The API of an AKS cluster is private, or open to listed ranges only. */
export const aksApiNotWorldOpen: Rule = {
    id: "az-aks-api-not-world-open",
    title: "The API of an AKS cluster does not answer to the whole internet.",
    why: WHY,
    clouds: ["azure"],
    pack: "security",
    severity: "critical",
    requirements: {
        "PCI DSS": ["1.4.2"],
        HIPAA: ["164.312(a)(1)"],
        "SOC 2": ["CC6.1"],
        "CIS AKS": ["5.4.1", "5.4.2"],
    },
    analogies: { GDPR: ["32"] },
    remediation:
        "Set apiServerAccessProfile.enablePrivateCluster to true, or list the ranges of your own offices and runners " +
        "in apiServerAccessProfile.authorizedIPRanges.",
    see: "https://learn.microsoft.com/en-us/azure/aks/api-server-authorized-ip-ranges",
    checks: { "azure-native:containerservice:ManagedCluster": aksEndpoint },
};

/** Whether anybody in the world reaches the API of a managed cluster. */
export const clusterRules: readonly Rule[] = [aksApiNotWorldOpen];
