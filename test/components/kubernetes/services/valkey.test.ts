import assert from "node:assert/strict";
import { ValkeyCache } from "../../../../components/kubernetes/services/valkey.ts";
import type { ValkeyCacheArgs } from "../../../../components/kubernetes/services/valkey.ts";
import {
    assertSameUnknown,
    itReaches,
    listed,
    objectsText,
    one,
    PASSWORD,
    pod,
    podOf,
    reachability,
    serviceOf,
    stored,
    validateAll,
    WEB,
} from "./support.ts";
import type { Connection } from "./support.ts";

const SIZE = {
    size: "small",
    highAvailability: true,
    eviction: "least-recently-used",
    deletionProtection: true,
    storage: "10 GiB",
    clients: [WEB],
} as const;

/** Makes a cache and returns what it made, and the store. */
async function cache(changes: Partial<ValkeyCacheArgs> = {}, isUnknown = false) {
    const made = await serviceOf(
        "Cache",
        { key: "sessions", isUnknown },
        (around) => new ValkeyCache("site-sessions", { ...around, ...SIZE, ...changes }),
    );
    const values = one(made.own, "Release").inputs["values"] as Record<
        string,
        Record<string, unknown>
    >;
    return { ...made, values };
}

const SINGLE = { highAvailability: false, deletionProtection: false } as const;

describe("ValkeyCache", () => {
    it("installs the chart once its certificate and its passwords are there (P24)", async () => {
        const { own } = await cache();
        assert.deepEqual(
            listed(own).filter((line) => !/NetworkPolicy|RandomPassword|core/.test(line)),
            [
                "cert-manager.io/v1:Certificate site-sessions-tls",
                "external-secrets.io/v1:ExternalSecret site-sessions-valkey-sentinel-password",
                "external-secrets.io/v1:ExternalSecret site-sessions-valkey-users",
                "external-secrets.io/v1:SecretStore site-sessions-store",
                "helm.sh/v3:Release site-sessions",
            ],
        );
        const release = one(own, "Release");
        assert.equal(release.protect, true);
        assert.equal(release.inputs["version"], "1.0.0");
        assert.equal(release.inputs["name"], "valkey");
        for (const end of [
            "Certificate::site-sessions-tls",
            "ExternalSecret::site-sessions-valkey-users",
            "Class::block-retain",
        ]) {
            assert.ok(
                release.dependsOn.some((urn) => urn.endsWith(end)),
                end,
            );
        }
    });

    it("makes the same while nothing is known yet", () =>
        assertSameUnknown((isUnknown) => cache({}, isUnknown)));

    it("makes objects that the published schemas know", async () => {
        validateAll((await cache()).own, /Release/);
    });

    it("has three copies that fail over, and proxies that lead to the first", async () => {
        const { values } = await cache();
        assert.deepEqual(
            [values["replica"]?.["enabled"], values["replica"]?.["replicas"]],
            [true, 3],
        );
        assert.equal(values["replica"]?.["minReplicasToWrite"], 1);
        const { topologySpreadConstraints, resources, ...sentinel } = values["sentinel"] ?? {};
        assert.ok(topologySpreadConstraints && resources);
        assert.deepEqual(sentinel, {
            enabled: true,
            replicas: 3,
            quorum: 2,
            monitorUser: "platform",
            existingSecret: "valkey-sentinel-password",
            passwordKey: "sentinel",
            podDisruptionBudget: {
                enabled: true,
                maxUnavailable: 1,
                unhealthyPodEvictionPolicy: "AlwaysAllow",
            },
        });
        const { enabled, replicas, checkUser, image } = values["haproxy"] ?? {};
        assert.deepEqual(
            { enabled, replicas, checkUser, image },
            { enabled: true, replicas: 3, checkUser: "platform", image: { tag: "3.2.24-alpine" } },
        );
    });

    it("is one pod where nothing has to survive a zone", async () => {
        const { values, own } = await cache(SINGLE);
        for (const part of ["replica", "sentinel", "haproxy"]) {
            assert.equal(values[part], undefined, part);
        }
        assert.deepEqual(values["persistence"], {
            enabled: true,
            size: "10Gi",
            storageClass: "block-retain",
            keepOnUninstall: false,
        });
        assert.equal(one(own, "Release").protect, false);
    });

    it("asks for half as much memory again as it holds", async () => {
        for (const [size, memory, held] of [
            ["small", "1792Mi", "maxmemory 1gb"],
            ["medium", "7936Mi", "maxmemory 5gb"],
            ["large", "18688Mi", "maxmemory 12gb"],
        ] as const) {
            const { values } = await cache({ size });
            const { requests, limits } = values["resources"] as Record<string, { memory: string }>;
            assert.deepEqual([requests?.memory, limits?.memory], [memory, memory]);
            assert.match(String(values["extraConfig"]), new RegExp(`^${held}$`, "m"));
        }
    });

    it("drops the least used keys as a cache, and refuses writes as a store that it logs", async () => {
        const config = async (eviction: ValkeyCacheArgs["eviction"]) =>
            String((await cache({ eviction })).values["extraConfig"]).split("\n");
        assert.deepEqual(await config("least-recently-used"), [
            "maxmemory 1gb",
            "maxmemory-policy allkeys-lru",
            "appendonly no",
            'tls-protocols "TLSv1.2 TLSv1.3"',
            "tls-auto-reload-interval 3600",
            "",
        ]);
        assert.deepEqual((await config("none")).slice(1, 3), [
            "maxmemory-policy noeviction",
            "appendonly yes",
        ]);
    });

    it("speaks TLS only, and gives applications no command of an administrator", async () => {
        const { values } = await cache();
        assert.deepEqual(values["tls"], {
            enabled: true,
            existingSecret: "valkey-tls",
            serverPublicKey: "tls.crt",
            serverKey: "tls.key",
            caPublicKey: "ca.crt",
        });
        assert.deepEqual(values["auth"], {
            enabled: true,
            usersExistingSecret: "valkey-users",
            aclUsers: {
                default: { permissions: "~* &* +@all -@admin" },
                platform: { permissions: "~* &* +@all" },
            },
        });
    });

    it("stores the contract's document, and writes no password into an object", async () => {
        const { made, all } = await cache();
        const host = "valkey-haproxy.cache-sessions.svc.cluster.local";
        assert.deepEqual(stored(all, "site-sessions"), {
            host,
            port: "6379",
            password: PASSWORD,
            url: `rediss://:${PASSWORD}@${host}:6379`,
            ca: "PEM",
        });
        assert.deepEqual(made.credentials.fields, ["host", "port", "password", "url", "ca"]);
        assert.deepEqual(made.destinations, [
            {
                namespace: "cache-sessions",
                pods: { "app.kubernetes.io/name": "valkey-haproxy" },
                ports: [6379],
            },
        ]);
        assert.equal(objectsText(all).includes(PASSWORD), false);
    });

    it("is certified for both entrances and for each copy", async () => {
        const spec = one((await cache()).own, "Certificate").inputs["spec"];
        assert.deepEqual((spec as { dnsNames: unknown }).dnsNames, [
            "valkey-haproxy.cache-sessions.svc.cluster.local",
            "valkey.cache-sessions.svc.cluster.local",
            "*.valkey-headless.cache-sessions.svc.cluster.local",
            "*.valkey-sentinel-hl.cache-sessions.svc.cluster.local",
        ]);
    });

    it("rejects a volume without a size", async () => {
        await assert.rejects(
            cache({ storage: "0 GiB" }),
            /caches\.sessions\.storage: 0 GiB is not/,
        );
    });
});

