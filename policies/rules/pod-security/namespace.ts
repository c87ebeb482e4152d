import type { Value } from "../../runtime/reader.ts";
import { failIf, holds, type Verdict } from "../../runtime/truth.ts";
import { POD_TYPES } from "../pods.ts";
import { forKinds } from "../objects.ts";
import type { Check, Rule } from "../rule.ts";

/**
 * What serves applications besides pods. Accounts, policies and quotas are left out: in the default namespace they guard
 * what might be put there.
 */
const OTHER_TYPES: readonly string[] = [
    "kubernetes:core:Service",
    "kubernetes:core:ConfigMap",
    "kubernetes:core:Secret",
    "kubernetes:core:PersistentVolumeClaim",
    "kubernetes:networking.k8s.io:Ingress",
];

const RELEASE = "kubernetes:helm.sh:Release";

function judge(namespace: Value): readonly Verdict[] {
    const bad = holds(
        namespace,
        namespace.text(),
        (text) => text === "" || text === "default",
        true,
    );
    return failIf(bad, namespace, "is the default namespace");
}

const release: Check = ({ inputs }) => judge(inputs.get("namespace"));

const TYPES = [...POD_TYPES.filter((type) => !type.endsWith("List")), ...OTHER_TYPES];

/** Everything has a namespace of its own, and with it quotas, policies and rights. */
export const noDefaultNamespace: Rule = {
    id: "k8s-no-default-namespace",
    title: "Nothing runs in the default namespace.",
    why: "Quotas, network policies, rights and security levels go by namespace; in the default one everything ends up together.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "low",
    requirements: { "CIS EKS": ["4.5.2"], "CIS AKS": ["4.6.3"], "CIS GKE": ["4.6.4"] },
    remediation:
        "Create a Namespace for the application and name it in metadata.namespace. Moving replaces the resource.",
    see: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    checks: {
        ...forKinds(TYPES, (object) => judge(object.at("metadata.namespace"))),
        [RELEASE]: release,
    },
    note:
        "Covers what a Service, its data and its pods are made of, and Helm releases; not accounts, policies and quotas, " +
        "which make the default namespace safer.",
};
