import type { Example, Inputs, Json } from "../example.ts";
import { inAllKinds, type PodBreak } from "../pods.ts";

const IMAGE = "registry.k8s.io/pause:3.10";
const ANNOTATION = "container.apparmor.security.beta.kubernetes.io/one";

const good: Inputs = {
    metadata: { annotations: { [ANNOTATION]: "runtime/default", team: "web" } },
    spec: {
        securityContext: {
            appArmorProfile: { type: "RuntimeDefault" },
            seLinuxOptions: { type: "container_t", level: "s0:c1,c2" },
            seccompProfile: { type: "RuntimeDefault" },
            sysctls: [{ name: "net.ipv4.tcp_syncookies", value: "1" }],
            windowsOptions: { hostProcess: false },
        },
        volumes: [{ name: "tmp", emptyDir: {} }],
        containers: [
            {
                name: "one",
                image: IMAGE,
                livenessProbe: { httpGet: { path: "/", port: 80 }, periodSeconds: 5 },
                readinessProbe: { tcpSocket: { port: 80 } },
                lifecycle: { preStop: { httpGet: { host: "", port: 80 } } },
                securityContext: { capabilities: { add: ["CHOWN"] }, procMount: "Default" },
            },
        ],
        initContainers: [{ name: "two", image: IMAGE }],
        ephemeralContainers: [{ name: "three", image: IMAGE }],
    },
};

const bad = (title: string, path: string, value: Json, at: string = path): PodBreak => ({
    title,
    set: [`spec.${path}`, value],
    at: [`spec.${at}`],
});

const breaks: readonly PodBreak[] = [
    bad("/proc is unmasked", "containers[0].securityContext.procMount", "Unmasked"),
    bad(
        "/proc is unmasked in an init container",
        "initContainers[0].securityContext",
        { procMount: "Unmasked" },
        "initContainers[0].securityContext.procMount",
    ),
    bad(
        "a capability beyond the usual is added",
        "containers[0].securityContext.capabilities.add[0]",
        "SYS_ADMIN",
    ),
    bad(
        "a capability is written as libc has it",
        "containers[0].securityContext.capabilities.add[0]",
        "CAP_CHOWN",
    ),
    bad("AppArmor is off for the pod", "securityContext.appArmorProfile.type", "Unconfined"),
    bad(
        "AppArmor is off for an ephemeral container",
        "ephemeralContainers[0].securityContext",
        { appArmorProfile: { type: "Unconfined" } },
        "ephemeralContainers[0].securityContext.appArmorProfile.type",
    ),
    {
        title: "AppArmor is off by annotation",
        set: [`metadata.annotations["${ANNOTATION}"]`, "unconfined"],
    },
    bad("the SELinux type is the node's", "securityContext.seLinuxOptions.type", "spc_t"),
    bad("the SELinux user is set", "securityContext.seLinuxOptions.user", "system_u"),
    bad("the SELinux role is set", "securityContext.seLinuxOptions.role", "sysadm_r"),
    bad("seccomp is off", "securityContext.seccompProfile.type", "Unconfined"),
    bad(
        "a profile has no type",
        "securityContext.seccompProfile",
        {},
        "securityContext.seccompProfile.type",
    ),
    bad("a kernel parameter is the node's", "securityContext.sysctls[0].name", "kernel.msgmax"),
    bad("it is a process of a Windows node", "securityContext.windowsOptions.hostProcess", true),
    bad("a volume is a path of the node", "volumes[0].hostPath", { path: "/" }),
    bad("a probe calls another host", "containers[0].livenessProbe.httpGet.host", "10.0.0.1"),
    bad("a probe knocks at another host", "containers[0].readinessProbe.tcpSocket.host", "db"),
    bad("a hook calls another host", "containers[0].lifecycle.preStop.httpGet.host", "example.com"),
    bad(
        "a start-up probe calls another host",
        "containers[0].startupProbe",
        { httpGet: { host: "169.254.169.254", port: 80 } },
        "containers[0].startupProbe.httpGet.host",
    ),
    bad(
        "a hook after the start knocks at another host",
        "containers[0].lifecycle.postStart",
        { tcpSocket: { host: "db", port: 80 } },
        "containers[0].lifecycle.postStart.tcpSocket.host",
    ),
];

const ownUsers: Example = {
    type: "kubernetes:core/v1:Pod",
    good: {
        spec: {
            hostUsers: false,
            containers: [{ name: "one", securityContext: { procMount: "Unmasked" } }],
        },
    },
    breaks: [
        {
            title: "/proc is unmasked among the node's users",
            set: ["spec.hostUsers", undefined],
            at: ["spec.containers[0].securityContext.procMount"],
        },
    ],
    undecided: "spec.hostUsers",
};

const volumeBreaks = (kinds: readonly string[]): readonly PodBreak[] =>
    kinds.map((kind) => ({
        title: `a volume is of the kind ${kind}`,
        set: ["spec.volumes[1]", { name: "data", [kind]: {} }],
        at: [`spec.volumes[1].${kind}`],
    }));

const ports: Inputs = {
    spec: Object.fromEntries(
        ["containers", "initContainers", "ephemeralContainers"].map((list) => [
            list,
            [
                {
                    name: list,
                    image: IMAGE,
                    ports: [
                        { containerPort: 80, hostPort: 0 },
                        { containerPort: 81, hostPort: 0 },
                    ],
                },
            ],
        ]),
    ),
};

/** What the Baseline level asks, and of volumes the Restricted level. */
export const baselineExamples: Record<string, readonly Example[]> = {
    "k8s-no-host-namespaces": inAllKinds({
        good: { spec: { hostNetwork: false, containers: [] } },
        breaks: ["hostNetwork", "hostPID", "hostIPC"].map((name) => ({
            title: `${name} is true`,
            set: [`spec.${name}`, true],
        })),
        undecided: "spec.hostNetwork",
    }),
    "k8s-no-host-ports": [
        ...inAllKinds({
            good: ports,
            breaks: ["containers", "initContainers", "ephemeralContainers"].map((list) => ({
                title: `one of its ${list} opens a port of the node`,
                set: [`spec.${list}[0].ports[1].hostPort`, 8080],
            })),
            undecided: "spec.containers[0].ports[1].hostPort",
        }),
        {
            type: "kubernetes:apps/v1:DaemonSet",
            good: {
                spec: { template: { spec: { containers: [{ ports: [{ hostPort: 9100 }] }] } } },
            },
            options: { allowed: [9100, 9101] },
            breaks: [
                {
                    title: "the port is not on the list",
                    set: ["spec.template.spec.containers[0].ports[0].hostPort", 9102],
                    at: ["spec.template.spec.containers[0].ports[0].hostPort"],
                },
            ],
            undecided: "spec.template.spec.containers[0].ports",
        },
    ],
    "k8s-baseline-rest": [
        ...inAllKinds({ good, breaks, undecided: "spec.containers[0].securityContext" }),
        ownUsers,
    ],
    "k8s-restricted-volumes": inAllKinds({
        good: {
            spec: {
                volumes: [
                    "configMap",
                    "csi",
                    "downwardAPI",
                    "emptyDir",
                    "ephemeral",
                    "image",
                    "persistentVolumeClaim",
                    "projected",
                    "secret",
                ].map((kind) => ({ name: kind, [kind]: {} })),
            },
        },
        breaks: volumeBreaks(["hostPath", "nfs", "awsElasticBlockStore", "azureFile", "gitRepo"]),
        undecided: "spec.volumes[0]",
    }),
};
