import type { Value } from "../../runtime/reader.ts";
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
} from "../../runtime/truth.ts";
import { addressNumber, isWorld, MOST_ADDRESSES } from "../addresses.ts";
import { setWhereFound } from "../fixes.ts";
import { forTypes, type Check, type Rule } from "../rule.ts";
import {
    ALLOYDB_INSTANCE,
    AZURE_SQL,
    AZURE_SQL_MANAGED,
    CLOUD_SQL,
    FLEXIBLE_SERVERS,
    NEPTUNE_MEMBER,
    RDS_INSTANCE,
    RDS_MEMBER,
    REDSHIFT_CLUSTER,
    REDSHIFT_WORKGROUP,
} from "./types.ts";

const PUBLICLY_ACCESSIBLE = [
    RDS_INSTANCE,
    RDS_MEMBER,
    NEPTUNE_MEMBER,
    REDSHIFT_CLUSTER,
    REDSHIFT_WORKGROUP,
];

const PUBLIC = "has a public address";

const publiclyAccessible: Check = ({ inputs }) =>
    failIfOn(inputs.get("publiclyAccessible"), PUBLIC);

const closed = setWhereFound(publiclyAccessible, { publiclyAccessible: false });

/** Whether an Azure server is closed to the internet: in a subnet of its own, or reached by private endpoints only. */
export function isClosedServer(inputs: Value): Truth {
    const network = inputs.get("network");
    return or(
        isOneOf(network.get("publicNetworkAccess"), ["disabled"], false),
        isPresent(network.get("delegatedSubnetResourceId")),
    );
}

const flexibleServer: Check = ({ inputs }) =>
    failIf(not(isClosedServer(inputs)), inputs.at("network.publicNetworkAccess"), PUBLIC);

const azureSql: Check = ({ inputs }) => {
    const access = inputs.get("publicNetworkAccess");
    return failIf(not(isOneOf(access, ["disabled", "securedbyperimeter"], false)), access, PUBLIC);
};

const azureSqlManaged: Check = ({ inputs }) =>
    failIfOn(inputs.get("publicDataEndpointEnabled"), PUBLIC);

const cloudSql: Check = ({ inputs }) => {
    const access = inputs.at("settings.ipConfiguration.ipv4Enabled");
    // A clone without settings takes over those of its source, which do not stand here.
    const own = or(isPresent(inputs.get("settings")), not(isPresent(inputs.get("clone"))));
    return failIf(own === true ? isOn(access, true) : { unknown: "settings" }, access, PUBLIC);
};

const alloyDb: Check = ({ inputs }) => failIfOn(inputs.at("networkConfig.enablePublicIp"), PUBLIC);

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
    remediation: {
        aws: "Set publiclyAccessible to false.",
        "aws:neptune": "Set publiclyAccessible to false, which replaces the instance.",
        "azure-native":
            "Delegate a subnet to the server, or set network.publicNetworkAccess to Disabled.",
        "azure-native:sql:Server": "Set publicNetworkAccess to Disabled.",
        "azure-native:sql:ManagedInstance": "Set publicDataEndpointEnabled to false.",
        "gcp:sql": "Set settings.ipConfiguration.ipv4Enabled to false and name a privateNetwork.",
        "gcp:alloydb": "Set networkConfig.enablePublicIp to false.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    checks: {
        ...forTypes(PUBLICLY_ACCESSIBLE, publiclyAccessible),
        ...forTypes(FLEXIBLE_SERVERS, flexibleServer),
        [AZURE_SQL]: azureSql,
        [AZURE_SQL_MANAGED]: azureSqlManaged,
        [CLOUD_SQL]: cloudSql,
        [ALLOYDB_INSTANCE]: alloyDb,
    },
    fixes: {
        ...Object.fromEntries(PUBLICLY_ACCESSIBLE.map((type) => [type, closed])),
        // Of Neptune alone the provider makes the instance anew.
        [NEPTUNE_MEMBER]: { ...closed, replaces: true },
        [AZURE_SQL]: setWhereFound(azureSql, { publicNetworkAccess: "Disabled" }),
        [AZURE_SQL_MANAGED]: setWhereFound(azureSqlManaged, { publicDataEndpointEnabled: false }),
    },
};

const ENTIRE = "lets the whole internet in";

const cloudSqlNetworks: Check = ({ inputs }) =>
    each(inputs.at("settings.ipConfiguration.authorizedNetworks"), (network) =>
        failIf(isWorld(network.get("value")), network, ENTIRE),
    );

const alloyDbNetworks: Check = ({ inputs }) =>
    each(inputs.at("networkConfig.authorizedExternalNetworks"), (network) =>
        failIf(isWorld(network.get("cidrRange")), network, ENTIRE),
    );

const azureFirewall: Check = ({ inputs }) => {
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
        ...failIf(spansWorld, start, ENTIRE),
    ];
};

function spans(first: string, last: string): Truth {
    const [from, to] = [addressNumber(first), addressNumber(last)];
    if (from === undefined || to === undefined) return { unknown: "startIpAddress" };
    return to - from + 1 > MOST_ADDRESSES;
}

const FIRST_16_BITS = /^([\da-f]{0,4}):/i;

/** The first 16 bits of an IPv6 address, which nobody has several of: `2001` of `2001:db8::1`, none of `::`. */
function first16Of(address: string): number | undefined {
    const bits = FIRST_16_BITS.exec(address.trim())?.[1];
    return bits === undefined ? undefined : Number.parseInt(bits || "0", 16);
}

const azureFirewall6: Check = ({ inputs }) => {
    const start = inputs.get("startIPv6Address");
    const end = inputs.get("endIPv6Address");
    const isWide = (first: string, last: string): Truth => {
        const [from, to] = [first16Of(first), first16Of(last)];
        return from === undefined || to === undefined ? { unknown: start.path } : from < to;
    };
    const spansWorld = holds(
        start,
        start.text(),
        (first) => holds(end, end.text(), (last) => isWide(first, last), false),
        false,
    );
    return failIf(spansWorld, start, ENTIRE);
};

/** Azure's types of entries, which are all a first and a last address. */
const AZURE_FIREWALLS = [
    "azure-native:dbforpostgresql:FirewallRule",
    "azure-native:dbforpostgresql:ServerGroupFirewallRule",
    "azure-native:dbformysql:FirewallRule",
    "azure-native:sql:FirewallRule",
] as const;

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
    checks: {
        [CLOUD_SQL]: cloudSqlNetworks,
        [ALLOYDB_INSTANCE]: alloyDbNetworks,
        ...forTypes(AZURE_FIREWALLS, azureFirewall),
        "azure-native:sql:IPv6FirewallRule": azureFirewall6,
    },
};
