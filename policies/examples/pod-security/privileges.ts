import type { Example } from "../example.ts";
import { inAllKinds } from "../pods.ts";
import { containersWith, inEachList, SMALL_PATCH, WINDOWS_POD } from "./containers.ts";

const PRIVILEGED = "securityContext.privileged";

const privileged: readonly Example[] = [
    ...inAllKinds({
        good: { spec: containersWith({ privileged: false }) },
        breaks: inEachList("privileged is true", PRIVILEGED, true),
        undecided: `spec.containers[0].${PRIVILEGED}`,
    }),
    {
        type: "kubernetes:helm.sh/v3:Release",
        good: { chart: "agent", values: { agent: { containerSecurityContext: {} } } },
        breaks: [
            {
                title: "a chart is asked for a privileged container",
                set: ["values.agent.containerSecurityContext.privileged", true],
                at: ["values.agent.containerSecurityContext.privileged"],
            },
        ],
        undecided: "values.agent.containerSecurityContext",
    },
    {
        type: "kubernetes:keda.sh/v1alpha1:ScaledJob",
        good: {
            spec: { jobTargetRef: { template: { spec: { containers: [{ name: "work" }] } } } },
        },
        breaks: [
            {
                title: "a custom resource makes a privileged container",
                set: [
                    `spec.jobTargetRef.template.spec.containers[0].securityContext`,
                    { privileged: true },
                ],
                at: [`spec.jobTargetRef.template.spec.containers[0].${PRIVILEGED}`],
            },
        ],
    },
];

const ESCALATION = "securityContext.allowPrivilegeEscalation";

const escalation = [
    ...inAllKinds({
        good: { spec: containersWith({ allowPrivilegeEscalation: false }) },
        breaks: [
            ...inEachList("escalation is allowed", ESCALATION, true),
            {
                title: "nothing is said, and it is allowed by default",
                set: ["spec.containers[0].securityContext", {}],
                at: [`spec.containers[0].${ESCALATION}`],
            },
            {
                title: "the container is privileged, so that it cannot be forbidden",
                set: ["spec.containers[0].securityContext", { privileged: true }],
                at: [`spec.containers[0].${ESCALATION}`],
            },
        ],
        undecided: `spec.containers[0].${ESCALATION}`,
    }),
    WINDOWS_POD,
    SMALL_PATCH,
];

const DROP = "securityContext.capabilities.drop";

const capabilities = [
    ...inAllKinds({
        good: {
            spec: containersWith({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }),
        },
        breaks: [
            ...inEachList("another is added", "securityContext.capabilities.add[0]", "CHOWN"),
            ...inEachList("nothing is dropped", DROP, undefined),
            ...inEachList("only one is dropped", DROP, ["NET_RAW"]),
            ...inEachList("nothing is in the list", DROP, []),
        ],
        undecided: `spec.containers[0].${DROP}`,
    }),
    WINDOWS_POD,
    SMALL_PATCH,
];

const readOnly = [
    ...inAllKinds({
        good: { spec: containersWith({ readOnlyRootFilesystem: true }) },
        breaks: [
            ...inEachList("files can be changed", "securityContext.readOnlyRootFilesystem", false),
            ...inEachList("nothing is said", "securityContext.readOnlyRootFilesystem", undefined),
        ],
        undecided: "spec.containers[0].securityContext.readOnlyRootFilesystem",
    }),
    WINDOWS_POD,
    SMALL_PATCH,
];

/** What containers may do. */
export const privilegeExamples: Record<string, readonly Example[]> = {
    "k8s-no-privileged": privileged,
    "k8s-no-privilege-escalation": escalation,
    "k8s-drop-all-capabilities": capabilities,
    "k8s-read-only-rootfs": readOnly,
};
