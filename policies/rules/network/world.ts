import { and, failIf, or, type Truth } from "../../runtime/truth.ts";
import { INGRESS_TYPES, ingressOf, type Ingress } from "../ingress/index.ts";
import { throughPrefixLists } from "../ingress/prefix-lists.ts";
import { forTypes, type Rule } from "../rule.ts";

/** A check on each way in that the world may take, by its addresses or by a list of them. */
function fromWorld(
    bad: (way: Ingress) => Truth,
    message: string,
): Required<Pick<Rule, "checks" | "stack">> {
    return {
        checks: forTypes(INGRESS_TYPES, (resource) =>
            ingressOf(resource).flatMap((way) =>
                failIf(and(way.fromWorld, bad(way)), way.at, message),
            ),
        ),
        stack: throughPrefixLists(bad, message),
    };
}

const opensAnyOf = (ports: readonly number[]) => (way: Ingress) =>
    or(...ports.map((port) => way.opensTcp(port)));

/** SSH and RDP. */
const ADMIN_PORTS = [22, 3389];

/** PostgreSQL, MySQL, SQL Server, Redis, MongoDB, Elasticsearch. */
const DATABASE_PORTS = [5432, 3306, 1433, 6379, 27017, 9200];

const SEE = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html";

/** Nobody in the world reaches a shell or a desktop. */
export const noWorldIngressAdminPorts: Rule = {
    id: "net-no-world-ingress-admin-ports",
    title: "The internet does not reach SSH or RDP.",
    why: "Open remote administration is probed all day long; one weak password or unpatched daemon is enough.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: {
        "PCI DSS": ["1.3.1"],
        HIPAA: ["164.312(a)(1)", "164.312(e)(1)"],
        "SOC 2": ["CC6.6"],
        "CIS AWS": ["6.3", "6.4"],
        "CIS Azure": ["7.1", "7.2"],
        "CIS GCP": ["3.6", "3.7"],
    },
    remediation: {
        aws: "Remove the entry and use Session Manager, or name the ranges of your own offices.",
        "azure-native":
            "Remove the entry and use Azure Bastion, or name the ranges of your own offices.",
        gcp: "Remove the entry and use Identity-Aware Proxy, or name the ranges of your own offices.",
    },
    see: SEE,
    ...fromWorld(opensAnyOf(ADMIN_PORTS), "lets the whole internet reach port 22 or 3389"),
};

/** Nobody in the world reaches a database. */
export const noWorldIngressDatabasePorts: Rule = {
    id: "net-no-world-ingress-db-ports",
    title: "The internet does not reach the port of a database.",
    why: "A database that the internet reaches is held by its password alone.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: { "PCI DSS": ["1.3.1", "1.4.2"], "SOC 2": ["CC6.6"] },
    remediation: "Name the security group or the range of the clients in place of every address.",
    see: SEE,
    ...fromWorld(
        opensAnyOf(DATABASE_PORTS),
        "lets the whole internet reach the port of a database",
    ),
};

/** Nothing is open to the world altogether. */
export const noWorldIngressAny: Rule = {
    id: "net-no-world-ingress-any",
    title: "The internet is not let in on every port.",
    why: "An entry for all ports makes every service that ever listens public, also those that come later.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: { "PCI DSS": ["1.3.1", "1.4.2"], "SOC 2": ["CC6.6"] },
    remediation:
        "Name the ports that have to be public, such as 443, and only on what serves the public.",
    see: SEE,
    ...fromWorld((way) => way.opensAll, "lets the whole internet in on every port"),
};
