import assert from "node:assert/strict";
import fc from "fast-check";
import { describeProblem } from "../../components/lib/problem.ts";
import { parse } from "../../components/settings/parse.ts";
import type { Shape } from "../../components/settings/shape.ts";
import { isMapping } from "../../components/settings/shape.ts";
import { SCHEMA } from "../../components/settings/schema.ts";
import { aws, azure, gcp, stack, TODAY } from "./support.ts";

/** Every key of the schema, so that nonsense lands in the right places too. */
function keysOf(shape: Shape): string[] {
    if (shape.kind === "entries") return keysOf(shape.entry);
    if (shape.kind !== "section") return [];
    return Object.entries(shape.fields).flatMap(([key, field]) => [key, ...keysOf(field.shape)]);
}

const NASTY = [
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "",
    "a.b",
    "[0]",
    "a\nb",
    "é",
];

const keys = fc.constantFrom(...new Set(keysOf(SCHEMA)), "main", "workers", "x-1", ...NASTY);

const leaves = fc.oneof(
    fc.string(),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(
        null,
        undefined,
        "10.0.0.0/33",
        "0.0.0.0/0",
        "172.30.0.0/16",
        "999999 GiB",
        "99999 days",
        "1 day",
        "aws",
        "gcp",
        "prod",
        "1.35",
        "micro",
        "nginx",
        "pipeline",
        "block",
        "public",
        "main",
        "constructor",
        "__proto__",
        "shop:constructor",
        0,
        Number.NaN,
        10n,
        () => 1,
        Symbol("x"),
        new Date(0),
    ),
);

const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
    leaf: leaves,
    tree: fc.oneof(
        { depthSize: "medium", withCrossShrink: true },
        tie("leaf"),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(keys, tie("tree"), { maxKeys: 5, noNullPrototype: true }),
    ),
}));

const image = "ghcr.io/acme/shop:1.4.2";

/** Applications that have a part of every sort. */
const APPLICATIONS = {
    shop: {
        kind: "web",
        image,
        ports: { admin: 9000 },
        database: "main",
        cache: "main",
        search: "main",
        buckets: { media: "write" },
        env: { A: "b" },
        files: { "/etc/shop.yaml": "a: b" },
        secrets: { KEY: "key", SALT: { generate: 32 } },
        sidecars: { proxy: { image, port: 9001 } },
        release: { command: ["migrate"] },
        volumes: {
            data: { path: "/data", kind: "block" },
            media: { path: "/media", kind: "shared", files: "main" },
        },
        egress: { bank: { cidrs: ["198.51.100.0/24"] } },
        expose: { reach: "public", rateLimit: {}, cors: { origins: ["https://example.com"] } },
        slo: 99.9,
        calls: ["api", "api:admin"],
    },
    api: { image, ports: { admin: 9000 }, sites: ["a", "b", "c"] },
    work: {
        kind: "worker",
        image,
        queue: "main",
        stream: { name: "main", consumes: ["orders"] },
        replicas: { min: 0, max: 3 },
        scaling: { messages: 10, lag: 10 },
        placement: { pool: "workers" },
    },
    nightly: {
        kind: "pipeline",
        image,
        schedule: { cron: "0 1 * * *", overlap: "replace" },
        steps: { one: {}, two: { after: "one", env: { A: "b" } } },
    },
};

const GOOD = stack({
    sites: { a: aws(), b: azure(), c: gcp() },
    network: { highAvailability: true },
    cluster: { nodePools: { workers: { labels: { team: "a" }, taints: [] } } },
    apiAccess: { cidrs: ["203.0.113.0/24"], administrators: [] },
    databases: { main: { size: "medium", highAvailability: true } },
    registries: { images: { repositories: ["shop"] } },
    gateway: { domain: "example.com", email: "team@example.com" },
    objectStores: { media: { coolAfter: "30 days", expireAfter: "60 days" } },
    caches: { main: { placement: "cluster" } },
    queues: { main: {} },
    streams: { main: { topics: { orders: { partitions: 3 } } } },
    searches: { main: {} },
    sharedFiles: { main: {} },
    applications: APPLICATIONS,
});

/** Paths of everything in a tree. */
function pathsOf(value: unknown): string[][] {
    if (!isMapping(value)) return [[]];
    return [
        [],
        ...Object.entries(value).flatMap(([key, inner]) =>
            pathsOf(inner).map((path) => [key, ...path]),
        ),
    ];
}

function replace(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
    if (key === undefined || !isMapping(value)) return by;
    return { ...value, [key]: replace(value[key], rest, by) };
}

/** Whatever it was given, the answer is settings or problems, and the problems can be read. */
function check(input: unknown): void {
    const parsed = parse(input, { today: TODAY });
    const lines = (parsed.problems ?? parsed.settings.warnings).map(describeProblem);
    assert.ok(parsed.settings || lines.length > 0, "refused without a reason");
    for (const line of lines) {
        assert.doesNotMatch(line, /undefined|\[object|\bNaN is below|function|^\s*:|\n/);
        assert.match(line, /[.?!]$/);
    }
    assert.equal(new Set(lines).size, lines.length, `twice: ${lines.join("\n")}`);
}

describe("settings, whatever they are given", () => {
    it("never throw for any tree of values", () => {
        fc.assert(fc.property(tree, check), { numRuns: 500 });
    });

    it("never throw for a right stack with something wrong put anywhere", () => {
        const spot = fc.constantFrom(...pathsOf(GOOD));
        fc.assert(
            fc.property(
                fc.array(fc.tuple(spot, tree), { minLength: 1, maxLength: 4 }),
                (changes) => {
                    check(
                        changes.reduce<unknown>((raw, [path, by]) => replace(raw, path, by), GOOD),
                    );
                },
            ),
            { numRuns: 300 },
        );
    });

    it("are right for the stack that they are tried on", () => {
        const problems = parse(GOOD, { today: TODAY }).problems ?? [];
        assert.deepEqual(problems.map(describeProblem), []);
    });

    it("do not change what they are given", () => {
        const before = JSON.stringify(GOOD);
        parse(GOOD, { today: TODAY });
        assert.equal(JSON.stringify(GOOD), before);
        assert.ok(parse(Object.freeze(structuredClone(GOOD)), { today: TODAY }).settings);
    });

    it("leave no trace in what all objects inherit", () => {
        const nasty: unknown = JSON.parse(
            '{"sites":{"__proto__":{"cloud":"aws"}},"tags":{"__proto__":"x"},"databases":{"constructor":{"size":"small"}}}',
        );
        check(nasty);
        assert.equal(Object.hasOwn(Object.prototype, "cloud"), false);
        assert.equal(({} as Record<string, unknown>).size, undefined);
    });
});
