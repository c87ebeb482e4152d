import type { Value } from "../runtime/reader.ts";
import { each, failIf, isOneOf, not, type Truth, type Verdict } from "../runtime/truth.ts";
import type { Check, Context, Rule } from "./rule.ts";
import { minorOf, supportOn, type KubernetesService } from "./support-windows.ts";

const EKS_CLUSTER = "aws:eks/cluster:Cluster";
const EKS_NODES = "aws:eks/nodeGroup:NodeGroup";
const AKS_CLUSTER = "azure-native:containerservice:ManagedCluster";
const AKS_NODES = "azure-native:containerservice:AgentPool";
const GKE_CLUSTER = "gcp:container/cluster:Cluster";
const GKE_NODES = "gcp:container/nodePool:NodePool";

const WARN_DAYS = 60;

/** What GKE takes for its newest version, which is always in support. */
const NEWEST: readonly string[] = ["latest"];

/** The day to judge by, and how many days before the end a warning begins. */
function windowOf({ options, today }: Context): { date: string; warnDays: number } {
    const date = options.get("date").text();
    const warnDays = options.get("warnDays").number();
    return {
        date: date.state === "known" && date.value !== "" ? date.value : today,
        warnDays: warnDays.state === "known" ? warnDays.value : WARN_DAYS,
    };
}

/** Judges a version where one stands. Where none does, the service chooses one: `absent` says what to say then. */
function inSupport(
    service: KubernetesService,
    version: Value,
    context: Context,
    absent: readonly Verdict[] = [],
): readonly Verdict[] {
    const untold: readonly Verdict[] = [{ state: "unknown", path: version.path }];
    const text = version.text();
    if (text.state === "unknown") return untold;
    if (text.state === "absent") return absent;
    if (NEWEST.includes(text.value)) return [];
    const minor = minorOf(text.value);
    if (minor === undefined) return untold;
    const support = supportOn(service, minor, windowOf(context));
    switch (support.state) {
        case "supported":
            return [];
        case "untold":
            return untold;
        case "ended":
            return failIf(true, version, `is past ${service}'s standard support`);
        case "ends soon": {
            const message = `leaves ${service}'s standard support in ${support.days} days`;
            return failIf(true, version, message);
        }
    }
}

/** Nobody can tell how old a version has become that was the newest on a day of long ago. */
function untoldIf(ages: Truth, { path }: Value): readonly Verdict[] {
    return ages === false ? [] : [{ state: "unknown", path }];
}

/** Pools without a version follow their cluster, which is judged by itself. */
const pool =
    (service: KubernetesService, input: string): Check =>
    ({ inputs }, context) =>
        inSupport(service, inputs.get(input), context);

/** EKS takes its newest version once, and moves on by itself only where extended support is refused. */
const eksCluster: Check = ({ inputs }, context) => {
    const version = inputs.get("version");
    const supportType = inputs.at("upgradePolicy.supportType");
    const ages = not(isOneOf(supportType, ["standard"], false));
    return inSupport("EKS", version, context, untoldIf(ages, version));
};

/** AKS takes its default version once, and moves on by itself only in two of its channels. */
const aksCluster: Check = ({ inputs }, context) => {
    const version = inputs.get("kubernetesVersion");
    const channel = inputs.at("autoUpgradeProfile.upgradeChannel");
    const ages = not(isOneOf(channel, ["rapid", "stable"], false));
    return [
        ...inSupport("AKS", version, context, untoldIf(ages, version)),
        ...each(inputs.get("agentPoolProfiles"), (profile) =>
            inSupport("AKS", profile.get("orchestratorVersion"), context),
        ),
    ];
};

/** GKE moves control planes on by itself, in whichever channel. */
const gkeCluster: Check = ({ inputs }, context) => [
    ...inSupport("GKE", inputs.get("minMasterVersion"), context),
    ...inSupport("GKE", inputs.get("nodeVersion"), context),
    ...each(inputs.get("nodePools"), (pool) => inSupport("GKE", pool.get("version"), context)),
];

/** What both rules share; two of them, because the first is known by its own name to lists of EKS's requirements. */
const shared = {
    why:
        "A version out of support gets no fixes for the flaws that are published afterwards, and the cloud upgrades it on " +
        "a day of its own choosing or charges several times the price.",
    pack: "reliability",
    severity: "medium",
    requirements: { "PCI DSS": ["6.3.3"] },
    analogies: { "SOC 2": ["CC7.1"] },
    options: {
        properties: {
            date: {
                type: "string",
                format: "date",
                description:
                    "The day to judge by, as 2027-04-01. The default is the day of the run.",
            },
            warnDays: {
                type: "integer",
                minimum: 0,
                default: WARN_DAYS,
                description: "How many days before the end of standard support a finding begins.",
            },
        },
    },
} as const satisfies Partial<Rule>;

/** The Kubernetes version of an EKS cluster is in standard support, and stays there for a while. */
const eksSupportedVersion: Rule = {
    ...shared,
    id: "aws-eks-supported-version",
    title: "An EKS cluster and its nodes run a version of Kubernetes that AWS supports.",
    clouds: ["aws"],
    remediation:
        "Raise version by one minor at a time, first of the cluster, then of its node groups. Name a version: without " +
        "one EKS takes the newest once and never moves on, unless upgradePolicy.supportType is STANDARD.",
    see: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
    checks: { [EKS_CLUSTER]: eksCluster, [EKS_NODES]: pool("EKS", "version") },
    note:
        "Extended support does not count: it costs six times as much and only puts the upgrade off. The rule " +
        "cluster-version-supported is its counterpart for AKS and GKE.",
};

/** The same for AKS and GKE, in one rule. */
const clusterVersionSupported: Rule = {
    ...shared,
    id: "cluster-version-supported",
    title: "An AKS or GKE cluster and its nodes run a version of Kubernetes that the cloud supports.",
    clouds: ["azure", "gcp"],
    remediation: {
        "azure-native":
            "Raise kubernetesVersion, then orchestratorVersion of the pools, by one minor at a time.",
        gcp:
            "Raise minMasterVersion, then version of the node pools, or leave both to the release " +
            "channel.",
    },
    see: "https://learn.microsoft.com/en-us/azure/aks/supported-kubernetes-versions",
    checks: {
        [AKS_CLUSTER]: aksCluster,
        [AKS_NODES]: pool("AKS", "orchestratorVersion"),
        [GKE_CLUSTER]: gkeCluster,
        [GKE_NODES]: pool("GKE", "version"),
    },
    note:
        "In no published list, which know EKS only; one rule for both clouds, because it asks one thing and takes one " +
        "date. Long-term support (AKS) and the Extended channel (GKE) do not count. GKE may run a newer version than " +
        "minMasterVersion says; what the program asks for is judged.",
};

/** Whether clusters run versions of Kubernetes that are in support. */
export const clusterVersionRules: readonly Rule[] = [eksSupportedVersion, clusterVersionSupported];
