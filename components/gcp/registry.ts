import * as pulumi from "@pulumi/pulumi";
import { Repository } from "@pulumi/gcp/artifactregistry/repository.js";
import { RepositoryIamMember } from "@pulumi/gcp/artifactregistry/repositoryIamMember.js";
import type { Registry, RegistryArgs } from "../contracts/registry.ts";
import { compose } from "../lib/names.ts";
import type { GcpCluster } from "./cluster.ts";
import type { GcpFoundation } from "./foundation.ts";
import { encryptionKey } from "./kms.ts";
import { GCP_LIMITS } from "./limits.ts";
import type { GcpNetwork } from "./network.ts";

export interface GcpRegistryArgs extends RegistryArgs {
    readonly foundation: GcpFoundation;
    readonly network: GcpNetwork;
}

/**
 * An Artifact Registry repository for container images, encrypted with the customer's key and scanned on push. It
 * holds all images of the registry; an image is made by its first push.
 *
 * Where tags are immutable, Google's clean-up removes only images without a tag: a tag that can never move cannot be
 * deleted either.
 *
 * Only Pulumi refuses to delete it: Artifact Registry has no such switch of its own.
 */
export class GcpRegistry extends pulumi.ComponentResource implements Registry<GcpCluster> {
    readonly url: pulumi.Output<string>;
    readonly addresses: Readonly<Record<string, pulumi.Output<string>>>;
    /** The repository itself. */
    readonly resource: Repository;

    constructor(name: string, args: GcpRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:gcp:Registry", name, {}, opts);
        const { foundation } = args;
        this.resource = makeRepository(name, args, { parent: this });
        this.url = pulumi.interpolate`${foundation.region}-docker.pkg.dev/${foundation.project}/${this.resource.repositoryId}`;
        this.addresses = Object.fromEntries(
            args.repositories.map((image) => [image, pulumi.interpolate`${this.url}/${image}`]),
        );
        this.registerOutputs({ url: this.url });
    }

    grantPull(name: string, cluster: GcpCluster, opts?: pulumi.CustomResourceOptions): void {
        new RepositoryIamMember(
            name,
            {
                location: this.resource.location,
                repository: this.resource.name,
                role: "roles/artifactregistry.reader",
                member: cluster.nodeAccount.member,
            },
            pulumi.mergeOptions({ parent: this }, opts),
        );
    }
}

function makeRepository(
    name: string,
    args: GcpRegistryArgs,
    opts: pulumi.CustomResourceOptions,
): Repository {
    const { foundation, deletionProtection } = args;
    const users = { registry: foundation.agents.artifactRegistry };
    const key = encryptionKey(`${name}-key`, { foundation, users, deletionProtection }, opts);
    return new Repository(
        name,
        {
            repositoryId: compose(GCP_LIMITS.names.registry, name),
            location: foundation.region,
            format: "DOCKER",
            kmsKeyName: key.id,
            dockerConfig: { immutableTags: args.immutableTags },
            cleanupPolicies: cleanup(args.keepImages),
            vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
            deletionPolicy: deletionProtection ? "PREVENT" : "DELETE",
        },
        {
            ...opts,
            protect: deletionProtection,
            // Its name can only be taken once.
            deleteBeforeReplace: true,
            dependsOn: [
                foundation.apis.artifactRegistry,
                foundation.apis.containerScanning,
                ...key.grants,
            ],
        },
    );
}

/** A day, so that an image which is still being released is not taken away. */
const SETTLED = `${24 * 60 * 60}s`;

/** Keeping wins over deleting, and keeping alone deletes nothing: together they leave the newest of each image. */
function cleanup(keepImages: number) {
    return [
        {
            id: "delete-older",
            action: "DELETE",
            condition: { tagState: "ANY", olderThan: SETTLED },
        },
        {
            id: "keep-newest",
            action: "KEEP",
            mostRecentVersions: { keepCount: keepImages },
        },
    ];
}
