import type { Inputs } from "../../../policies/examples/example.ts";
import {
    eachOf,
    hasOwnUsers,
    listAt,
    oneOf,
    onPodAndContainers,
    OTHER_VOLUMES,
    read,
    unset,
    volume,
    VOLUMES,
    type Control,
} from "./control.ts";

const CAPABILITIES =
    "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
        " ",
    );

const SYSCTLS = [
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_wmem",
    "net.ipv4.tcp_slow_start_after_idle",
    "net.ipv4.tcp_notsent_lowat",
];

const APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

const CALLERS = [
    "livenessProbe",
    "readinessProbe",
    "startupProbe",
    "lifecycle.postStart",
    "lifecycle.preStop",
];

/** The Baseline level, but for its name. */
export const BASELINE: readonly Omit<Control, "level">[] = [
    {
        name: "host namespaces",
        places: ["spec.hostNetwork", "spec.hostPID", "spec.hostIPC"],
        permits: (value) => value !== true,
        allowed: [undefined, false],
        forbidden: [true],
    },
    {
        name: "privileged containers",
        places: ["*.securityContext.privileged"],
        permits: (value) => value !== true,
        allowed: [undefined, false],
        forbidden: [true],
    },
    {
        name: "capabilities",
        places: ["*.securityContext.capabilities.add"],
        permits: eachOf(CAPABILITIES),
        allowed: [undefined, [], ...CAPABILITIES.map((name) => [name]), CAPABILITIES],
        forbidden: [["NET_RAW"], ["SYS_ADMIN"], ["ALL"], ["CHOWN", "NET_ADMIN"], ["CAP_CHOWN"]],
    },
    {
        name: "hostPath volumes",
        places: ["spec.volumes"],
        permits: (value) => listAt(value).every((one) => unset(read(one, "hostPath"))),
        allowed: [undefined, [], ...[...VOLUMES, ...OTHER_VOLUMES].map(volume)],
        forbidden: [volume("hostPath"), [{ name: "node", hostPath: { path: "/var/log" } }]],
    },
    {
        name: "host ports",
        places: ["*.ports"],
        permits: (value) => listAt(value).every((port) => oneOf([0])(read(port, "hostPort"))),
        allowed: [undefined, [{ containerPort: 80 }], [{ containerPort: 80, hostPort: 0 }]],
        forbidden: [[{ containerPort: 80, hostPort: 80 }], [{ containerPort: 1 }, { hostPort: 1 }]],
    },
    {
        name: "AppArmor",
        places: onPodAndContainers("appArmorProfile.type"),
        permits: oneOf(["RuntimeDefault", "Localhost"]),
        allowed: [undefined, "RuntimeDefault", "Localhost"],
        forbidden: ["Unconfined", "runtime/default"],
    },
    {
        name: "AppArmor by annotation",
        places: ["metadata.annotations"],
        permits: (value) =>
            Object.entries((value as Inputs | undefined) ?? {}).every(
                ([key, profile]) =>
                    !key.startsWith(APPARMOR) ||
                    profile === "" ||
                    profile === "runtime/default" ||
                    String(profile).startsWith("localhost/"),
            ),
        allowed: [
            undefined,
            { team: "unconfined" },
            ...["", "runtime/default", "localhost/web"].map((it) => ({ [`${APPARMOR}a`]: it })),
        ],
        forbidden: ["unconfined", "RuntimeDefault", "localhost"].map((it) => ({
            [`${APPARMOR}a`]: it,
        })),
    },
    {
        name: "SELinux type",
        places: onPodAndContainers("seLinuxOptions.type"),
        permits: oneOf([
            "",
            "container_t",
            "container_init_t",
            "container_kvm_t",
            "container_engine_t",
        ]),
        allowed: [
            ...[undefined, "", "container_t", "container_init_t"],
            ...["container_kvm_t", "container_engine_t"],
        ],
        forbidden: ["spc_t", "Container_t"],
    },
    {
        name: "SELinux user and role",
        places: ["seLinuxOptions.user", "seLinuxOptions.role"].flatMap(onPodAndContainers),
        permits: oneOf([""]),
        allowed: [undefined, ""],
        forbidden: ["system_u", "container_t"],
    },
    {
        name: "/proc",
        places: ["*.securityContext.procMount"],
        permits: oneOf(["Default"]),
        allowed: [undefined, "Default"],
        forbidden: ["Unmasked", "default"],
        exempt: hasOwnUsers,
    },
    {
        name: "seccomp",
        places: onPodAndContainers("seccompProfile"),
        permits: (value) =>
            unset(value) || ["RuntimeDefault", "Localhost"].includes(read(value, "type") as string),
        allowed: [undefined, { type: "RuntimeDefault" }, { type: "Localhost" }],
        forbidden: [{ type: "Unconfined" }, { type: "runtime/default" }, {}],
    },
    {
        name: "sysctls",
        places: ["spec.securityContext.sysctls"],
        permits: (value) => listAt(value).every((one) => oneOf(SYSCTLS)(read(one, "name"))),
        allowed: [undefined, [], ...SYSCTLS.map((name) => [{ name, value: "1" }])],
        forbidden: ["kernel.msgmax", "net.core.somaxconn", "net.ipv4.tcp_mem"].map((name) => [
            { name: SYSCTLS[0]!, value: "1" },
            { name, value: "1" },
        ]),
    },
    {
        name: "Windows host processes",
        places: onPodAndContainers("windowsOptions.hostProcess"),
        permits: (value) => value !== true,
        allowed: [undefined, false],
        forbidden: [true],
    },
    {
        name: "hosts of probes and hooks",
        places: CALLERS.flatMap((path) => [`*.${path}.httpGet.host`, `*.${path}.tcpSocket.host`]),
        permits: oneOf([""]),
        allowed: [undefined, ""],
        forbidden: ["127.0.0.1", "localhost", "example.com"],
    },
];
