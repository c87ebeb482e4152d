import { and, failIf, holds, isPresent, not, type Verdict } from "../../runtime/truth.ts";
import type { Value } from "../../runtime/reader.ts";
import { containerCheck, eachVolume, isMissing, POD_TYPES, podCheck } from "../pods.ts";
import { forTypes, type Rule } from "../rule.ts";

const NOTHING: readonly Verdict[] = [];

/** The sources of volumes that give nothing of the node away. */
const SOURCES: readonly string[] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

function judgeVolume(volume: Value): readonly Verdict[] {
    const entries = volume.entries();
    if (entries.state !== "known") {
        return entries.state === "unknown" ? [{ state: "unknown", path: volume.path }] : NOTHING;
    }
    return entries.value.flatMap(([source, value]) =>
        source === "name" || SOURCES.includes(source)
            ? NOTHING
            : failIf(isPresent(value), value, "is not among the allowed kinds of volumes"),
    );
}

/** Volumes come from the cluster and never from the node. */
export const restrictedVolumes: Rule = {
    id: "k8s-restricted-volumes",
    title: "Volumes come from the cluster, never from the node or a file server named in the pod.",
    why: "A path of the node is the way out of a container; other kinds pass by the cluster's storage classes and drivers.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: { NSA: ["C-0058"], PSS: ["Restricted"] },
    remediation:
        "Use a persistentVolumeClaim with a CSI driver, or one of configMap, downwardAPI, emptyDir, ephemeral, image, projected and secret.",
    see: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    checks: forTypes(
        POD_TYPES,
        podCheck((pod) => eachVolume(pod, judgeVolume)),
    ),
    note:
        "Of the kinds that it refuses the Baseline level forbids hostPath only, so this rule belongs to Restricted " +
        "alone, and k8s-baseline-rest has hostPath for Baseline.",
};

const readOnly = containerCheck(({ security }, pod) => {
    const value = security.get("readOnlyRootFilesystem");
    const bad = not(holds(value, value.flag(), (on) => on, not(isMissing(pod, value))));
    return failIf(and(bad, not(pod.isWindows)), value, "lets the image's files be changed");
});

/** What was built is what runs. */
export const readOnlyRootFilesystem: Rule = {
    id: "k8s-read-only-rootfs",
    title: "No container can change the files of its image.",
    why: "On a read-only file system an intruder cannot leave tools behind or replace the program.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "medium",
    requirements: { NSA: ["C-0017"] },
    remediation:
        "Set securityContext.readOnlyRootFilesystem to true on every container, and mount an emptyDir where it writes.",
    see: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    checks: forTypes(POD_TYPES, readOnly),
    note: "Pods for Windows are exempt: the API server refuses the field there.",
};
