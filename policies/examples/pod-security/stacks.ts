import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";

const AWS_HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

function web(image: string, references: ExampleResource["references"] = {}): ExampleResource {
    return {
        name: "web",
        type: "kubernetes:apps/v1:Deployment",
        inputs: { spec: { template: { spec: { containers: [{ name: "web", image }] } } } },
        references,
    };
}

const IMAGE = "spec.template.spec.containers[0].image";

const own = (
    registry: ExampleResource,
    good: string,
    foreign: readonly string[],
): StackExample => ({
    title: `an image in the stack's own ${registry.type}`,
    good: [registry, web(good)],
    breaks: [
        ...foreign.map((image) => ({
            title: `the image is ${image}`,
            set: ["web", IMAGE, image] as const,
            at: [["web", IMAGE]] as const,
        })),
        {
            title: "the registry is not there",
            remove: registry.name,
            at: [["web", IMAGE]],
        },
    ],
    undecided: ["web", IMAGE],
});

const ecr: ExampleResource = {
    name: "registry",
    type: "aws:ecr/repository:Repository",
    inputs: { name: "site/web", repositoryUrl: `${AWS_HOST}/site/web` },
};

const registries: readonly StackExample[] = [
    own(ecr, `${AWS_HOST}/site/web:1.0`, [
        `${AWS_HOST}/site/website:1.0`,
        "999999999999.dkr.ecr.eu-central-1.amazonaws.com/site/web:1.0",
    ]),
    own(
        {
            name: "registry",
            type: "azure-native:containerregistry:Registry",
            inputs: { registryName: "site", loginServer: "site.azurecr.io" },
        },
        "site.azurecr.io/team/web:1.0",
        ["site2.azurecr.io/team/web:1.0", "other.azurecr.io/web:1.0"],
    ),
    own(
        {
            name: "registry",
            type: "gcp:artifactregistry/repository:Repository",
            inputs: { location: "europe-west3", project: "site", repositoryId: "images" },
        },
        "europe-west3-docker.pkg.dev/site/images/web:1.0",
        [
            "europe-west3-docker.pkg.dev/site/images2/web:1.0",
            "europe-west3-docker.pkg.dev/other/images/web:1.0",
            "gcr.io/site/web:1.0",
        ],
    ),
    {
        title: "an image by reference to a registry that is not there yet",
        good: [
            { ...ecr, inputs: { name: "site/web", repositoryUrl: UNKNOWN } },
            web(`${UNKNOWN}:1.0`, { spec: ["registry"] }),
        ],
        breaks: [],
        undecided: ["web", "spec.template.spec.containers[0].image"],
    },
    {
        title: "an image of a registry on the list",
        options: { allowed: [`${AWS_HOST}/shared`] },
        good: [web(`${AWS_HOST}/shared/web:1.0`)],
        breaks: [
            {
                title: "it is another repository",
                set: ["web", IMAGE, `${AWS_HOST}/shared-by-all/web:1.0`],
                at: [["web", IMAGE]],
            },
        ],
        undecided: ["web", IMAGE],
    },
];

const TOKEN = "spec.automountServiceAccountToken";

const account: ExampleResource = {
    name: "account",
    type: "kubernetes:core/v1:ServiceAccount",
    inputs: { metadata: { name: "web", namespace: "web" }, automountServiceAccountToken: false },
};

const pod: ExampleResource = {
    name: "pod",
    type: "kubernetes:core/v1:Pod",
    inputs: { metadata: { namespace: "web" }, spec: { serviceAccountName: "web", containers: [] } },
};

const tokens: readonly StackExample[] = [
    {
        title: "a pod that leaves the token to its account",
        good: [account, pod],
        breaks: [
            { title: "the account is not in the stack", remove: "account", at: [["pod", TOKEN]] },
            {
                title: "the account says nothing either",
                set: ["account", "automountServiceAccountToken", undefined],
                at: [["pod", TOKEN]],
            },
            {
                title: "the account is another namespace's",
                set: ["account", "metadata.namespace", "other"],
                at: [["pod", TOKEN]],
            },
            {
                title: "the account is another cluster's",
                traits: ["account", { provider: "elsewhere" }],
                at: [["pod", TOKEN]],
            },
            {
                title: "the pod has the default account",
                set: ["pod", "spec.serviceAccountName", undefined],
                at: [["pod", TOKEN]],
            },
        ],
        undecided: ["account", "automountServiceAccountToken"],
    },
    {
        title: "a pod whose account has no name yet",
        good: [
            {
                ...account,
                inputs: { ...account.inputs, metadata: { name: UNKNOWN, namespace: "web" } },
            },
            {
                ...pod,
                inputs: { metadata: { namespace: "web" }, spec: { serviceAccountName: UNKNOWN } },
                references: { spec: ["account"] },
            },
        ],
        breaks: [
            {
                title: "the account mounts its token",
                set: ["account", "automountServiceAccountToken", true],
                at: [["pod", TOKEN]],
            },
        ],
        undecided: ["pod", "spec.serviceAccountName"],
    },
];

export const podStackExamples: Record<string, readonly StackExample[]> = {
    "k8s-image-approved-registry": registries,
    "k8s-sa-token-not-automounted": tokens,
};
