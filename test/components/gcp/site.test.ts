import assert from "node:assert/strict";
import { DEV, type GcpSiteArgs, PROD, runSite } from "./site.ts";

/** The whole of a site for development, by type and name without the site's. */
const DEV_LIST = [
    "gcp:artifactregistry/repository:Repository images",
    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember images",
    "gcp:compute/firewall:Firewall deny-ingress",
    "gcp:compute/globalAddress:GlobalAddress databases",
    "gcp:compute/network:Network",
    "gcp:compute/router:Router",
    "gcp:compute/routerNat:RouterNat",
    "gcp:compute/subnetwork:Subnetwork",
    "gcp:container/cluster:Cluster",
    "gcp:container/nodePool:NodePool general",
    "gcp:kms/cryptoKey:CryptoKey cluster-key",
    "gcp:kms/cryptoKey:CryptoKey images-key",
    "gcp:kms/cryptoKey:CryptoKey orders-key",
    "gcp:kms/cryptoKey:CryptoKey secrets-key",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember cluster-key-disks",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember cluster-key-gke",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember images-key-registry",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember orders-key-sql",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember secrets-key-secrets",
    "gcp:kms/keyRing:KeyRing",
    "gcp:logging/projectBucketConfig:ProjectBucketConfig control-plane",
    "gcp:logging/projectBucketConfig:ProjectBucketConfig network",
    "gcp:logging/projectBucketConfig:ProjectBucketConfig secrets",
    "gcp:logging/projectExclusion:ProjectExclusion control-plane",
    "gcp:logging/projectExclusion:ProjectExclusion network",
    "gcp:logging/projectExclusion:ProjectExclusion secrets",
    "gcp:logging/projectSink:ProjectSink control-plane",
    "gcp:logging/projectSink:ProjectSink network",
    "gcp:logging/projectSink:ProjectSink secrets",
    "gcp:projects/iAMAuditConfig:IAMAuditConfig secrets",
    "gcp:projects/iAMMember:IAMMember group:platform-team@example.com",
    "gcp:projects/iAMMember:IAMMember nodes",
    "gcp:projects/service:Service artifactregistry.googleapis.com",
    "gcp:projects/service:Service binaryauthorization.googleapis.com",
    "gcp:projects/service:Service cloudkms.googleapis.com",
    "gcp:projects/service:Service cloudresourcemanager.googleapis.com",
    "gcp:projects/service:Service compute.googleapis.com",
    "gcp:projects/service:Service container.googleapis.com",
    "gcp:projects/service:Service containerscanning.googleapis.com",
    "gcp:projects/service:Service containersecurity.googleapis.com",
    "gcp:projects/service:Service dns.googleapis.com",
    "gcp:projects/service:Service iam.googleapis.com",
    "gcp:projects/service:Service iamcredentials.googleapis.com",
    "gcp:projects/service:Service logging.googleapis.com",
    "gcp:projects/service:Service monitoring.googleapis.com",
    "gcp:projects/service:Service secretmanager.googleapis.com",
    "gcp:projects/service:Service servicenetworking.googleapis.com",
    "gcp:projects/service:Service sqladmin.googleapis.com",
    "gcp:projects/serviceIdentity:ServiceIdentity artifactregistry.googleapis.com",
    "gcp:projects/serviceIdentity:ServiceIdentity container.googleapis.com",
    "gcp:projects/serviceIdentity:ServiceIdentity secretmanager.googleapis.com",
    "gcp:projects/serviceIdentity:ServiceIdentity sqladmin.googleapis.com",
    "gcp:secretmanager/secret:Secret orders-credentials",
    "gcp:secretmanager/secretIamMember:SecretIamMember shop-myapp-dev-gcp-orders-credentials",
    "gcp:secretmanager/secretVersion:SecretVersion orders-credentials",
    "gcp:serviceaccount/account:Account nodes",
    "gcp:servicenetworking/connection:Connection databases",
    "gcp:sql/database:Database orders",
    "gcp:sql/databaseInstance:DatabaseInstance orders",
    "gcp:sql/user:User orders",
];

