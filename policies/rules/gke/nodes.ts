import type { Value } from "../../runtime/reader.ts";
import {
    and,
    failIf,
    failIfOn,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import type { Check, Fix, Rule } from "../rule.ts";
import {
    CLUSTER,
    eachPool,
    failPoolIf,
    isAutopilot,
    isAutoProvisioned,
    NODE_POOL,
} from "./pools.ts";

const DEFAULTS = "clusterAutoscaling.autoProvisioningDefaults";

const metadataServer = eachPool((pool) => {
    const mode = pool.nodes.at("workloadMetadataConfig.mode");
    const served = isOneOf(
        mode,
        ["gke_metadata", "gke_metadata_server", "unspecified", "mode_unspecified"],
        true,
    );
    return failPoolIf(pool, not(served), mode, "pods can sign in as their node");
});

const clusterIdentity: Check = (resource, context) => {
    const pool = resource.inputs.at("workloadIdentityConfig.workloadPool");
    const on = or(isAutopilot(resource.inputs), isPresent(pool));
    return [
        ...failIf(not(on), pool, "pods have no identity of their own"),
        ...metadataServer(resource, context),
    ];
};

/** Each workload has an identity of its own. */
export const gkeWorkloadIdentity: Rule = {
    id: "gcp-gke-workload-identity",
    title: "Pods of a GKE cluster sign in to Google Cloud as themselves, not as their node.",
    why: "Without it every pod has its node's permissions, and whoever wants less carries keys in files that never expire.",
    clouds: ["gcp"],
    pack: "security",
    severity: "high",
    requirements: { "CIS GKE": ["5.2.2", "5.4.1"] },
    analogies: { "PCI DSS": ["8.6.3"] },
    remediation:
        "Set workloadIdentityConfig.workloadPool to PROJECT.svc.id.goog, and workloadMetadataConfig.mode to " +
        "GKE_METADATA in the nodes' nodeConfig, which recreates them.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
    checks: { [CLUSTER]: clusterIdentity, [NODE_POOL]: metadataServer },
    note:
        "A pool that names no mode gets GKE_METADATA in a cluster with workload identity, and is no finding. " +
        "Autopilot has it always.",
};

/** Secure boot is off unless asked for; integrity monitoring is on unless switched off. */
function unshielded(instance: Value, exempt: Truth): readonly Verdict[] {
    const boot = instance.get("enableSecureBoot");
    const monitoring = instance.get("enableIntegrityMonitoring");
    return [
        ...failIf(
            and(not(exempt), not(isOn(boot, false))),
            boot,
            "nodes boot kernels that nobody signed",
        ),
        ...failIf(
            and(not(exempt), not(isOn(monitoring, true))),
            monitoring,
            "nobody sees that a node's boot has changed",
        ),
    ];
}

const shieldedPools = eachPool(({ nodes, exempt }) =>
    unshielded(nodes.get("shieldedInstanceConfig"), exempt),
);

const shieldedCluster: Check = (resource, context) => {
    const { inputs } = resource;
    const nodes = inputs.get("enableShieldedNodes");
    const unused = or(isAutopilot(inputs), not(isAutoProvisioned(inputs)));
    return [
        ...failIf(
            and(not(isAutopilot(inputs)), not(isOn(nodes, true))),
            nodes,
            "whoever gets at a node's credentials can pose as a node",
        ),
        ...shieldedPools(resource, context),
        ...unshielded(inputs.at(`${DEFAULTS}.shieldedInstanceConfig`), unused),
    ];
};

const shieldCluster: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        isOn(inputs.get("enableShieldedNodes"), true) === false
            ? [{ path: "enableShieldedNodes", value: true }]
            : [],
};

const shieldPool: Fix = {
    replaces: true,
    changes: ({ inputs }) => {
        const instance = inputs.at("nodeConfig.shieldedInstanceConfig");
        const boot = isOn(instance.get("enableSecureBoot"), false) === false;
        const monitoring = isOn(instance.get("enableIntegrityMonitoring"), true) === false;
        return [
            ...(boot ? [{ path: `${instance.path}.enableSecureBoot`, value: true }] : []),
            ...(monitoring
                ? [{ path: `${instance.path}.enableIntegrityMonitoring`, value: true }]
                : []),
        ];
    },
};

