import type { Value } from "../../runtime/reader.ts";
import { failIf, holds, isOn, or } from "../../runtime/truth.ts";
import { POD_TYPES, podCheck, type Pod } from "../pods.ts";
import { forTypes, type Rule } from "../rule.ts";
import { parseImage } from "./image-name.ts";

/** The images of a pod: its containers' own, and those that are mounted as volumes. */
export function imagesOf({ containers, spec }: Pod): readonly Value[] {
    const volumes = spec.get("volumes").list();
    return [
        ...containers.map(({ at }) => at.get("image")),
        ...(volumes.state === "known"
            ? volumes.value.map((volume) => volume.at("image.reference"))
            : []),
    ];
}

/** The lists that images stand in, as far as they cannot be read yet. */
export function unreadImages({ unread, spec }: Pod): Pod["unread"] {
    const volumes = spec.get("volumes");
    if (spec.state === "unknown" || volumes.list().state !== "unknown") return unread;
    return [...unread, { state: "unknown", path: volumes.path }];
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

const pinned = podCheck((pod, { options }) => {
    const byDigest = isOn(options.get("digest"), false);
    return [
        ...unreadImages(pod),
        ...imagesOf(pod).flatMap((image) => {
            const floats = holds(
                image,
                image.text(),
                (text) => {
                    const { tag, digest } = parseImage(text);
                    if (digest !== undefined) return !DIGEST.test(digest);
                    return or(tag === undefined || tag === "latest", byDigest);
                },
                false,
            );
            return failIf(floats, image, "may be another image tomorrow");
        }),
    ];
});

/** What was tested is what runs. */
export const imagePinned: Rule = {
    id: "k8s-image-pinned",
    title: "Every image is named by a version or a digest.",
    why: "What `latest` means, or no tag at all, changes overnight; two nodes then run two programs, and nobody can go back.",
    clouds: ["kubernetes"],
    pack: "reliability",
    severity: "medium",
    requirements: {},
    analogies: { "PCI DSS": ["6.3.2"], "SOC 2": ["CC8.1"] },
    remediation: "Name a version as the image's tag, or better its digest: image@sha256:….",
    see: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
    options: {
        properties: {
            digest: {
                type: "boolean",
                default: false,
                description:
                    "Whether images have to be named by digest, because tags can be moved.",
            },
        },
    },
    checks: forTypes(POD_TYPES, pinned),
};
