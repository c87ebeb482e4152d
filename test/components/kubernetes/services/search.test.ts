import assert from "node:assert/strict";
import { searchProblems } from "../../../../components/kubernetes/services/refusals.ts";
import { ElasticSearch } from "../../../../components/kubernetes/services/search.ts";
import type { ElasticSearchArgs } from "../../../../components/kubernetes/services/search.ts";
import {
    assertSameUnknown,
    itReaches,
    listed,
    objectsText,
    one,
    PASSWORD,
    pod,
    podOf,
    serviceOf,
    specOf,
    stored,
    validateAll,
    WEB,
    WORKER,
} from "./support.ts";
import type { Connection } from "./support.ts";

const SIZE = {
    nodes: 3,
    storage: "100 GiB",
    resources: { cpu: "1", memory: "4Gi" },
    deletionProtection: true,
    clients: [WEB, WORKER],
} as const;

/** Makes a search cluster and returns what it made, and the store. */
function search(changes: Partial<ElasticSearchArgs> = {}, isUnknown = false) {
    return serviceOf(
        "Search",
        { key: "catalogue", isUnknown },
        (around) => new ElasticSearch("site-catalogue", { ...around, ...SIZE, ...changes }),
    );
}

interface Spec {
    readonly nodeSets: readonly [{ readonly podTemplate: { readonly spec: object } }];
}

