/** An object whose fields are looked at one by one. */
type Json = Record<string, unknown>;

const object = (value: unknown): Json => (value ?? {}) as Json;
const list = (value: unknown): Json[] => (value ?? []) as Json[];

/** Volume types that the restricted profile allows. */
const VOLUMES = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/**
 * What Pod Security's restricted profile finds wrong with a pod, by field.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function restrictedViolations(pod: Json): string[] {
    const containers = [...list(pod["initContainers"]), ...list(pod["containers"])];
    return [
        ...["hostNetwork", "hostPID", "hostIPC"].filter((field) => pod[field] === true),
        ...volumeViolations(pod),
        ...contextViolations(object(pod["securityContext"])),
        ...containers.flatMap((container) => containerViolations(container, pod)),
    ];
}

function volumeViolations(pod: Json): string[] {
    return list(pod["volumes"]).flatMap((volume) =>
        Object.keys(volume).filter((key) => key !== "name" && !VOLUMES.includes(key)),
    );
}

function contextViolations(context: Json): string[] {
    return [
        ...(list(context["sysctls"]).length > 0 ? ["sysctls"] : []),
        ...(context["runAsUser"] === 0 ? ["runAsUser"] : []),
        ...(context["seLinuxOptions"] === undefined ? [] : ["seLinuxOptions"]),
        ...(context["appArmorProfile"] === undefined ? [] : ["appArmorProfile"]),
    ];
}

function containerViolations(container: Json, pod: Json): string[] {
    const context = object(container["securityContext"]);
    const inherited = { ...object(pod["securityContext"]), ...context };
    const seccomp = object(inherited["seccompProfile"])["type"];
    const capabilities = object(context["capabilities"]);
    const added = list(capabilities["add"]).map(String);
    const dropped = list(capabilities["drop"]).map(String);
    const found: Record<string, boolean> = {
        hostPort: list(container["ports"]).some((port) => port["hostPort"] !== undefined),
        privileged: context["privileged"] === true,
        procMount: ![undefined, "Default"].includes(context["procMount"] as string | undefined),
        allowPrivilegeEscalation: context["allowPrivilegeEscalation"] !== false,
        runAsNonRoot: inherited["runAsNonRoot"] !== true,
        containerRunAsUser: context["runAsUser"] === 0,
        seccompProfile: seccomp !== "RuntimeDefault" && seccomp !== "Localhost",
        "capabilities.drop": !dropped.includes("ALL"),
        "capabilities.add": added.some((capability) => capability !== "NET_BIND_SERVICE"),
    };
    return Object.keys(found).filter((field) => found[field]);
}
