import type { Break, Example } from "../example.ts";

export const controlPlaneExamples: Record<string, readonly Example[]> = {
    "gcp-gke-control-plane-not-public": [
        {
            type: "gcp:container/cluster:Cluster",
            good: {
                masterAuthorizedNetworksConfig: {
                    cidrBlocks: [{ cidrBlock: "203.0.113.0/24", displayName: "office" }],
                    gcpPublicCidrsAccessEnabled: false,
                },
            },
            breaks: [
                {
                    title: "a range is the whole internet",
                    set: ["masterAuthorizedNetworksConfig.cidrBlocks[0].cidrBlock", "0.0.0.0/0"],
                    at: ["masterAuthorizedNetworksConfig"],
                },
                {
                    title: "whatever runs on Google Cloud is let in",
                    set: ["masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled", true],
                    at: ["masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled"],
                },
                {
                    title: "there are no authorised networks",
                    set: ["masterAuthorizedNetworksConfig", undefined],
                    at: ["masterAuthorizedNetworksConfig"],
                },
            ],
            undecided: "masterAuthorizedNetworksConfig.cidrBlocks[0].cidrBlock",
        },
        {
            type: "gcp:container/cluster:Cluster",
            good: {
                privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
            },
            breaks: [
                {
                    title: "the public address is kept",
                    set: ["privateClusterConfig.enablePrivateEndpoint", false],
                    at: ["masterAuthorizedNetworksConfig"],
                },
            ],
            undecided: "privateClusterConfig.enablePrivateEndpoint",
        },
        {
            type: "gcp:container/cluster:Cluster",
            good: {
                controlPlaneEndpointsConfig: {
                    dnsEndpointConfig: { allowExternalTraffic: true },
                    ipEndpointsConfig: { enabled: false },
                },
            },
            breaks: [
                {
                    title: "the IP endpoints are on beside the DNS endpoint",
                    set: ["controlPlaneEndpointsConfig.ipEndpointsConfig.enabled", true],
                    at: ["masterAuthorizedNetworksConfig"],
                },
                ...["enableK8sTokensViaDns", "enableK8sCertsViaDns"].map((name): Break => {
                    const path = `controlPlaneEndpointsConfig.dnsEndpointConfig.${name}`;
                    return { title: `${name} goes past IAM`, set: [path, true], at: [path] };
                }),
            ],
            undecided: "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled",
        },
        {
            type: "gcp:container/cluster:Cluster",
            good: {
                masterAuthorizedNetworksConfig: {},
                privateClusterConfig: { enablePrivateNodes: true },
            },
            breaks: [],
            undecided: "masterAuthorizedNetworksConfig",
        },
        {
            type: "gcp:container/cluster:Cluster",
            good: {
                masterAuthorizedNetworksConfig: { gcpPublicCidrsAccessEnabled: false },
            },
            breaks: [],
            undecided: "masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled",
        },
    ],
    "gcp-gke-no-legacy-auth": [
        {
            type: "gcp:container/cluster:Cluster",
            good: {
                enableLegacyAbac: false,
                masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
                anonymousAuthenticationConfig: { mode: "LIMITED" },
            },
            breaks: [
                {
                    title: "attributes grant permissions",
                    set: ["enableLegacyAbac", true],
                    at: ["enableLegacyAbac"],
                },
                {
                    title: "a client certificate is issued",
                    set: ["masterAuth.clientCertificateConfig.issueClientCertificate", true],
                    at: ["masterAuth.clientCertificateConfig.issueClientCertificate"],
                },
                {
                    title: "callers without a name may ask anything",
                    set: ["anonymousAuthenticationConfig.mode", "ENABLED"],
                    at: ["anonymousAuthenticationConfig.mode"],
                },
                {
                    title: "nothing is said about callers without a name",
                    set: ["anonymousAuthenticationConfig", undefined],
                    at: ["anonymousAuthenticationConfig.mode"],
                },
            ],
            undecided: "anonymousAuthenticationConfig.mode",
        },
    ],
    "gcp-gke-secrets-cmek": [
        {
            type: "gcp:container/cluster:Cluster",
            good: {
                databaseEncryption: {
                    state: "ENCRYPTED",
                    keyName: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
                },
            },
            breaks: [
                {
                    title: "Secrets are left to Google's key",
                    set: ["databaseEncryption.state", "DECRYPTED"],
                    at: ["databaseEncryption.state"],
                },
                {
                    title: "no key is named",
                    set: ["databaseEncryption.keyName", undefined],
                    at: ["databaseEncryption.keyName"],
                },
                {
                    title: "nothing is said, and Google's key is the default",
                    set: ["databaseEncryption", undefined],
                    at: ["databaseEncryption.state"],
                },
            ],
            undecided: "databaseEncryption.keyName",
        },
        {
            type: "gcp:container/cluster:Cluster",
            good: {
                databaseEncryption: {
                    state: "ALL_OBJECTS_ENCRYPTION_ENABLED",
                    keyName: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
                },
            },
            breaks: [],
            undecided: "databaseEncryption.state",
        },
    ],
};
