import { UNKNOWN, type Example, type StackExample } from "../example.ts";

const GATEWAY = "azure-native:network:ApplicationGateway";

export const wafExamples: readonly Example[] = [
    ...[
        "aws:cloudfront/distribution:Distribution",
        "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
    ].map((type): Example => ({
        type,
        good: { webAclId: "arn:aws:wafv2:us-east-1:1:global/webacl/front/1" },
        breaks: [
            { title: "there is no web ACL", set: ["webAclId", undefined], at: ["webAclId"] },
            { title: "the web ACL is empty", set: ["webAclId", ""], at: ["webAclId"] },
        ],
        undecided: "webAclId",
    })),
    {
        type: GATEWAY,
        good: {
            frontendIPConfigurations: [{ publicIPAddress: { id: "ip" } }],
            firewallPolicy: { id: "policy" },
        },
        breaks: [
            {
                title: "there is no policy",
                set: ["firewallPolicy", undefined],
                at: ["firewallPolicy"],
            },
        ],
        undecided: "firewallPolicy",
    },
    {
        type: GATEWAY,
        good: {
            frontendIPConfigurations: [{ publicIPAddress: { id: "ip" } }],
            httpListeners: [{ firewallPolicy: { id: "one" } }, { firewallPolicy: { id: "two" } }],
        },
        breaks: [
            {
                title: "one listener has no policy",
                set: ["httpListeners[1].firewallPolicy", undefined],
                at: ["firewallPolicy"],
            },
        ],
        undecided: "httpListeners",
    },
    {
        type: GATEWAY,
        good: { frontendIPConfigurations: [{ privateIPAddress: "10.0.0.4" }] },
        breaks: [
            {
                title: "it has a public address",
                set: ["frontendIPConfigurations[0].publicIPAddress", { id: "ip" }],
                at: ["firewallPolicy"],
            },
        ],
        undecided: "frontendIPConfigurations",
    },
    {
        type: GATEWAY,
        good: {
            frontendIPConfigurations: [{ publicIPAddress: { id: "ip" } }],
            webApplicationFirewallConfiguration: { enabled: true, firewallMode: "Prevention" },
        },
        breaks: [
            {
                title: "the firewall is switched off",
                set: ["webApplicationFirewallConfiguration.enabled", false],
                at: ["firewallPolicy"],
            },
        ],
        undecided: "webApplicationFirewallConfiguration.enabled",
    },
    ...[
        "gcp:compute/backendService:BackendService",
        "gcp:compute/regionBackendService:RegionBackendService",
    ].flatMap((type): readonly Example[] => [
        {
            type,
            good: { loadBalancingScheme: "EXTERNAL_MANAGED", securityPolicy: "armor" },
            breaks: [
                {
                    title: "there is no security policy",
                    set: ["securityPolicy", undefined],
                    at: ["securityPolicy"],
                },
            ],
            undecided: "securityPolicy",
        },
        {
            type,
            good: { loadBalancingScheme: "INTERNAL_MANAGED", protocol: "HTTP" },
            breaks: [
                {
                    title: "it faces the internet",
                    set: ["loadBalancingScheme", "EXTERNAL_MANAGED"],
                    at: ["securityPolicy"],
                },
            ],
            undecided: "loadBalancingScheme",
        },
    ]),
    {
        type: "gcp:compute/backendService:BackendService",
        good: { protocol: "TCP" },
        breaks: [
            {
                title: "it speaks HTTP, and faces the internet by default",
                set: ["protocol", "HTTP"],
                at: ["securityPolicy"],
            },
        ],
        undecided: "protocol",
    },
    {
        type: "gcp:compute/regionBackendService:RegionBackendService",
        good: { name: "own" },
        breaks: [],
    },
    {
        type: "kubernetes:networking.k8s.io/v1:Ingress",
        good: {
            metadata: {
                annotations: {
                    "alb.ingress.kubernetes.io/scheme": "internet-facing",
                    "alb.ingress.kubernetes.io/wafv2-acl-arn": "arn",
                },
            },
        },
        breaks: [
            {
                title: "no web ACL is named",
                set: ['metadata.annotations["alb.ingress.kubernetes.io/wafv2-acl-arn"]', undefined],
                at: ['metadata.annotations["alb.ingress.kubernetes.io/wafv2-acl-arn"]'],
            },
        ],
        undecided: 'metadata.annotations["alb.ingress.kubernetes.io/wafv2-acl-arn"]',
    },
];

export const wafStackExamples: readonly StackExample[] = [
    {
        title: "a public load balancer of AWS with its web ACL",
        good: [
            { name: "front", type: "aws:lb/loadBalancer:LoadBalancer", inputs: {} },
            { name: "inner", type: "aws:lb/loadBalancer:LoadBalancer", inputs: { internal: true } },
            {
                name: "tcp",
                type: "aws:lb/loadBalancer:LoadBalancer",
                inputs: { loadBalancerType: "network" },
            },
            {
                name: "acl",
                type: "aws:wafv2/webAclAssociation:WebAclAssociation",
                inputs: { resourceArn: UNKNOWN },
                references: { resourceArn: ["front"] },
            },
        ],
        breaks: [
            { title: "the web ACL is missing", remove: "acl", at: [["front", ""]] },
            {
                title: "the web ACL is another's",
                set: ["acl", "resourceArn", "arn:another"],
                at: [["front", ""]],
            },
        ],
        undecided: ["acl", "resourceArn"],
    },
    {
        title: "an API of AWS with its web ACL",
        good: [
            { name: "api", type: "aws:apigateway/restApi:RestApi", inputs: {} },
            {
                name: "stage",
                type: "aws:apigateway/stage:Stage",
                inputs: { restApi: UNKNOWN },
                references: { restApi: ["api"] },
            },
            {
                name: "acl",
                type: "aws:wafv2/webAclAssociation:WebAclAssociation",
                inputs: { resourceArn: UNKNOWN },
                references: { resourceArn: ["stage"] },
            },
        ],
        breaks: [{ title: "the web ACL is missing", remove: "acl", at: [["stage", ""]] }],
    },
    {
        title: "a private API of AWS",
        good: [
            {
                name: "api",
                type: "aws:apigateway/restApi:RestApi",
                inputs: { endpointConfiguration: { types: "PRIVATE" } },
            },
            {
                name: "stage",
                type: "aws:apigateway/stage:Stage",
                inputs: { restApi: UNKNOWN },
                references: { restApi: ["api"] },
            },
        ],
        breaks: [
            {
                title: "the API is regional",
                set: ["api", "endpointConfiguration.types", "REGIONAL"],
                at: [["stage", ""]],
            },
        ],
        undecided: ["api", "endpointConfiguration.types"],
    },
    {
        title: "a Front Door with a security policy",
        good: [
            {
                name: "front",
                type: "azure-native:cdn:Profile",
                inputs: { sku: { name: "Premium_AzureFrontDoor" } },
            },
            {
                name: "static",
                type: "azure-native:cdn:Profile",
                inputs: { sku: { name: "Standard_Microsoft" } },
            },
            {
                name: "policy",
                type: "azure-native:cdn:SecurityPolicy",
                inputs: { profileName: UNKNOWN },
                references: { profileName: ["front"] },
            },
        ],
        breaks: [
            { title: "the policy is missing", remove: "policy", at: [["front", ""]] },
            {
                title: "the policy is another's",
                set: ["policy", "profileName", "static"],
                at: [["front", ""]],
            },
        ],
        undecided: ["policy", "profileName"],
    },
];
