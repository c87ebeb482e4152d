import type { Example } from "../example.ts";

const MODERN = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

const LISTENERS = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"].map(
    (type): Example => ({
        type,
        good: { protocol: "HTTPS", sslPolicy: MODERN },
        breaks: [
            {
                title: "the policy takes TLS 1.0",
                set: ["sslPolicy", "ELBSecurityPolicy-TLS13-1-0-2021-06"],
                at: ["sslPolicy"],
            },
            {
                title: "no policy is named, and the default takes TLS 1.0",
                set: ["sslPolicy", undefined],
                at: ["sslPolicy"],
            },
        ],
        undecided: "sslPolicy",
    }),
);

const CLASSIC: readonly Example[] = [
    {
        type: "aws:elb/loadBalancer:LoadBalancer",
        good: { listeners: [{ lbPort: 443, lbProtocol: "https" }] },
        breaks: [
            {
                title: "a listener speaks HTTP",
                set: ["listeners[0].lbProtocol", "HTTP"],
                at: ["listeners[0].lbProtocol"],
            },
        ],
        undecided: "listeners[0].lbProtocol",
    },
    {
        type: "aws:elb/loadBalancer:LoadBalancer",
        good: { internal: true, listeners: [{ lbPort: 80, lbProtocol: "http" }] },
        breaks: [
            {
                title: "it is not internal",
                set: ["internal", undefined],
                at: ["listeners[0].lbProtocol"],
            },
        ],
        undecided: "internal",
    },
    {
        type: "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy",
        good: {
            attributes: [
                { name: "Protocol-TLSv1", value: "false" },
                { name: "Protocol-TLSv1.2", value: "true" },
            ],
        },
        breaks: [
            {
                title: "it takes TLS 1.0",
                set: ["attributes[0].value", "true"],
                at: ["attributes[0].value"],
            },
            {
                title: "it refers to a policy that takes TLS 1.0",
                set: [
                    "attributes",
                    [{ name: "Reference-Security-Policy", value: "ELBSecurityPolicy-2016-08" }],
                ],
                at: ["attributes[0].value"],
            },
        ],
        undecided: "attributes",
    },
];

const DISTRIBUTIONS = [
    ["aws:cloudfront/distribution:Distribution", "orderedCacheBehaviors"] as const,
    ["aws:cloudfront/multitenantDistribution:MultitenantDistribution", "cacheBehaviors"] as const,
].map(([type, others]): Example => ({
    type,
    good: {
        viewerCertificate: { acmCertificateArn: "arn", minimumProtocolVersion: "TLSv1.2_2021" },
        defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
        [others]: [{ pathPattern: "/api/*", viewerProtocolPolicy: "https-only" }],
    },
    breaks: [
        {
            title: "it takes TLS 1.1",
            set: ["viewerCertificate.minimumProtocolVersion", "TLSv1.1_2016"],
            at: ["viewerCertificate.minimumProtocolVersion"],
        },
        {
            title: "no version is named, and the default is 1.0",
            set: ["viewerCertificate.minimumProtocolVersion", undefined],
            at: ["viewerCertificate.minimumProtocolVersion"],
        },
        {
            title: "the certificate is CloudFront's own",
            set: ["viewerCertificate", { cloudfrontDefaultCertificate: true }],
            at: ["viewerCertificate.cloudfrontDefaultCertificate"],
        },
        {
            title: "HTTP is served",
            set: ["defaultCacheBehavior.viewerProtocolPolicy", "allow-all"],
            at: ["defaultCacheBehavior.viewerProtocolPolicy"],
        },
        {
            title: "HTTP is served for some paths",
            set: [`${others}[0].viewerProtocolPolicy`, "allow-all"],
            at: [`${others}[0].viewerProtocolPolicy`],
        },
    ],
    undecided: "viewerCertificate",
}));

const DOMAINS: readonly Example[] = [
    {
        type: "aws:apigateway/domainName:DomainName",
        good: { securityPolicy: "TLS_1_2" },
        breaks: [
            {
                title: "it takes TLS 1.0",
                set: ["securityPolicy", "TLS_1_0"],
                at: ["securityPolicy"],
            },
        ],
        undecided: "securityPolicy",
    },
    {
        type: "aws:apigateway/domainName:DomainName",
        good: { securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06" },
        breaks: [],
    },
    {
        type: "aws:apigatewayv2/domainName:DomainName",
        good: { domainNameConfiguration: { securityPolicy: "TLS_1_2" } },
        breaks: [
            {
                title: "it takes TLS 1.0",
                set: ["domainNameConfiguration.securityPolicy", "TLS_1_0"],
                at: ["domainNameConfiguration.securityPolicy"],
            },
        ],
        undecided: "domainNameConfiguration",
    },
];

export const awsTlsExamples: readonly Example[] = [
    ...LISTENERS,
    ...CLASSIC,
    ...DISTRIBUTIONS,
    ...DOMAINS,
];
