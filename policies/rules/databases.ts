import {
    and,
    each,
    failIf,
    failIfOn,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    type Truth,
} from "../runtime/truth.ts";
import type { Value } from "../runtime/reader.ts";
import { addressNumber, isWorld, MOST_ADDRESSES } from "./addresses.ts";
import { forTypes, type Check, type Rule } from "./rule.ts";

const RDS_INSTANCES = ["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"];
const RDS_CLUSTER = "aws:rds/cluster:Cluster";
const FLEXIBLE_SERVER = "azure-native:dbforpostgresql:Server";
const FLEXIBLE_FIREWALL = "azure-native:dbforpostgresql:FirewallRule";
const CLOUD_SQL = "gcp:sql/databaseInstance:DatabaseInstance";

const rdsPublic: Check = ({ inputs }) =>
    failIfOn(inputs.get("publiclyAccessible"), "the instance has a public address");

const flexibleServerPublic: Check = ({ inputs }) => {
    const network = inputs.get("network");
    const closed: Truth = or(
        isOneOf(network.get("publicNetworkAccess"), ["disabled"], false),
        isPresent(network.get("delegatedSubnetResourceId")),
    );
    return failIf(
        not(closed),
        network.get("publicNetworkAccess"),
        "the server has a public address",
    );
};

const cloudSqlPublic: Check = ({ inputs }) => {
    const access = inputs.at("settings.ipConfiguration.ipv4Enabled");
    // A clone without settings takes over those of its source, which do not stand here.
    const own = or(isPresent(inputs.get("settings")), not(isPresent(inputs.get("clone"))));
    const open: Truth = own === true ? isOn(access, true) : { unknown: "settings" };
    return failIf(open, access, "the instance has a public address");
};

/** No database has a public address. */
export const databaseNoPublicAccess: Rule = {
    id: "db-no-public-access",
    title: "A database has no public address.",
    why: "A database with a public address is one weak or leaked password away from being copied by anybody.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: {
        "PCI DSS": ["1.4.1", "1.4.2"],
        HIPAA: ["164.308(a)(3)(i)", "164.312(a)(1)"],
        "SOC 2": ["CC6.2"],
        "CIS AWS": ["3.2.3"],
        "CIS GCP": ["6.5", "6.7"],
    },
    analogies: { GDPR: ["32"] },
    remediation:
        "RDS: set publiclyAccessible to false. PostgreSQL Flexible Server: delegate a subnet to it, or set " +
        "network.publicNetworkAccess to Disabled. Cloud SQL: set settings.ipConfiguration.ipv4Enabled to false and " +
        "name a privateNetwork.",
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    checks: {
        ...forTypes(RDS_INSTANCES, rdsPublic),
        [FLEXIBLE_SERVER]: flexibleServerPublic,
        [CLOUD_SQL]: cloudSqlPublic,
    },
};

const cloudSqlNetworks: Check = ({ inputs }) =>
    each(inputs.at("settings.ipConfiguration.authorizedNetworks"), (network) =>
        failIf(isWorld(network.get("value")), network, "lets the whole internet in"),
    );

const flexibleServerFirewall: Check = ({ inputs }) => {
    const start = inputs.get("startIpAddress");
    const end = inputs.get("endIpAddress");
    const isZero = (value: Value) =>
        holds(value, value.text(), (ip) => addressNumber(ip) === 0, false);
    const spansWorld = holds(
        start,
        start.text(),
        (first) => holds(end, end.text(), (last) => spans(first, last), false),
        false,
    );
    return [
        ...failIf(
            and(isZero(start), isZero(end)),
            start,
            "lets in every customer of Azure, because 0.0.0.0 to 0.0.0.0 means all Azure services",
        ),
        ...failIf(spansWorld, start, "lets the whole internet in"),
    ];
};

