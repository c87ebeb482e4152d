import type { Value } from "../../runtime/reader.ts";
import {
    and,
    each,
    failIf,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    type Truth,
} from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { lastPart } from "../lists.ts";
import { forTypes, type Check, type Rule } from "../rule.ts";

const GCP_SUBNET = "gcp:compute/subnetwork:Subnetwork";
const PRIVATE_ACCESS = "privateIpGoogleAccess";

/** The purposes of subnets that no machine of the user's runs in: load balancers, endpoints and translated addresses. */
export const NO_MACHINES: readonly string[] = [
    "regional_managed_proxy",
    "global_managed_proxy",
    "internal_https_load_balancer",
    "private_service_connect",
    "private_nat",
];

/** Whether a subnet keeps flow logs of its own. One that samples or lets through nothing keeps none. */
export function keepsFlowLogs(subnet: Value): Truth {
    const config = subnet.get("logConfig");
    const sampling = config.get("flowSampling");
    return and(
        isPresent(config),
        holds(sampling, sampling.number(), (share) => share > 0, true),
        not(isOneOf(config.get("filterExpr"), ["false"], false)),
    );
}

const privateAccess: Check = ({ inputs }) => {
    const value = inputs.get(PRIVATE_ACCESS);
    const exempt = isOneOf(inputs.get("purpose"), NO_MACHINES, false);
    return failIf(
        not(or(exempt, isOn(value, false))),
        value,
        "leaves machines without a public address no way to Google's APIs but through the internet",
    );
};

/** Machines reach Google's own services without the internet. */
export const subnetPrivateGoogleAccess: Rule = {
    id: "gcp-subnet-private-google-access",
    title: "Subnets reach Google's APIs privately.",
    why: "Else images, logs and secrets need a NAT gateway or public addresses to get to Google's own services.",
    clouds: ["gcp"],
    pack: "security",
    severity: "low",
    requirements: {},
    analogies: { "PCI DSS": ["1.4.4"] },
    remediation: "Set privateIpGoogleAccess to true.",
    see: "https://docs.cloud.google.com/vpc/docs/configure-private-google-access",
    checks: { [GCP_SUBNET]: privateAccess },
    fixes: { [GCP_SUBNET]: setWhereFound(privateAccess, { [PRIVATE_ACCESS]: true }) },
};

function isDefaultNetwork(network: Value, absent: Truth): Truth {
    return holds(network, network.text(), (text) => lastPart(text) === "default", absent);
}

const IN_DEFAULT = "is in the default network, which lets SSH, RDP and everything inside through";

const ownNetwork: Check = ({ inputs }) => {
    const automatic = inputs.get("autoCreateSubnetworks");
    const name = inputs.get("name");
    return [
        ...failIf(isOn(automatic, true), automatic, "makes a subnet in every region of the world"),
        ...failIf(isDefaultNetwork(name, false), name, "takes the default network over"),
    ];
};

const instanceNetworks: Check = ({ inputs }) =>
    each(inputs.get("networkInterfaces"), (card) => {
        const network = card.get("network");
        const elsewhere = or(
            isPresent(card.get("subnetwork")),
            isPresent(card.get("networkAttachment")),
        );
        return failIf(isDefaultNetwork(network, not(elsewhere)), network, IN_DEFAULT);
    });

const inOwnNetwork =
    (path: string, absent = false): Check =>
    ({ inputs }) => {
        const network = inputs.at(path);
        return failIf(isDefaultNetwork(network, absent), network, IN_DEFAULT);
    };

const filesInOwnNetwork: Check = ({ inputs }) =>
    each(inputs.get("networks"), (one) => {
        const network = one.get("network");
        return failIf(isDefaultNetwork(network, false), network, IN_DEFAULT);
    });

/** Networks are planned, not found. */
export const noDefaultNetwork: Rule = {
    id: "gcp-no-default-network",
    title: "Nothing uses the default network, and no network makes its own subnets.",
    why: "The default network is open inside and has the same ranges in every project, so it can be neither guarded nor peered.",
    clouds: ["gcp"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS GCP": ["3.1", "3.2"] },
    analogies: { "PCI DSS": ["1.4.1"] },
    remediation:
        "Set autoCreateSubnetworks to false on the network, which replaces it, and autoCreateNetwork to false on new " +
        "projects. Name a network of your own on clusters, instances, firewalls, databases, caches and shared files.",
    see: "https://docs.cloud.google.com/vpc/docs/vpc#default-network",
    checks: {
        "gcp:compute/network:Network": ownNetwork,
        "gcp:organizations/project:Project": ({ inputs }) => {
            const value = inputs.get("autoCreateNetwork");
            return failIf(
                isOn(value, true),
                value,
                "lets the project begin with a default network",
            );
        },
        "gcp:container/cluster:Cluster": ({ inputs }) => {
            const network = inputs.get("network");
            const elsewhere = isPresent(inputs.get("subnetwork"));
            return failIf(isDefaultNetwork(network, not(elsewhere)), network, IN_DEFAULT);
        },
        ...forTypes(
            [
                "gcp:compute/instance:Instance",
                "gcp:compute/instanceTemplate:InstanceTemplate",
                "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
            ],
            instanceNetworks,
        ),
        ...forTypes(
            [
                "gcp:compute/firewall:Firewall",
                "gcp:compute/router:Router",
                GCP_SUBNET,
                "gcp:compute/route:Route",
            ],
            inOwnNetwork("network"),
        ),
        // A cache that names no network is in the default one; databases without it have no private address.
        "gcp:redis/instance:Instance": inOwnNetwork("authorizedNetwork", true),
        "gcp:sql/databaseInstance:DatabaseInstance": inOwnNetwork(
            "settings.ipConfiguration.privateNetwork",
        ),
        "gcp:alloydb/cluster:Cluster": inOwnNetwork("networkConfig.network"),
        "gcp:filestore/instance:Instance": filesInOwnNetwork,
    },
};
