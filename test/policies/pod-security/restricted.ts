import type { Inputs } from "../../../policies/examples/example.ts";
import {
    eachOf,
    hasOwnUsers,
    isWindows,
    listAt,
    oneOf,
    onPodAndContainers,
    OTHER_VOLUMES,
    volume,
    VOLUMES,
    type Control,
} from "./control.ts";

/** What the Restricted level adds, but for its name. */
export const RESTRICTED: readonly Omit<Control, "level">[] = [
    {
        name: "volume types",
        places: ["spec.volumes"],
        permits: (value) =>
            listAt(value).every((one) =>
                Object.keys(one as Inputs).every((key) => ["name", ...VOLUMES].includes(key)),
            ),
        allowed: [undefined, [], ...VOLUMES.map(volume)],
        forbidden: ["hostPath", ...OTHER_VOLUMES].map(volume),
    },
    {
        name: "privilege escalation",
        places: ["*.securityContext.allowPrivilegeEscalation"],
        permits: (value) => value === false,
        allowed: [false],
        forbidden: [undefined, true],
        exempt: isWindows,
    },
    {
        name: "running as non-root",
        places: onPodAndContainers("runAsNonRoot"),
        permits: oneOf([true]),
        allowed: [true],
        forbidden: [false],
        exempt: hasOwnUsers,
        inherited: "securityContext.runAsNonRoot",
    },
    {
        name: "running as user 0",
        places: onPodAndContainers("runAsUser"),
        permits: (value) => value !== 0,
        allowed: [undefined, 1, 65534],
        forbidden: [0],
        exempt: hasOwnUsers,
    },
    {
        name: "seccomp",
        places: onPodAndContainers("seccompProfile.type"),
        permits: oneOf(["RuntimeDefault", "Localhost"]),
        allowed: ["RuntimeDefault", "Localhost"],
        forbidden: ["Unconfined"],
        exempt: isWindows,
        inherited: "securityContext.seccompProfile",
    },
    {
        name: "dropped capabilities",
        places: ["*.securityContext.capabilities.drop"],
        permits: (value) => listAt(value).includes("ALL"),
        allowed: [["ALL"], ["NET_RAW", "ALL"]],
        forbidden: [undefined, [], ["NET_RAW"], ["all"]],
        exempt: isWindows,
    },
    {
        name: "added capabilities",
        places: ["*.securityContext.capabilities.add"],
        permits: eachOf(["NET_BIND_SERVICE"]),
        allowed: [undefined, [], ["NET_BIND_SERVICE"]],
        forbidden: [["CHOWN"], ["NET_BIND_SERVICE", "KILL"], ["SYS_ADMIN"]],
        exempt: isWindows,
    },
    {
        name: "/proc, also with users of the pod's own",
        places: ["*.securityContext.procMount"],
        permits: oneOf(["Default"]),
        allowed: [undefined, "Default"],
        forbidden: ["Unmasked"],
    },
];
