import { and, failIf, isOn, not } from "../../runtime/truth.ts";
import { holdsWorld } from "../addresses.ts";
import type { Check, Fix, Rule } from "../rule.ts";
import { CLUSTER } from "./types.ts";

const publicEndpoint: Check = ({ inputs }) => {
    const vpc = inputs.get("vpcConfig");
    const cidrs = vpc.get("publicAccessCidrs");
    return failIf(
        and(isOn(vpc.get("endpointPublicAccess"), true), holdsWorld(cidrs, true)),
        cidrs,
        "the public endpoint answers to the whole internet",
    );
};

/** The public endpoint of an EKS cluster is off, or open to listed ranges only. Both defaults are open. */
export const eksEndpointNotWorldOpen: Rule = {
    id: "aws-eks-endpoint-not-world-open",
    title: "The API of an EKS cluster does not answer to the whole internet.",
    why:
        "A Kubernetes API that answers to every address is found by scanners within minutes; from then on one leaked " +
        "credential or one flaw in the API server is enough to take the cluster.",
    clouds: ["aws"],
    pack: "security",
    severity: "critical",
    requirements: { "PCI DSS": ["1.3.1", "1.4.2"], "CIS EKS": ["5.4.1", "5.4.2"] },
    analogies: { HIPAA: ["164.312(a)(1)"], "SOC 2": ["CC6.6"], GDPR: ["32"] },
    remediation:
        "Set vpcConfig.endpointPublicAccess to false, or list the ranges of your own offices and runners in " +
        "vpcConfig.publicAccessCidrs.",
    see: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
    checks: { [CLUSTER]: publicEndpoint },
};

const PRIVATE_ACCESS = "vpcConfig.endpointPrivateAccess";

const privateEndpoint: Check = ({ inputs }) => {
    const access = inputs.at(PRIVATE_ACCESS);
    return failIf(
        not(isOn(access, false)),
        access,
        "nodes reach the API by its public address only",
    );
};

const addPrivateEndpoint: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        isOn(inputs.at(PRIVATE_ACCESS), false) === false
            ? [{ path: PRIVATE_ACCESS, value: true }]
            : [],
};

/** The API has an address inside the VPC. */
export const eksPrivateEndpointEnabled: Rule = {
    id: "aws-eks-private-endpoint-enabled",
    title: "The API of an EKS cluster has an endpoint inside the VPC.",
    why:
        "Without it the traffic between nodes and API leaves the VPC, the public endpoint cannot be closed, and nodes " +
        "fall out of the cluster when their way to the internet fails.",
    clouds: ["aws"],
    pack: "security",
    severity: "high",
    requirements: { "CIS EKS": ["5.4.2"] },
    analogies: { "PCI DSS": ["1.4.2"] },
    remediation: "Set vpcConfig.endpointPrivateAccess to true; the cluster is changed in place.",
    see: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
    checks: { [CLUSTER]: privateEndpoint },
    fixes: { [CLUSTER]: addPrivateEndpoint },
};
