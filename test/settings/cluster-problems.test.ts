import { app, aws, azure, gcp, pool, rejectsEach } from "./support.ts";

describe("settings of clusters that are wrong", () => {
    rejectsEach([
        [
            "Kubernetes out of support",
            { cluster: { version: "1.34" } },
            [
                'cluster.version: "1.34" is out of support as a version of Kubernetes (standard support ends: 2026-12-02 on AWS). Write "1.35" or "1.36".',
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
                        cluster: {
                            nodePools: { workers: {}, cheap: { spot: true, size: "small" } },
                        },
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
    ]);
});
