import { api, app, nightly, rejectsEach } from "./support.ts";

describe("settings of what an application uses that are wrong", () => {
    rejectsEach([
        [
            "services that the site has none of",
            {
                applications: app({
                    database: "x",
                    cache: "x",
                    queue: "x",
                    stream: "x",
                    search: "x",
                    buckets: { x: "read" },
                    registry: "x",
                    volumes: { v: { path: "/v", kind: "shared", files: "x" } },
                }),
            },
            [
                'applications.shop.database: "x" is not a database of the site. Add it under databases, like x: {}.',
                'applications.shop.cache: "x" is not a cache of the site. Add it under caches, like x: {}.',
                'applications.shop.queue: "x" is not a queue of the site. Add it under queues, like x: {}.',
                'applications.shop.search: "x" is not a search cluster of the site. Add it under searches, like x: {}.',
                'applications.shop.buckets.x: "x" is not an object store of the site. Add it under objectStores, like x: {}.',
                'applications.shop.volumes.v.files: "x" is not a file system of the site. Add it under sharedFiles, like x: {}.',
                'applications.shop.stream: "x" is not a stream of the site. Add it under streams, like x: {}.',
                'applications.shop.registry: "x" is not a registry of the site. Add it under registries, like x: {}.',
            ],
        ],
        [
            "services whose names are nearly right",
            {
                caches: { main: {} },
                queues: { jobs: {} },
                streams: { events: { topics: { orders: {} } } },
                searches: { texts: {} },
                objectStores: { media: {} },
                registries: { images: { repositories: ["shop"] } },
                databases: { main: {} },
                applications: {
                    shop: {
                        image: "shopp:1.0.0",
                        registry: "images",
                        database: "mian",
                        cache: "mian",
                        queue: "job",
                        stream: { name: "events", produces: ["order"], consumes: ["zzz"] },
                        search: "text",
                        buckets: { medai: "write" },
                    },
                },
            },
            [
                'applications.shop.database: "mian" is not a database of the site. Did you mean "main"?',
                'applications.shop.cache: "mian" is not a cache of the site. Did you mean "main"?',
                'applications.shop.queue: "job" is not a queue of the site. Did you mean "jobs"?',
                'applications.shop.search: "text" is not a search cluster of the site. Did you mean "texts"?',
                'applications.shop.buckets.medai: "medai" is not an object store of the site. Did you mean "media"?',
                'applications.shop.stream.produces: "order" is not a topic of stream events. Did you mean "orders"?',
                'applications.shop.stream.consumes: "zzz" is not a topic of stream events. Add it under streams.events.topics, like zzz: {}.',
                'applications.shop.image: "shopp:1.0.0" is not an image of registry images, which holds shop. Write the repository and the tag, like shop:1.4.2, or add it to the registry.',
            ],
        ],
        [
            "services by names that all objects inherit",
            {
                applications: app({
                    database: "constructor",
                    stream: "constructor",
                    registry: "constructor",
                    placement: { pool: "constructor" },
                }),
            },
            [
                'applications.shop.placement.pool: "constructor" is not a node pool\'s name: 1 to 10 lower-case letters and digits, a letter first. Write it like workers.',
                'applications.shop.database: "constructor" is not a database of the site. Add it under databases, like constructor: {}.',
                'applications.shop.stream: "constructor" is not a stream of the site. Add it under streams, like constructor: {}.',
                'applications.shop.registry: "constructor" is not a registry of the site. Add it under registries, like constructor: {}.',
            ],
        ],
        [
            "uses that lack what they cannot be without",
            {
                streams: { events: {} },
                applications: {
                    a: { ...api, stream: "events" },
                    b: { ...api, stream: { produces: ["x"] } },
                    c: { ...api, database: { name: "x" } },
                },
            },
            [
                "applications.a.stream: names no topic. Write produces: or consumes: and the topics.",
                "applications.b.stream.name: is missing. Name the stream.",
                "applications.c.database.server: is missing. Name the server that holds it, like server: main.",
            ],
        ],
        [
            "logical databases whose names are taken",
            {
                databases: { main: {} },
                applications: {
                    a: { ...api, database: { server: "main", name: "app" } },
                    b: { ...api, database: { server: "main", name: "dbadmin" } },
                    postgres: { ...api, database: "main" },
                    rdsadmin: { ...api, database: "main" },
                    c: { ...api, database: { server: "main", name: "one" } },
                    d: { ...api, database: { server: "main", name: "one" } },
                },
            },
            [
                'applications.a.database.name: "app" is the name of the server\'s own database or of its administrator. Write name: and another one.',
                'applications.b.database.name: "dbadmin" is the name of the server\'s own database or of its administrator. Write name: and another one.',
                'applications.postgres.database.name: "postgres" is a name that PostgreSQL or a cloud keeps for itself. Write name: and another one.',
                'applications.rdsadmin.database.name: "rdsadmin" is a name that PostgreSQL or a cloud keeps for itself. Write name: and another one.',
                'applications.c.database.name: "one" is the database of d too, and no two applications share one. Give each a name of its own, and let one call the other.',
                'applications.d.database.name: "one" is the database of c too, and no two applications share one. Give each a name of its own, and let one call the other.',
            ],
        ],
        [
            "what would set one variable twice",
            {
                objectStores: { a: {}, "a-endpoint": {} },
                databases: { main: {} },
                applications: {
                    api: { ...api, ports: { admin: 9000 } },
                    "api-admin": api,
                    ...app({
                        database: "main",
                        buckets: { a: "read", "a-endpoint": "read" },
                        calls: ["api-admin", "api:admin"],
                        secrets: { PGHOST: { generate: 20 } },
                    }),
                },
            },
            [
                "applications.shop.buckets.a-endpoint: sets the variable BUCKET_A_ENDPOINT, which buckets.a sets too. Rename one of them.",
                'applications.shop.calls: "api:admin" sets the variable API_ADMIN_URL, which "api-admin" sets too. Rename one of them.',
                "applications.shop.secrets.PGHOST: is a variable that the platform sets itself. Give it another name.",
            ],
        ],
        [
            "variables that the platform sets, in every container that gets them",
            {
                databases: { main: {} },
                applications: {
                    ...app({
                        database: "main",
                        env: { PGHOST: "x", SESSION_KEY: "x" },
                        secrets: { SESSION_KEY: { generate: 20 } },
                        sidecars: {
                            proxy: {
                                image: "acme/proxy:1.0",
                                env: { PGHOST: "fine here", POD_NAME: "x" },
                            },
                        },
                    }),
                    etl: { ...nightly, database: "main", steps: { one: { env: { PGHOST: "x" } } } },
                },
            },
            [
                "applications.shop.env.PGHOST: is a variable that the platform sets itself. Remove it, or give it another name.",
                "applications.shop.env.SESSION_KEY: is a variable that the platform sets itself. Remove it, or give it another name.",
                "applications.shop.sidecars.proxy.env.POD_NAME: is a variable that the platform sets itself. Remove it, or give it another name.",
                "applications.etl.steps.one.env.PGHOST: is a variable that the platform sets itself. Remove it, or give it another name.",
            ],
        ],
        [
            "credentials in plain variables",
            {
                applications: {
                    ...app({
                        env: { API_TOKEN: "x", ADDRESS: "postgres://u:p@h", TOKEN_FILE: "/fine" },
                        sidecars: { proxy: { image: "acme/proxy:1.0", env: { X_TOKEN: "y" } } },
                    }),
                    etl: { ...nightly, steps: { one: { env: { SOME_PASSWORD: "x" } } } },
                },
            },
            [
                "applications.shop.env.API_TOKEN: looks like a credential, and plain variables stand in the state and in the cluster for all to read. Write it under secrets:, or name the database, the cache or the queue that it is for.",
                "applications.shop.env.ADDRESS: looks like a credential, and plain variables stand in the state and in the cluster for all to read. Write it under secrets:, or name the database, the cache or the queue that it is for.",
                "applications.shop.sidecars.proxy.env.X_TOKEN: looks like a credential, and plain variables stand in the state and in the cluster for all to read. Write it under secrets:, or name the database, the cache or the queue that it is for.",
                "applications.etl.steps.one.env.SOME_PASSWORD: looks like a credential, and plain variables stand in the state and in the cluster for all to read. Write it under secrets:, or name the database, the cache or the queue that it is for.",
            ],
        ],
        [
            "secrets that are made and are there, or neither",
            {
                applications: app({
                    secrets: {
                        BOTH: { from: "x", generate: 20 },
                        NONE: {},
                        FIRST: { from: "x" },
                        SECOND: "x",
                    },
                }),
            },
            [
                "applications.shop.secrets.BOTH: is to be made and is in the store already. Write from: and the secret's key in the site's store, or generate: and a number of characters.",
                "applications.shop.secrets.NONE: says neither where its value is nor that it is to be made. Write from: and the secret's key in the site's store, or generate: and a number of characters.",
            ],
        ],
        [
            "secrets of the platform's own and of other applications, by every name that a cloud has for them",
            {
                databases: { main: {} },
                applications: {
                    api,
                    ...app({
                        secrets: {
                            SERVER: "main-credentials",
                            OTHER: "myapp-dev-main-api-database",
                            STORED: "api-secret-signing-key-0a1b2c3",
                            // Key Vault takes no notice of case.
                            LOUD: "Myapp-Dev-Main-API-Database0A1B2C3D",
                            RIGHT: "main-partner",
                        },
                    }),
                },
            },
            ["SERVER", "OTHER", "STORED", "LOUD"].map((name, index) => {
                const from = [
                    "main-credentials",
                    "myapp-dev-main-api-database",
                    "api-secret-signing-key-0a1b2c3",
                    "Myapp-Dev-Main-API-Database0A1B2C3D",
                ][index];
                return `applications.shop.secrets.${name}.from: "${from}" is what the platform stores for itself or for one application. Name the database, the cache or the queue, which brings credentials of its own; or store it under another key.`;
            }),
        ],
        [
            "names and forms of secrets that stores do not take",
            {
                applications: app({
                    secrets: {
                        lower: { generate: 20 },
                        A__B: { generate: 20 },
                        [`A${"A".repeat(40)}`]: { generate: 20 },
                        OK: { generate: 8, from: "a b", field: "a.b" },
                    },
                }),
            },
            [
                "applications.shop.secrets.lower: is not the name of a variable with a secret: capital letters, digits and single underscores, a letter first, 40 characters at most. Write it like STRIPE_KEY.",
                "applications.shop.secrets.A__B: is not the name of a variable with a secret: capital letters, digits and single underscores, a letter first, 40 characters at most. Write it like STRIPE_KEY.",
                "applications.shop.secrets.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA: is not the name of a variable with a secret: capital letters, digits and single underscores, a letter first, 40 characters at most. Write it like STRIPE_KEY.",
                "applications.shop.secrets.OK.generate: 8 is not a whole number from 16 to 128. Write it like 16.",
                "applications.shop.secrets.OK.from: (hidden) is not the key of a secret: letters, digits and hyphens, 80 at most. Put the secret itself into the site's secret store, and write here what it is called there, like stripe.",
                'applications.shop.secrets.OK.field: "a.b" is not the name of a field: letters, digits, - and _, 80 at most. Write it like key.',
            ],
        ],
        [
            "an image that the registry does not hold",
            {
                registries: { images: { repositories: ["shop/web", "shop/api"] } },
                applications: {
                    a: { image: "shop/wbe:1", registry: "images" },
                    b: { image: "shop/web@sha256:" + "0".repeat(64), registry: "images" },
                },
            },
            [
                'applications.a.image: "shop/wbe:1" is not an image of registry images, which holds shop/web and shop/api. Write the repository and the tag, like shop/web:1.4.2, or add it to the registry.',
            ],
        ],
    ]);
});
