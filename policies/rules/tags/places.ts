import { AWS_TAGGED } from "./aws.ts";
import { AZURE_TAGGED } from "./azure.ts";
import { GOOGLE_LABELLED } from "./google.ts";

/** Where a type's tags stand, and what adds to them. */
export interface TagPlace {
    /** The input: `tags`, `settings.userLabels`. */
    readonly path: string;
    /** The property in which the provider shows them together with its own default tags, if it adds those. */
    readonly merged?: "tagsAll" | "effectiveLabels";
    /** True where tags are a list of keys and values. */
    readonly isList?: true;
    /** True where keys and values are in lower case, without spaces. */
    readonly isLabel?: true;
}

const LABEL = { isLabel: true } as const;

/** What the lists of the SDKs' types do not hold, because the labels stand elsewhere. */
const OTHERS: readonly (readonly [type: string, place: TagPlace])[] = [
    // The provider's default tags do not reach these.
    ["aws:autoscaling/group:Group", { path: "tags", isList: true }],
    ["gcp:container/nodePool:NodePool", { path: "nodeConfig.resourceLabels", ...LABEL }],
    ["gcp:sql/databaseInstance:DatabaseInstance", { path: "settings.userLabels", ...LABEL }],
    ["gcp:monitoring/alertPolicy:AlertPolicy", { path: "userLabels", ...LABEL }],
    ["gcp:monitoring/notificationChannel:NotificationChannel", { path: "userLabels", ...LABEL }],
    [
        "gcp:container/cluster:Cluster",
        { path: "resourceLabels", merged: "effectiveLabels", ...LABEL },
    ],
    // What is in a namespace is booked to it.
    ["kubernetes:core:Namespace", { path: "metadata.labels", ...LABEL }],
];

function* listed(list: string): Generator<readonly [module: string, name: string]> {
    for (const line of list.trim().split("\n")) {
        const [module = "", names = ""] = line.split(": ");
        for (const name of names.split(" ")) yield [module, name];
    }
}

function bridged(
    pkg: string,
    list: string,
    place: TagPlace,
): readonly (readonly [string, TagPlace])[] {
    return [...listed(list)].map(([module, name]) => {
        const file = name.slice(0, 1).toLowerCase() + name.slice(1);
        return [`${pkg}:${module}/${file}:${name}`, place];
    });
}

/** Where tags stand, for every type that takes them. */
export const TAG_PLACES: ReadonlyMap<string, TagPlace> = new Map([
    ...bridged("aws", AWS_TAGGED, { path: "tags", merged: "tagsAll" }),
    ...[...listed(AZURE_TAGGED)].map(
        ([module, name]) => [`azure-native:${module}:${name}`, { path: "tags" }] as const,
    ),
    ...bridged("gcp", GOOGLE_LABELLED, { path: "labels", merged: "effectiveLabels", ...LABEL }),
    ...OTHERS,
]);
