import assert from "node:assert/strict";

import { Cloud } from "../../../simulator/cloud.ts";
import { Store } from "../../../simulator/store.ts";
import type { Properties } from "../../../simulator/table.ts";
import { gcp } from "../../../simulator/types/gcp.ts";

export const PROJECT = "myapp-platform-dev";
export const REGION = "europe-west3";

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
    auditConfig: "gcp:projects/iAMAuditConfig:IAMAuditConfig",
    bucket: "gcp:storage/bucket:Bucket",
    redis: "gcp:redis/instance:Instance",
    files: "gcp:filestore/instance:Instance",
    vault: "gcp:backupdisasterrecovery/backupVault:BackupVault",
    backupPlan: "gcp:backupdisasterrecovery/backupPlan:BackupPlan",
    association: "gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation",
    regionalAddress: "gcp:compute/address:Address",
    sslPolicy: "gcp:compute/sSLPolicy:SSLPolicy",
    regionalSslPolicy: "gcp:compute/regionSslPolicy:RegionSslPolicy",
    securityPolicy: "gcp:compute/securityPolicy:SecurityPolicy",
    floodPolicy: "gcp:compute/regionSecurityPolicy:RegionSecurityPolicy",
    networkEdge: "gcp:compute/networkEdgeSecurityService:NetworkEdgeSecurityService",
    customRole: "gcp:projects/iAMCustomRole:IAMCustomRole",
    zoneGrant: "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember",
    bucketGrant: "gcp:storage/bucketIAMMember:BucketIAMMember",
} as const;

export type Kind = keyof typeof TYPES;

const APIS = [
    "artifactregistry",
    "backupdr",
    "cloudkms",
    "cloudresourcemanager",
    "compute",
    "container",
    "dns",
    "file",
    "iam",
    "logging",
    "redis",
    "secretmanager",
    "servicenetworking",
    "sqladmin",
    "storage",
];

/** A Google Cloud in which everything is done at once. */
export class Place {
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

export const RANGE = {
    purpose: "VPC_PEERING",
    addressType: "INTERNAL",
    address: "10.30.80.0",
    prefixLength: 20,
};

export const SETTINGS = {
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

export const INSTANCE = {
    databaseVersion: "POSTGRES_17",
    deletionProtection: false,
    settings: SETTINGS,
};

export const CLUSTER = {
    name: "platform",
    location: REGION,
    deletionProtection: false,
    minMasterVersion: "1.36",
    initialNodeCount: 1,
    removeDefaultNodePool: true,
};

/** The furnished place's methods without their place. */
export function bound(place: ReturnType<typeof Place.furnished>) {
    return { make: place.make.bind(place), base: place.base };
}

type Base = ReturnType<typeof Place.furnished>["base"];

export function privateInstance({ network, range }: Base): Properties {
    const ipConfiguration = {
        privateNetwork: network.id,
        allocatedIpRange: range.outputs["name"] ?? "",
    };
    return { ...INSTANCE, settings: { ...SETTINGS, ipConfiguration } };
}

export function clusterIn({ network, subnet }: Base): Properties {
    return { ...CLUSTER, network: network.id, subnetwork: subnet.id };
}

/** Inputs that are refused before anything is created. */
export interface Malformed {
    readonly kind: Kind;
    /** To complete "rejects …". */
    readonly what: string;
    readonly given: Properties;
    readonly words: RegExp;
}
