import { and, failIf, isPresent, not, some } from "../../runtime/truth.ts";
import type { Check, Rule } from "../rule.ts";
import { NODE_GROUP } from "./types.ts";

const openSsh: Check = ({ inputs }) => {
    const access = inputs.get("remoteAccess");
    const sources = access.get("sourceSecurityGroupIds");
    return failIf(
        and(isPresent(access.get("ec2SshKey")), not(some(sources, () => true))),
        sources,
        "opens the nodes' SSH or RDP port to the whole internet",
    );
};

/** Nodes with an SSH key listen to listed security groups only. */
export const eksNodeNoOpenSsh: Rule = {
    id: "aws-eks-node-no-open-ssh",
    title: "The nodes of an EKS node group do not offer SSH to the whole internet.",
    why:
        "A node group with a key and no source groups gets a security group that lets every address in on port 22, or on " +
        "3389 for Windows, without a word about it in the program.",
    clouds: ["aws"],
    pack: "security",
    severity: "high",
    requirements: {},
    analogies: { "PCI DSS": ["1.3.1"], "SOC 2": ["CC6.6"] },
    remediation:
        "Take remoteAccess away and use Session Manager, or name the groups that may in " +
        "remoteAccess.sourceSecurityGroupIds. Either replaces the node group.",
    see: "https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html",
    checks: { [NODE_GROUP]: openSsh },
};