function spans(first: string, last: string): Truth {
    const [from, to] = [addressNumber(first), addressNumber(last)];
    if (from === undefined || to === undefined) return { unknown: "startIpAddress" };
    return to - from + 1 > MOST_ADDRESSES;
}

/** No database firewall lets the world in. */
export const databaseNoWorldFirewall: Rule = {
    id: "db-no-world-firewall",
    title: "No entry of a database's firewall opens it to the world.",
    why: "An entry for every address, or for every customer of the same cloud, makes the firewall a formality.",
    clouds: ["azure", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: {
        "PCI DSS": ["1.3.1", "1.4.2"],
        HIPAA: ["164.308(a)(4)(i)"],
        "SOC 2": ["CC6.2"],
        "CIS GCP": ["6.5"],
    },
    remediation: "Remove the entry, and let clients reach the database over its private address.",
    see: "https://learn.microsoft.com/en-us/azure/postgresql/network/concepts-networking-public",
    checks: { [CLOUD_SQL]: cloudSqlNetworks, [FLEXIBLE_FIREWALL]: flexibleServerFirewall },
};

const UNENCRYPTED = "the storage is not encrypted";

const rdsInstanceEncrypted: Check = ({ inputs }) => {
    const encrypted = inputs.get("storageEncrypted");
    return failIf(
        unencrypted(encrypted, inputs, ["replicateSourceDb", "snapshotIdentifier"]),
        encrypted,
        UNENCRYPTED,
    );
};

const rdsClusterEncrypted: Check = ({ inputs }) => {
    const encrypted = inputs.get("storageEncrypted");
    const engine = inputs.get("engine");
    const isAurora = holds(engine, engine.text(), (name) => name.startsWith("aurora"), false);
    // Aurora encrypts every new cluster since February 2026; clusters of other engines do so only when told to.
    const byDefault = and(isAurora, not(isPresent(encrypted)));
    const sources = [
        "replicationSourceIdentifier",
        "snapshotIdentifier",
        "globalClusterIdentifier",
    ];
    return failIf(
        and(not(byDefault), unencrypted(encrypted, inputs, sources)),
        encrypted,
        UNENCRYPTED,
    );
};

/** A copy is encrypted as its source is, unless it says otherwise; the source does not stand here. */
function unencrypted(encrypted: Value, inputs: Value, sources: readonly string[]): Truth {
    const copied = sources.find((source) => isPresent(inputs.get(source)) !== false);
    if (encrypted.state === "absent" && copied !== undefined) return { unknown: copied };
    return not(isOn(encrypted, false));
}

/** Azure and Google Cloud always encrypt: there is nothing that a program could switch off. */
const alwaysEncrypted: Check = () => [];

/** The storage of every database is encrypted. */
export const databaseEncryptedAtRest: Rule = {
    id: "db-encrypted-at-rest",
    title: "A database's storage is encrypted.",
    why: "Whoever gets hold of an unencrypted snapshot or disk reads the data; RDS cannot encrypt it afterwards.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: {
        "PCI DSS": ["3.5.1", "3.6.1"],
        HIPAA: ["164.312(a)(2)(iv)", "164.312(e)(2)(ii)"],
        "SOC 2": ["PI1.5"],
        GDPR: ["32"],
        "CIS AWS": ["3.2.1"],
    },
    remediation:
        "Set storageEncrypted to true. Changing it replaces the database, so restore a copy of it first.",
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
    checks: {
        "aws:rds/instance:Instance": rdsInstanceEncrypted,
        [RDS_CLUSTER]: rdsClusterEncrypted,
        ...forTypes([FLEXIBLE_SERVER, CLOUD_SQL], alwaysEncrypted),
    },
    alwaysKept: [FLEXIBLE_SERVER, CLOUD_SQL],
};

/** Whether a database can be reached from outside, and read where it is stored. */
export const databaseRules: readonly Rule[] = [
    databaseNoPublicAccess,
    databaseNoWorldFirewall,
    databaseEncryptedAtRest,
];
