import type { Example } from "../example.ts";

const GATEWAY = "azure-native:network/v20240501:ApplicationGateway";
const ID =
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGateways/front";

export const azureTlsExamples: readonly Example[] = [
    {
        type: GATEWAY,
        good: {
            sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20220101S" },
            sslProfiles: [{ sslPolicy: { policyType: "CustomV2", minProtocolVersion: "TLSv1_3" } }],
            frontendIPConfigurations: [{ publicIPAddress: { id: `${ID}-ip` } }],
            httpListeners: [
                { name: "web", protocol: "Https" },
                { name: "plain", protocol: "Http" },
            ],
            requestRoutingRules: [
                { httpListener: { id: `${ID}/httpListeners/web` } },
                {
                    httpListener: { id: `${ID}/httpListeners/plain` },
                    redirectConfiguration: { id: `${ID}/redirectConfigurations/https` },
                },
            ],
        },
        breaks: [
            {
                title: "the policy takes TLS 1.1",
                set: ["sslPolicy.policyName", "AppGwSslPolicy20170401"],
                at: ["sslPolicy.policyName"],
            },
            {
                title: "a policy of one's own takes TLS 1.0",
                set: ["sslPolicy", { policyType: "Custom", minProtocolVersion: "TLSv1_0" }],
                at: ["sslPolicy.minProtocolVersion"],
            },
            {
                title: "a profile takes TLS 1.1",
                set: ["sslProfiles[0].sslPolicy.minProtocolVersion", "TLSv1_1"],
                at: ["sslProfiles[0].sslPolicy.minProtocolVersion"],
            },
            {
                title: "the HTTP listener serves",
                set: ["requestRoutingRules[1].redirectConfiguration", undefined],
                at: ["httpListeners[1].protocol"],
            },
        ],
        undecided: "requestRoutingRules[1].httpListener.id",
    },
    {
        type: GATEWAY,
        good: {
            frontendIPConfigurations: [{ privateIPAddress: "10.0.0.4" }],
            httpListeners: [{ name: "plain", protocol: "Http" }],
        },
        breaks: [
            {
                title: "it has a public address",
                set: ["frontendIPConfigurations[0].publicIPAddress", { id: `${ID}-ip` }],
                at: ["httpListeners[0].protocol"],
            },
        ],
        undecided: "frontendIPConfigurations",
    },
    {
        type: GATEWAY,
        good: {
            frontendIPConfigurations: [{ publicIPAddress: { id: `${ID}-ip` } }],
            httpListeners: [{ name: "plain", protocol: "Http" }],
            requestRoutingRules: [
                {
                    ruleType: "PathBasedRouting",
                    httpListener: { id: `${ID}/httpListeners/plain` },
                    urlPathMap: { id: `${ID}/urlPathMaps/paths` },
                },
            ],
            urlPathMaps: [
                {
                    name: "paths",
                    defaultRedirectConfiguration: { id: `${ID}/redirectConfigurations/https` },
                    pathRules: [{ name: "acme", paths: ["/.well-known/acme-challenge/*"] }],
                },
            ],
        },
        breaks: [
            {
                title: "the map of paths serves",
                set: ["urlPathMaps[0].defaultRedirectConfiguration", undefined],
                at: ["httpListeners[0].protocol"],
            },
            {
                title: "the rule has another map",
                set: ["requestRoutingRules[0].urlPathMap.id", `${ID}/urlPathMaps/others`],
                at: ["httpListeners[0].protocol"],
            },
        ],
        undecided: "requestRoutingRules[0].urlPathMap.id",
    },
    {
        type: "azure-native:cdn:Route",
        good: { supportedProtocols: ["Http", "Https"], httpsRedirect: "Enabled" },
        breaks: [
            {
                title: "HTTP is served",
                set: ["httpsRedirect", "Disabled"],
                at: ["httpsRedirect"],
            },
            {
                title: "nothing is said, and HTTP is served by default",
                set: ["httpsRedirect", undefined],
                at: ["httpsRedirect"],
            },
        ],
        undecided: "httpsRedirect",
    },
    {
        type: "azure-native:cdn:Route",
        good: { supportedProtocols: ["Https"] },
        breaks: [
            {
                title: "both protocols are served, which is the default",
                set: ["supportedProtocols", undefined],
                at: ["httpsRedirect"],
            },
        ],
        undecided: "supportedProtocols",
    },
    {
        type: "azure-native:cdn:AFDCustomDomain",
        good: {
            tlsSettings: { certificateType: "ManagedCertificate", minimumTlsVersion: "TLS12" },
        },
        breaks: [
            {
                title: "it takes TLS 1.0",
                set: ["tlsSettings.minimumTlsVersion", "TLS10"],
                at: ["tlsSettings.minimumTlsVersion"],
            },
        ],
        undecided: "tlsSettings",
    },
];
