import assert from "node:assert/strict";
import { aws, azure, gcp, problemsOf, settingsOf, stack, warningsOf } from "./support.ts";

const app = (more: object = {}) => ({ shop: { image: "ghcr.io/acme/shop:1.4.2", ...more } });
const pool = (more: object) => ({ cluster: { nodePools: { workers: more } } });
const database = (more: object) => ({ databases: { main: more } });

/** What is wrong with a right stack after one change. */
const CASES: readonly [
    title: string,
    change: Record<string, unknown>,
    problems: readonly string[],
][] = [
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
        "an unknown target",
        { target: "ibm" },
        ['target: "ibm" is not one of aws, azure, gcp, all. Write aws, azure, gcp or all.'],
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
        "a malformed block",
        { network: { cidr: "10.20.0.0" } },
        ['network.cidr: "10.20.0.0" is not an IPv4 block. Write it like 10.20.0.0/16.'],
    ],
    [
        "a block with host bits",
        { network: { cidr: "10.20.3.0/16" } },
        [
            'network.cidr: "10.20.3.0/16" is not an IPv4 block. Its host bits are set; write 10.20.0.0/16.',
        ],
    ],
    [
        "a block that is too small",
        { network: { cidr: "10.20.0.0/21" } },
        [
            'network.cidr: "10.20.0.0/21" is too small: AWS takes /16 to /20. Write a block from /16 to /20; /16 has room for everything.',
        ],
    ],
    [
        "a block that AWS finds too large",
        { network: { cidr: "10.20.0.0/15" } },
        [
            'network.cidr: "10.20.0.0/15" is too large: AWS takes /16 to /20. Write a block from /16 to /20; /16 has room for everything.',
        ],
    ],
    [
        "a public block",
        { network: { cidr: "100.64.0.0/16" } },
        [
            'network.cidr: "100.64.0.0/16" is not inside one of the private ranges 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16. Take a block of 10.0.0.0/8, or leave the line out to have one planned.',
        ],
    ],
    [
        "a block that a cloud keeps for itself",
        { sites: { main: azure({ network: { cidr: "172.30.0.0/16" } }) } },
        [
            'sites.main.network.cidr: "172.30.0.0/16" overlaps 172.30.0.0/16: AKS keeps it for itself. Take a block outside of it.',
        ],
    ],
    [
        "Kubernetes out of support",
        { cluster: { version: "1.34" } },
        [
            'cluster.version: "1.34" is out of support as a version of Kubernetes (standard support ends: 2026-12-02 on AWS). Write "1.35" or "1.36".',
        ],
    ],
    [
        "PostgreSQL out of support, and one that does not exist",
        { databases: { a: { version: "14" }, b: { version: "27" } } },
        [
            'databases.a.version: "14" is out of support as a version of PostgreSQL (standard support ends: 2027-02-28 on AWS). Write "15", "16", "17" or "18".',
            'databases.b.version: "27" is not a supported version of PostgreSQL. Write "15", "16", "17" or "18".',
        ],
    ],
    [
        "min above max",
        { ...pool({ min: 5, max: 4 }), applications: app({ replicas: { min: 9, max: 8 } }) },
        [
            "cluster.nodePools.workers.max: 4 is below min 5. Raise max or lower min.",
            "applications.shop.replicas.max: 8 is below min 9. Raise max or lower min.",
        ],
    ],
    [
        "pools that hold nothing, or nothing for the add-ons",
        {
            sites: {
                a: aws({ cluster: { nodePools: {} } }),
                b: gcp(pool({ taints: ["a=b:NoSchedule"] })),
            },
        },
        [
            "sites.a.cluster.nodePools: holds no pool. Name at least one, like workers: {}.",
            "sites.b.cluster.nodePools: holds tainted pools only, where the cluster's own add-ons cannot run. Add a pool without taints.",
        ],
    ],
    [
        "spot nodes that Azure does not sell",
        {
            sites: {
                main: azure({
                    cluster: { nodePools: { workers: {}, cheap: { spot: true, size: "small" } } },
                }),
            },
        },
        [
            "sites.main.cluster.nodePools.cheap.spot: true is not sold by Azure for size small. Choose a larger size, or set spot to false.",
        ],
    ],
    [
        "more nodes than the block has addresses for",
        { network: { cidr: "10.20.0.0/20" }, ...pool({ max: 100 }) },
        [
            "cluster.nodePools: may need 14544 addresses, one node more per pool in upgrades included, and 10.20.0.0/20 has room for 3057 on AWS. Lower max, or give the site a larger block.",
        ],
    ],
    [
        "pools that Azure's own ways leave no room for",
        { sites: { main: azure({ cluster: { nodePools: { system: { spot: true } } } }) } },
        [
            "sites.main.cluster.nodePools.system: is the name of a pool that the platform makes itself on Azure. Give the pool another name.",
            "sites.main.cluster.nodePools: holds tainted pools only, where the cluster's own add-ons cannot run. Add a pool without taints and without spot, which Azure taints.",
        ],
    ],
    [
        "a label that Kubernetes keeps for itself",
        pool({ labels: { "node.kubernetes.io/role": "x" } }),
        [
            'cluster.nodePools.workers.labels["node.kubernetes.io/role"]: is not the key of a node label: letters, digits, -, _ and ., with a prefix of your own if any. Write it like example.com/team.',
        ],
    ],
    [
        "a taint without an effect",
        { cluster: { nodePools: { workers: {}, batch: { taints: ["a=b"] } } } },
        [
            'cluster.nodePools.batch.taints[0]: "a=b" is not a taint. Write key=value:effect; the effect is NoSchedule, PreferNoSchedule or NoExecute.',
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
            'sites.long-site-names: makes the name abcdefghijklmnop-staging-long-site-names, 40 characters long; AWS allows 37 for the name of an EKS cluster. Shorten project, "long-site-names" by 3.',
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
        "storage that no cloud or this cloud does not sell",
        {
            databases: { a: { storage: "20 GB" }, b: { storage: "10 GiB" } },
            sites: {
                main: aws(),
                other: azure({ databases: { a: null, b: { storage: "48 GiB" } } }),
            },
        },
        [
            'databases.a.storage: "20 GB" is not a size in whole GiB. Write the unit, with a blank before it, like 20 GiB.',
            'databases.b.storage: "10 GiB" is not a size that AWS sells: 20 to 65536 GiB. Write 20 GiB.',
            'sites.other.databases.b.storage: "48 GiB" is not a size that Azure sells: 32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16384 or 32767 GiB. Write 64 GiB.',
        ],
    ],
    [
        "a ceiling below the storage, or where there is none",
        {
            databases: { main: { storage: "100 GiB", maxStorage: "109 GiB" } },
            sites: { main: aws(), other: azure({ databases: { main: { storage: "128 GiB" } } }) },
        },
        [
            'databases.main.maxStorage: "109 GiB" leaves no room above storage 100 GiB. Write 110 GiB or more.',
            'databases.main.maxStorage: "109 GiB" cannot be kept on Azure, where growth has no ceiling. Write it only in the sites on AWS and Google Cloud.',
        ],
    ],
    [
        "a ceiling that has no effect",
        database({ maxStorage: "200 GiB", storageAutoGrow: false }),
        [
            'databases.main.maxStorage: "200 GiB" has no effect while storageAutoGrow is false. Remove it, or set storageAutoGrow to true.',
        ],
    ],
    [
        "a retention above 35 days",
        database({ backupRetention: "36 days" }),
        [
            'databases.main.backupRetention: "36 days" is not what AWS can do: 1 to 35 days. Write a period from 1 to 35 days.',
        ],
    ],
    [
        "a retention below what Azure keeps",
        { sites: { main: azure(database({ backupRetention: "6 days" })) } },
        [
            'sites.main.databases.main.backupRetention: "6 days" is not what Azure can do: 7 to 35 days. Write a period from 7 to 35 days.',
        ],
    ],
    [
        "a retention without a unit",
        database({ backupRetention: 7 }),
        [
            "databases.main.backupRetention: 7 is not a period in whole days. Write the unit, with a blank before it, like 7 days.",
        ],
    ],
    [
        "a standby that Azure does not have at the size",
        { sites: { main: azure(database({ highAvailability: true, size: "small" })) } },
        [
            "sites.main.databases.main.highAvailability: true is not possible on Azure at size small. Choose medium, large or xlarge, or set highAvailability to false.",
        ],
    ],
    [
        "a reserved user and a reserved database",
        {
            databases: {
                a: { username: "admin" },
                b: { databaseName: "postgres" },
                c: { username: "pg_x" },
            },
        },
        [
            'databases.a.username: "admin" is reserved by AWS. Choose another name, like dbadmin.',
            'databases.b.databaseName: "postgres" is a database that the cloud or PostgreSQL makes itself. Choose another name.',
            'databases.c.username: "pg_x" is reserved by PostgreSQL or a cloud. Choose another name, like dbadmin.',
        ],
    ],
    [
        "an image without tag or digest, and latest",
        {
            applications: {
                a: { image: "nginx" },
                b: { image: "host:5000/nginx" },
                c: { image: "nginx:latest" },
            },
        },
        [
            'applications.a.image: "nginx" is not a pinned image. Add the tag or the digest that was tested, like :1.4.2.',
            'applications.b.image: "host:5000/nginx" is not a pinned image. Add the tag or the digest that was tested, like :1.4.2.',
            'applications.c.image: "nginx:latest" is not a pinned image. latest changes under your feet; name the tag that was tested.',
        ],
    ],
    [
        "no image at all",
        { applications: { a: { port: 80 } } },
        [
            "applications.a.port: 80 is not a whole number from 1024 to 65535. Write it like 1024.",
            "applications.a.image: is missing. Name the image that was tested, like ghcr.io/acme/shop:1.4.2.",
        ],
    ],
    [
        "ports out of range",
        { applications: app({ port: 65536 }) },
        [
            "applications.shop.port: 65536 is not a whole number from 1024 to 65535. Write it like 1024.",
        ],
    ],
    [
        "bad units of CPU and memory",
        { applications: app({ resources: { cpu: "0.5 cores", memory: "512MB" } }) },
        [
            'applications.shop.resources.cpu: "0.5 cores" is not an amount of CPU. Write it like 250m.',
            'applications.shop.resources.memory: "512MB" is not an amount of memory in Mi or Gi. Write 512Mi.',
        ],
    ],
    [
        "memory in thousandths of a byte",
        { applications: app({ resources: { memory: "512m" } }) },
        [
            'applications.shop.resources.memory: "512m" is not an amount of memory in Mi or Gi. In Kubernetes m means thousandths of a byte; write 512Mi.',
        ],
    ],
    [
        "a pod that fits no node",
        { applications: app({ resources: { cpu: 2, memory: "8Gi" } }) },
        [
            'applications.shop.resources.cpu: "2" fits no node: the largest without taints, medium, has 2 CPU, of which the system takes a part. Ask for less, or add a pool of a larger size without taints.',
            'applications.shop.resources.memory: "8Gi" fits no node: the largest without taints, medium, has 8 GiB, of which the system takes a part. Ask for less, or add a pool of a larger size without taints.',
        ],
    ],
    [
        "a database that the site does not have",
        { ...database({}), applications: app({ database: "mian" }) },
        ['applications.shop.database: "mian" is not a database of the site. Did you mean "main"?'],
    ],
    [
        "an application in a namespace of Kubernetes",
        { applications: { "kube-system": app().shop } },
        [
            "applications.kube-system: is a namespace that Kubernetes or the platform uses itself. Give the application another name.",
        ],
    ],
    [
        "a private caller of the API",
        { apiAccess: { cidrs: ["10.0.0.0/8"] } },
        [
            'apiAccess.cidrs[0]: "10.0.0.0/8" is private, and no caller from outside ever has such an address. Remove it: inside the network the API always answers. List public blocks only.',
        ],
    ],
    [
        "an administrator in another cloud's form",
        { apiAccess: { administrators: ["group:a@example.com"] } },
        [
            'apiAccess.administrators[0]: "group:a@example.com" is not the ARN of an IAM role or user, which AWS needs. Write it at the site, like arn:aws:iam::123456789012:role/platform-admin.',
        ],
    ],
    [
        "a repository twice, and a registry with none",
        { registries: { a: { repositories: ["x1", "x1"] }, b: { repositories: [] }, c: {} } },
        [
            "registries.c.repositories: is missing. List the images it holds, like [shop].",
            'registries.a.repositories: holds "x1" more than once. Keep it once.',
            "registries.b.repositories: is empty. List the images it holds, like [shop].",
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
        "logs kept for longer than a cloud can",
        { sites: { main: azure({ network: { logRetention: "29 days" } }) } },
        [
            'sites.main.network.logRetention: "29 days" is not what Azure can do: it keeps logs for 30 to 365 days. Write a period from 30 to 365 days.',
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
];

describe("settings that are wrong", () => {
    for (const [title, change, problems] of CASES) {
        it(`rejects ${title}`, () => {
            assert.deepEqual(problemsOf(stack(change)), problems);
        });
    }

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

describe("settings of prod", () => {
    const prod = (more: object = {}) => stack({ environment: "prod", ...more });

    it("rejects an API that is open to the Internet, halves of it included", () => {
        for (const block of ["0.0.0.0/0", "128.0.0.0/1", "64.0.0.0/7"]) {
            assert.deepEqual(problemsOf(prod({ apiAccess: { cidrs: [block] } })), [
                `apiAccess.cidrs[0]: "${block}" opens the Kubernetes API of prod to the Internet. List the blocks of your offices, runners or VPN, or [] to close the public endpoint.`,
            ]);
        }
        settingsOf(prod({ apiAccess: { cidrs: ["64.0.0.0/8"] } }));
    });

    it("only warns of it elsewhere", () => {
        for (const block of ["0.0.0.0/0", "64.0.0.0/2"]) {
            assert.deepEqual(warningsOf(stack({ apiAccess: { cidrs: [block] } })), [
                `apiAccess.cidrs[0]: "${block}" lets the whole Internet reach the Kubernetes API's login. List the blocks of your offices, runners or VPN.`,
            ]);
        }
    });

    it("rejects protection that is switched off without acknowledgement", () => {
        const open = {
            cluster: { deletionProtection: false },
            secretStore: { recoverable: false },
            ...database({ deletionProtection: false }),
        };
        assert.deepEqual(problemsOf(prod(open)), [
            "cluster.deletionProtection: false leaves prod without protection against deletion. Set it to true, or accept it with acknowledge: [unprotected-prod].",
            "databases.main.deletionProtection: false leaves prod without protection against deletion. Set it to true, or accept it with acknowledge: [unprotected-prod].",
            "secretStore.recoverable: false lets a deleted secret of prod be lost at once. Set it to true, or accept it with acknowledge: [unprotected-prod].",
        ]);
        assert.deepEqual(warningsOf(prod({ ...open, acknowledge: ["unprotected-prod"] })), []);
        settingsOf(stack(open));
    });

    it("rejects a single zone and short backups without acknowledgement", () => {
        const weak = {
            network: { highAvailability: false },
            ...database({ backupRetention: "6 days", highAvailability: false }),
        };
        assert.deepEqual(problemsOf(prod(weak)), [
            "network.highAvailability: false lets prod go down with one zone. Set it to true, or accept it with acknowledge: [single-zone-prod].",
            "databases.main.highAvailability: false lets prod go down with one zone. Set it to true, or accept it with acknowledge: [single-zone-prod].",
            'databases.main.backupRetention: "6 days" is less than the 7 days that prod\'s backups are kept. Write 7 days or more, or accept it with acknowledge: [short-backups-prod].',
        ]);
        settingsOf(prod({ ...weak, acknowledge: ["single-zone-prod", "short-backups-prod"] }));
    });

    it("rejects an acknowledgement that does not exist and warns of one that accepts nothing", () => {
        assert.deepEqual(problemsOf(prod({ acknowledge: ["unprotected"] })), [
            'acknowledge[0]: "unprotected" is not one of unprotected-prod, single-zone-prod, short-backups-prod. Did you mean "unprotected-prod"?',
        ]);
        assert.deepEqual(warningsOf(prod({ acknowledge: ["single-zone-prod"] })), [
            'acknowledge[0]: "single-zone-prod" accepts that something in prod goes down with one zone, which is not so. Remove it.',
        ]);
    });

    it("rejects databases on a shared CPU", () => {
        assert.deepEqual(problemsOf(prod(database({ size: "small" }))), [
            'databases.main.size: "small" runs on a shared CPU, which prod must not depend on. Choose medium or larger.',
        ]);
    });

    it("rejects nodes that the cloud may take back all at once, or that stand in one zone", () => {
        assert.deepEqual(problemsOf(prod(pool({ spot: true }))), [
            "cluster.nodePools: holds nothing but spot nodes that prod can run on, and the cloud may take them all at once. Set spot to false for one pool without taints.",
        ]);
        assert.deepEqual(problemsOf(prod(pool({ min: 1 }))), [
            "cluster.nodePools: keeps fewer than two nodes without taints, which does not survive the loss of a zone. Raise min of a pool without taints to 2 or more.",
        ]);
    });
});

describe("settings of applications", () => {
    it("rejects variables that the platform sets, those of a database only with one", () => {
        const env = { POD_IP: "x", PGHOST: "x" };
        const problem = (name: string) =>
            `applications.shop.env.${name}: is a variable that the platform sets itself. Remove it, or give it another name.`;
        assert.deepEqual(problemsOf(stack({ applications: app({ env }) })), [problem("POD_IP")]);
        assert.deepEqual(
            problemsOf(stack({ ...database({}), applications: app({ env, database: "main" }) })),
            [problem("POD_IP"), problem("PGHOST")],
        );
    });
});

describe("settings that hold credentials", () => {
    it("rejects a credential among the plain variables and never repeats it", () => {
        const values = {
            DB_PASSWORD: "hunter2",
            API_KEY: "hunter2",
            LINK: "postgres://user:hunter2@db/app",
            PEM: "-----BEGIN PRIVATE KEY----- hunter2",
        };
        const problems = problemsOf(stack({ applications: app({ env: values }) }));
        assert.deepEqual(
            problems,
            Object.keys(values).map(
                (key) =>
                    `applications.shop.env.${key}: looks like a credential, and plain variables stand in the state and in the cluster for all to read. Remove it; for a database's credentials write database: and its name.`,
            ),
        );
    });

    it("accepts variables that only speak about a credential", () => {
        const env = { TOKEN_TTL: 60, SECRET_NAME: "x", PASSWORD_FILE: "/run/x", KEYBOARD: "de" };
        settingsOf(stack({ applications: app({ env }) }));
    });

    it("rejects without repeating a value that stands under a secret's key", () => {
        const problems = problemsOf(
            stack({ databases: { main: { password: ["hunter2"] } }, token: "hunter2" }),
        );
        assert.equal(problems.length, 2);
        assert.ok(
            problems.every((problem) => !problem.includes("hunter2")),
            problems.join("\n"),
        );
    });

    it("rejects a bad value under such a key without repeating it, and repeats others", () => {
        const env = { API_TOKEN: ["hunter2"], LEVEL: ["info"] };
        assert.deepEqual(
            problemsOf(stack({ applications: { "token-shop": { ...app().shop, env, port: 1 } } })),
            [
                "applications.token-shop.env.API_TOKEN: (hidden) is not a text, a number or a boolean. Correct it.",
                'applications.token-shop.env.LEVEL: (a list) is not a text, a number or a boolean. Write it like "info".',
                "applications.token-shop.port: 1 is not a whole number from 1024 to 65535. Write it like 1024.",
            ],
        );
    });

    it("rejects a bad value that is a credential by its form without repeating it", () => {
        const problems = problemsOf(stack({ owner: "https://u:hunter2@example.com" }));
        assert.equal(problems.length, 1);
        assert.match(problems[0] ?? "", /^owner: \(hidden\) is not a text/);
    });
});
