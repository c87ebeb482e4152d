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
    remediation: {
        aws:
            "Set sslPolicy to one for TLS 1.2 or newer, such as " +
            "ELBSecurityPolicy-TLS13-1-2-Res-2021-06. Let every HTTP listener do nothing but redirect " +
            "to HTTPS.",
        "aws:elb":
            "Negotiate by a policy for TLS 1.2 or newer, such as ELBSecurityPolicy-TLS-1-2-2017-01. A " +
            "classic load balancer cannot redirect, so take its HTTP listeners away or move to an " +
            "application load balancer.",
        "aws:cloudfront":
            "Set viewerCertificate.minimumProtocolVersion to TLSv1.2_2021 with a certificate of your " +
            "own, and viewerProtocolPolicy to redirect-to-https.",
        "aws:apigateway": "Set securityPolicy to TLS_1_2 or newer.",
        "aws:apigatewayv2": "Set domainNameConfiguration.securityPolicy to TLS_1_2.",
        "azure-native:network":
            "Set sslPolicy.policyName to AppGwSslPolicy20220101 or newer. Let every HTTP listener do " +
            "nothing but redirect to HTTPS.",
        "azure-native:cdn:Route": "Set httpsRedirect to Enabled.",
        "azure-native:cdn:AFDCustomDomain": "Set tlsSettings.minimumTlsVersion to TLS12 or newer.",
        gcp:
            "Give the proxy an SSL policy with minTlsVersion TLS_1_2. Let every HTTP proxy do nothing " +
            "but redirect to HTTPS, by a URL map with httpsRedirect.",
        kubernetes: "Add a listener for HTTPS, and let HTTP do nothing but redirect there.",
        "kubernetes:networking.istio.io":
            "Set tls.httpsRedirect on every server for HTTP, and tls.minProtocolVersion to TLSV1_2 or " +
            "newer.",
    },
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
