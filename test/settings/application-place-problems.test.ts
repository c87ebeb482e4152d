import { api, app, aws, rejectsEach } from "./support.ts";

describe("settings of where applications run that are wrong", () => {
    rejectsEach([
        [
            "sites that there are not, and none at all",
            { applications: { a: { ...api, sites: ["mian", "other"] }, b: { ...api, sites: [] } } },
            [
                'applications.a.sites: "mian" is not a site of the stack. Did you mean "main"?',
                'applications.a.sites: "other" is not a site of the stack. Write main.',
                "applications.b.sites: is empty: it would run nowhere. Name a site, or leave it out for all of them.",
            ],
        ],
        [
            "sites that there are not, where a site says so",
            { sites: { main: aws({ applications: { a: { ...api, sites: ["main", "moon"] } } }) } },
            [
                'sites.main.applications.a.sites: "moon" is not a site of the stack. Did you mean "main"?',
            ],
        ],
        [
            "what a site says about an application that does not run there",
            {
                sites: {
                    one: aws(),
                    two: aws({
                        account: "210987654321",
                        applications: { a: { replicas: { max: 4 } }, b: { sites: ["one"] } },
                    }),
                },
                applications: { a: { ...api, sites: ["one"] }, b: api },
            },
            [
                "sites.two.applications.a: speaks about an application that runs on one only. Remove it, or add two to the application's sites.",
                "sites.two.applications.b: speaks about an application that runs on one only. Remove it, or add two to the application's sites.",
            ],
        ],
        [
            "a call of an application that runs elsewhere",
            {
                sites: { one: aws(), two: aws({ account: "210987654321" }) },
                applications: { api: { ...api, sites: ["one"] }, ...app({ calls: ["api"] }) },
            },
            [
                'applications.shop.calls: "api" runs on other sites than two, and calls stay within a site. Add two to its sites, or leave the call out there.',
            ],
        ],
        [
            "names that two sites would both give",
            {
                sites: {
                    a: aws({ applications: { "b-c": api } }),
                    "a-b": aws({ network: { cidr: "10.99.0.0/16" }, applications: { c: api } }),
                },
            },
            [
                "sites.a-b.applications.c: of site a-b gets the name myapp-dev-a-b-c, as does applications.b-c of site a. Rename one of them, or one of the sites.",
            ],
        ],
        [
            "names of namespaces that are taken, and what is no name",
            {
                applications: {
                    databases: api,
                    "gateway-x": api,
                    "cache-x": api,
                    Upper: api,
                    "a--b": api,
                    [`a${"b".repeat(30)}`]: api,
                },
            },
            [
                "applications.Upper: is not an application's name: lower-case letters, digits and single hyphens, a letter first, 30 characters at most. Write it like upper.",
                "applications.a--b: is not an application's name: lower-case letters, digits and single hyphens, a letter first, 30 characters at most. Write it like a-b.",
                "applications.abbbbbbbbbbbbbbbbbbbbbbbbbbbbbb: is not an application's name: lower-case letters, digits and single hyphens, a letter first, 30 characters at most. Write it like abbbbbbbbbbbbbbbbbbbbbbbbbbbbb.",
                "applications.databases: is a namespace that Kubernetes or the platform uses itself. Give the application another name.",
                "applications.gateway-x: is a namespace that Kubernetes or the platform uses itself. Give the application another name.",
                "applications.cache-x: is a namespace that Kubernetes or the platform uses itself. Give the application another name.",
            ],
        ],
        [
            "everything at once",
            {
                applications: {
                    ...app({
                        kind: "wbe",
                        port: 80,
                        calls: ["apii"],
                        database: "x",
                        volumes: { v: {} },
                    }),
                    api: {
                        ...api,
                        expose: { reach: "cluster", timeout: 5 },
                        secrets: { NONE: {} },
                    },
                },
            },
            [
                'applications.shop.kind: "wbe" is not one of web, service, worker, job, pipeline. Did you mean "web"?',
                "applications.shop.port: 80 is not a whole number from 1024 to 65535. Write it like 1024.",
                'applications.shop.database: "x" is not a database of the site. Add it under databases, like x: {}.',
                "applications.shop.volumes.v.path: is missing. Write where it is mounted.",
                'applications.shop.calls: "apii" is not an application of the site. Did you mean "api"?',
                "applications.api.secrets.NONE: says neither where its value is nor that it is to be made. Write from: and the secret's key in the site's store, or generate: and a number of characters.",
                "applications.api.expose.timeout: is kept by a gateway, and none leads to it. Write expose.reach: internal or public, or remove it.",
            ],
        ],
    ]);
});
