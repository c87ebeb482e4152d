import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { applicationSettings } from "../../../components/application.ts";
import type {
    Cluster,
    ClusterAddon,
    KubernetesVersion,
} from "../../../components/contracts/cluster.ts";
import type { Database } from "../../../components/contracts/database.ts";
import type {
    SecretReader,
    SecretReaderArgs,
    SecretStore,
} from "../../../components/contracts/secret-store.ts";
import type { Tags } from "../../../components/lib/tags.ts";
import type { SiteParts } from "../../../components/kubernetes/application/deploy.ts";
import type { RawApplication } from "../../../components/settings/schema.ts";
import type { ApplicationSettings } from "../../../components/settings/types.ts";

/** A resource of a cloud, for the fakes: nothing but a URN. */
class CloudThing extends pulumi.CustomResource {
    constructor(type: string, name: string, opts?: pulumi.CustomResourceOptions) {
        super(`cloud:index:${type}`, name, {}, opts);
    }
}

/** An output whose value is unknown in the preview of the first run. */
export const unknown = <T>(): pulumi.Output<T> => pulumi.output(pulumi.unknown) as pulumi.Output<T>;

/** What a fake cluster differs in. */
export interface FakeClusterArgs {
    readonly version?: KubernetesVersion;
    readonly addons?: readonly ClusterAddon[];
    /** True to leave everything unknown that only the cloud can tell. */
    readonly unknown?: boolean;
}

/** A cluster that fulfils the contract and is none. */
export class FakeCluster extends pulumi.ComponentResource implements Cluster {
    readonly clusterName: pulumi.Output<string>;
    readonly kubeconfig: pulumi.Output<string>;
    readonly provider: Provider;
    readonly version: KubernetesVersion;
    readonly reach = "from anywhere";
    readonly resource: pulumi.CustomResource;
    readonly nodes: readonly pulumi.Resource[];
    readonly addons: readonly ClusterAddon[];
    readonly viewers = {};

    constructor(name: string, args: FakeClusterArgs = {}) {
        super("platform:fake:Cluster", name);
        this.version = args.version ?? "1.36";
        this.addons = args.addons ?? [];
        this.clusterName = pulumi.output(name);
        this.kubeconfig = args.unknown ? unknown<string>() : pulumi.secret("{}");
        this.resource = new CloudThing("Cluster", name, { parent: this });
        this.nodes = [new CloudThing("NodePool", `${name}-workers`, { parent: this })];
        this.provider = new Provider(
            name,
            { kubeconfig: this.kubeconfig, clusterIdentifier: name },
            { parent: this },
        );
        this.registerOutputs({});
    }

    identity(): never {
        throw new Error("no identity is needed here");
    }
}

/** A database whose credentials are a reference only. */
export class FakeDatabase extends pulumi.ComponentResource implements Database {
    readonly host: pulumi.Output<string>;
    readonly port = 5432;
    readonly databaseName = "orders";
    readonly credentials: Database["credentials"];
    readonly secret: CloudThing;
    readonly cidrs = ["10.0.200.0/24", "10.0.201.0/24"] as const;

    constructor(
        name: string,
        fields: readonly string[] = ["username", "password", "host", "port", "dbname", "url"],
        isUnknown = false,
    ) {
        super("platform:fake:Database", name);
        this.host = isUnknown ? unknown<string>() : pulumi.output("db.internal");
        const key = isUnknown ? unknown<string>() : pulumi.output(`${name}-credentials`);
        this.secret = new CloudThing("Secret", `${name}-credentials`, { parent: this });
        this.credentials = { key, fields, name, id: key, resource: this.secret };
        this.registerOutputs({});
    }
}

/** A store that remembers what may be read. */
export class FakeStore extends pulumi.ComponentResource implements SecretStore<FakeCluster> {
    readonly readers: { name: string; args: SecretReaderArgs<FakeCluster> }[] = [];
    readonly reading: Omit<SecretReader, "grants">;

    constructor(name: string, reading: Omit<SecretReader, "grants">) {
        super("platform:fake:SecretStore", name);
        this.reading = reading;
        this.registerOutputs({});
    }

    put(): never {
        throw new Error("nothing is stored here");
    }

    existing(): never {
        throw new Error("nothing else is stored here");
    }

    reader(name: string, args: SecretReaderArgs<FakeCluster>): SecretReader {
        this.readers.push({ name, args });
        const grant = new CloudThing("Grant", `${name}-reader`, { parent: this });
        return { ...this.reading, grants: [grant] };
    }
}

/** What each cloud's reader gives, as External Secrets documents it. */
export const READINGS = {
    aws: {
        provider: {
            aws: {
                service: "SecretsManager",
                region: "eu-central-1",
                role: "arn:aws:iam::123456789012:role/myapp-dev-aws-web",
            },
        },
    },
    azure: {
        serviceAccount: {
            name: "secret-reader",
            annotations: { "azure.workload.identity/client-id": "client" },
        },
        provider: {
            azurekv: {
                authType: "WorkloadIdentity",
                vaultUrl: "https://vault.vault.azure.net",
                serviceAccountRef: { name: "secret-reader" },
            },
        },
    },
    gcp: {
        serviceAccount: { name: "secret-reader", annotations: {} },
        provider: {
            gcpsm: {
                projectID: "my-project",
                auth: {
                    workloadIdentity: {
                        clusterLocation: "europe-west1",
                        clusterName: "myapp-dev-gcp",
                        serviceAccountRef: { name: "secret-reader" },
                    },
                },
            },
        },
    },
} as const;

/** A reading as the contract has it; unknown in the preview of the first run if asked for. */
export function reading(
    cloud: keyof typeof READINGS,
    isUnknown = false,
): Omit<SecretReader, "grants"> {
    const { provider, ...rest } = READINGS[cloud];
    const plain: Record<string, unknown> = provider;
    const account = "serviceAccount" in rest ? rest.serviceAccount : undefined;
    return {
        provider: isUnknown
            ? unknown<Record<string, unknown>>()
            : pulumi.output(true).apply(() => plain),
        ...(account && {
            serviceAccount: {
                name: account.name,
                annotations: Object.fromEntries(
                    Object.entries(account.annotations).map(([key, value]) => [
                        key,
                        pulumi.output(value),
                    ]),
                ),
            },
        }),
    };
}

export const TAGS: Tags = {
    project: "myapp",
    environment: "dev",
    site: "aws",
    owner: "Platform Team",
    costCentre: "CC 4711",
    extra: {},
};

/** An application as the settings would complete it. */
export function settingsOf(said: RawApplication = {}): ApplicationSettings {
    return applicationSettings("web", "prod", { image: "ghcr.io/example/web:1.2.3", ...said });
}

/** A valid application with a database. Each test changes what it is about. */
export const SETTINGS: ApplicationSettings = settingsOf({
    replicas: { min: 3, max: 10 },
    resources: { cpu: "250m", memory: "256Mi" },
    database: { server: "orders" },
    env: { LOG_LEVEL: "info" },
});

/** What a fake site has for the application `web`: its own database, and nothing else unless a test says so. */
export function partsOf<C extends FakeCluster>(
    site: Pick<SiteParts<C>, "cluster" | "secretStore" | "secretsOperator"> & Partial<SiteParts<C>>,
): SiteParts<C> {
    return {
        tags: TAGS,
        pools: { workers: { taints: [], spot: false } },
        priorities: [],
        registries: {},
        databases: {},
        caches: {},
        queues: {},
        streams: {},
        searches: {},
        objectStores: {},
        sharedFiles: {},
        applications: {},
        ...site,
    };
}
