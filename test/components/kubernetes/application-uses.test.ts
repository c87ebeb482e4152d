import assert from "node:assert/strict";
import { POD_VARIABLES, SERVICE_VARIABLES } from "../../../components/lib/reserved.ts";
import type { Recorded } from "../../../tools/offline/mocks.ts";
import {
    containers,
    type Json,
    NAME,
    object,
    plan,
    pod,
    SITES,
    spec,
    variables,
} from "./program.ts";
import { validate } from "./schemas.ts";

/** A site with one of each service, whose names say nothing. */
const SERVICES = {
    cluster: { nodePools: { workers: { size: "xlarge", min: 3 } } },
    databases: { one: {} },
    caches: { one: { placement: "cluster" }, two: { placement: "cloud" } },
    queues: { one: {} },
    streams: { one: { topics: { orders: { partitions: 3 } } } },
    searches: { one: {} },
    objectStores: { one: {} },
    sharedFiles: { one: {} },
};

/** What each use says, and the variables that have to follow from it. */
const USES = {
    database: { database: "one" },
    cache: { cache: "one" },
    queue: { queue: "one" },
    stream: { stream: { name: "one", produces: ["orders"] } },
    search: { search: "one" },
} as const satisfies Record<keyof typeof SERVICE_VARIABLES, object>;

/** Where the credentials of `x-<use>` stand: with each user of a service of its own, and with the password of a cache. */
const DOCUMENTS = {
    database: `${NAME}/x-database-database`,
    cache: `${NAME}/cache-one`,
    queue: `${NAME}/queue-one-x-queue`,
    stream: `${NAME}/stream-one-x-stream`,
    search: `${NAME}/search-one-x-search`,
} as const satisfies Record<keyof typeof USES, string>;

const shopOf = (made: Recorded, application = "shop") =>
    containers(pod(made, application, "Deployment"))[application];

describe("an application that uses a service", () => {
    let made: Recorded;
    before(async () => {
        const all = Object.entries(USES).map(([use, said]) => [use, said] as const);
        made = await plan(Object.fromEntries(all.map(([use, said]) => [`x-${use}`, said])), {
            ...SERVICES,
            cloud: "aws",
        });
    });

    for (const [use, reserved] of Object.entries(SERVICE_VARIABLES)) {
        it(`gets exactly the variables that it cannot set itself, for a ${use}`, () => {
            const names = Object.keys(variables(shopOf(made, `x-${use}`)));
            assert.deepEqual(names.sort(), [...POD_VARIABLES, ...reserved].sort());
        });

        it(`reads the credentials of a ${use} from its own document, and is let out to it`, () => {
            const secret = object(made, `x-${use}`, "ExternalSecret", use);
            const [field] = (secret.inputs["spec"] as Json)["data"] as { remoteRef: Json }[];
            assert.equal(field?.remoteRef["key"], DOCUMENTS[use as keyof typeof USES]);
            const out = spec(made, `x-${use}`, "NetworkPolicy", `allow-${use}`);
            assert.deepEqual(out["podSelector"], {
                matchLabels: { "app.kubernetes.io/instance": `x-${use}` },
            });
            assert.equal((out["egress"] as Json[]).length > 0, true);
        });
    }

    it("trusts the authority of the service, by a file that it is told of", () => {
        const own = shopOf(made, "x-queue");
        const path = variables(own)["AMQP_CA_FILE"];
        assert.equal(path, "/etc/platform/queue/ca.crt");
        const { volumes } = pod(made, "x-queue", "Deployment");
        assert.deepEqual((volumes as Json[])[1], {
            name: "ca-queue",
            secret: {
                secretName: "queue",
                defaultMode: 0o444,
                items: [{ key: "ca", path: "ca.crt" }],
            },
        });
        assert.deepEqual((own?.["volumeMounts"] as Json[])[1], {
            name: "ca-queue",
            mountPath: "/etc/platform/queue",
            readOnly: true,
        });
    });

    it("needs no file where everybody knows the authority", async () => {
        const shop = await plan({ shop: { cache: "two" } }, { ...SERVICES, cloud: "aws" });
        assert.equal(variables(shopOf(shop))["REDIS_CA_FILE"], undefined);
        assert.equal((pod(shop, "shop", "Deployment")["volumes"] as Json[]).length, 1);
    });

    it("waits for its database to be there", () => {
        const prepared = made.resources.find(
            ({ type, name }) => type === "kubernetes:batch/v1:Job" && name.includes("-databases-"),
        );
        assert.ok(prepared);
        const { options } = object(made, "x-database", "Deployment");
        assert.ok(options.dependencies.includes(prepared.urn));
        const other = object(made, "x-cache", "Deployment").options.dependencies;
        assert.equal(other.includes(prepared.urn), false);
    });
});

