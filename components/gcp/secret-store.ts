import * as pulumi from "@pulumi/pulumi";
import { Secret } from "@pulumi/gcp/secretmanager/secret.js";
import { SecretIamMember } from "@pulumi/gcp/secretmanager/secretIamMember.js";
import { SecretVersion } from "@pulumi/gcp/secretmanager/secretVersion.js";
import {
    SECRET_READER,
    eachOnce,
    type SecretReader,
    type SecretReaderArgs,
    type SecretReference,
    type SecretStore,
    type SecretStoreArgs,
} from "../contracts/secret-store.ts";
import { auditData } from "./audit.ts";
import type { GcpCluster } from "./cluster.ts";
import type { GcpFoundation } from "./foundation.ts";
import { type EncryptionKey, encryptionKey } from "./kms.ts";
import { retainLogs } from "./logs.ts";
import type { GcpNetwork } from "./network.ts";

/** How long a replaced or destroyed version can still be restored. */
const RECOVERY = `${30 * 24 * 60 * 60}s`;

export interface GcpSecretStoreArgs extends SecretStoreArgs {
    readonly foundation: GcpFoundation;
    readonly network: GcpNetwork;
}

/**
 * Secret Manager, with secrets that stay in the site's region and are encrypted with the customer's key. Who reads them is
 * logged and kept as long as the network's logs.
 *
 * Recoverable means the versions: a replaced or destroyed one can be restored for 30 days. A deleted secret is gone
 * with all its versions, which is what deletion protection is for.
 */
export class GcpSecretStore extends pulumi.ComponentResource implements SecretStore<GcpCluster> {
    readonly #args: GcpSecretStoreArgs;
    readonly #key: EncryptionKey;
    readonly #name: string;

    constructor(name: string, args: GcpSecretStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:gcp:SecretStore", name, {}, opts);
        const { foundation, deletionProtection } = args;
        this.#args = args;
        this.#name = name;
        this.#key = encryptionKey(
            `${name}-secrets-key`,
            {
                foundation,
                users: { secrets: foundation.agents.secretManager },
                deletionProtection,
            },
            { parent: this },
        );
        logAccess(name, args, { parent: this });
        this.registerOutputs({});
    }

    put(
        name: string,
        fields: Readonly<Record<string, pulumi.Input<string>>>,
        opts?: pulumi.CustomResourceOptions,
    ): SecretReference {
        const { foundation, recoverable, deletionProtection } = this.#args;
        const within = pulumi.mergeOptions({ parent: this }, opts);
        const replica = {
            location: foundation.region,
            customerManagedEncryption: { kmsKeyName: this.#key.id },
        };
        const secret = new Secret(
            name,
            {
                replication: { userManaged: { replicas: [replica] } },
                versionDestroyTtl: recoverable ? RECOVERY : undefined,
                deletionProtection,
            },
            pulumi.mergeOptions(within, {
                protect: deletionProtection,
                dependsOn: [foundation.apis.secretManager, ...this.#key.grants],
            }),
        );
        const version = new SecretVersion(
            name,
            { secret: secret.id, secretData: pulumi.secret(pulumi.jsonStringify(fields)) },
            within,
        );
        const { secretId: key } = secret;
        // A secret without a version cannot be read, so the version is what readers wait for.
        return { key, fields: Object.keys(fields), name, id: key, resource: version };
    }

    existing(key: string, fields: readonly string[]): SecretReference {
        const id = pulumi.output(`${this.#name}-${key}`);
        return { key: id, fields, name: key, id };
    }

    reader(
        name: string,
        args: SecretReaderArgs<GcpCluster>,
        opts?: pulumi.CustomResourceOptions,
    ): SecretReader {
        const { cluster, namespace } = args;
        const within = pulumi.mergeOptions({ parent: this }, opts);
        const identity = cluster.identity(name, { namespace, serviceAccount: SECRET_READER });
        const grants = eachOnce(args.secrets).map(
            (secret) =>
                new SecretIamMember(
                    `${name}-${secret.name}`,
                    {
                        secretId: secret.id,
                        role: "roles/secretmanager.secretAccessor",
                        member: identity.principal,
                    },
                    within,
                ),
        );
        return {
            serviceAccount: { name: SECRET_READER, annotations: identity.annotations },
            provider: providerSpec(this.#args.foundation.project, cluster),
            grants,
        };
    }
}

const SERVICE = "secretmanager.googleapis.com";

/**
 * Has the project write down who reads and adds values, and keeps what is about this site's.
 *
 * @see https://docs.cloud.google.com/secret-manager/docs/audit-logging
 */
function logAccess(
    name: string,
    { foundation, network }: GcpSecretStoreArgs,
    opts: pulumi.CustomResourceOptions,
): void {
    const { project, apis } = foundation;
    auditData(
        `${name}-secrets`,
        { project, service: SERVICE },
        { ...opts, dependsOn: [apis.cloudResourceManager, apis.secretManager] },
    );
    const filter = [
        'log_id("cloudaudit.googleapis.com/data_access")',
        `protoPayload.serviceName="${SERVICE}"`,
        `protoPayload.resourceName:"/secrets/${name}-"`,
    ].join(" AND ");
    const description = `Who reads and writes the secrets of ${name}`;
    const retention = network.logRetention;
    retainLogs(`${name}-secrets`, { foundation, description, filter, retention }, opts);
}

/**
 * `spec.provider` of the operator's SecretStore.
 *
 * @see https://external-secrets.io/latest/provider/google-secrets-manager/
 */
function providerSpec(projectID: string, cluster: GcpCluster) {
    return pulumi
        .all([cluster.location, cluster.clusterName])
        .apply(([clusterLocation, clusterName]): Record<string, unknown> => {
            const serviceAccountRef = { name: SECRET_READER };
            const workloadIdentity = {
                clusterProjectID: projectID,
                clusterLocation,
                clusterName,
                serviceAccountRef,
            };
            return { gcpsm: { projectID, auth: { workloadIdentity } } };
        });
}
