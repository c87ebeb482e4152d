import type { Example, Inputs, StackExample } from "../example.ts";

const TAGS = { Owner: "platform-team", CostCentre: "cc-2000" };
const LABELS = { owner: "platform-team", "cost-centre": "cc-2000" };
const VALUES = { values: { Owner: "Platform Team", CostCentre: "cc-2000" } };

/** Nests what stands at a dotted path. */
function at(path: string, value: Inputs): Inputs {
    return path.split(".").reduceRight<Inputs>((inner, key) => ({ [key]: inner }), value);
}

/** A type whose tags are all its own. */
function own(type: string, path: string, tags: Inputs, key: string): Example {
    return {
        type,
        options: VALUES,
        good: at(path, tags),
        breaks: [
            { title: "there is no tag at all", set: [path, undefined], at: [path] },
            { title: "an owner is missing", set: [`${path}.${key}`, undefined], at: [path] },
            { title: "an owner is empty", set: [`${path}.${key}`, ""], at: [path] },
            {
                title: "the options ask for another",
                options: { tags: ["DataClass"] },
                at: [path],
            },
        ],
        undecided: path,
    };
}

export const tagExamples: Record<string, readonly Example[]> = {
    "tags-required": [
        own("azure-native:network/v20240501:VirtualNetwork", "tags", TAGS, "Owner"),
        own("kubernetes:core/v1:Namespace", "metadata.labels", LABELS, "owner"),
        own("gcp:container/nodePool:NodePool", "nodeConfig.resourceLabels", LABELS, "owner"),
        own("gcp:sql/databaseInstance:DatabaseInstance", "settings.userLabels", LABELS, "owner"),
        own("gcp:monitoring/alertPolicy:AlertPolicy", "userLabels", LABELS, "owner"),
        {
            type: "azure-native:resources:ResourceGroup",
            good: { tags: { owner: "platform-team", cost_centre: "cc-2000" } },
            breaks: [],
            undecided: "tags.owner",
        },
        {
            type: "aws:s3/bucketV2:BucketV2",
            options: VALUES,
            good: { tags: { Name: "logs" }, tagsAll: { ...TAGS, Name: "logs" } },
            breaks: [
                {
                    title: "neither the resource nor its provider says whose it is",
                    set: ["tagsAll", { Name: "logs" }],
                    at: ["tags"],
                },
            ],
        },
        {
            type: "aws:autoscaling/group:Group",
            good: {
                tags: [
                    { key: "Owner", value: "platform-team", propagateAtLaunch: true },
                    { key: "CostCentre", value: "cc-2000", propagateAtLaunch: true },
                ],
            },
            breaks: [{ title: "a tag is another", set: ["tags[0].key", "Name"], at: ["tags"] }],
            undecided: "tags",
        },
        // Takes no tags.
        { type: "aws:ec2/route:Route", good: { routeTableId: "rtb-1" }, breaks: [] },
    ],
};

/** A resource that carries what its provider gives it. */
function byProvider(
    provider: Inputs & { readonly type: string },
    type: string,
    path: string,
): StackExample {
    const { type: providerType, ...defaults } = provider;
    return {
        title: `${type} under a provider with default tags`,
        good: [
            { name: "site", type: providerType, inputs: defaults },
            { name: "tagged", type, inputs: { [path]: { name: "main" } }, provider: "site" },
            { name: "azure", type: "azure-native:network:VirtualNetwork", inputs: {} },
        ],
        breaks: [
            {
                title: "the provider has none",
                set: ["site", Object.keys(defaults)[0]!, undefined],
                at: [["tagged", path]],
            },
            { title: "the provider is another", remove: "site", at: [["tagged", path]] },
        ],
        undecided: ["site", Object.keys(defaults)[0]!],
    };
}

export const tagStackExamples: Record<string, readonly StackExample[]> = {
    "tags-required": [
        byProvider(
            { type: "pulumi:providers:aws", defaultTags: { tags: TAGS } },
            "aws:ec2/vpc:Vpc",
            "tags",
        ),
        byProvider(
            { type: "pulumi:providers:aws", defaultTags: JSON.stringify({ tags: TAGS }) },
            "aws:eks/cluster:Cluster",
            "tags",
        ),
        byProvider(
            { type: "pulumi:providers:gcp", defaultLabels: JSON.stringify(LABELS) },
            "gcp:container/cluster:Cluster",
            "resourceLabels",
        ),
        {
            title: "labels of its own, under a provider that is not in the stack",
            good: [
                { name: "tagged", type: "gcp:storage/bucket:Bucket", inputs: { labels: LABELS } },
            ],
            breaks: [
                {
                    title: "an owner is missing",
                    set: ["tagged", "labels.owner", undefined],
                    at: [["tagged", "labels"]],
                },
            ],
            undecided: ["tagged", "labels"],
        },
    ],
};
