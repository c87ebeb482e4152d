import * as pulumi from "@pulumi/pulumi";
import type { Cloud, CloudName } from "../../../components/contracts/cloud.ts";
import type { Cluster } from "../../../components/contracts/cluster.ts";
import type { Foundation, FoundationArgs } from "../../../components/contracts/foundation.ts";
import type { Network } from "../../../components/contracts/network.ts";
import type { SecretStore } from "../../../components/contracts/secret-store.ts";
import { makeComponents, type ContractArgs } from "../../support/components.ts";
import { run, type Recorded } from "../../../tools/offline/mocks.ts";

export type { ContractArgs } from "../../support/components.ts";

/** What stands when every contract of a cloud has been built once. */
export interface Built {
    readonly network: Network;
    readonly cluster: Cluster;
    /** The repositories that the registry has an address for. */
    readonly addresses: readonly string[];
    readonly outputs: Readonly<Record<string, pulumi.Output<unknown>>>;
}

const PLACE: Record<CloudName, Pick<FoundationArgs, "region" | "account">> = {
    aws: { region: "eu-central-1", account: "123456789012" },
    azure: { region: "westeurope", account: "00000000-0000-4000-8000-000000000000" },
    gcp: { region: "europe-west3", account: "my-project-id" },
};

/** An administrator as each cloud writes it, by number. */
export const ADMINISTRATORS: Record<CloudName, readonly [string, string]> = {
    aws: ["arn:aws:iam::123456789012:role/first", "arn:aws:iam::123456789012:role/second"],
    azure: ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"],
    gcp: ["group:first@example.com", "group:second@example.com"],
};

/** Somebody who may look, as each cloud writes it. */
export const VIEWERS: Record<CloudName, string> = {
    aws: "arn:aws:iam::123456789012:role/shop-team",
    azure: "00000000-0000-4000-8000-00000000000a",
    gcp: "user:jane@example.com",
};

/** A small site's arguments. A check changes one field at a time. */
export function baseArgs(cloud: CloudName): ContractArgs {
    return {
        foundation: {
            ...PLACE[cloud],
            tags: {
                project: "myapp",
                environment: "dev",
                site: "one",
                owner: "team",
                costCentre: "cc-1",
                extra: {},
            },
        },
        network: {
            cidr: "10.20.0.0/16",
            highAvailability: false,
            privateEndpoints: false,
            logRetention: "30 days",
        },
        cluster: {
            version: "1.36",
            nodePools: {
                main: {
                    size: "medium",
                    min: 1,
                    max: 3,
                    spot: false,
                    labels: {},
                    taints: [],
                    disk: "50 GiB",
                },
            },
            apiCidrs: ["203.0.113.0/24"],
            administrators: [ADMINISTRATORS[cloud][0]],
            highAvailability: false,
            deletionProtection: false,
            logRetention: "30 days",
        },
        secretStore: { recoverable: false, deletionProtection: false },
        database: {
            version: "17",
            size: "medium",
            storage: "64 GiB",
            storageAutoGrow: true,
            highAvailability: false,
            backupRetention: "7 days",
            finalBackup: false,
            deletionProtection: false,
            databaseName: "app",
            username: "appuser",
        },
        registry: {
            repositories: ["web"],
            immutableTags: false,
            keepImages: 20,
            deletionProtection: false,
        },
    };
}

/** Builds every contract of a cloud once, as a site does, and a secret, a reader, an identity and a pull grant. */
function buildCloud<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
>(cloud: Cloud<F, N, C, S>, args: ContractArgs): Built {
    const name = "myapp-dev-one";
    const keys = { database: "db", registry: "images" };
    const { network, secretStore, database, cluster, registry } = makeComponents(
        cloud,
        name,
        args,
        keys,
    );
    const put = secretStore.put(`${name}-note`, { token: "t0p-s3cret" });
    // Twice, as by a service whose Secrets come from one document: it has to be granted once.
    const reading = { cluster, namespace: "web", secrets: [put, put] };
    const reader = secretStore.reader(`${name}-web`, reading);
    const identity = cluster.identity(`${name}-web`, { namespace: "web", serviceAccount: "web" });
    return {
        network,
        cluster,
        addresses: Object.keys(registry.addresses),
        outputs: {
            networkId: network.networkId,
            clusterName: cluster.clusterName,
            kubeconfig: cluster.kubeconfig,
            host: database.host,
            credentials: database.credentials.key,
            url: registry.url,
            web: registry.addresses["web"] ?? pulumi.output(undefined),
            secret: put.key,
            store: reader.provider,
            principal: identity.principal,
        },
    };
}

/** Builds a cloud's contracts under mocks. */
export async function build(
    cloud: CloudName,
    args: ContractArgs = baseArgs(cloud),
    options: { preview?: boolean } = {},
): Promise<Recorded<Built>> {
    switch (cloud) {
        case "aws": {
            const { aws } = await import("../../../components/aws/index.ts");
            return run(() => buildCloud(aws, args), options);
        }
        case "azure": {
            const { azure } = await import("../../../components/azure/index.ts");
            return run(() => buildCloud(azure, args), options);
        }
        case "gcp": {
            const { gcp } = await import("../../../components/gcp/index.ts");
            return run(() => buildCloud(gcp, args), options);
        }
    }
}
