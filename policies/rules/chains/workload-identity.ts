import { CLUSTERS } from "../places.ts";
import type { Rule } from "../rule.ts";
import { Accounts, CLOUD_DEPLOYERS, SERVICE_ACCOUNT } from "./identity/accounts.ts";
import { AZURE_JUDGED, AZURE_READ, azureChains } from "./identity/azure.ts";
import { IRSA_JUDGED, irsaChains } from "./identity/irsa.ts";
import { POD_IDENTITY_JUDGED, podIdentityChains } from "./identity/pod-identity.ts";
import { GOOGLE_JUDGED, GOOGLE_READ, googleChains } from "./identity/google.ts";

/**
 * From the service account of a pod to what the cloud lets it do, every link is there and leads to the next.
 *
 * Whether a link is there shows on the first preview: it is read from references, and from names where the program
 * wrote them. What hides in another stack, a chart or another tool is unknown, not broken.
 */
export const workloadIdentityChain: Rule = {
    id: "xr-workload-identity-chain",
    title: "Pods get cloud identities by a closed chain: service account, identity, trust, issuer of their cluster.",
    why: "A broken link leaves pods without rights or, worse, leaves rights waiting for whoever makes the missing service account.",
    clouds: ["aws", "azure", "gcp", "kubernetes"],
    pack: "security",
    severity: "high",
    requirements: { "CIS EKS": ["5.2.1"], "CIS AKS": ["5.2.1"] },
    analogies: { "PCI DSS": ["7.2.2"] },
    remediation:
        "Give trust and service account the same namespace and name, take the issuer from the cluster that runs the pods, " +
        "and remove trusts that nothing uses. Name accounts that another stack or tool makes in the option madeElsewhere.",
    see: "https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html",
    options: {
        properties: {
            madeElsewhere: {
                type: "array",
                items: { type: "string" },
                default: [],
                description:
                    "Service accounts that something else makes, as NAMESPACE/NAME; * stands for any text.",
            },
        },
    },
    checks: {},
    stack: {
        judges: [
            SERVICE_ACCOUNT,
            ...POD_IDENTITY_JUDGED,
            ...IRSA_JUDGED,
            ...AZURE_JUDGED,
            ...GOOGLE_JUDGED,
        ],
        reads: [
            ...CLOUD_DEPLOYERS,
            "kubernetes:*",
            "pulumi:*",
            CLUSTERS.eks,
            ...AZURE_READ,
            ...GOOGLE_READ,
        ],
        check: (stack, { options }) => {
            const accounts = new Accounts(stack, options.get("madeElsewhere"));
            return [
                ...podIdentityChains(stack, accounts),
                ...irsaChains(stack, accounts),
                ...azureChains(stack, accounts),
                ...googleChains(stack, accounts),
            ];
        },
    },
    note:
        "Wider than its name in lists of rules, which know the annotation only: EKS Pod Identity, federated credentials of " +
        "Azure and direct principals of Google Cloud are followed too, and from both ends.",
};
