import type { Value } from "../../runtime/reader.ts";
import {
    and,
    each,
    failIf,
    failIfOn,
    holds,
    isPresent,
    not,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { eachVolume, isExactly, POD_TYPES, podCheck, type Container, type Pod } from "../pods.ts";
import { forTypes, type Rule } from "../rule.ts";
import { isUnfiltered } from "./kernel.ts";

/** What Docker gives every container, but for NET_RAW. */
const CAPABILITIES = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

const SELINUX_TYPES = [
    "",
    "container_t",
    "container_init_t",
    "container_kvm_t",
    "container_engine_t",
];

/** Kernel parameters that a pod can set for itself without touching its neighbours. */
const SYSCTLS = [
    "kernel.shm_rmid_forced",
    ...[
        "ip_local_port_range",
        "ip_local_reserved_ports",
        "ip_unprivileged_port_start",
        "ping_group_range",
        "tcp_fin_timeout",
        "tcp_keepalive_intvl",
        "tcp_keepalive_probes",
        "tcp_keepalive_time",
        "tcp_notsent_lowat",
        "tcp_rmem",
        "tcp_slow_start_after_idle",
        "tcp_syncookies",
        "tcp_wmem",
    ].map((name) => `net.ipv4.${name}`),
];

const APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";
const APPARMOR_VALUE = /^(?:|runtime\/default|localhost\/.*)$/s;

const HANDLERS = [
    "livenessProbe",
    "readinessProbe",
    "startupProbe",
    "lifecycle.postStart",
    "lifecycle.preStop",
];

function judgeAppArmorAnnotations({ metadata }: Pod): readonly Verdict[] {
    const annotations = metadata.get("annotations");
    const entries = annotations.entries();
    if (entries.state !== "known") {
        return entries.state === "unknown" ? [{ state: "unknown", path: annotations.path }] : [];
    }
    return entries.value.flatMap(([key, value]) => {
        if (!key.startsWith(APPARMOR_ANNOTATION)) return [];
        const isKept = holds(value, value.text(), (text) => APPARMOR_VALUE.test(text), true);
        return failIf(not(isKept), value, "takes the AppArmor profile away");
    });
}

/** What pods and containers say alike. */
function judgeSecurity(security: Value): readonly Verdict[] {
    if (security.state === "absent") return [];
    const at = (path: string) => security.at(path);
    const appArmor = at("appArmorProfile.type");
    const type = at("seLinuxOptions.type");
    return [
        ...failIf(
            not(isExactly(appArmor, ["RuntimeDefault", "Localhost"], true)),
            appArmor,
            "takes the AppArmor profile away",
        ),
        ...failIf(
            not(isExactly(type, SELINUX_TYPES, true)),
            type,
            "is no SELinux type of containers",
        ),
        ...["user", "role"].flatMap((name) => {
            const value = security.get("seLinuxOptions").get(name);
            return failIf(isPresent(value), value, "sets more of the SELinux label than its type");
        }),
        ...failIf(
            isUnfiltered(security, false),
            at("seccompProfile.type"),
            "leaves all system calls open",
        ),
        ...failIfOn(at("windowsOptions.hostProcess"), "runs as a process of the node"),
    ];
}

function judgeCapabilities(security: Value): readonly Verdict[] {
    return each(security.at("capabilities.add"), (capability) =>
        failIf(
            not(isExactly(capability, CAPABILITIES, true)),
            capability,
            "adds a capability beyond those of an ordinary container",
        ),
    );
}

function judgeProcMount(security: Value, hasOwnUsers: Truth): readonly Verdict[] {
    const value = security.get("procMount");
    const bad = and(not(isExactly(value, ["Default"], true)), not(hasOwnUsers));
    return failIf(bad, value, "shows the container what /proc hides by default");
}

function judgeHosts(container: Value): readonly Verdict[] {
    return HANDLERS.flatMap((path) => {
        const handler = container.at(path);
        if (handler.state === "absent") return [];
        return ["httpGet", "tcpSocket"].flatMap((kind) => {
            const host = handler.get(kind).get("host");
            return failIf(isPresent(host), host, "makes the node call another host");
        });
    });
}

function judgeContainer({ at, security }: Container, { hasOwnUsers }: Pod): readonly Verdict[] {
    return [
        ...judgeSecurity(security),
        ...judgeCapabilities(security),
        ...judgeProcMount(security, hasOwnUsers),
        ...judgeHosts(at),
    ];
}

function judgePod(pod: Pod): readonly Verdict[] {
    return [
        ...judgeAppArmorAnnotations(pod),
        ...judgeSecurity(pod.security),
        ...each(pod.security.get("sysctls"), (sysctl) => {
            const name = sysctl.get("name");
            return failIf(not(isExactly(name, SYSCTLS, true)), name, "is no safe kernel parameter");
        }),
        ...eachVolume(pod, (volume) => {
            const hostPath = volume.get("hostPath");
            return failIf(isPresent(hostPath), hostPath, "is a path of the node");
        }),
        ...pod.unread,
        ...pod.containers.flatMap((container) => judgeContainer(container, pod)),
    ];
}

/** The Baseline level of the Pod Security Standards, but for what other rules have. */
export const baselineRest: Rule = {
    id: "k8s-baseline-rest",
    title: "Pods keep to the Baseline level of the Pod Security Standards.",
    why: "What the level forbids undoes the isolation of containers, and hardly any application needs it.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "medium",
    requirements: { NSA: ["C-0055"], PSS: ["Baseline"] },
    remediation:
        "Remove the field that is named; the standard's page lists the values that are allowed for each.",
    see: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    checks: forTypes(POD_TYPES, podCheck(judgePod)),
    note:
        "Follows the standard as of 1.37. Besides the fields that no other rule has (procMount, SELinux, AppArmor, sysctls, " +
        "Windows host processes, hosts of probes and hooks) it holds the Baseline part of capabilities, seccomp and " +
        "hostPath, whose own rules ask for the stricter Restricted level.",
};
