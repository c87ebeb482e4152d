import assert from "node:assert/strict";
import { POD_VARIABLES, SERVICE_VARIABLES } from "../../../components/lib/reserved.ts";
import type { Recorded } from "../../../tools/offline/mocks.ts";
import { containers, type Json, NAME, object, plan, pod, spec, variables } from "./program.ts";
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

/** Those that the cloud runs. */
const BOUGHT = {
    databases: SERVICES.databases,
    caches: { two: SERVICES.caches.two },
    objectStores: SERVICES.objectStores,
    sharedFiles: SERVICES.sharedFiles,
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

/** Applications that use one service each, and some that use all there is. */
const EVERYTHING = {
    ...Object.fromEntries(Object.entries(USES).map(([use, said]) => [`x-${use}`, said])),
    shop: {
        ...Object.assign({}, ...Object.values(USES)),
        kind: "web",
        buckets: { one: "write" },
        secrets: { KEY: { generate: 32 } },
        sidecars: { proxy: { image: "acme/proxy:1.0", port: 9001 } },
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

let run: Promise<Recorded> | undefined;

/** All of them on AWS, planned once. */
const whole = () => (run ??= plan(EVERYTHING, { ...SERVICES, cloud: "aws" }));

const shopOf = (made: Recorded, application = "shop") =>
    containers(pod(made, application, "Deployment"))[application];

describe("an application that uses a service", () => {
    let made: Recorded;
    before(async () => {
        made = await whole();
    });

    for (const [use, reserved] of Object.entries(SERVICE_VARIABLES)) {
        it(`gets exactly the variables that it cannot set itself, for a ${use} (G7.15)`, () => {
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
        const shop = await plan(
            { shop: { cache: "two" } },
            { caches: { two: { placement: "cloud" } }, cloud: "aws" },
        );
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

describe("an application that uses all there is", () => {
    /** What each cloud has another part in. */
    const IN_CLOUD = {
        shop: {
            database: "one",
            cache: "two",
            buckets: { one: "write" },
            secrets: { KEY: { generate: 32 } },
            volumes: { media: { path: "/media", kind: "shared", files: "one" } },
        },
    };

    for (const [cloud, applications] of [
        ["aws", EVERYTHING],
        ["azure", IN_CLOUD],
        ["gcp", IN_CLOUD],
    ] as const) {
        it(`is the same while nothing is known yet, and valid once it is, on ${cloud}`, async () => {
            const services = cloud === "aws" ? SERVICES : BOUGHT;
            const known = await (cloud === "aws"
                ? whole()
                : plan(applications, { ...services, cloud }));
            const unknown = await plan(applications, { ...services, cloud, preview: true });
            assert.deepEqual(unknown.urns(), known.urns());
            const own = known.resources.filter(({ urn }) =>
                urn.includes("platform:kubernetes:Application$"),
            );
            assert.equal(own.length > 15, true);
            for (const { type, inputs } of own) validate(type, inputs);
        });
    }
});
