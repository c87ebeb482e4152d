import { api, app, aws, rejectsEach } from "./support.ts";

describe("settings of who reaches an application that are wrong", () => {
    rejectsEach([
        [
            "calls of nobody, of itself, twice, and of ports on which nobody listens",
            {
                applications: {
                    api: { ...api, ports: { admin: 9000 } },
                    work: { ...api, kind: "worker" },
                    ...app({ calls: ["shop", "apii", "api:metrics", "work", "api", "api"] }),
                },
            },
            [
                'applications.shop.calls: holds "api" more than once. Keep it once.',
                'applications.shop.calls: "shop" is the application itself. Remove it: pods of one application reach each other.',
                'applications.shop.calls: "apii" is not an application of the site. Did you mean "api"?',
                'applications.shop.calls: "api:metrics" is a port that nobody listens on. Write api or api:admin.',
                'applications.shop.calls: "work" is a port that nobody listens on. Give work a port.',
            ],
        ],
        [
            "calls of what answers nobody",
            {
                applications: {
                    quiet: { ...api, expose: "none" },
                    job: { ...api, kind: "job", schedule: "0 1 * * *" },
                    ...app({ calls: ["quiet", "job"] }),
                },
            },
            [
                'applications.shop.calls: "quiet" cannot be called: quiet says expose: none. Write expose: cluster for quiet.',
                'applications.shop.calls: "job" is a job, which answers nobody. Leave it a message in a queue or a topic instead, or give it another kind.',
            ],
        ],
        [
            "calls where there is no other application, and what is no call",
            { applications: { ...app({ calls: ["zebra"] }) } },
            [
                'applications.shop.calls: "zebra" is not an application of the site. Add it under applications.',
            ],
        ],
        [
            "calls of what all objects inherit",
            { applications: { api, ...app({ calls: ["constructor", "api:constructor"] }) } },
            [
                'applications.shop.calls: "constructor" is not an application of the site. Write api.',
                'applications.shop.calls: "api:constructor" is a port that nobody listens on. Write api.',
            ],
        ],
        [
            "calls that are written wrongly",
            { applications: app({ calls: ["Api", "api:", "api:a:b", 5] }) },
            [
                "applications.shop.calls[0]: \"Api\" is not an application's name, with a port's name behind a colon if it is not its own port. Write it like api:metrics.",
                "applications.shop.calls[1]: \"api:\" is not an application's name, with a port's name behind a colon if it is not its own port. Write it like api:metrics.",
                "applications.shop.calls[2]: \"api:a:b\" is not an application's name, with a port's name behind a colon if it is not its own port. Write it like api:metrics.",
                "applications.shop.calls[3]: 5 is not an application's name, with a port's name behind a colon if it is not its own port. Write it like api:metrics.",
            ],
        ],
        [
            "applications that call each other in a ring, told once",
            {
                applications: {
                    a: { ...api, calls: ["b"] },
                    b: { ...api, calls: ["c"] },
                    c: { ...api, calls: ["a"] },
                },
            },
            [
                "applications.a.calls: go round in a ring: a → b → c → a. Let one of them be told by a queue or a topic instead of calling.",
            ],
        ],
        [
            "parts that only a gateway can keep, where none leads to it",
            {
                applications: app({
                    expose: {
                        reach: "cluster",
                        hosts: ["a.example.com"],
                        paths: ["/x"],
                        timeout: 5,
                        bodyLimit: "1Mi",
                        rateLimit: {},
                        cors: {},
                        jwt: {},
                        redirects: { "/a": "/b" },
                    },
                }),
            },
            [
                "applications.shop.expose.hosts: is kept by a gateway, and none leads to it. Write expose.reach: internal or public, or remove it.",
                "applications.shop.expose.paths: is kept by a gateway, and none leads to it. Write expose.reach: internal or public, or remove it.",
                "applications.shop.expose.timeout: is kept by a gateway, and none leads to it. Write expose.reach: internal or public, or remove it.",
                "applications.shop.expose.bodyLimit: is kept by a gateway, and none leads to it. Write expose.reach: internal or public, or remove it.",
                "applications.shop.expose.rateLimit: is kept by a gateway, and none leads to it. Write expose.reach: internal or public, or remove it.",
                "applications.shop.expose.cors: is kept by a gateway, and none leads to it. Write expose.reach: internal or public, or remove it.",
                "applications.shop.expose.jwt: is kept by a gateway, and none leads to it. Write expose.reach: internal or public, or remove it.",
                "applications.shop.expose.redirects: is kept by a gateway, and none leads to it. Write expose.reach: internal or public, or remove it.",
            ],
        ],
        [
            "rules for other origins and for tokens that are not complete",
            { applications: app({ expose: { reach: "public", paths: [], cors: {}, jwt: {} } }) },
            [
                "applications.shop.expose.cors.origins: is missing. List the origins whose pages may call it.",
                "applications.shop.expose.jwt.issuer: is missing. Write the address of the issuer.",
                "applications.shop.expose.jwt.jwks: is missing. Write the address of the issuer's keys.",
                "applications.shop.expose.jwt.audiences: is missing. List for whom tokens have to be.",
                "applications.shop.expose.paths: is empty: nothing would lead to it. Write [/].",
            ],
        ],
        [
            "empty lists, which would let nobody or everybody in",
            {
                applications: app({
                    expose: {
                        reach: "public",
                        cors: { origins: [] },
                        jwt: {
                            issuer: "https://login.example.com",
                            jwks: "https://login.example.com/keys",
                            audiences: [],
                        },
                    },
                }),
            },
            [
                "applications.shop.expose.cors.origins: is missing. List the origins whose pages may call it.",
                "applications.shop.expose.jwt.audiences: is missing. List for whom tokens have to be.",
            ],
        ],
        [
            "forms of exposure that are wrong",
            {
                applications: app({
                    expose: {
                        reach: "world",
                        hosts: ["UPPER.com"],
                        timeout: 0,
                        bodyLimit: "10MB",
                        rateLimit: { requests: 0, per: "day" },
                        cors: { origins: ["x"], methods: ["FOO"] },
                        jwt: { issuer: "http://x" },
                    },
                }),
            },
            [
                'applications.shop.expose.reach: "world" is not one of none, cluster, internal, public. Choose one of these.',
                'applications.shop.expose.hosts[0]: "UPPER.com" is not a host\'s name in lower case. Write it like shop.example.com.',
                "applications.shop.expose.timeout: 0 is not a whole number from 1 to 3600. Write it like 1.",
                'applications.shop.expose.bodyLimit: "10MB" is not a size in Mi or Gi. Write it like 10Gi.',
                "applications.shop.expose.rateLimit.requests: 0 is not a whole number from 1 to 1000000. Write it like 1.",
                'applications.shop.expose.rateLimit.per: "day" is not one of second, minute, hour. Choose one of these.',
                'applications.shop.expose.cors.origins[0]: "x" is not an origin. Write it like https://www.example.com.',
                'applications.shop.expose.cors.methods[0]: "FOO" is not one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS. Choose one of these.',
                'applications.shop.expose.jwt.issuer: "http://x" is not an address that begins with https://. Write it like https://login.example.com.',
            ],
        ],
        [
            "names without a domain, names that it has no certificate for, and redirects to themselves",
            {
                gateway: { domain: "example.com", email: "team@example.com" },
                sites: {
                    main: aws(),
                    other: aws({ account: "210987654321", gateway: { domain: "example.org" } }),
                },
                applications: app({
                    expose: {
                        reach: "public",
                        hosts: ["shop.example.com", "a.b.example.com"],
                        redirects: { "/a": "/a" },
                    },
                }),
            },
            [
                'applications.shop.expose.hosts: "a.b.example.com" is neither example.com nor one name below it, for which the gateway has a certificate. Choose a name such as a.example.com.',
                'applications.shop.expose.redirects: "/a" leads to itself. Lead it elsewhere or leave it out.',
                'applications.shop.expose.hosts: "shop.example.com" is neither example.org nor one name below it, for which the gateway has a certificate. Choose a name such as shop.example.org.',
                'applications.shop.expose.hosts: "a.b.example.com" is neither example.org nor one name below it, for which the gateway has a certificate. Choose a name such as a.example.org.',
            ],
        ],
        [
            "two applications for one path of one name",
            {
                gateway: { domain: "example.com", email: "team@example.com" },
                applications: {
                    a: { ...api, expose: "public" },
                    b: { ...api, expose: { reach: "public", hosts: ["a.example.com"] } },
                    c: { ...api, expose: { reach: "internal", hosts: ["a.example.com"] } },
                },
            },
            [
                "applications.b.expose: leads a.example.com/ to it, which leads to a already. Give one of them another host or another path.",
            ],
        ],
        [
            "two applications for one path of the gateway's own name",
            { applications: { a: { ...api, expose: "public" }, b: { ...api, expose: "public" } } },
            [
                "applications.b.expose: leads / of the gateway's own name to it, which leads to a already. Set the site's gateway.domain, which gives each a name of its own, or give one of them another path.",
            ],
        ],
        [
            "ways out to where nodes get their credentials",
            {
                applications: app({
                    egress: {
                        metadata: { cidrs: ["169.254.169.254/32"], ports: [80] },
                        agent: { cidrs: ["168.63.129.16/32"] },
                    },
                }),
            },
            [
                'applications.shop.egress.metadata.cidrs: "169.254.169.254/32" is where nodes get their own credentials, which are no application\'s. Remove it: what it may do in the cloud follows from the services that it names.',
                'applications.shop.egress.agent.cidrs: "168.63.129.16/32" is where nodes get their own credentials, which are no application\'s. Remove it: what it may do in the cloud follows from the services that it names.',
            ],
        ],
        [
            "ways out that would lead everywhere",
            {
                applications: app({
                    egress: {
                        none: {},
                        empty: { cidrs: [], ports: [] },
                        wrong: { cidrs: ["1.2.3.4/33"], ports: [0] },
                        right: { cidrs: ["198.51.100.7/32", "0.0.0.0/0", "10.0.0.0/8"] },
                    },
                }),
            },
            [
                'applications.shop.egress.wrong.cidrs[0]: "1.2.3.4/33" is not an IPv4 block. Write it like 203.0.113.0/24.',
                "applications.shop.egress.wrong.ports[0]: 0 is not a whole number from 1 to 65535. Write it like 1.",
                "applications.shop.egress.none.cidrs: is missing. List the blocks that it may reach.",
                "applications.shop.egress.empty.cidrs: is missing. List the blocks that it may reach.",
                "applications.shop.egress.empty.ports: is empty. List the ports that it may reach, or leave it out for 443.",
            ],
        ],
    ]);
});
