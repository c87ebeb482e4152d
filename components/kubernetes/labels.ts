import type { KubernetesVersion } from "../contracts/cluster.ts";
import { toLabels } from "../lib/tags.ts";
import type { Tags } from "../lib/tags.ts";

/** Labels as Kubernetes writes them. */
export type Labels = Readonly<Record<string, string>>;

/** The longest value of a label. */
const MAX_VALUE = 63;

/**
 * Text as the value of a label: at most 63 letters, digits, `-`, `_` and `.`, a letter or digit at both ends.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function labelValue(text: string): string {
    return text
        .replaceAll(/[^A-Za-z0-9._-]/g, "-")
        .slice(0, MAX_VALUE)
        .replace(/^[^A-Za-z0-9]+/, "")
        .replace(/[^A-Za-z0-9]+$/, "");
}

/** What every object says about itself: environment, project, owner, cost centre, site and the user's own tags. */
function tagLabels(tags: Tags): Labels {
    return Object.fromEntries(
        Object.entries(toLabels(tags))
            .map(([key, value]) => [labelValue(key), labelValue(value)] as const)
            .filter(([key]) => key !== ""),
    );
}

/** The labels that find an application's pods. They can never change: a selector is immutable. */
export function selectorLabels(application: string): Labels {
    return { "app.kubernetes.io/name": application };
}

/** The labels of all pods that belong to an application, those of its jobs too: what network policies mean by it. */
export function instanceLabels(application: string): Labels {
    return { "app.kubernetes.io/instance": application };
}

/** The tag of an image, or the first digits of its digest, for the version's label. */
export function imageVersion(image: string): string {
    const [name = "", digest] = image.split("@sha256:");
    const tag = name.slice(name.lastIndexOf("/") + 1).split(":")[1];
    return labelValue(tag ?? digest?.slice(0, 12) ?? "");
}

/** The labels of everything that belongs to an application (G3.5). */
export function applicationLabels(application: string, tags: Tags): Labels {
    return {
        ...tagLabels(tags),
        ...selectorLabels(application),
        "app.kubernetes.io/part-of": labelValue(tags.project),
        "app.kubernetes.io/managed-by": "pulumi",
    };
}

/** The levels of Pod Security. */
export type PodSecurityLevel = "restricted" | "baseline" | "privileged";

/** The labels of a namespace: what it is for, whose it is (G3.1), and which pods may run in it. */
export function namespaceLabels(
    namespace: string,
    tags: Tags,
    version: KubernetesVersion,
    level: PodSecurityLevel = "restricted",
): Labels {
    return {
        ...tagLabels(tags),
        name: namespace,
        environment: labelValue(tags.environment),
        team: labelValue(tags.owner),
        ...podSecurityLabels(level, version),
    };
}

/**
 * A level of Pod Security, pinned to the cluster's version: an upgrade of the cluster changes the rule only
 * when the program changes it too.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
function podSecurityLabels(level: PodSecurityLevel, version: KubernetesVersion): Labels {
    return Object.fromEntries(
        ["enforce", "audit", "warn"].flatMap((mode) => [
            [`pod-security.kubernetes.io/${mode}`, level],
            [`pod-security.kubernetes.io/${mode}-version`, `v${version}`],
        ]),
    );
}
