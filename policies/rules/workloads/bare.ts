import { failIf, not, some } from "../../runtime/truth.ts";
import { forKinds, type ObjectCheck } from "../objects.ts";
import type { Rule } from "../rule.ts";

const bare: ObjectCheck = (pod, _, isPatch) =>
    isPatch
        ? []
        : failIf(
              not(some(pod.at("metadata.ownerReferences"), () => true)),
              pod,
              "is a pod that nothing starts again",
          );

/** Pods come from something that starts them again. */
export const noBarePod: Rule = {
    id: "k8s-no-bare-pod",
    title: "No pod stands alone.",
    why: "A pod without a controller is gone with its node: a drain, a crash or an upgrade ends it, and nothing makes another.",
    clouds: ["kubernetes"],
    pack: "reliability",
    severity: "low",
    requirements: {},
    remediation:
        "Make a Deployment, a StatefulSet, a DaemonSet or, for work that ends, a Job in place of the Pod.",
    see: "https://kubernetes.io/docs/concepts/workloads/controllers/",
    checks: forKinds(["kubernetes:core:Pod"], bare),
};