/** What a site for production has besides: private endpoints and a second pool. */
const ONLY_PROD = [
    "gcp:compute/globalAddress:GlobalAddress google-apis",
    "gcp:compute/globalForwardingRule:GlobalForwardingRule google-apis",
    "gcp:container/nodePool:NodePool batch",
    "gcp:dns/managedZone:ManagedZone gcr-io",
    "gcp:dns/managedZone:ManagedZone googleapis-com",
    "gcp:dns/managedZone:ManagedZone pkg-dev",
    "gcp:dns/recordSet:RecordSet gcr-io",
    "gcp:dns/recordSet:RecordSet gcr-io-names",
    "gcp:dns/recordSet:RecordSet googleapis-com",
    "gcp:dns/recordSet:RecordSet googleapis-com-names",
    "gcp:dns/recordSet:RecordSet pkg-dev",
    "gcp:dns/recordSet:RecordSet pkg-dev-names",
];

async function list(args: GcpSiteArgs): Promise<string[]> {
    const recorded = await runSite(args);
    return recorded.list("gcp").map((line) => line.replace(/ myapp-dev-gcp-?/, " ").trimEnd());
}

const sites = { development: DEV, production: PROD };

describe("a Google Cloud site", () => {
    it("consists of exactly this in development", async () => {
        assert.deepEqual(await list(DEV), DEV_LIST);
    });

    it("consists of exactly this in production", async () => {
        assert.deepEqual(await list(PROD), [...DEV_LIST, ...ONLY_PROD].sort());
    });

    for (const [name, args] of Object.entries(sites)) {
        it(`previews the same URNs that it creates in ${name}`, async () => {
            const [created, previewed] = [
                await runSite(args),
                await runSite(args, { preview: true }),
            ];
            assert.deepEqual(previewed.urns(), created.urns());
        });

        it(`gives everything a parent and an explicit provider in ${name}`, async () => {
            const { resources } = await runSite(args);
            const custom = resources.filter((one) => one.custom && !one.type.startsWith("pulumi:"));
            assert.deepEqual(
                custom.filter(({ parent }) => !parent.includes("platform:gcp:")),
                [],
            );
            assert.deepEqual(
                custom.filter(({ options }) => !options.provider.includes("myapp-dev-gcp")),
                [],
            );
        });
    }

    it("protects what holds data in production, by Pulumi and by the cloud", async () => {
        const { resources } = await runSite(PROD);
        const held = resources.filter(({ options }) => options.protect).map(({ type }) => type);
        assert.deepEqual([...new Set(held)].sort(), [
            "gcp:artifactregistry/repository:Repository",
            "gcp:container/cluster:Cluster",
            "gcp:kms/cryptoKey:CryptoKey",
            "gcp:secretmanager/secret:Secret",
            "gcp:sql/database:Database",
            "gcp:sql/databaseInstance:DatabaseInstance",
        ]);
    });

    it("protects nothing in development", async () => {
        const { resources } = await runSite(DEV);
        assert.deepEqual(
            resources.filter(({ options }) => options.protect),
            [],
        );
    });

    it("never lets a database or a registry wait for the cluster", async () => {
        const recorded = await runSite(PROD);
        const cluster = recorded.one("gcp:container/cluster:Cluster").urn;
        const reached = reach(recorded, "gcp:sql/user:User");
        assert.ok(!reached.has(cluster));
        assert.ok(!reach(recorded, "gcp:artifactregistry/repository:Repository").has(cluster));
    });

    it("never lets the cluster wait for a database", async () => {
        const recorded = await runSite(PROD);
        const instance = recorded.one("gcp:sql/databaseInstance:DatabaseInstance").urn;
        assert.ok(!reach(recorded, "gcp:container/nodePool:NodePool").has(instance));
    });

    it("grants roles only to whom they are for, and none that is not needed", async () => {
        const { resources } = await runSite(PROD);
        const roles = resources.flatMap(({ inputs }) =>
            typeof inputs["role"] === "string" ? [inputs["role"]] : [],
        );
        assert.deepEqual([...new Set(roles)].sort(), [
            "roles/artifactregistry.reader",
            "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            "roles/container.admin",
            "roles/container.defaultNodeServiceAccount",
            "roles/secretmanager.secretAccessor",
        ]);
    });
});

/** Everything that the resources of a type wait for, directly or not. */
function reach(recorded: Awaited<ReturnType<typeof runSite>>, type: string): Set<string> {
    const found = new Set<string>();
    const visit = (urn: string): void => {
        if (found.has(urn)) return;
        found.add(urn);
        const resource = recorded.resources.find((one) => one.urn === urn);
        resource?.options.dependencies.forEach(visit);
    };
    recorded.all(type).forEach(({ urn }) => visit(urn));
    return found;
}
