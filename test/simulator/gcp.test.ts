import assert from "node:assert/strict";

import { Cloud } from "../../simulator/cloud.ts";
import { Store } from "../../simulator/store.ts";
import { type Properties, UNKNOWN } from "../../simulator/table.ts";
import { gcp } from "../../simulator/types/gcp.ts";

const PROJECT = "myapp-platform-dev";
const REGION = "europe-west3";

/** Short names for the tokens. */
const TYPES = {
    service: "gcp:projects/service:Service",
    identity: "gcp:projects/serviceIdentity:ServiceIdentity",
    projectGrant: "gcp:projects/iAMMember:IAMMember",
    account: "gcp:serviceaccount/account:Account",
    ring: "gcp:kms/keyRing:KeyRing",
    key: "gcp:kms/cryptoKey:CryptoKey",
    keyGrant: "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    logBucket: "gcp:logging/projectBucketConfig:ProjectBucketConfig",
    sink: "gcp:logging/projectSink:ProjectSink",
    repository: "gcp:artifactregistry/repository:Repository",
    network: "gcp:compute/network:Network",
    subnet: "gcp:compute/subnetwork:Subnetwork",
    router: "gcp:compute/router:Router",
    nat: "gcp:compute/routerNat:RouterNat",
    firewall: "gcp:compute/firewall:Firewall",
    address: "gcp:compute/globalAddress:GlobalAddress",
    rule: "gcp:compute/globalForwardingRule:GlobalForwardingRule",
    connection: "gcp:servicenetworking/connection:Connection",
    zone: "gcp:dns/managedZone:ManagedZone",
    record: "gcp:dns/recordSet:RecordSet",
    cluster: "gcp:container/cluster:Cluster",
    pool: "gcp:container/nodePool:NodePool",
    instance: "gcp:sql/databaseInstance:DatabaseInstance",
    user: "gcp:sql/user:User",
    database: "gcp:sql/database:Database",
    secret: "gcp:secretmanager/secret:Secret",
    version: "gcp:secretmanager/secretVersion:SecretVersion",
} as const;

type Kind = keyof typeof TYPES;

const APIS = [
    "artifactregistry",
    "cloudkms",
    "cloudresourcemanager",
    "compute",
    "container",
    "dns",
    "iam",
    "logging",
    "secretmanager",
    "servicenetworking",
    "sqladmin",
];

/** A Google Cloud in which everything is done at once. */
class Place {
    readonly #cloud: Cloud;
    readonly #store = Store.open(":memory:", "seed");

    constructor() {
        this.#cloud = new Cloud(gcp, this.#store, { account: PROJECT, region: REGION });
    }