describe("an application that uses a bucket", () => {
    const buckets = { "user-uploads": "write", reports: "read" };
    const objectStores = { "user-uploads": {}, reports: {} };

    /** What lets an identity use a store, on each cloud. */
    const GRANTS = {
        aws: /^aws:iam\/rolePolicy:RolePolicy$/,
        azure: /^azure-native:authorization:RoleAssignment$/,
        gcp: /^gcp:storage\/bucketIAMMember:BucketIAMMember$/,
    };

    for (const cloud of ["aws", "azure", "gcp"] as const) {
        it(`takes on an identity that may use these buckets only, on ${cloud}`, async () => {
            const made = await plan({ shop: { buckets }, other: {} }, { objectStores, cloud });
            const env = variables(shopOf(made));
            assert.deepEqual(Object.keys(env).sort(), [
                "BUCKET_REPORTS",
                "BUCKET_REPORTS_ENDPOINT",
                "BUCKET_USER_UPLOADS",
                "BUCKET_USER_UPLOADS_ENDPOINT",
                "POD_IP",
                "POD_NAME",
            ]);
            for (const name of ["REPORTS", "USER_UPLOADS"]) {
                assert.match(String(env[`BUCKET_${name}_ENDPOINT`]), /^https:\/\//);
                assert.equal(typeof env[`BUCKET_${name}`], "string");
            }
            const grants = made.resources.filter(
                ({ type, name }) => GRANTS[cloud].test(type) && name.includes("shop-bucket-"),
            );
            assert.equal(grants.length > 0, true);
            const { options } = object(made, "shop", "Deployment");
            for (const { urn } of grants) assert.ok(options.dependencies.includes(urn), urn);
            const names = ["allow-bucket-reports", "allow-bucket-user-uploads", "allow-identity"];
            for (const name of names) object(made, "shop", "NetworkPolicy", name);
            assert.equal("annotations" in (account(made, "other") as object), false);
        });
    }

    it("may only read what it only asked to read", async () => {
        const made = await plan({ shop: { buckets } }, { objectStores, cloud: "aws" });
        const actions = (bucket: string) =>
            made
                .all("aws:iam/rolePolicy:RolePolicy")
                .filter(({ name }) => name.includes(`shop-bucket-${bucket}`))
                .flatMap(
                    ({ inputs }) => JSON.parse(String(inputs["policy"])) as { Statement: Json[] },
                )
                .flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action as string[]));
        assert.equal(actions("reports").includes("s3:PutObject"), false);
        assert.equal(actions("user-uploads").includes("s3:PutObject"), true);
    });
});

const account = (made: Recorded, application: string) =>
    object(made, application, "ServiceAccount").inputs["metadata"];

describe("an application that calls others", () => {
    const APPLICATIONS = {
        shop: { calls: ["api", "api:admin", "stock"] },
        api: { port: 3000, ports: { admin: 9000 }, calls: ["stock"] },
        stock: {},
    };

    it("is told their addresses, and let out to exactly these ports", async () => {
        const made = await plan(APPLICATIONS);
        const env = variables(shopOf(made));
        assert.equal(env["API_URL"], "http://api.api.svc.cluster.local");
        assert.equal(env["API_ADMIN_URL"], "http://api.api.svc.cluster.local:9000");
        assert.equal(env["STOCK_URL"], "http://stock.stock.svc.cluster.local");
        const way = (application: string, policy: string, direction: "ingress" | "egress") =>
            spec(made, application, "NetworkPolicy", policy)[direction];
        const pods = (key: string) => ({
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": key } },
            podSelector: { matchLabels: { "app.kubernetes.io/instance": key } },
        });
        const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: "TCP", port }));
        assert.deepEqual(way("shop", "allow-call-api", "egress"), [
            { to: [pods("api")], ports: tcp(3000) },
        ]);
        assert.deepEqual(way("shop", "allow-call-api-admin", "egress"), [
            { to: [pods("api")], ports: tcp(9000) },
        ]);
        assert.deepEqual(way("api", "allow-caller-shop", "ingress"), [
            { from: [pods("shop")], ports: tcp(3000, 9000) },
        ]);
        assert.deepEqual(way("stock", "allow-caller-api", "ingress"), [
            { from: [pods("api")], ports: tcp(8080) },
        ]);
    });

    it("may have any name, also one that reads like a policy", async () => {
        const made = await plan({ namespace: { calls: ["api"] }, api: {} });
        const own = spec(made, "api", "NetworkPolicy", "allow-from-namespace")["ingress"];
        assert.deepEqual((own as Json[])[0]?.["from"], [{ podSelector: {} }]);
        object(made, "api", "NetworkPolicy", "allow-caller-namespace");
    });
});

describe("an application that uses all there is", () => {
    const image = "acme/proxy:1.0";
    const EVERYTHING = {
        shop: {
            ...Object.assign({}, ...Object.values(USES)),
            kind: "web",
            buckets: { one: "write" },
            secrets: { KEY: { generate: 32 } },
            sidecars: { proxy: { image, port: 9001 } },
            release: { command: ["migrate"] },
            files: { "/etc/shop.yaml": "a: b" },
            volumes: {
                data: { path: "/data", kind: "block" },
                media: { path: "/media", kind: "shared", files: "one" },
            },
            egress: { bank: { cidrs: ["198.51.100.0/24"], ports: [443, 8443] } },
            slo: 99.9,
        },
        some: {
            kind: "worker",
            queue: "one",
            stream: { name: "one", consumes: ["orders"] },
            replicas: { min: 0, max: 3 },
            scaling: { messages: 5, lag: 10 },
        },
        etl: { kind: "pipeline", schedule: "0 1 * * *", database: "one", steps: { only: {} } },
    };

    for (const cloud of Object.keys(SITES) as (keyof typeof SITES)[]) {
        it(`is the same while nothing is known yet, and valid once it is, on ${cloud}`, async () => {
            const known = await plan(EVERYTHING, { ...SERVICES, cloud });
            const unknown = await plan(EVERYTHING, { ...SERVICES, cloud, preview: true });
            assert.deepEqual(unknown.urns(), known.urns());
            const own = known.resources.filter(({ urn }) =>
                urn.includes("platform:kubernetes:Application$"),
            );
            assert.equal(own.length > 60, true);
            for (const { type, inputs } of own) validate(type, inputs);
        });
    }
});
