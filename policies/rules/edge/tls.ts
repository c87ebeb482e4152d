import type { Rule } from "../rule.ts";
import { awsGatewayChecks } from "./aws-gateways.ts";
import {
    judgeLoadBalancers,
    LOAD_BALANCER_JUDGES,
    LOAD_BALANCER_READS,
    loadBalancerChecks,
} from "./aws-load-balancers.ts";
import { azureChecks, azureFixes } from "./azure.ts";
import { GOOGLE_JUDGES, GOOGLE_READS, googleChecks, googleFixes, judgeGoogle } from "./google.ts";
import { kubernetesChecks } from "./kubernetes.ts";

/** What comes in from the internet is encrypted. */
export const edgeTls: Rule = {
    id: "edge-tls12",
    title: "What the internet reaches speaks TLS 1.2 or newer, and sends plain HTTP to HTTPS.",
    why: "Plain HTTP and old versions of TLS let whoever is on the way read passwords and sessions, and change the answers.",
    clouds: ["aws", "azure", "gcp", "kubernetes"],
    pack: "security",
    severity: "high",
    requirements: {
        "PCI DSS": ["4.2.1"],
        HIPAA: ["164.312(e)(1)"],
        "SOC 2": ["CC6.7"],
        "CIS EKS": ["5.4.5"],
    },
    remediation:
        "Name a policy for TLS 1.2 or newer: sslPolicy on listeners of AWS, such as " +
        "ELBSecurityPolicy-TLS13-1-2-Res-2021-06, minimumProtocolVersion on CloudFront, sslPolicy.policyName on " +
        "application gateways, an SSL policy with minTlsVersion TLS_1_2 on proxies of Google Cloud. Let every HTTP " +
        "listener do nothing but redirect to HTTPS.",
    see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
    checks: {
        ...loadBalancerChecks,
        ...awsGatewayChecks,
        ...azureChecks,
        ...googleChecks,
        ...kubernetesChecks,
    },
    stack: {
        judges: [...LOAD_BALANCER_JUDGES, ...GOOGLE_JUDGES],
        reads: [...LOAD_BALANCER_READS, ...GOOGLE_READS],
        check: (stack) => [...judgeLoadBalancers(stack), ...judgeGoogle(stack)],
    },
    fixes: { ...azureFixes, ...googleFixes },
    note:
        "Internal load balancers may serve plain HTTP, and TCP listeners pass on what they do not read. Application " +
        "gateways without a policy take TLS 1.2, since Azure has given up what is older. Gateways of the Gateway API " +
        "are found where no listener speaks HTTPS; whether their routes redirect is not looked at.",
};
