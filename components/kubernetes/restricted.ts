import type { input } from "@pulumi/kubernetes/types/index.js";

/**
 * The context of a container that Pod Security's restricted profile accepts, for charts and objects whose own is empty.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const RESTRICTED_CONTAINER = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
} as const satisfies input.core.v1.SecurityContext;

/** The same in pods that the program writes itself, which say the default too, so that no reader has to know it. */
export const CLOSED_CONTAINER = {
    ...RESTRICTED_CONTAINER,
    privileged: false,
} as const satisfies input.core.v1.SecurityContext;

/** The same for the pod, which still has to say as which user it runs if its image does not. */
export const RESTRICTED_POD = {
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
} as const satisfies input.core.v1.PodSecurityContext;

/** A restricted pod of one user and group, who own its volumes too. */
export const restrictedPod = (user: number) =>
    ({
        ...RESTRICTED_POD,
        runAsUser: user,
        runAsGroup: user,
        fsGroup: user,
    }) as const satisfies input.core.v1.PodSecurityContext;
