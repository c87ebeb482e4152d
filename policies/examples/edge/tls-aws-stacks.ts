import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";

const TO_HTTPS = [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }];
const FORWARD = [{ type: "forward", targetGroupArn: "arn" }];

const BALANCER: ExampleResource = {
    name: "front",
    type: "aws:lb/loadBalancer:LoadBalancer",
    inputs: { loadBalancerType: "application" },
};

const PLAIN: ExampleResource = {
    name: "http",
    type: "aws:lb/listener:Listener",
    inputs: { protocol: "HTTP", loadBalancerArn: UNKNOWN, defaultActions: TO_HTTPS },
    references: { loadBalancerArn: ["front"] },
};

export const awsTlsStackExamples: readonly StackExample[] = [
    {
        title: "a public load balancer whose HTTP listener redirects",
        good: [
            BALANCER,
            PLAIN,
            {
                name: "old-paths",
                type: "aws:lb/listenerRule:ListenerRule",
                inputs: {
                    listenerArn: UNKNOWN,
                    actions: [{ type: "fixed-response", fixedResponse: { statusCode: "404" } }],
                },
                references: { listenerArn: ["http"] },
            },
        ],
        breaks: [
            {
                title: "the listener serves",
                set: ["http", "defaultActions", FORWARD],
                at: [["http", "defaultActions"]],
            },
            {
                title: "the listener redirects to HTTP",
                set: ["http", "defaultActions[0].redirect.protocol", "HTTP"],
                at: [["http", "defaultActions"]],
            },
            {
                title: "a rule of the listener serves",
                set: ["old-paths", "actions", FORWARD],
                at: [["old-paths", "actions"]],
            },
        ],
        undecided: ["http", "defaultActions"],
    },
    {
        title: "an internal load balancer that serves HTTP",
        good: [
            { ...BALANCER, inputs: { internal: true } },
            {
                ...PLAIN,
                inputs: { loadBalancerArn: UNKNOWN, defaultActions: FORWARD },
            },
        ],
        breaks: [
            {
                title: "it is not internal",
                set: ["front", "internal", undefined],
                at: [["http", "defaultActions"]],
            },
        ],
        undecided: ["front", "internal"],
    },
    {
        title: "a public load balancer that a listener names by its ARN",
        good: [
            { ...BALANCER, inputs: { arn: "arn:front" } },
            {
                ...PLAIN,
                inputs: {
                    protocol: "HTTP",
                    loadBalancerArn: "arn:front",
                    defaultActions: TO_HTTPS,
                },
                references: {},
            },
        ],
        breaks: [
            {
                title: "the listener serves",
                set: ["http", "defaultActions", FORWARD],
                at: [["http", "defaultActions"]],
            },
        ],
    },
    {
        title: "a classic load balancer with a policy",
        good: [
            {
                name: "front",
                type: "aws:elb/loadBalancer:LoadBalancer",
                inputs: { listeners: [{ lbPort: 443, lbProtocol: "https" }] },
            },
            {
                name: "policy",
                type: "aws:elb/listenerPolicy:ListenerPolicy",
                inputs: { loadBalancerName: UNKNOWN, loadBalancerPort: 443 },
                references: { loadBalancerName: ["front"] },
            },
        ],
        breaks: [
            {
                title: "there is no policy",
                remove: "policy",
                at: [["front", "listeners[0].lbProtocol"]],
            },
            {
                title: "the policy is another's",
                set: ["policy", "loadBalancerName", "another"],
                at: [["front", "listeners[0].lbProtocol"]],
            },
        ],
        undecided: ["policy", "loadBalancerName"],
    },
];
