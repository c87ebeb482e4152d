import { UNKNOWN, type Example, type ExampleResource, type StackExample } from "../example.ts";

const GOOGLE_POLICIES = [
    "gcp:compute/sSLPolicy:SSLPolicy",
    "gcp:compute/regionSslPolicy:RegionSslPolicy",
].map((type): Example => ({
    type,
    good: { profile: "MODERN", minTlsVersion: "TLS_1_2" },
    breaks: [
        { title: "it takes TLS 1.1", set: ["minTlsVersion", "TLS_1_1"], at: ["minTlsVersion"] },
        {
            title: "no version is named, and the default is 1.0",
            set: ["minTlsVersion", undefined],
            at: ["minTlsVersion"],
        },
    ],
    undecided: "minTlsVersion",
}));

const RESTRICTED: Example = {
    type: "gcp:compute/sSLPolicy:SSLPolicy",
    good: { profile: "RESTRICTED" },
    breaks: [
        {
            title: "the profile has ciphers of old versions",
            set: ["profile", "MODERN"],
            at: ["minTlsVersion"],
        },
    ],
    undecided: "profile",
};

export const googleTlsExamples: readonly Example[] = [...GOOGLE_POLICIES, RESTRICTED];

const MAP: ExampleResource = {
    name: "to-https",
    type: "gcp:compute/uRLMap:URLMap",
    inputs: { defaultUrlRedirect: { httpsRedirect: true, stripQuery: false } },
};
const PROXY: ExampleResource = {
    name: "http",
    type: "gcp:compute/targetHttpProxy:TargetHttpProxy",
    inputs: { urlMap: UNKNOWN },
    references: { urlMap: ["to-https"] },
};
const ADDRESS: ExampleResource = {
    name: "address",
    type: "gcp:compute/globalForwardingRule:GlobalForwardingRule",
    inputs: { target: UNKNOWN, loadBalancingScheme: "EXTERNAL_MANAGED" },
    references: { target: ["http"] },
};

const TLS_PROXIES = [
    "gcp:compute/targetHttpsProxy:TargetHttpsProxy",
    "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy",
    "gcp:compute/targetSSLProxy:TargetSSLProxy",
].map((type): StackExample => ({
    title: `a ${type.split(":").at(-1)} with a policy`,
    good: [
        {
            name: "https",
            type,
            inputs: { sslPolicy: "projects/p/global/sslPolicies/modern" },
        },
        {
            name: "address",
            type: "gcp:compute/forwardingRule:ForwardingRule",
            inputs: { target: UNKNOWN, loadBalancingScheme: "EXTERNAL_MANAGED" },
            references: { target: ["https"] },
        },
    ],
    breaks: [
        {
            title: "no policy is named, and TLS 1.0 is taken by default",
            set: ["https", "sslPolicy", undefined],
            at: [["https", "sslPolicy"]],
        },
    ],
    undecided: ["https", "sslPolicy"],
}));

const INTERNAL: StackExample = {
    title: "an internal proxy of Google Cloud without a policy",
    good: [
        {
            name: "https",
            type: "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy",
            inputs: {},
        },
        {
            name: "address",
            type: "gcp:compute/forwardingRule:ForwardingRule",
            inputs: { target: UNKNOWN, loadBalancingScheme: "INTERNAL_MANAGED" },
            references: { target: ["https"] },
        },
    ],
    breaks: [
        {
            title: "the address is external",
            set: ["address", "loadBalancingScheme", "EXTERNAL_MANAGED"],
            at: [["https", "sslPolicy"]],
        },
    ],
    undecided: ["address", "loadBalancingScheme"],
};

export const googleTlsStackExamples: readonly StackExample[] = [
    ...TLS_PROXIES,
    INTERNAL,
    {
        title: "a proxy of Google Cloud whose map redirects",
        good: [MAP, PROXY, ADDRESS],
        breaks: [
            {
                title: "the map serves",
                set: ["to-https", "defaultUrlRedirect", undefined],
                at: [["http", "urlMap"]],
            },
            {
                title: "the map serves some hosts",
                set: ["to-https", "pathMatchers", [{ name: "api", defaultService: "api" }]],
                at: [["http", "urlMap"]],
            },
        ],
        undecided: ["to-https", "defaultUrlRedirect"],
    },
    {
        title: "an internal proxy of Google Cloud",
        good: [
            { ...MAP, inputs: { defaultService: "app" } },
            PROXY,
            { ...ADDRESS, inputs: { target: UNKNOWN, loadBalancingScheme: "INTERNAL_MANAGED" } },
        ],
        breaks: [
            {
                title: "the address is external",
                set: ["address", "loadBalancingScheme", "EXTERNAL_MANAGED"],
                at: [["http", "urlMap"]],
            },
        ],
        undecided: ["address", "loadBalancingScheme"],
    },
];
