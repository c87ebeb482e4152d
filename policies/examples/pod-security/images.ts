import type { Example } from "../example.ts";
import { inAllKinds, type PodBreak } from "../pods.ts";

const DIGEST = `sha256:${"0a".repeat(32)}`;

const imageBreaks = (images: readonly string[]): readonly PodBreak[] =>
    images.map((image) => ({
        title: `the image is ${image}`,
        set: ["spec.containers[0].image", image],
    }));

const pinnedExamples: readonly Example[] = [
    ...inAllKinds({
        good: {
            spec: {
                containers: [{ name: "one", image: "registry.example.com:5000/team/app:1.4.2" }],
                initContainers: [{ name: "two", image: `app@${DIGEST}` }],
                ephemeralContainers: [{ name: "three", image: `app:latest@${DIGEST}` }],
                volumes: [{ name: "model", image: { reference: "example.com/model:v1" } }],
            },
        },
        breaks: [
            ...imageBreaks([
                "app:latest",
                "app",
                "registry.example.com:5000/app",
                "app:",
                "app@sha256:abc",
            ]),
            {
                title: "an image in a volume has no tag",
                set: ["spec.volumes[0].image.reference", "example.com/model"],
            },
        ],
        undecided: "spec.containers[0].image",
    }),
    {
        type: "kubernetes:core/v1:Pod",
        good: { spec: { containers: [{ image: `app:1.4.2@${DIGEST}` }] } },
        options: { digest: true },
        breaks: [
            {
                title: "a digest is asked for, and there is only a tag",
                set: ["spec.containers[0].image", "app:1.4.2"],
                at: ["spec.containers[0].image"],
            },
        ],
    },
];

/** A template may leave the image to whoever makes pods of it. */
const NO_IMAGE: Example = {
    type: "kubernetes:core/v1:PodTemplate",
    good: { template: { spec: { containers: [{ name: "one" }] } } },
    breaks: [],
};

const ALLOWED = { allowed: ["registry.company.com", "docker.io/myorg", "gcr.io/myproject/*"] };

const registryExamples: readonly Example[] = inAllKinds({
    options: ALLOWED,
    good: {
        spec: {
            containers: [
                { name: "one", image: "registry.company.com/team/app:1" },
                { name: "two", image: "myorg/app:1" },
                { name: "three", image: "docker.io/myorg/app:1" },
                { name: "four", image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:1" },
            ],
            volumes: [{ name: "model", image: { reference: "registry.company.com/model:1" } }],
        },
    },
    breaks: [
        ...imageBreaks([
            "nginx:1.29",
            "docker.io/myorganisation/app:1",
            "registry.company.com.example.net/app:1",
            "registry.company.community/app:1",
            "registry.company.com:8443/app:1",
            "ghcr.io/registry.company.com/app:1",
            "evil.example/123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:1",
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com.evil.example/app:1",
        ]),
        {
            title: "an image in a volume is from elsewhere",
            set: ["spec.volumes[0].image.reference", "ghcr.io/other/model:1"],
        },
    ],
    undecided: "spec.volumes",
});

/** What pods run, and where it comes from. */
export const imageExamples: Record<string, readonly Example[]> = {
    "k8s-image-pinned": [...pinnedExamples, NO_IMAGE],
    "k8s-image-approved-registry": [...registryExamples, NO_IMAGE],
};