describe("a cache's network policies (P25)", () => {
    const named = (name: string) => pod("cache-sessions", { "app.kubernetes.io/name": name });
    const [server, proxy, sentinel] = ["valkey", "valkey-haproxy", "valkey-sentinel"].map(named);
    assert.ok(server && proxy && sentinel);
    const prometheus = pod("observability", { "app.kubernetes.io/name": "prometheus" });
    const connections: readonly Connection[] = [
        ["the proxies to an application that uses it", podOf(WEB), proxy, 6379, true],
        ["the proxies to an application that does not", pod("shop"), proxy, 6379, false],
        [
            "the copies to an application that goes round the proxies",
            podOf(WEB),
            server,
            6379,
            false,
        ],
        ["the Sentinels to an application", podOf(WEB), sentinel, 26379, false],
        ["the copies to the proxies", proxy, server, 6379, true],
        ["the Sentinels to the copies", server, sentinel, 26379, true],
        ["the exporters to Prometheus", prometheus, server, 9121, true],
        ["the internet to the copies", server, { address: "203.0.113.1" }, 443, false],
    ];
    itReaches(cache, connections, (title) => title);

    it("open the one pod that there is to its applications", async () => {
        const { own } = await cache(SINGLE);
        assert.equal(reachability(own)(podOf(WEB), server, 6379), true);
    });
});
