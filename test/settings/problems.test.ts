import assert from "node:assert/strict";
import {
    app,
    aws,
    azure,
    gcp,
    pool,
    problemsOf,
    rejectsEach,
    settingsOf,
    stack,
} from "./support.ts";

describe("settings of the stack that are wrong", () => {
    rejectsEach([
        [
            "a misspelt key",
            { owner: undefined, ownr: "a", ...pool({ sise: "small" }) },
            [
                'ownr: is not a setting. Did you mean "owner"?',
                'cluster.nodePools.workers.sise: is not a setting. Did you mean "size"?',
            ],
        ],
        [
            "a key that is like none",
            { secretStore: { zzz: 1 } },
            [
                "secretStore.zzz: is not a setting. Remove it; allowed here: recoverable, deletionProtection.",
            ],
        ],
        [
            "a key that is like one that is there as well",
            {
                applications: app({
                    egress: {
                        bank: { hosts: ["a.example.com"], ports: [443], cidrs: ["10.0.0.0/8"] },
                    },
                }),
            },
            [
                "applications.shop.egress.bank.hosts: is not a setting. Remove it; allowed here: cidrs, ports.",
            ],
        ],
        [
            "an unknown environment",
            { environment: "prd" },
            ['environment: "prd" is not one of dev, staging, prod. Did you mean "prod"?'],
        ],
        [
            "an unknown cloud",
            { sites: { main: aws({ cloud: "azur" }) } },
            ['sites.main.cloud: "azur" is not one of aws, azure, gcp. Did you mean "azure"?'],
        ],
        [
            "a cloud of which two letters changed places",
            { sites: { main: aws({ cloud: "gpc" }) } },
            ['sites.main.cloud: "gpc" is not one of aws, azure, gcp. Did you mean "gcp"?'],
        ],
        [
            "an unknown target",
            { target: "ibm" },
            ['target: "ibm" is not one of aws, azure, gcp, all. Choose one of these.'],
        ],
        [
            "a target without a site",
            { target: "gcp" },
            ['target: "gcp" matches no site: main is on aws. Choose the cloud of a site, or all.'],
        ],
        [
            "a stack without sites",
            { sites: {} },
            [
                "sites: is empty. Name at least one site, like sites: { main: { cloud: aws, region: eu-central-1, … } }.",
            ],
        ],
        [
            "missing owner, cost centre and environment",
            { owner: undefined, costCentre: undefined, environment: undefined },
            [
                "environment: is missing. Write dev, staging or prod.",
                "owner: is missing. Name the team that answers for the stack, like platform-team.",
                "costCentre: is missing. Say where the cost is booked, like cc-1000.",
            ],
        ],
        [
            "a missing region and a missing project",
            { sites: { main: gcp({ region: undefined, project: undefined }) } },
            [
                "sites.main.region: is missing. Name one of Google Cloud's regions, like africa-south1.",
                'sites.main.project: is missing. Write a Google Cloud project id: 6 to 30 lower-case letters, digits and hyphens, a letter first, like "myapp-platform-dev".',
            ],
        ],
        [
            "a misspelt region",
            { sites: { main: aws({ region: "eu-centrall-1" }) } },
            [
                'sites.main.region: "eu-centrall-1" is not a region of AWS with three zones. Did you mean "eu-central-1"?',
            ],
        ],
        [
            "another cloud's word for the account",
            { sites: { main: azure({ subscription: undefined, account: "123456789012" }) } },
            [
                'sites.main.account: is AWS\'s word, and the site is on Azure. Did you mean "subscription"?',
            ],
        ],
        [
            "an account whose leading zero YAML dropped",
            { sites: { main: aws({ account: 12345678901 }) } },
            [
                'sites.main.account: 12345678901 is not an account\'s id in quotes. Put it in quotes, like "123456789012".',
            ],
        ],
        [
            "an account that is too short",
            { sites: { main: aws({ account: "12345678901" }) } },
            [
                'sites.main.account: "12345678901" is not an AWS account id, 12 digits. Write it like "123456789012".',
            ],
        ],
        [
            "names that cannot be part of others",
            { project: "My App", databases: { Main_1: {} }, sites: { "1st": aws(), main: aws() } },
            [
                'sites["1st"]: is not a site\'s name: lower-case letters, digits and single hyphens, a letter first, 16 characters at most. Write it like st.',
                'project: "My App" is not a project\'s name: lower-case letters, digits and single hyphens, a letter first, 16 characters at most. Write it like my-app.',
                "databases.Main_1: is not a database's name: lower-case letters, digits and single hyphens, a letter first, 20 characters at most. Write it like main-1.",
            ],
        ],
        [
            "a name that is too long once it is composed",
            {
                project: "abcdefghijklmnop",
                environment: "staging",
                sites: { "long-site-names": aws() },
            },
            [
                'sites.long-site-names: makes the name abcdefghijklmnop-staging-long-site-names, 40 characters long; AWS allows 37 for the name of an EKS cluster. Shorten project or "long-site-names" by 3.',
            ],
        ],
        [
            "names that two sites would both give",
            {
                sites: {
                    a: aws({ databases: { "b-c": {} } }),
                    "a-b": aws({ databases: { c: {} } }),
                },
            },
            [
                "sites.a-b.databases.c: of site a-b gets the name myapp-dev-a-b-c, as does databases.b-c of site a. Rename one of them, or one of the sites.",
            ],
        ],
        [
            "tags that mean the platform's own, or each other",
            { tags: { costcentre: "a", Team: "b", team: "c" } },
            [
                'tags.costcentre: means the same as "CostCentre" where tags ignore case and form. Remove it, or give it another name.',
                'tags.team: means the same as "Team" where tags ignore case and form. Remove it, or give it another name.',
            ],
        ],
        [
            "more tags than Azure's DNS zones take",
            { tags: Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`T${at}`, "x"])) },
            [
                'tags: "10 tags" are more than 9: Azure\'s DNS zones take 15, and the platform sets 6. Leave out what can be looked up.',
            ],
        ],
        [
            "groups, lists and texts in each other's place",
            { network: "big", databases: ["main"], apiAccess: { cidrs: "203.0.113.0/24" } },
            [
                'network: "big" is not a group of settings. Give it one or more of cidr, highAvailability, privateEndpoints, logRetention, or {} for the defaults.',
                "databases: (a list) is not a mapping of names to settings. Give every entry a name.",
                'apiAccess.cidrs: "203.0.113.0/24" is not a list. Write it like [203.0.113.0/24].',
            ],
        ],
    ]);

    it("rejects everything at once, each where the user wrote it and only once", () => {
        const problems = problemsOf({
            enviroment: "prod",
            sites: {
                a: aws({ region: "nowhere" }),
                b: gcp({ cluster: { nodePools: { workers: { max: 0 } } } }),
            },
            databases: { main: { backupRetention: "40 days" } },
            applications: { shop: { image: "shop" } },
        });
        assert.deepEqual(
            problems.map((problem) => problem.slice(0, problem.indexOf(": "))),
            [
                "enviroment",
                "applications.shop.image",
                "owner",
                "costCentre",
                "sites.a.region",
                "databases.main.backupRetention",
                "sites.b.cluster.nodePools.workers.max",
                "sites.b.cluster.nodePools.workers.max",
                "databases.main.backupRetention",
            ],
        );
    });

    it("accepts the limits themselves", () => {
        settingsOf(
            stack({
                network: { cidr: "10.20.0.0/20" },
                cluster: { nodePools: { workers: { min: 3, max: 3, disk: "20 GiB" } } },
                databases: {
                    main: { storage: "20 GiB", maxStorage: "22 GiB", backupRetention: "35 days" },
                    other: { backupRetention: "1 day" },
                },
                applications: {
                    shop: {
                        ...app().shop,
                        port: 1024,
                        replicas: { min: 1, max: 1 },
                        database: "main",
                    },
                    cart: { ...app().shop, port: 65535 },
                },
                tags: Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`T${at}`, "x"])),
            }),
        );
    });
});
