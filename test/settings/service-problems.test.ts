import { api, aws, azure, gcp, rejectsEach } from "./support.ts";

describe("settings of data services that are wrong", () => {
    rejectsEach([
        [
            "periods that AWS does not keep",
            {
                objectStores: {
                    a: {
                        versionRetention: "0 days",
                        coolAfter: "7 days",
                        expireAfter: "99999 days",
                    },
                    b: { coolAfter: "60 days", expireAfter: "60 days" },
                },
            },
            [
                'objectStores.a.versionRetention: "0 days" is not a period in whole days. Write the unit, with a blank before it, like 0 days.',
                'objectStores.a.coolAfter: "7 days" is not a period that AWS moves objects after: 30 to 3650 days. Write 30 days.',
                'objectStores.a.expireAfter: "99999 days" is not a period that AWS deletes objects after: 1 to 3650 days. Write 3650 days.',
                'objectStores.b.expireAfter: "60 days" is not later than coolAfter, 60 days. Delete objects later, or leave coolAfter out.',
            ],
        ],
        [
            "periods that no cloud keeps snapshots of volumes for",
            {
                queues: {
                    mail: { backupRetention: "0 days" },
                    jobs: { backupRetention: "366 days" },
                },
                streams: {
                    events: { backupRetention: "never" },
                    audit: { backupRetention: "9999 days" },
                },
            },
            [
                'queues.mail.backupRetention: "0 days" is not a period in whole days, or none. Write the unit, with a blank before it, like 0 days.',
                'streams.events.backupRetention: "never" is not a period in whole days, or none. Write it like 7 days.',
                'queues.jobs.backupRetention: "366 days" is not a period that daily snapshots are kept for: 1 to 365 days. Write 365 days or less, or none.',
                'streams.audit.backupRetention: "9999 days" is not a period that daily snapshots are kept for: 1 to 365 days. Write 365 days or less, or none.',
            ],
        ],
        [
            "periods and sizes of shared files that a cloud does not have",
            {
                sharedFiles: { a: { size: "100 GiB" } },
                sites: {
                    one: aws(),
                    two: azure({
                        sharedFiles: { a: { size: "1 GiB", backupRetention: "9999 days" } },
                    }),
                    three: gcp({
                        sharedFiles: { a: { size: "1 GiB", backupRetention: "2 days" } },
                    }),
                },
            },
            [
                'sharedFiles.a.size: "100 GiB" means nothing on AWS, where files grow by themselves. Write it in the other sites only.',
                'sites.two.sharedFiles.a.backupRetention: "9999 days" is not a period that Azure keeps backups for: 1 to 199 days. Write 199 days.',
                'sites.two.sharedFiles.a.size: "1 GiB" is not a size that a file system on Azure can have: 100 to 102400 GiB. Write 100 GiB.',
                'sites.three.sharedFiles.a.size: "1 GiB" is not a size that a file system on Google Cloud can have: 1024 to 9984 GiB in steps of 256 GiB. Write 1024 GiB.',
            ],
        ],
        [
            "a volume of a cache that the cloud runs",
            {
                environment: "staging",
                caches: {
                    a: { storage: "10 GiB" },
                    b: { placement: "cluster", storage: "10 GiB" },
                },
            },
            [
                'caches.a.storage: "10 GiB" means nothing for a cache of the cloud, which holds everything in memory. Remove it, or write placement: cluster.',
            ],
        ],
        [
            "numbers of members that no quorum has",
            {
                queues: { a: { replicas: 2 } },
                streams: { b: { brokers: 2, topics: { T: {}, "a.b": { partitions: 0 } } } },
                searches: { c: { nodes: 31 } },
            },
            [
                "queues.a.replicas: 2 is not 1, 3 or 5. Write it like 3.",
                "streams.b.brokers: 2 is not 1, or a whole number from 3 to 30. Write it like 3.",
                "streams.b.topics.T: is not a topic's name: lower-case letters, digits, - and ., 100 characters at most. Write it like orders.",
                'streams.b.topics["a.b"].partitions: 0 is not a whole number from 1 to 1000. Write it like 1.',
                "searches.c.nodes: 31 is not 1, or a whole number from 3 to 30. Write it like 3.",
            ],
        ],
        [
            "a way in that contradicts itself",
            { gateway: { kind: "cloud", zone: true, certificates: "letsencrypt", firewall: true } },
            [
                'gateway.certificates: "letsencrypt" is an authority to which a domain has to be proven by a record in its zone, and the site keeps no zone. Set domain and zone, or set certificates to private.',
                'gateway.kind: "cloud" is a gateway that ends TLS for a domain, and the site has none. Set domain, or set kind to envoy.',
                'gateway.zone: "true" is a zone for the domain, and the site has none. Set domain, or leave zone out.',
            ],
        ],
        [
            "a firewall before a gateway that is not the cloud's",
            { gateway: { domain: "example.com", email: "team@example.com", firewall: true } },
            [
                'gateway.firewall: "true" is a web application firewall, which stands before the cloud\'s own gateway only. Set kind to cloud, or leave firewall out.',
            ],
        ],
        [
            "protections from floods that a cloud cannot keep before its gateway",
            {
                gateway: {
                    kind: "cloud",
                    domain: "example.com",
                    email: "team@example.com",
                    ddosProtection: "advanced",
                },
                applications: { a: { ...api, expose: "public" } },
                sites: { one: aws(), two: azure(), three: gcp() },
            },
            [
                "gateway.ddosProtection: \"advanced\" guards a site's own addresses, and Azure's own gateway has none. Choose the gateway envoy, or leave ddosProtection out.",
                'gateway.ddosProtection: "advanced" is a part of Google Cloud\'s firewall, and there is none. Set firewall to true, or leave ddosProtection out.',
            ],
        ],
        [
            "a protection from floods where nobody comes from the internet, and one that there is not",
            {
                gateway: { domain: "example.com", email: "team@example.com" },
                applications: { a: { ...api, expose: "internal" } },
                sites: {
                    one: aws({ gateway: { ddosProtection: "advanced" } }),
                    two: gcp({ gateway: { ddosProtection: "premium" } }),
                },
            },
            [
                'sites.two.gateway.ddosProtection: "premium" is not one of standard, advanced. Choose one of these.',
                'sites.one.gateway.ddosProtection: "advanced" guards public gateways, and there is none. Add the reach public, or leave ddosProtection out.',
            ],
        ],
        [
            "a gateway of the cloud without a zone, where it needs one",
            {
                gateway: {
                    kind: "cloud",
                    domain: "example.com",
                    zone: false,
                    certificates: "private",
                },
                applications: { a: { ...api, expose: "public" } },
            },
            [
                "gateway.zone: false leaves AWS without a place to prove its certificate. Set it to true, or set kind to envoy.",
            ],
        ],
        [
            "parts that the cloud's own gateway does not have",
            {
                gateway: { kind: "cloud", domain: "example.com", email: "team@example.com" },
                applications: {
                    a: {
                        ...api,
                        expose: {
                            reach: "public",
                            timeout: 5,
                            bodyLimit: "1Mi",
                            rateLimit: {},
                            cors: { origins: ["https://example.com"] },
                            jwt: {
                                issuer: "https://login.example.com",
                                jwks: "https://login.example.com/keys",
                                audiences: ["a"],
                            },
                        },
                    },
                },
            },
            [
                "applications.a.expose.timeout: is a time limit for answers, which is left to Envoy: the clouds' own gateways differ in it. Leave it out, or set the site's gateway.kind to envoy.",
                "applications.a.expose.bodyLimit: is a limit for the size of requests, which is left to Envoy: the clouds' own gateways differ in it. Leave it out, or set the site's gateway.kind to envoy.",
                "applications.a.expose.rateLimit: is a limit for the number of requests, which is left to Envoy: the clouds' own gateways differ in it. Leave it out, or set the site's gateway.kind to envoy.",
                "applications.a.expose.cors: is rules for pages of other origins, which is left to Envoy: the clouds' own gateways differ in it. Leave it out, or set the site's gateway.kind to envoy.",
                "applications.a.expose.jwt: is a check of tokens, which is left to Envoy: the clouds' own gateways differ in it. Leave it out, or set the site's gateway.kind to envoy.",
            ],
        ],
        [
            "forms that are wrong",
            {
                gateway: { kind: "nginx", domain: "X", email: "x", certificates: "self" },
                monitoring: { retention: "x", storage: 5 },
                caches: { a: { size: "tiny", eviction: "some", placement: "edge" } },
                objectStores: { a: { corsOrigins: ["x"] } },
            },
            [
                'gateway.kind: "nginx" is not one of envoy, cloud. Choose one of these.',
                'gateway.domain: "X" is not a domain in lower case. Write it like aws.example.com.',
                'gateway.email: "x" is not an e-mail address. Write it like platform@example.com.',
                'gateway.certificates: "self" is not one of letsencrypt, letsencrypt-staging, private. Choose one of these.',
                'monitoring.retention: "x" is not a period in whole days. Write it like 7 days.',
                "monitoring.storage: 5 is not a size in whole GiB. Write the unit, with a blank before it, like 5 GiB.",
                'caches.a.size: "tiny" is not one of small, medium, large. Choose one of these.',
                'caches.a.eviction: "some" is not one of least-recently-used, none. Did you mean "none"?',
                'caches.a.placement: "edge" is not one of cloud, cluster. Choose one of these.',
                'objectStores.a.corsOrigins[0]: "x" is not an origin. Write it like https://www.example.com.',
            ],
        ],
    ]);
});
