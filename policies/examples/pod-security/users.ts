import type { Example } from "../example.ts";
import { inAllKinds } from "../pods.ts";
import { containersWith, inEachList, SMALL_PATCH, WINDOWS_POD } from "./containers.ts";

const ALL_CONTAINERS = [0, 1].map((index) => `spec.containers[${index}]`);
const NON_ROOT = "securityContext.runAsNonRoot";
const SECCOMP = "securityContext.seccompProfile";
const nonRoot = inAllKinds({
    good: {
        spec: {
            securityContext: { runAsNonRoot: true },
            ...containersWith({ runAsNonRoot: true }),
        },
    },
    breaks: [
        ...inEachList("runAsNonRoot is false", NON_ROOT, false),
        {
            title: "the pod says false, though all containers say true",
            set: [`spec.${NON_ROOT}`, false],
        },
    ],
    undecided: `spec.${NON_ROOT}`,
});

/** The same field on the pod alone, on containers alone, and not needed at all. */
const nonRootElsewhere: readonly Example[] = [
    {
        type: "kubernetes:core/v1:Pod",
        good: { spec: { securityContext: { runAsNonRoot: true }, ...containersWith({}) } },
        breaks: [
            {
                title: "neither the pod nor a container says anything",
                set: ["spec", { containers: [{ name: "one" }, { name: "two" }] }],
                at: ALL_CONTAINERS.map((path) => `${path}.${NON_ROOT}`),
            },
        ],
        undecided: `spec.${NON_ROOT}`,
    },
    {
        type: "kubernetes:core/v1:Pod",
        good: { spec: { hostUsers: false, containers: [{ name: "one" }] } },
        breaks: [
            {
                title: "the pod has the node's users after all",
                set: ["spec.hostUsers", true],
                at: [`spec.containers[0].${NON_ROOT}`],
            },
        ],
        undecided: "spec.hostUsers",
    },
    {
        type: "kubernetes:core/v1:PodPatch",
        good: { spec: { hostUsers: false, containers: [{ name: "one" }] } },
        breaks: [],
        undecided: "spec.hostUsers",
    },
];

const user = [
    ...inAllKinds({
        good: {
            spec: {
                securityContext: { runAsUser: 10001 },
                ...containersWith({ runAsUser: 10001 }),
            },
        },
        breaks: [
            ...inEachList("the user is 0", "securityContext.runAsUser", 0),
            { title: "the pod's user is 0", set: ["spec.securityContext.runAsUser", 0] },
        ],
        undecided: "spec.containers[0].securityContext.runAsUser",
    }),
    {
        type: "kubernetes:core/v1:Pod",
        good: { spec: { hostUsers: false, securityContext: { runAsUser: 0 } } },
        breaks: [
            {
                title: "root is the node's root too",
                set: ["spec.hostUsers", undefined],
                at: ["spec.securityContext.runAsUser"],
            },
        ],
    } satisfies Example,
];

const seccomp: readonly Example[] = [
    ...inAllKinds({
        good: {
            spec: {
                securityContext: { seccompProfile: { type: "RuntimeDefault" } },
                ...containersWith({
                    seccompProfile: { type: "Localhost", localhostProfile: "a.json" },
                }),
            },
        },
        breaks: [
            ...inEachList("the profile is switched off", `${SECCOMP}.type`, "Unconfined"),
            {
                title: "the pod's profile is switched off",
                set: [`spec.${SECCOMP}.type`, "Unconfined"],
            },
        ],
        undecided: `spec.containers[0].${SECCOMP}.type`,
    }),
    {
        type: "kubernetes:core/v1:Pod",
        good: {
            spec: {
                securityContext: { seccompProfile: { type: "Localhost" } },
                ...containersWith({}),
            },
        },
        breaks: [
            {
                title: "neither the pod nor a container has a profile",
                set: ["spec", { containers: [{ name: "one" }, { name: "two" }] }],
                at: ALL_CONTAINERS.map((path) => `${path}.${SECCOMP}.type`),
            },
        ],
        undecided: "spec.securityContext",
    },
    WINDOWS_POD,
    SMALL_PATCH,
];

const procMount = inAllKinds({
    good: { spec: { hostUsers: false, ...containersWith({ procMount: "Default" }) } },
    breaks: inEachList("/proc is unmasked", "securityContext.procMount", "Unmasked"),
    undecided: "spec.containers[0].securityContext.procMount",
});

/** Whom containers run as, and what they see of the kernel: what a pod may say for all of them. */
export const userExamples: Record<string, readonly Example[]> = {
    "k8s-run-as-non-root": [...nonRoot, ...nonRootElsewhere],
    "k8s-run-as-user-not-0": user,
    "k8s-seccomp-runtime-default": seccomp,
    "k8s-proc-mount-default": procMount,
};