    #at(kind: Kind, name: string) {
        const type = TYPES[kind];
        return { type, urn: `urn:pulumi:stack::project::${type}::${name}` };
    }

    /** Makes a resource as the engine does: check, then create. Throws what is refused. */
    make(kind: Kind, name: string, given: Properties = {}) {
        const { inputs, refusals } = this.#cloud.check(this.#at(kind, name), given, undefined);
        if (refusals.length > 0) throw new Error(refusals.map(({ reason }) => reason).join("; "));
        return this.#cloud.create(this.#at(kind, name), { inputs, secrets: [] }).instance;
    }

    /** What a preview refuses. */
    check(kind: Kind, given: Properties): string[] {
        const { refusals } = this.#cloud.check(this.#at(kind, "x"), given, undefined);
        return refusals.map(({ reason }) => reason);
    }

    update(kind: Kind, name: string, id: string, inputs: Properties) {
        const address = { ...this.#at(kind, name), id };
        const before = this.#cloud.read(address);
        assert.ok(before);
        const wanted = { inputs: { ...before.inputs, ...inputs }, secrets: [] };
        return this.#cloud.update(address, wanted, before).instance;
    }

    /** Which changed inputs replace a resource. */
    replaces(kind: Kind, olds: Properties, news: Properties): string[] {
        return this.#cloud
            .diff({ ...this.#at(kind, "x"), id: "x" }, olds, news)
            .filter((change) => change.replaces)
            .map(({ path }) => path.join("."));
    }

    drop(kind: Kind, name: string, id: string): void {
        const begun = this.#cloud.delete({ ...this.#at(kind, name), id });
        if (begun) this.#store.vanishAll(begun.until);
    }

    stands(kind: Kind, name: string, id: string): boolean {
        return this.#cloud.read({ ...this.#at(kind, name), id }) !== undefined;
    }

    invoke(token: string, args: Properties): Properties {
        return this.#cloud.invoke(token, args);
    }

    /** A project with every API enabled, all agents, a network, a subnet, the peering, a node account and a key. */
    static furnished(): Place & { readonly base: ReturnType<Place["furnish"]> } {
        const place = new Place();
        return Object.assign(place, { base: place.furnish() });
    }

    furnish() {
        for (const api of APIS) {
            this.make("service", api, { service: `${api}.googleapis.com` });
        }
        const network = this.make("network", "net", { autoCreateSubnetworks: false });
        const subnet = this.make("subnet", "net", { network: network.id, ...SUBNET });
        const range = this.make("address", "databases", {
            ...RANGE,
            network: network.id,
        });
        const connection = this.make("connection", "databases", {
            network: network.id,
            service: "servicenetworking.googleapis.com",
            reservedPeeringRanges: [range.outputs["name"] ?? ""],
            deletionPolicy: "ABANDON",
        });
        const ring = this.make("ring", "ring", { location: REGION });
        const key = this.make("key", "key", { keyRing: ring.id, rotationPeriod: "7776000s" });
        const account = this.make("account", "nodes", { accountId: "platform-nodes" });
        return { network, subnet, range, connection, ring, key, account };
    }

    /** Lets a service use the key. */
    grant(service: string, key: string) {
        const agent = this.make("identity", service, { service: `${service}.googleapis.com` });
        return this.make("keyGrant", service, {
            cryptoKeyId: key,
            role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            member: agent.outputs["member"] ?? "",
        });
    }
}

const SUBNET = {
    ipCidrRange: "10.30.0.0/18",
    secondaryIpRanges: [
        { rangeName: "pods", ipCidrRange: "10.30.128.0/17" },
        { rangeName: "services", ipCidrRange: "10.30.64.0/20" },
    ],
};

const RANGE = {
    purpose: "VPC_PEERING",
    addressType: "INTERNAL",
    address: "10.30.80.0",
    prefixLength: 20,
};

const SETTINGS = {
    tier: "db-custom-2-8192",
    edition: "ENTERPRISE",
    diskSize: 20,
    availabilityType: "ZONAL",
    backupConfiguration: {
        enabled: true,
        pointInTimeRecoveryEnabled: true,
        transactionLogRetentionDays: 7,
        backupRetentionSettings: { retainedBackups: 7 },
    },
};

const INSTANCE = { databaseVersion: "POSTGRES_17", deletionProtection: false, settings: SETTINGS };

const CLUSTER = {
    name: "platform",
    location: REGION,
    deletionProtection: false,
    minMasterVersion: "1.36",
    initialNodeCount: 1,
    removeDefaultNodePool: true,
};

/** What Google refuses before anything is created, for inputs alone. */
const MALFORMED: readonly { kind: Kind; what: string; given: Properties; words: RegExp }[] = [
    {
        kind: "network",
        what: "a name with capitals",
        given: { name: "MyNet" },
        words: /Invalid value for field 'resource\.name': 'MyNet'\. Must be a match of regex/,
    },
    {
        kind: "account",
        what: "an account id of five characters",
        given: { accountId: "nodes" },
        words: /"account_id" \("nodes"\) doesn't match regexp/,
    },
    {
        kind: "service",
        what: "a service that is no Google API",
        given: { service: "compute" },
        words: /Not found or permission denied for service\(s\): compute\./,
    },
    {
        kind: "key",
        what: "a rotation within a day",
        given: { keyRing: "r", rotationPeriod: "3600s" },
        words: /rotation period must be greater than 86400s/,
    },
    {
        kind: "logBucket",
        what: "a retention of eleven years",
        given: { project: PROJECT, location: REGION, bucketId: "b", retentionDays: 4015 },
        words: /Retention days must be between 1 and 3650/,
    },
    {
        kind: "projectGrant",
        what: "a member without its kind",
        given: { project: PROJECT, role: "roles/viewer", member: "jane@example.com" },
        words: /invalid value for member/,
    },
    {
        kind: "repository",
        what: "a repository id with an underscore",
        given: { repositoryId: "my_images", format: "DOCKER" },
        words: /Invalid repository ID "my_images"/,
    },
    {
        kind: "subnet",
        what: "ranges of one subnet that overlap (G1.10)",
        given: {
            network: "n",
            ipCidrRange: "10.0.0.0/16",
            secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.0.128.0/17" }],
        },
        words: /10\.0\.128\.0\/17 conflicts with existing subnetwork range 10\.0\.0\.0\/16/,
    },
    {
        kind: "subnet",
        what: "a range with host bits",
        given: { network: "n", ipCidrRange: "10.0.0.1/16" },
        words: /'10\.0\.0\.1\/16'\. Must be a CIDR address range/,
    },
    {
        kind: "nat",
        what: "dynamic ports together with endpoint-independent mapping",
        given: {
            router: "r",
            sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
            enableDynamicPortAllocation: true,
            enableEndpointIndependentMapping: true,
        },
        words: /cannot both be enabled/,
    },
    {
        kind: "firewall",
        what: "a rule that allows and denies",
        given: { network: "n", allows: [], denies: [], sourceRanges: ["0.0.0.0/0"] },
        words: /"allow": conflicts with deny/,
    },
    {
        kind: "rule",
        what: "a hyphen in the name of an endpoint for Google's APIs",
        given: {
            name: "my-apis",
            target: "all-apis",
            network: "n",
            ipAddress: "a",
            loadBalancingScheme: "",
        },
        words: /must be 1-20 characters, lowercase letters and numbers/,
    },
    {
        kind: "zone",
        what: "a DNS name without its last dot",
        given: { dnsName: "googleapis.com" },
        words: /Invalid value for 'entity\.managedZone\.dnsName'/,
    },
    {
        kind: "cluster",
        what: "a version out of support",
        given: { ...CLUSTER, minMasterVersion: "1.28" },
        words: /Master version "1\.28" is unsupported\./,
    },
    {
        kind: "cluster",
        what: "a window of four hours a week, too short for upgrades",
        given: {
            ...CLUSTER,
            maintenancePolicy: {
                recurringWindow: {
                    startTime: "2026-01-04T04:00:00Z",
                    endTime: "2026-01-04T08:00:00Z",
                    recurrence: "FREQ=WEEKLY;BYDAY=SU",
                },
            },
        },
        words: /would go longer than 32d without 48h maintenance availability/,
    },
    {
        kind: "cluster",
        what: "the policy add-on together with Dataplane V2 (G1.53)",
        given: {
            ...CLUSTER,
            datapathProvider: "ADVANCED_DATAPATH",
            networkPolicy: { enabled: true },
        },
        words: /Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH/,
    },
    {
        kind: "pool",
        what: "limits per zone and in total at once (G1.54)",
        given: { cluster: "c", autoscaling: { minNodeCount: 1, totalMaxNodeCount: 3 } },
        words: /per-zone limits .* conflict with total limits/,
    },
    {
        kind: "pool",
        what: "a minimum above the maximum",
        given: { cluster: "c", autoscaling: { totalMinNodeCount: 4, totalMaxNodeCount: 3 } },
        words: /Minimum node count 4 must not be above maximum node count 3/,
    },
    {
        kind: "pool",
        what: "a taint's effect as Kubernetes spells it",
        given: {
            cluster: "c",
            nodeConfig: { taints: [{ key: "a", value: "b", effect: "NoSchedule" }] },
        },
        words: /expected node_config\.0\.taint\.0\.effect to be one of \["NO_SCHEDULE"/,
    },
    {
        kind: "pool",
        what: "a location policy in small letters",
        given: { cluster: "c", autoscaling: { locationPolicy: "balanced" } },
        words: /expected autoscaling\.0\.location_policy to be one of \["BALANCED","ANY"\], got balanced/,
    },
    {
        kind: "cluster",
        what: "a component of monitoring that GKE does not have",
        given: { ...CLUSTER, monitoringConfig: { enableComponents: ["POD", "PODS"] } },
        words: /expected monitoring_config\.0\.enable_components\.1 to be one of .*, got PODS/,
    },
    {
        kind: "instance",
        what: "a TLS mode of another cloud (G1.56)",
        given: {
            ...INSTANCE,
            settings: { ...SETTINGS, ipConfiguration: { sslMode: "REQUIRE" } },
        },
        words: /expected settings\.0\.ip_configuration\.0\.ssl_mode to be one of .*, got REQUIRE/,
    },
    {
        kind: "repository",
        what: "a clean-up that neither keeps nor deletes",
        given: {
            repositoryId: "images",
            format: "DOCKER",
            cleanupPolicies: [{ id: "old", action: "REMOVE" }],
        },
        words: /expected cleanup_policies\.0\.action to be one of \["DELETE","KEEP"\], got REMOVE/,
    },
    {
        kind: "instance",
        what: "a custom tier without an edition, which means Enterprise Plus (G1.55)",
        given: { databaseVersion: "POSTGRES_17", settings: { tier: "db-custom-2-8192" } },
        words: /Invalid Tier \(db-custom-2-8192\) for \(ENTERPRISE_PLUS\) Edition/,
    },
    {
        kind: "instance",
        what: "a tier with too little memory",
        given: { ...INSTANCE, settings: { ...SETTINGS, tier: "db-custom-2-2048" } },
        words: /Invalid Tier \(db-custom-2-2048\) for \(ENTERPRISE\) Edition/,
    },
    {
        kind: "instance",
        what: "a tier of Enterprise Plus that is not sold",
        given: {
            ...INSTANCE,
            settings: {
                ...SETTINGS,
                edition: "ENTERPRISE_PLUS",
                tier: "db-perf-optimized-N-6",
            },
        },
        words: /Invalid Tier \(db-perf-optimized-N-6\) for \(ENTERPRISE_PLUS\) Edition/,
    },
    {
        kind: "instance",
        what: "eight days of transaction log in the edition Enterprise",
        given: {
            ...INSTANCE,
            settings: {
                ...SETTINGS,
                backupConfiguration: {
                    ...SETTINGS.backupConfiguration,
                    transactionLogRetentionDays: 8,
                },
            },
        },
        words: /Transaction log retention days must be between 1 and 7/,
    },
    {
        kind: "instance",
        what: "a regional instance without backups",
        given: {
            ...INSTANCE,
            settings: {
                tier: "db-custom-2-8192",
                edition: "ENTERPRISE",
                availabilityType: "REGIONAL",
            },
        },
        words: /Backups and point-in-time recovery must be enabled for a regional/,
    },
    {
        kind: "instance",
        what: "a disk of 5 GB",
        given: { ...INSTANCE, settings: { ...SETTINGS, diskSize: 5 } },
        words: /Disk size must be between 10 GB and 65536 GB/,
    },
    {
        kind: "instance",
        what: "a version that is no longer made",
        given: { ...INSTANCE, databaseVersion: "POSTGRES_13" },
        words: /POSTGRES_13 is not supported/,
    },
    {
        kind: "user",
        what: "the name of Google's own administrator (G1.27)",
        given: { instance: "i", name: "cloudsqladmin", password: "p" },
        words: /User name "cloudsqladmin" is reserved/,
    },
    {
        kind: "secret",
        what: "a recovery time of an hour",
        given: { replication: { auto: {} }, versionDestroyTtl: "3600s" },
        words: /Version destroy TTL must be between 24 hours and 1000 days/,
    },
    { kind: "secret", what: "no replication", given: {}, words: /"replication" is required/ },
];

describe("the simulated Google Cloud", () => {
    for (const { kind, what, given, words } of MALFORMED) {
        it(`rejects ${what} (${kind})`, () => {
            assert.match(new Place().check(kind, given).join("; "), words);
        });
    }

    it("lets values that are not known yet through", () => {
        const place = new Place();
        const settings = { ...SETTINGS, tier: UNKNOWN };
        assert.deepEqual(place.check("instance", { ...INSTANCE, settings }), []);
        assert.deepEqual(place.check("instance", { ...INSTANCE, settings: UNKNOWN }), []);
        assert.deepEqual(place.check("subnet", { network: UNKNOWN, ipCidrRange: UNKNOWN }), []);
        assert.deepEqual(place.check("pool", { cluster: UNKNOWN, autoscaling: UNKNOWN }), []);
        assert.deepEqual(place.check("cluster", { ...CLUSTER, maintenancePolicy: UNKNOWN }), []);
    });

    it("makes names that Google takes, with seven digits", () => {
        const { network } = Place.furnished().base;
        assert.match(String(network.outputs["name"]), /^net-[0-9a-f]{7}$/);
        assert.equal(
            network.outputs["selfLink"],
            `https://www.googleapis.com/compute/v1/${network.id}`,
        );
    });

    it("rejects anything whose API is not enabled (G1.59)", () => {
        assert.throws(
            () => new Place().make("network", "net"),
            /Compute Engine API has not been used in project myapp-platform-dev before or it is disabled/,
        );
        assert.throws(
            () => new Place().invoke("gcp:organizations/getProject:getProject", {}),
            /Cloud Resource Manager API has not been used/,
        );
    });

    it("tells a project's number, the same in every agent's address", () => {
        const place = Place.furnished();
        const { number } = place.invoke("gcp:organizations/getProject:getProject", {});
        assert.match(String(number), /^\d{12}$/);
        const agent = place.make("identity", "sql", { service: "sqladmin.googleapis.com" });
        assert.equal(
            agent.outputs["member"],
            `serviceAccount:service-${String(number)}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
        );
    });

    it("takes an API that is enabled already", () => {
        const place = Place.furnished();
        const again = place.make("service", "again", { service: "compute.googleapis.com" });
        assert.equal(again.id, `${PROJECT}/compute.googleapis.com`);
    });

    it("rejects a grant to a service agent that nobody has made yet", () => {
        const place = Place.furnished();
        assert.throws(
            () =>
                place.make("keyGrant", "grant", {
                    cryptoKeyId: place.base.key.id,
                    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
                    member: "serviceAccount:service-1@gcp-sa-cloud-sql.iam.gserviceaccount.com",
                }),
            /Service account service-1@gcp-sa-cloud-sql\.iam\.gserviceaccount\.com does not exist/,
        );
    });

    it("rejects a subnet whose range another one of the network has (G1.10)", () => {
        const place = Place.furnished();
        const { network } = place.base;
        const other = { network: network.id, ipCidrRange: "10.30.64.0/24" };
        assert.throws(
            () => place.make("subnet", "other", other),
            /10\.30\.64\.0\/24 conflicts with existing subnetwork range 10\.30\.64\.0\/20/,
        );
        const elsewhere = place.make("network", "elsewhere", { autoCreateSubnetworks: false });
        assert.ok(place.make("subnet", "other", { ...other, network: elsewhere.id }).id);
    });

    it("rejects a reserved range that a subnet has", () => {
        const place = Place.furnished();
        const given = { ...RANGE, address: "10.30.0.0", network: place.base.network.id };
        assert.throws(
            () => place.make("address", "again", given),
            /overlaps with existing range 10\.30\.0\.0\/18/,
        );
    });

    it("rejects deleting a network that is in use", () => {
        const place = Place.furnished();
        const { network } = place.base;
        assert.throws(() => {
            place.drop("network", "net", network.id);
        }, /is already being used by .*, resourceInUseByAnotherResource/);
    });

    it("rejects a database before the network is peered (G1.57)", () => {
        const place = Place.furnished();
        const lonely = place.make("network", "lonely", { autoCreateSubnetworks: false });
        const settings = { ...SETTINGS, ipConfiguration: { privateNetwork: lonely.id } };
        assert.throws(
            () => place.make("instance", "db", { ...INSTANCE, settings }),
            /the network doesn't have at least 1 private services connection/,
        );
    });

    it("gives a database an address from the allocated range", () => {
        const { make, base } = bound(Place.furnished());
        const instance = make("instance", "db", privateInstance(base));
        assert.match(String(instance.outputs["privateIpAddress"]), /^10\.30\.80\.\d+$/);
    });

    it("rejects a key that the service may not use, and takes it once it may", () => {
        const place = Place.furnished();
        const { base } = place;
        const given = { ...privateInstance(base), encryptionKeyName: base.key.id };
        assert.throws(
            () => place.make("instance", "db", given),
            /Permission 'cloudkms\.cryptoKeyVersions\.useToEncrypt' denied on resource/,
        );
        place.grant("sqladmin", base.key.id);
        assert.ok(place.make("instance", "db", given).id);
    });

    it("rejects deleting a peering that databases use, unless it is abandoned", () => {
        const place = Place.furnished();
        const { base } = place;
        place.make("instance", "db", privateInstance(base));
        const { id } = base.connection;
        place.update("connection", "databases", id, { deletionPolicy: "DELETE" });
        assert.throws(() => {
            place.drop("connection", "databases", id);
        }, /Producer services \(e\.g\. CloudSQL, Cloud Memstore, etc\.\) are still using this connection/);
        place.update("connection", "databases", id, { deletionPolicy: "ABANDON" });
        place.drop("connection", "databases", id);
        assert.equal(place.stands("connection", "databases", id), false);
    });

    it("rejects deleting a protected instance, by either protection", () => {
        const place = Place.furnished();
        const settings = { ...SETTINGS, deletionProtectionEnabled: true };
        const { id } = place.make("instance", "db", { ...INSTANCE, settings });
        assert.throws(() => {
            place.drop("instance", "db", id);
        }, /The instance is protected/);
        place.update("instance", "db", id, { deletionProtection: true });
        assert.throws(() => {
            place.drop("instance", "db", id);
        }, /deletion_protection is set to true/);
    });

    it("takes users and databases along with their instance", () => {
        const place = Place.furnished();
        const { id } = place.make("instance", "db", INSTANCE);
        const user = place.make("user", "u", { instance: id, name: "owner", password: "p" });
        const database = place.make("database", "d", { instance: id, name: "app" });
        place.drop("instance", "db", id);
        assert.equal(place.stands("user", "u", user.id), false);
        assert.equal(place.stands("database", "d", database.id), false);
    });

    it("makes a cluster with the addresses that the arguments decide", () => {
        const place = Place.furnished();
        const open = place.make("cluster", "c", clusterIn(place.base));
        assert.equal(open.id, `projects/${PROJECT}/locations/${REGION}/clusters/platform`);
        assert.match(String(open.outputs["endpoint"]), /^34\./);
        assert.equal(open.outputs["masterVersion"], "1.36.4-gke.1391000");
        const closed = place.make("cluster", "d", {
            ...clusterIn(place.base),
            name: "closed",
            privateClusterConfig: { enablePrivateEndpoint: true },
            masterAuthorizedNetworksConfig: { cidrBlocks: [] },
        });
        assert.match(String(closed.outputs["endpoint"]), /^10\.30\./);
    });

    it("rejects a cluster with a range that its subnet does not have", () => {
        const place = Place.furnished();
        const ipAllocationPolicy = { clusterSecondaryRangeName: "gke-pods" };
        assert.throws(
            () => place.make("cluster", "c", { ...clusterIn(place.base), ipAllocationPolicy }),
            /Pod secondary range "gke-pods" does not exist in network/,
        );
    });

    it("rejects another project's identity pool", () => {
        const place = Place.furnished();
        const workloadIdentityConfig = { workloadPool: "other.svc.id.goog" };
        assert.throws(
            () => place.make("cluster", "c", { ...clusterIn(place.base), workloadIdentityConfig }),
            /only supported Workload Identity Pool is "myapp-platform-dev\.svc\.id\.goog"/,
        );
    });

    it("rejects a second cluster of the same name, and takes it in another location", () => {
        const place = Place.furnished();
        const given = clusterIn(place.base);
        place.make("cluster", "c", given);
        assert.throws(
            () => place.make("cluster", "d", given),
            /Already exists: cluster "platform"/,
        );
        assert.ok(place.make("cluster", "d", { ...given, location: `${REGION}-b` }).id);
    });

    it("upgrades a control plane one minor at a time and rejects everything else", () => {
        const place = Place.furnished();
        const given = { ...clusterIn(place.base), minMasterVersion: "1.35" };
        const { id } = place.make("cluster", "c", given);
        const upgrade = (minMasterVersion: string) =>
            place.update("cluster", "c", id, { minMasterVersion });
        assert.throws(() => upgrade("1.37"), /more than one minor version at a time/);
        upgrade("1.36");
        assert.throws(() => upgrade("1.35"), /Master cannot be downgraded/);
    });

    it("rejects deleting a protected cluster, and takes its pools along with another", () => {
        const place = Place.furnished();
        const { id } = place.make("cluster", "c", clusterIn(place.base));
        const pool = place.make("pool", "p", { cluster: id, name: "general" });
        place.update("cluster", "c", id, { deletionProtection: true });
        assert.throws(() => {
            place.drop("cluster", "c", id);
        }, /Cannot destroy cluster because deletion_protection is set to true/);
        place.update("cluster", "c", id, { deletionProtection: false });
        place.drop("cluster", "c", id);
        assert.equal(place.stands("pool", "p", pool.id), false);
    });

    it("counts the first nodes of a pool in every zone (G1.54)", () => {
        const place = Place.furnished();
        const { id } = place.make("cluster", "c", clusterIn(place.base));
        const given = { cluster: id, name: "general", initialNodeCount: 1 };
        const autoscaling = { totalMinNodeCount: 1, totalMaxNodeCount: 2 };
        assert.throws(
            () => place.make("pool", "p", { ...given, autoscaling }),
            /Initial node count 3 over all zones is above the total maximum 2/,
        );
    });

    it("rejects an endpoint of Google's APIs on an address inside a subnet", () => {
        const place = Place.furnished();
        const network = place.base.network.id;
        const free = { addressType: "INTERNAL", purpose: "PRIVATE_SERVICE_CONNECT", network };
        const rule = { name: "apis", target: "all-apis", network, loadBalancingScheme: "" };
        assert.throws(
            () => place.make("address", "inside", { ...free, address: "10.30.0.9" }),
            /overlaps with existing range 10\.30\.0\.0\/18/,
        );
        const outside = place.make("address", "outside", { ...free, address: "10.30.96.2" });
        assert.ok(place.make("rule", "apis", { ...rule, ipAddress: outside.id }).id);
    });

    it("rejects two private zones of one name in one network", () => {
        const place = Place.furnished();
        const networks = [{ networkUrl: place.base.network.id }];
        const given = { dnsName: "pkg.dev.", privateVisibilityConfig: { networks } };
        const zone = place.make("zone", "one", given);
        assert.throws(() => place.make("zone", "two", given), /cannot be bound to this zone/);
        const record = { managedZone: zone.outputs["name"] ?? "", type: "A", rrdatas: [] };
        assert.ok(place.make("record", "good", { ...record, name: "*.pkg.dev." }).id);
        assert.throws(
            () => place.make("record", "bad", { ...record, name: "gcr.io." }),
            /Invalid value for 'entity\.change\.additions\[0\]\.name'/,
        );
    });

    it("rejects a sink into a bucket that does not stand", () => {
        const place = Place.furnished();
        const bucket = `projects/${PROJECT}/locations/${REGION}/buckets/logs`;
        const given = { destination: `logging.googleapis.com/${bucket}` };
        assert.throws(() => place.make("sink", "s", given), /Sink destination does not exist/);
        place.make("logBucket", "b", { project: PROJECT, location: REGION, bucketId: "logs" });
        assert.ok(place.make("sink", "s", given).id);
    });

    it("rejects deleting what is set to PREVENT", () => {
        const place = Place.furnished();
        const { ring } = place.base;
        const given = { keyRing: ring.id, deletionPolicy: "PREVENT" };
        const { id } = place.make("key", "kept", given);
        assert.throws(() => {
            place.drop("key", "kept", id);
        }, /deletion_policy is set to "PREVENT"/);
    });

    it("rejects deleting a protected secret, and takes versions along with another", () => {
        const place = Place.furnished();
        const given = { replication: { auto: {} }, deletionProtection: true };
        const { id } = place.make("secret", "s", given);
        const version = place.make("version", "v", { secret: id, secretData: "{}" });
        assert.throws(() => {
            place.drop("secret", "s", id);
        }, /deletion_protection=false/);
        place.update("secret", "s", id, { deletionProtection: false });
        place.drop("secret", "s", id);
        assert.equal(place.stands("version", "v", version.id), false);
    });

    const CHANGES: readonly { kind: Kind; olds: Properties; news: Properties; path: string }[] = [
        { kind: "cluster", olds: { location: "a" }, news: { location: "b" }, path: "location" },
        {
            kind: "pool",
            olds: { nodeConfig: { spot: true } },
            news: { nodeConfig: { spot: false } },
            path: "nodeConfig.spot",
        },
        {
            kind: "instance",
            olds: { encryptionKeyName: "a" },
            news: { encryptionKeyName: "b" },
            path: "encryptionKeyName",
        },
        {
            kind: "version",
            olds: { secretData: "a" },
            news: { secretData: "b" },
            path: "secretData",
        },
    ];
    for (const { kind, olds, news, path } of CHANGES) {
        it(`replaces the ${kind} for another ${path}`, () => {
            assert.deepEqual(new Place().replaces(kind, olds, news), [path]);
        });
    }

    const UPDATES: readonly { kind: Kind; olds: Properties; news: Properties; what: string }[] = [
        {
            kind: "pool",
            olds: { autoscaling: { totalMaxNodeCount: 3 }, nodeConfig: { machineType: "a" } },
            news: { autoscaling: { totalMaxNodeCount: 9 }, nodeConfig: { machineType: "b" } },
            what: "limits and machine type",
        },
        {
            kind: "instance",
            olds: { databaseVersion: "POSTGRES_17", settings: { tier: "a", edition: "a" } },
            news: { databaseVersion: "POSTGRES_18", settings: { tier: "b", edition: "b" } },
            what: "version, tier and edition",
        },
        {
            kind: "cluster",
            olds: { minMasterVersion: "1.35", masterAuthorizedNetworksConfig: { cidrBlocks: [] } },
            news: { minMasterVersion: "1.36" },
            what: "version and authorised networks",
        },
    ];
    for (const { kind, olds, news, what } of UPDATES) {
        it(`updates the ${kind} in place for another ${what}`, () => {
            assert.deepEqual(new Place().replaces(kind, olds, news), []);
        });
    }
});

/** The furnished place's methods without their place. */
function bound(place: ReturnType<typeof Place.furnished>) {
    return { make: place.make.bind(place), base: place.base };
}

type Base = ReturnType<typeof Place.furnished>["base"];

function privateInstance({ network, range }: Base): Properties {
    const ipConfiguration = {
        privateNetwork: network.id,
        allocatedIpRange: range.outputs["name"] ?? "",
    };
    return { ...INSTANCE, settings: { ...SETTINGS, ipConfiguration } };
}

function clusterIn({ network, subnet }: Base): Properties {
    return { ...CLUSTER, network: network.id, subnetwork: subnet.id };
}
