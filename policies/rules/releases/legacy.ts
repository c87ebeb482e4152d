import type { Value } from "../../runtime/reader.ts";
import { each, failIf, failIfOn, holds, type Verdict } from "../../runtime/truth.ts";
import { podsOf } from "../pods.ts";
import type { Check, Rule } from "../rule.ts";
import { CHART_TYPES, chartOf } from "./charts.ts";

const BETA = ["v1alpha1", "v1beta1"];

/** API versions that Kubernetes has removed, by group: the version alone, or with the kinds that lost it. */
const REMOVED: Readonly<Record<string, Readonly<Record<string, "all" | readonly string[]>>>> = {
    extensions: { v1beta1: "all" },
    apps: { v1beta1: "all", v1beta2: "all" },
    batch: { v1beta1: "all", v2alpha1: "all" },
    policy: { v1beta1: "all" },
    autoscaling: { v2beta1: "all", v2beta2: "all" },
    "networking.k8s.io": { v1beta1: ["Ingress", "IngressClass"] },
    "rbac.authorization.k8s.io": all(BETA),
    "admissionregistration.k8s.io": {
        v1beta1: ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
    },
    "apiextensions.k8s.io": { v1beta1: "all" },
    "apiregistration.k8s.io": { v1beta1: "all" },
    "certificates.k8s.io": { v1beta1: ["CertificateSigningRequest"] },
    "coordination.k8s.io": { v1beta1: ["Lease"] },
    "discovery.k8s.io": { v1beta1: "all" },
    "events.k8s.io": { v1beta1: "all" },
    "flowcontrol.apiserver.k8s.io": {
        v1alpha1: "all",
        v1beta1: "all",
        v1beta2: "all",
        v1beta3: "all",
    },
    "node.k8s.io": all(BETA),
    "scheduling.k8s.io": { v1beta1: ["PriorityClass"], v1alpha1: ["PriorityClass"] },
    "storage.k8s.io": {
        v1beta1: ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "CSIStorageCapacity"],
    },
};

function all(versions: readonly string[]): Record<string, "all"> {
    return Object.fromEntries(versions.map((version) => [version, "all"]));
}

const IMAGE = /(^|\/)(kubernetesui\/[\w-]+|kubernetes-dashboard[\w-]*|tiller)([:@]|$)/;
const CHARTS = ["kubernetes-dashboard"];
const DASHBOARD = "is the Kubernetes dashboard or Tiller, which nobody maintains";

/** `kubernetes:apps/v1:DeploymentPatch` tells group, version and kind. */
function isRemoved(token: string): boolean {
    const [, module = "", name = ""] = token.split(":");
    const [group = "", version = ""] = module.split("/");
    if (!Object.hasOwn(REMOVED, group)) return false;
    const kinds = REMOVED[group]?.[version];
    const kind = name.replace(/(Patch|List)$/, "");
    return kinds === "all" || (kinds?.includes(kind) ?? false);
}

const REMOVALS = new Map<string, boolean>();

/** The same few tokens come with all objects. */
function wasRemoved(token: string): boolean {
    let found = REMOVALS.get(token);
    if (found === undefined) REMOVALS.set(token, (found = isRemoved(token)));
    return found;
}

function judgeImage(container: Value): readonly Verdict[] {
    const image = container.get("image");
    const isOld = holds(image, image.text(), (text) => IMAGE.test(text), false);
    return failIf(isOld, image, DASHBOARD);
}

const legacy: Check = (resource) => {
    const { type, token, inputs } = resource;
    return [
        ...failIf(
            wasRemoved(token),
            inputs.get("apiVersion"),
            "is a version that Kubernetes has removed",
        ),
        ...podsOf(resource).flatMap(({ spec }) => each(spec.get("containers"), judgeImage)),
        ...(CHART_TYPES.includes(type)
            ? failIf(chartOf(inputs, CHARTS), inputs.get("chart"), DASHBOARD)
            : []),
    ];
};

const aksDashboard: Check = ({ inputs }) =>
    failIfOn(inputs.at("addonProfiles.kubeDashboard.enabled"), DASHBOARD);

/** Nothing that Kubernetes has left behind. */
export const noLegacyComponents: Rule = {
    id: "k8s-no-legacy-components",
    title: "Nothing uses the dashboard, Tiller or API versions that Kubernetes has removed.",
    why: "The dashboard and Tiller hold wide rights and get no fixes; an object of a removed version cannot be made any more, so that restoring the cluster fails.",
    clouds: ["kubernetes", "azure"],
    pack: "security",
    severity: "medium",
    requirements: { NSA: ["C-0068"], "CIS GKE": ["5.10.1"] },
    remediation: {
        "azure-native": "Take the add-on kubeDashboard away.",
        kubernetes:
            "Use the current API version of the kind, the cloud's console or Headlamp in place of the " +
            "dashboard, and Pod Security labels in place of PodSecurityPolicy.",
    },
    see: "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
    checks: {
        "*": legacy,
        "azure-native:containerservice:ManagedCluster": aksDashboard,
    },
    concerns: (type) => type.startsWith("kubernetes:"),
    note:
        "The rule finds what is removed, not what is only deprecated: every group has deprecated versions at some time " +
        "for which there is no other yet.",
};
