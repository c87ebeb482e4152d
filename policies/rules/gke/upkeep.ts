import type { Value } from "../../runtime/reader.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    isOneOf,
    not,
    or,
    some,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import type { Check, Fix, Rule } from "../rule.ts";
import { CLUSTER, eachPool, failPoolIf, NODE_POOL } from "./pools.ts";

const MANAGED = [
    ["autoUpgrade", "nodes keep a version for which no more patches come"],
    ["autoRepair", "broken nodes stay"],
] as const;

const managedPool = eachPool((pool) =>
    MANAGED.flatMap(([name, message]) => {
        const value = pool.at.get("management").get(name);
        return failPoolIf(pool, not(isOn(value, true)), value, message);
    }),
);

const channel: Check = (resource, context) => {
    const value = resource.inputs.at("releaseChannel.channel");
    const defaults = resource.inputs.at("clusterAutoscaling.autoProvisioningDefaults.management");
    return [
        ...failIf(isOneOf(value, ["unspecified"], false), value, "the cluster is in no channel"),
        ...managedPool(resource, context),
        ...MANAGED.flatMap(([name, message]) =>
            failIf(not(isOn(defaults.get(name), true)), defaults.get(name), message),
        ),
    ];
};

const managePool: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        MANAGED.filter(([name]) => isOn(inputs.get("management").get(name), true) === false).map(
            ([name]) => ({ path: `management.${name}`, value: true }),
        ),
};

/** Patches arrive without anybody thinking of them. */
export const gkeAutoUpgrade: Rule = {
    id: "gcp-gke-release-channel-auto-upgrade",
    title: "A GKE cluster is in a release channel, and its nodes are upgraded and repaired by themselves.",
    why: "A cluster that nobody upgrades is some months later one whose known flaws nobody mends.",
    clouds: ["gcp"],
    pack: "reliability",
    severity: "medium",
    requirements: { "CIS GKE": ["5.5.2", "5.5.3", "5.5.4"] },
    analogies: { "PCI DSS": ["6.3.3"] },
    remediation:
        "Set releaseChannel.channel to REGULAR, STABLE or EXTENDED, and management.autoUpgrade and " +
        "management.autoRepair to true on each node pool; choose the hour by maintenancePolicy.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/release-channels",
    checks: { [CLUSTER]: channel, [NODE_POOL]: managedPool },
    fixes: { [NODE_POOL]: managePool },
    note:
        "What is left out is on: GKE puts a cluster that names no channel into one, and upgrades and repairs pools " +
        "that say nothing. Only UNSPECIFIED and false are findings.",
};

const binaryAuthorization: Check = ({ inputs }) => {
    const config = inputs.get("binaryAuthorization");
    const mode = config.get("evaluationMode");
    const evaluates = not(isOneOf(mode, ["disabled", "evaluation_mode_unspecified"], true));
    const legacy = and(mode.state === "absent", isOn(config.get("enabled"), false));
    return failIf(not(or(evaluates, legacy)), mode, "every image runs, whoever made it");
};

