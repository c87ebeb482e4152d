import { attached, maybe, NOTHING, type Stack, type StackResource } from "../../runtime/stack.ts";
import { and, failIf, holds, isOn, isOneOf, not, or, type Truth } from "../../runtime/truth.ts";
import { on, type Rule, type StackVerdict } from "../rule.ts";
import { ADDON, CLUSTER } from "./types.ts";

const RELEASES = ["kubernetes:helm.sh:Release", "kubernetes:helm.sh:Chart"] as const;
const DAEMON_SET = "kubernetes:apps:DaemonSet";
const TIGERA = "kubernetes:operator.tigera.io:Installation";

/** Charts and daemon sets of the engines that are installed beside AWS's own. */
const ENGINE = /(^|\/)(cilium|tigera-operator|calico|calico-node|canal)$/;

/** AWS's own network plug-in as a chart, in place of the add-on. */
const VPC_CNI_CHART = /(^|\/)aws-vpc-cni$/;

function isNamed(resource: StackResource, path: string, pattern: RegExp): Truth {
    const name = resource.given.at(path);
    return holds(name, name.text(), (text) => pattern.test(text), false);
}

/** Whether the stack installs an engine itself. Releases do not say for which cluster, so any will do. */
function installsEngine(stack: Stack): Truth {
    return or(
        stack.all(TIGERA).length > 0,
        ...stack.all(...RELEASES).map((release) => isNamed(release, "chart", ENGINE)),
        ...stack.all(DAEMON_SET).map((set) => isNamed(set, "metadata.name", ENGINE)),
        ...stack
            .all(...RELEASES)
            .map((release) =>
                and(
                    isNamed(release, "chart", VPC_CNI_CHART),
                    isOn(release.given.at("values.enableNetworkPolicy"), false),
                ),
            ),
    );
}

/** Auto Mode enforces policies if a NodeClass and a config map say so, which the stack may not show. */
function isAutomatic(cluster: StackResource): Truth {
    const enabled = cluster.given.at("computeConfig.enabled");
    const automatic = isOn(enabled, false);
    return automatic === true ? { unknown: enabled.path } : automatic;
}

const isCni = ({ given }: StackResource): Truth =>
    isOneOf(given.get("addonName"), ["vpc-cni"], false);

/** An add-on may name a cluster in writing whose name is not known yet. */
function mayBeNamed(cluster: StackResource, strays: readonly StackResource[]): Truth {
    const name = cluster.inputs.get("name");
    return strays.length > 0 && name.text().state !== "known" ? { unknown: name.path } : false;
}

function unenforced(stack: Stack): readonly StackVerdict[] {
    const clusters = stack.all(CLUSTER);
    const link = { types: [ADDON], input: "clusterName", names: ["name", "id"] };
    const addons = attached(stack, clusters, link);
    const joined = new Set(clusters.flatMap(addons.of));
    const strays = stack.all(ADDON).filter((addon) => !joined.has(addon));
    const engine = or(installsEngine(stack), maybe(addons.loose, "clusterName"));
    return clusters.flatMap((cluster) => {
        const own = addons.of(cluster);
        const others = or(engine, isAutomatic(cluster), mayBeNamed(cluster, strays));
        const cni = own.find((addon) => isCni(addon) === true);
        if (cni !== undefined) {
            const values = cni.given.get("configurationValues");
            const enabled = isOn(values.json().get("enableNetworkPolicy"), false);
            const bad = not(or(enabled, others));
            return on(cni, failIf(bad, values, "leaves network policies without effect"));
        }
        const bad = not(or(others, ...own.map(isCni)));
        return on(cluster, failIf(bad, NOTHING, "has nothing that enforces network policies"));
    });
}

/** Something enforces the network policies of an EKS cluster. */
export const eksNetworkPolicyOn: Rule = {
    id: "aws-eks-network-policy-on",
    title: "Network policies of an EKS cluster are enforced.",
    why:
        "EKS takes network policies and ignores them unless an engine enforces them: they look right in every review, " +
        "and every pod reaches every other.",
    clouds: ["aws"],
    pack: "security",
    severity: "high",
    requirements: { "CIS EKS": ["4.3.1", "5.4.4"] },
    analogies: { "PCI DSS": ["1.3.1"] },
    remediation:
        'Add an Addon with addonName vpc-cni and configurationValues {"enableNetworkPolicy": "true"}, or install ' +
        "Cilium or Calico.",
    see: "https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html",
    checks: {},
    stack: {
        judges: [CLUSTER, ADDON],
        reads: [...RELEASES, DAEMON_SET, TIGERA],
        check: unenforced,
    },
    note: "Clusters in Auto Mode are not told: there a NodeClass and a config map inside the cluster switch enforcement on.",
};