describe("ElasticSearch", () => {
    it("makes Elasticsearch once its certificate and its users are there", async () => {
        const { own } = await search({ clients: [WEB] });
        assert.deepEqual(
            listed(own).filter((line) => !/NetworkPolicy|RandomPassword|core/.test(line)),
            [
                "cert-manager.io/v1:Certificate site-catalogue-tls",
                "elasticsearch.k8s.elastic.co/v1:Elasticsearch site-catalogue",
                "external-secrets.io/v1:ExternalSecret site-catalogue-user-web",
                "external-secrets.io/v1:SecretStore site-catalogue-store",
            ],
        );
        const { dependsOn, protect } = one(own, "Elasticsearch");
        assert.equal(protect, true);
        for (const end of ["ExternalSecret::site-catalogue-user-web", "Operator::operator"]) {
            assert.ok(
                dependsOn.some((urn) => urn.endsWith(end)),
                end,
            );
        }
    });

    it("makes the same while nothing is known yet", () =>
        assertSameUnknown((isUnknown) => search({}, isUnknown)));

    it("makes objects that the published schemas know", async () => {
        validateAll((await search()).own, /^$/);
    });

    it("has TLS, no master user, and users from Secrets only", async () => {
        const { nodeSets, ...spec } = specOf<Spec>((await search()).own, "Elasticsearch");
        const users = [{ secretName: "user-web" }, { secretName: "user-worker" }];
        assert.equal(nodeSets.length, 1);
        assert.deepEqual(spec, {
            version: "9.5.4",
            auth: { disableElasticUser: true, fileRealm: users, roles: users },
            http: { tls: { certificate: { secretName: "elasticsearch-tls" } } },
            volumeClaimDeletePolicy: "DeleteOnScaledownOnly",
            updateStrategy: { changeBudget: { maxSurge: 1, maxUnavailable: 1 } },
        });
    });

    it("spreads nodes over zones, keeps copies of shards apart, and reserves their memory", async () => {
        const {
            nodeSets: [{ podTemplate, ...nodes }],
        } = specOf<Spec>((await search()).own, "Elasticsearch");
        assert.deepEqual(nodes, {
            name: "nodes",
            count: 3,
            config: {
                "node.store.allow_mmap": false,
                "node.attr.zone": "${ZONE}",
                "cluster.routing.allocation.awareness.attributes": "k8s_node_name,zone",
                "ingest.geoip.downloader.enabled": false,
            },
            volumeClaimTemplates: [
                {
                    apiVersion: "v1",
                    kind: "PersistentVolumeClaim",
                    metadata: { name: "elasticsearch-data" },
                    spec: {
                        accessModes: ["ReadWriteOnce"],
                        storageClassName: "block-retain",
                        resources: { requests: { storage: "100Gi" } },
                    },
                },
            ],
        });
        const spread = (topologyKey: string, whenUnsatisfiable: string) => ({
            maxSkew: 1,
            topologyKey,
            whenUnsatisfiable,
            nodeTaintsPolicy: "Honor",
            labelSelector: {
                matchLabels: { "elasticsearch.k8s.elastic.co/cluster-name": "elasticsearch" },
            },
        });
        assert.deepEqual(podTemplate.spec, {
            securityContext: {
                runAsNonRoot: true,
                seccompProfile: { type: "RuntimeDefault" },
                runAsUser: 1000,
                runAsGroup: 1000,
                fsGroup: 1000,
            },
            automountServiceAccountToken: false,
            topologySpreadConstraints: [
                spread("topology.kubernetes.io/zone", "ScheduleAnyway"),
                spread("kubernetes.io/hostname", "DoNotSchedule"),
            ],
            containers: [
                {
                    name: "elasticsearch",
                    resources: {
                        requests: { cpu: "1", memory: "4Gi" },
                        limits: { cpu: "2", memory: "4Gi" },
                    },
                    env: [
                        {
                            name: "ZONE",
                            valueFrom: {
                                fieldRef: {
                                    fieldPath:
                                        "metadata.annotations['topology.kubernetes.io/zone']",
                                },
                            },
                        },
                    ],
                },
            ],
        });
    });

    it("gives an application its own indexes, and none of one whose name begins the same", async () => {
        const { own } = await search({ clients: [WEB] });
        const { target } = specOf<{ target: { template: unknown } }>(
            own,
            "ExternalSecret",
            "site-catalogue-user-web",
        );
        assert.deepEqual(target.template, {
            engineVersion: "v2",
            type: "kubernetes.io/basic-auth",
            data: {
                username: "{{ .username }}",
                password: "{{ .password }}",
                // Bare, the name of an application could be a role of Elasticsearch's own: viewer, superuser.
                roles: "application-web",
                "roles.yml":
                    '{"application-web":{"cluster":["monitor"],"indices":[{"names":["web","web.*","web_*"],"privileges":["all"]}]}}',
            },
        });
    });

    it("stores a document for each application, and writes no password into an object", async () => {
        const { made, all } = await search();
        assert.deepEqual(stored(all, "site-catalogue-web"), {
            host: "elasticsearch-es-http.search-catalogue.svc.cluster.local",
            port: "9200",
            username: "web",
            password: PASSWORD,
            url: `https://web:${PASSWORD}@elasticsearch-es-http.search-catalogue.svc.cluster.local:9200`,
            ca: "PEM",
        });
        assert.deepEqual(Object.keys(made.access), ["web", "worker"]);
        assert.equal(objectsText(all).includes(PASSWORD), false);
    });

    it("drops volumes with the cluster where nothing protects them", async () => {
        const { own } = await search({ deletionProtection: false });
        const { volumeClaimDeletePolicy } = specOf<{ volumeClaimDeletePolicy: string }>(
            own,
            "Elasticsearch",
        );
        assert.equal(volumeClaimDeletePolicy, "DeleteOnScaledownAndClusterDeletion");
    });

    it("rejects two nodes and too little memory, at once", async () => {
        const resources = { cpu: "1", memory: "1Gi" };
        await assert.rejects(search({ nodes: 2, resources }), (error: Error) => {
            assert.match(error.message, /searches\.catalogue\.nodes: 2 is no number of nodes/);
            assert.match(error.message, /memory: 1Gi is not an amount of memory of at least 2Gi/);
            return true;
        });
    });
});

describe("a search cluster's network policies", () => {
    const node = pod("search-catalogue", {
        "elasticsearch.k8s.elastic.co/cluster-name": "elasticsearch",
    });
    const connections: readonly Connection[] = [
        ["an application that uses it", podOf(WEB), node, 9200, true],
        ["an application that does not", pod("shop"), node, 9200, false],
        ["an application, of the nodes' own port", podOf(WEB), node, 9300, false],
        ["the operator", pod("elastic-system"), node, 9200, true],
        ["another node", node, node, 9300, true],
        ["a node, of the internet", node, { address: "203.0.113.1" }, 443, false],
    ];
    itReaches(search, connections);
});

describe("searchProblems", () => {
    it("takes one node, three and more", () => {
        for (const nodes of [1, 3, 4]) {
            assert.deepEqual(searchProblems({ ...SIZE, nodes }, "searches.catalogue"), []);
        }
    });
});