/** Images are admitted by a policy. */
export const gkeBinaryAuthorization: Rule = {
    id: "gcp-gke-binary-authorization",
    title: "A GKE cluster asks Binary Authorization before it runs an image.",
    why: "Without admission of images a leaked credential for the cluster is enough to run anything from anywhere.",
    clouds: ["gcp"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS GKE": ["4.5.1", "5.1.4"] },
    analogies: { "PCI DSS": ["6.3.2"], "SOC 2": ["CC6.8"] },
    remediation:
        "Set binaryAuthorization.evaluationMode to PROJECT_SINGLETON_POLICY_ENFORCE, after writing the project's " +
        "policy: without one, everything is admitted.",
    see: "https://docs.cloud.google.com/binary-authorization/docs/overview",
    checks: { [CLUSTER]: binaryAuthorization },
};

/** What GKE sends where nothing is said. */
const SENT_BY_DEFAULT: readonly string[] = ["system_components", "workloads"];

function sends(components: Value, wanted: string): Truth {
    const name = wanted.toLowerCase();
    if (components.state === "absent") return SENT_BY_DEFAULT.includes(name);
    return some(components, (component) => isOneOf(component, [name], false));
}

function demanded(components: Value, wanted: Value): Truth {
    return holds(
        wanted,
        wanted.list(),
        (list) =>
            and(
                ...list.map((entry) =>
                    holds(entry, entry.text(), (name) => sends(components, name), false),
                ),
            ),
        true,
    );
}

const observed: Check = ({ inputs }, { options }) => {
    const logs = inputs.at("loggingConfig.enableComponents");
    const metrics = inputs.at("monitoringConfig.enableComponents");
    const switchedOff = (name: string): readonly Verdict[] => {
        const service = inputs.get(name);
        return failIf(isOneOf(service, ["none"], false), service, "is switched off");
    };
    return [
        ...switchedOff("loggingService"),
        ...switchedOff("monitoringService"),
        ...failIf(
            not(demanded(logs, options.get("logs"))),
            logs,
            "leaves out logs that an inquiry needs",
        ),
        ...failIf(
            not(sends(metrics, "SYSTEM_COMPONENTS")),
            metrics,
            "leaves out the metrics of the system's own components",
        ),
    ];
};

/** What happened in the cluster can be read outside it. */
export const gkeLoggingMonitoring: Rule = {
    id: "gcp-gke-logging-monitoring",
    title: "A GKE cluster sends the logs of its system and workloads, and its metrics, to Google Cloud.",
    why: "Logs that stay on a node are lost with the node, and with them what an intruder did there.",
    clouds: ["gcp"],
    pack: "security",
    severity: "medium",
    requirements: { HIPAA: ["164.312(b)"], "CIS GKE": ["5.7.1"] },
    analogies: { "PCI DSS": ["10.2.1"] },
    remediation:
        "List SYSTEM_COMPONENTS and WORKLOADS in loggingConfig.enableComponents and SYSTEM_COMPONENTS in " +
        "monitoringConfig.enableComponents, or leave both out.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/about-logs",
    options: {
        properties: {
            logs: {
                type: "array",
                items: { type: "string" },
                default: ["SYSTEM_COMPONENTS", "WORKLOADS"],
                description:
                    "The components whose logs are asked for; add APISERVER for the control plane's own.",
            },
        },
    },
    checks: { [CLUSTER]: observed },
    note: "Where nothing is said, GKE sends the logs of system and workloads, and the system's metrics.",
};

const posture: Check = ({ inputs }) => {
    const mode = inputs.at("securityPostureConfig.mode");
    return failIf(isOneOf(mode, ["disabled"], false), mode, "nobody looks for weak settings");
};

const watchPosture: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        isOneOf(inputs.at("securityPostureConfig.mode"), ["disabled"], false) === true
            ? [{ path: "securityPostureConfig.mode", value: "BASIC" }]
            : [],
};

/** Google looks at the workloads' settings. */
export const gkeSecurityPosture: Rule = {
    id: "gcp-gke-security-posture",
    title: "The security posture of a GKE cluster is watched.",
    why: "Weak settings come back one by one with every new workload; a standing audit finds them, a yearly one does not.",
    clouds: ["gcp"],
    pack: "security",
    severity: "low",
    requirements: { "CIS GKE": ["5.10.4"] },
    analogies: { "PCI DSS": ["11.3.1"] },
    remediation: "Set securityPostureConfig.mode to BASIC.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/about-security-posture-dashboard",
    checks: { [CLUSTER]: posture },
    fixes: { [CLUSTER]: watchPosture },
    note:
        "GKE no longer scans the images of workloads, and its API has given up vulnerabilityMode, so the rule does not " +
        "ask for it; registry-scan-on-push does in its place. Clusters that say nothing are watched.",
};

const protection: Check = ({ inputs }) => {
    const value = inputs.get("deletionProtection");
    return failIf(not(isOn(value, true)), value, "one command deletes the cluster");
};

const protect: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        isOn(inputs.get("deletionProtection"), true) === false
            ? [{ path: "deletionProtection", value: true }]
            : [],
};

/** No slip deletes the cluster. */
export const gkeDeletionProtection: Rule = {
    id: "gcp-gke-deletion-protection",
    title: "A GKE cluster of production is protected against deletion.",
    why: "A deleted cluster takes its volumes' claims, its addresses and everything that was only in it.",
    clouds: ["gcp"],
    pack: "reliability",
    severity: "medium",
    requirements: {},
    analogies: { "SOC 2": ["A1.2"] },
    remediation: "Leave deletionProtection out or set it to true; it is on by default.",
    see: "https://www.pulumi.com/registry/packages/gcp/api-docs/container/cluster/",
    production: true,
    checks: { [CLUSTER]: protection },
    fixes: { [CLUSTER]: protect },
};
