import type { Value } from "../../runtime/reader.ts";
import { each, type Verdict } from "../../runtime/truth.ts";

/** What is granted on, by module: each has an IAM member, binding and policy of its own. */
const GRANTED: Readonly<Record<string, readonly string[]>> = {
    artifactregistry: ["repositoryIam"],
    bigquery: ["datasetIam", "iam"],
    cloudrun: ["iam"],
    cloudrunv2: ["serviceIam", "jobIam"],
    compute: ["instanceIAM", "subnetworkIAM"],
    dns: ["dnsManagedZoneIam"],
    folder: ["iAM"],
    kms: ["cryptoKeyIAM", "keyRingIAM"],
    organizations: ["iAM"],
    projects: ["iAM"],
    pubsub: ["subscriptionIAM", "topicIAM"],
    secretmanager: ["secretIam", "regionalSecretIam"],
    serviceaccount: ["iAM"],
    spanner: ["databaseIAM", "instanceIAM"],
    storage: ["bucketIAM", "managedFolderIam"],
};

const KINDS = ["Member", "Binding", "Policy"] as const;

/** The types that say who gets which role on Google Cloud. */
export const GOOGLE_GRANTS: readonly string[] = Object.entries(GRANTED).flatMap(
    ([module, prefixes]) =>
        prefixes.flatMap((prefix) =>
            KINDS.map((kind) => {
                const name = `${prefix}${kind}`;
                return `gcp:${module}/${name}:${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
            }),
        ),
);

/** The verdicts on everybody who gets a role by a grant of any of the three kinds. */
export function eachMember(
    inputs: Value,
    judge: (member: Value) => readonly Verdict[],
): readonly Verdict[] {
    const member = inputs.get("member");
    if (member.state !== "absent") return judge(member);
    return [
        ...each(inputs.get("members"), judge),
        ...each(inputs.get("policyData").json().get("bindings"), (binding) =>
            each(binding.get("members"), judge),
        ),
    ];
}