/** A node is the machine that it claims to be, and runs what was signed. */
export const gkeShieldedNodes: Rule = {
    id: "gcp-gke-shielded-nodes",
    title: "The nodes of a GKE cluster are shielded, with secure boot and integrity monitoring.",
    why: "A root kit that starts before the kernel survives reboots, and nothing that runs above it can see it.",
    clouds: ["gcp"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS GKE": ["5.5.5", "5.5.6", "5.5.7"] },
    analogies: { "PCI DSS": ["2.2"] },
    remediation:
        "Leave enableShieldedNodes on, and set shieldedInstanceConfig.enableSecureBoot to true in the nodes' " +
        "nodeConfig, which replaces the node pool. Drivers that are not signed do not load then.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes",
    checks: { [CLUSTER]: shieldedCluster, [NODE_POOL]: shieldedPools },
    fixes: { [CLUSTER]: shieldCluster, [NODE_POOL]: shieldPool },
};

const DEFAULT_ACCOUNT = /^default$|-compute@developer\.gserviceaccount\.com$/i;

function isDefaultAccount(account: Value): Truth {
    return holds(
        account,
        account.text(),
        (text) => text === "" || DEFAULT_ACCOUNT.test(text),
        true,
    );
}

const DEFAULT_IDENTITY = "the nodes run as the project's default service account";

const poolAccount = eachPool((pool) => {
    const account = pool.nodes.get("serviceAccount");
    return failPoolIf(pool, isDefaultAccount(account), account, DEFAULT_IDENTITY);
});

const clusterAccount: Check = (resource, context) => {
    const account = resource.inputs.at(`${DEFAULTS}.serviceAccount`);
    const used = or(isAutopilot(resource.inputs), isAutoProvisioned(resource.inputs));
    return [
        ...poolAccount(resource, context),
        ...failIf(and(used, isDefaultAccount(account)), account, DEFAULT_IDENTITY),
    ];
};

/** Nodes may do what nodes have to do, and no more. */
export const gkeNodeAccount: Rule = {
    id: "gcp-gke-node-dedicated-sa",
    title: "The nodes of a GKE cluster run as a service account of their own.",
    why: "The default service account is Editor of the project unless somebody changed that, and all machines share it.",
    clouds: ["gcp"],
    pack: "security",
    severity: "high",
    requirements: { "CIS GKE": ["5.2.1"] },
    analogies: { "PCI DSS": ["7.2.2"] },
    remediation:
        "Make a service account with roles/container.defaultNodeServiceAccount and name it in " +
        "nodeConfig.serviceAccount, which replaces the node pool; for Autopilot and node auto-provisioning in " +
        "clusterAutoscaling.autoProvisioningDefaults.serviceAccount.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/service-accounts",
    checks: { [CLUSTER]: clusterAccount, [NODE_POOL]: poolAccount },
};

/** Whether an image is one of those that the rule's option names. */
function isAllowedImage(image: Value, allowed: Value): Truth {
    return some(allowed, (entry) =>
        holds(entry, entry.text(), (name) => isOneOf(image, [name.toLowerCase()], true), false),
    );
}

const OTHER_IMAGE = "the nodes run another system than Container-Optimized OS";

const images: Check = (resource, context) => {
    const allowed = context.options.get("images");
    return eachPool((pool) => {
        const image = pool.nodes.get("imageType");
        return failPoolIf(pool, not(isAllowedImage(image, allowed)), image, OTHER_IMAGE);
    })(resource, context);
};

const clusterImages: Check = (resource, context) => {
    const { inputs } = resource;
    const image = inputs.at(`${DEFAULTS}.imageType`);
    const used = and(isAutoProvisioned(inputs), not(isAutopilot(inputs)));
    const allowed = isAllowedImage(image, context.options.get("images"));
    return [
        ...failIfOn(
            inputs.get("enableKubernetesAlpha"),
            "the cluster is never upgraded, and deleted after 30 days",
        ),
        ...images(resource, context),
        ...failIf(and(used, not(allowed)), image, OTHER_IMAGE),
    ];
};

/** What nodes run is maintained, and has little that could be attacked. */
export const gkeNoAlphaCos: Rule = {
    id: "gcp-gke-no-alpha-cos",
    title: "A GKE cluster is no alpha cluster, and its nodes run Container-Optimized OS.",
    why: "Alpha clusters get no patches, and every other system brings more software that needs them.",
    clouds: ["gcp"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS GKE": ["5.5.1", "5.10.2"] },
    analogies: { "PCI DSS": ["2.2"] },
    remediation:
        "Remove enableKubernetesAlpha, which replaces the cluster, and set imageType to COS_CONTAINERD, which " +
        "recreates the pool's nodes.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/node-images",
    options: {
        properties: {
            images: {
                type: "array",
                items: { type: "string" },
                default: ["COS_CONTAINERD"],
                description: "The image types that nodes may run, such as WINDOWS_LTSC_CONTAINERD.",
            },
        },
    },
    checks: { [CLUSTER]: clusterImages, [NODE_POOL]: images },
};
