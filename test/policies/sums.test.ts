import assert from "node:assert/strict";
import {
    broken,
    UNKNOWN,
    type ExampleResource,
    type Inputs,
} from "../../policies/examples/example.ts";
import { stackExamples } from "../../policies/examples/index.ts";
import {
    awsAddresses,
    awsAllocatable,
    awsMachine,
    awsPods,
} from "../../policies/rules/sums/machines/aws.ts";
import { azureAllocatable, azureMachine } from "../../policies/rules/sums/machines/azure.ts";
import { googleAllocatable, googleMachine } from "../../policies/rules/sums/machines/google.ts";
import { Stack } from "../../policies/runtime/stack.ts";
import { toStackResource } from "../../tools/offline/guardrails.ts";
import { wholeStack } from "../support/stacks.ts";
import { contextOf, judgeStack, ruleOf } from "./judge.ts";

/** The messages of what a rule finds. */
function messages(id: string, resources: readonly ExampleResource[], options: Inputs = {}) {
    return judgeStack(ruleOf(id), resources, { options }).map((verdict) =>
        verdict.state === "fail" ? verdict.message : `unknown ${verdict.path}`,
    );
}

const pods = (name: string, replicas: number, resources: Inputs, kind = "Deployment") => ({
    name,
    type: `kubernetes:apps/v1:${kind}`,
    inputs: {
        metadata: { name, namespace: "shop" },
        spec: {
            replicas,
            strategy: { rollingUpdate: { maxSurge: 1 } },
            template: { spec: { containers: [{ name, resources }] } },
        },
    },
});

const quota = (hard: Inputs) => ({
    name: "quota",
    type: "kubernetes:core/v1:ResourceQuota",
    inputs: { metadata: { name: "quota", namespace: "shop" }, spec: { hard } },
});

describe("the sum in a finding", () => {
    it("names its terms: replicas, surge, what each asks for, and the quota", () => {
        const web = pods("web", 10, { requests: { cpu: "500m", memory: "1.5Gi" } });
        assert.deepEqual(
            messages("k8s-quota-holds-maximum", [
                web,
                quota({ "requests.cpu": "4", memory: "16Gi", pods: 10 }),
            ]),
            [
                "10 replicas of 1536Mi and 1 surge are 16896Mi; the quota is 16Gi",
                "10 replicas and 1 surge are 11; the quota is 10",
                "10 replicas of 500m and 1 surge are 5500m; the quota is 4",
            ],
        );
    });

    it("finds the quota of production that its own autoscaler outgrows (G12.6)", () => {
        const web = pods("web", 20, { limits: { cpu: "500m", memory: "1Gi" } }, "StatefulSet");
        assert.deepEqual(
            messages("k8s-quota-holds-maximum", [
                web,
                quota({ "limits.cpu": "8", "limits.memory": "16Gi" }),
            ]),
            [
                "20 replicas of 500m are 10; the quota is 8",
                "20 replicas of 1Gi are 20Gi; the quota is 16Gi",
            ],
        );
    });

    it("puts the largest terms first, and counts the rest", () => {
        const many = [1, 2, 3, 4, 5, 6].map((cpu) =>
            pods(`set-${cpu}`, 1, { requests: { cpu } }, "StatefulSet"),
        );
        assert.deepEqual(messages("k8s-quota-holds-maximum", [...many, quota({ cpu: "20" })]), [
            "1 replica of 6, 1 replica of 5, 1 replica of 4, 1 replica of 3, and 2 smaller ones are 21; the quota is 20",
        ]);
    });

    it("says how many containers a quota refuses, if the stack shows the whole namespace", () => {
        const namespace = {
            name: "shop",
            type: "kubernetes:core/v1:Namespace",
            inputs: { metadata: { name: "shop" } },
        };
        const web = pods("web", 2, {});
        const hard = quota({ "limits.cpu": "8" });
        assert.deepEqual(messages("k8s-quota-holds-maximum", [namespace, web, hard]), [
            "1 container states no amount and no LimitRange gives one, so the quota refuses their pods",
        ]);
        assert.deepEqual(messages("k8s-quota-holds-maximum", [web, hard]), [
            'unknown spec.hard["limits.cpu"]',
        ]);
    });

    it("takes the limit of a whole pod for its request, and asks nothing of its containers then", () => {
        const namespace = {
            name: "shop",
            type: "kubernetes:core/v1:Namespace",
            inputs: { metadata: { name: "shop" } },
        };
        const web = (resources: Inputs, container: Inputs) => ({
            name: "web",
            type: "kubernetes:apps/v1:StatefulSet",
            inputs: {
                metadata: { name: "web", namespace: "shop" },
                spec: {
                    replicas: 4,
                    template: { spec: { resources, containers: [{ name: "web", ...container }] } },
                },
            },
        });
        const found = (resources: Inputs, container: Inputs = {}) =>
            messages("k8s-quota-holds-maximum", [
                namespace,
                web(resources, container),
                quota({ "requests.cpu": "3", "limits.memory": "4Gi" }),
            ]);
        const limits = { cpu: "1", memory: "1Gi" };
        assert.deepEqual(found({ limits }), ["4 replicas of 1 are 4; the quota is 3"]);
        assert.deepEqual(found({ limits }, { resources: { requests: { cpu: "500m" } } }), []);
        assert.deepEqual(found({ requests: { cpu: "500m" } }), []);
    });

    it("finds volumes of add-ons that exceed the cap of a namespace (G12.7)", () => {
        const set = (name: string) => ({
            name,
            type: "kubernetes:apps/v1:StatefulSet",
            inputs: {
                metadata: { name, namespace: "shop" },
                spec: {
                    replicas: 3,
                    volumeClaimTemplates: [
                        { spec: { resources: { requests: { storage: "100Gi" } } } },
                    ],
                },
            },
        });
        const words = "3 replicas of 100Gi, 3 replicas of 100Gi are 600Gi";
        assert.deepEqual(
            messages("k8s-storage-within-quota", [
                set("kafka"),
                set("elasticsearch"),
                quota({ "requests.storage": "100Gi" }),
            ]),
            [`${words}; the quota is 100Gi`],
        );
        assert.deepEqual(
            messages("k8s-storage-within-quota", [set("kafka"), set("elasticsearch")], {
                maximum: "100Gi",
            }),
            [`${words}; a namespace may have 100Gi`],
        );
    });

    for (const [type, left] of [
        ["t3.medium", "3554Mi"],
        ["e2-medium", "2972Mi"],
    ] as const) {
        it(`finds a search engine of 4 GiB on nodes of ${type} (G12.8)`, () => {
            const isAws = type.startsWith("t3");
            const cluster: ExampleResource = {
                name: "cluster",
                type: isAws ? "aws:eks/cluster:Cluster" : "gcp:container/cluster:Cluster",
                inputs: { removeDefaultNodePool: true, location: "europe-west3-a" },
            };
            const pool: ExampleResource = isAws
                ? {
                      name: "pool",
                      type: "aws:eks/nodeGroup:NodeGroup",
                      inputs: { clusterName: UNKNOWN, instanceTypes: [type] },
                      references: { clusterName: ["cluster"] },
                  }
                : {
                      name: "pool",
                      type: "gcp:container/nodePool:NodePool",
                      inputs: { cluster: UNKNOWN, nodeConfig: { machineType: type } },
                      references: { cluster: ["cluster"] },
                  };
            const provider: ExampleResource = {
                name: "site",
                type: "pulumi:providers:kubernetes",
                inputs: { kubeconfig: UNKNOWN },
                references: { kubeconfig: ["cluster"] },
            };
            const search = pods("search", 3, { requests: { memory: "4Gi" } }, "StatefulSet");
            assert.deepEqual(messages("k8s-pod-fits-node", [cluster, pool, provider, search]), [
                `a pod asks for 4Gi of memory; the largest node leaves ${left} for pods`,
            ]);
        });
    }

    it("finds a subnet of AKS that is too small for the pods of its nodes (G12.9)", () => {
        const [example] = stackExamples["cluster-addresses-hold-maximum"]!.filter(({ title }) =>
            title.includes("share the nodes' subnet"),
        );
        const set = ["workers", "maxCount", 10] as const;
        assert.deepEqual(
            messages("cluster-addresses-hold-maximum", broken(example!.good, { set })),
            [
                "2 nodes of 31 and 1 surge, 10 nodes of 31 and 3 surge are 496 addresses; the subnet has 251",
            ],
        );
    });

    it("finds more pods than seventeen for each t3.medium (G12.9)", () => {
        const [example] = stackExamples["cluster-addresses-hold-maximum"]!.filter(({ title }) =>
            title.includes("as many pods"),
        );
        const set = ["web", "spec.replicas", 40] as const;
        assert.deepEqual(
            messages("cluster-addresses-hold-maximum", broken(example!.good, { set })),
            ["the workloads come to 40 pods; the nodes, 2 of 17, take 34"],
        );
        const karpenter: ExampleResource = {
            name: "karpenter",
            type: "kubernetes:karpenter.sh/v1:NodePool",
            provider: "kubernetes",
            inputs: { metadata: { name: "default" } },
        };
        const grown = [...broken(example!.good, { set }), karpenter];
        assert.deepEqual(messages("cluster-addresses-hold-maximum", grown), []);
    });

    it("leave pods alone for which the cloud makes nodes by class", () => {
        const [example] = stackExamples["k8s-pod-fits-node"]!.filter(
            ({ title }) => title === "a pod on GKE",
        );
        const { good } = example!;
        const large = broken(good, {
            set: ["search", "spec.template.spec.containers[0].resources.requests.cpu", "8"],
        });
        const nodeSelector = { "cloud.google.com/compute-class": "autopilot" };
        const classed = broken(large, {
            set: ["search", "spec.template.spec.nodeSelector", nodeSelector],
        });
        const maker: ExampleResource = {
            name: "class",
            type: "kubernetes:cloud.google.com/v1:ComputeClass",
            provider: "kubernetes",
            inputs: { metadata: { name: "large" } },
        };
        assert.equal(messages("k8s-pod-fits-node", large).length, 1);
        assert.deepEqual(messages("k8s-pod-fits-node", classed), [
            'unknown spec.template.spec.nodeSelector["cloud.google.com/compute-class"]',
        ]);
        assert.deepEqual(messages("k8s-pod-fits-node", [...large, maker]), ["unknown spec"]);
        const release = (chart: string): ExampleResource => ({
            name: "release",
            type: "kubernetes:helm.sh/v3:Release",
            provider: "kubernetes",
            inputs: { chart, namespace: "kube-system" },
        });
        const karpenter = release("oci://public.ecr.aws/karpenter/karpenter");
        assert.deepEqual(messages("k8s-pod-fits-node", [...large, karpenter]), ["unknown spec"]);
        assert.equal(messages("k8s-pod-fits-node", [...large, release("podinfo")]).length, 1);
    });
});

describe("the sums on the first preview of the platform's own clusters", () => {
    const QUOTA = "myapp-prod-aws-podinfo-pods";
    const GROUP = "myapp-prod-aws-workers";

    /** What a rule says of prod, before anything is made, if one resource is given other inputs. */
    async function found(id: string, name: string, type: string, inputs: Inputs) {
        const { resources } = await wholeStack("prod", { preview: true });
        const stack = new Stack(
            resources.map((one) =>
                one.name === name && one.type === type
                    ? toStackResource(
                          one,
                          { ...one.inputs, ...inputs },
                          { ...one.inputs, ...inputs },
                      )
                    : toStackResource(one),
            ),
        );
        const rule = ruleOf(id);
        return rule
            .stack!.check(stack, contextOf(rule))
            .map((verdict) => [
                verdict.urn.split("::").at(-1),
                verdict.state === "fail" ? verdict.message : verdict.state,
            ]);
    }

    it("find the quota of one cluster that its workloads outgrow, and leave the others alone", async () => {
        const type = "kubernetes:core/v1:ResourceQuota";
        const spec = { hard: { pods: "10", "requests.cpu": "1" } };
        const all = await found("k8s-quota-holds-maximum", QUOTA, type, { spec });
        const [known, unknown] = [
            all.filter(([name]) => name === QUOTA),
            all.filter(([name]) => name !== QUOTA),
        ];
        // What Helm installs is out of sight.
        assert.ok(
            unknown.every(
                ([name, state]) => /external-secrets/.test(name ?? "") && state === "unknown",
            ),
        );
        assert.deepEqual(known, [
            [QUOTA, "10 replicas and 1 surge are 11; the quota is 10"],
            [QUOTA, "10 replicas of 100m and 1 surge are 1100m; the quota is 1"],
        ]);
    });

    it("find the pods of one cluster that fit on none of its machines", async () => {
        const type = "aws:eks/nodeGroup:NodeGroup";
        const name = "k8s-pod-fits-node";
        assert.deepEqual(await found(name, GROUP, type, { instanceTypes: ["t3.nano"] }), [
            [
                "myapp-prod-aws-podinfo",
                "a pod asks for 128Mi of memory; the largest node leaves 113Mi for pods",
            ],
        ]);
        const unknown = await found(name, GROUP, type, { instanceTypes: ["z9.huge"] });
        assert.deepEqual(
            unknown.map(([of, state]) => [of?.replace(/-[0-9a-f]{8}$/, ""), state]),
            [
                ["myapp-prod-aws-podinfo", "unknown"],
                ["myapp-prod-aws-databases-main", "unknown"],
            ],
        );
    });

    it("find the subnets that one pool may outgrow", async () => {
        const type = "aws:eks/nodeGroup:NodeGroup";
        const scalingConfig = { minSize: 3, maxSize: 400 };
        assert.deepEqual(
            await found("cluster-addresses-hold-maximum", GROUP, type, { scalingConfig }),
            [[GROUP, "400 nodes of 129 are 51600 addresses; the subnets have 49137"]],
        );
    });
});

describe("the tables of machines", () => {
    it("give the pods that EKS documents for each type", () => {
        const DOCUMENTED = {
            "t3.small": 11,
            "t3.medium": 17,
            "t3.large": 35,
            "t3a.small": 8,
            "t4g.micro": 4,
            "m5.large": 29,
            "m6i.xlarge": 58,
            "m6i.2xlarge": 58,
            "m6g.medium": 8,
            "c6i.4xlarge": 234,
            "r5.8xlarge": 234,
            "m5.16xlarge": 737,
        };
        for (const [type, pods] of Object.entries(DOCUMENTED)) {
            assert.equal(awsPods(awsMachine(type)!, false), pods, type);
        }
        assert.equal(awsPods(awsMachine("m6i.large")!, true), 110);
        assert.equal(awsPods(awsMachine("m6i.8xlarge")!, true), 250);
    });

    it("count the addresses of a full node", () => {
        const medium = awsMachine("t3.medium")!;
        assert.equal(awsAddresses(medium, 17, false), 18);
        assert.equal(awsAddresses(medium, 110, true), 129);
    });

    it("know no types that there are not, or that follow no rule", () => {
        for (const type of [
            "m6i.medium",
            "m5.metal",
            "m6id.large",
            "x2gd.large",
            "t3",
            "t3.constructor",
            "",
        ]) {
            assert.equal(awsMachine(type), undefined, type);
        }
        for (const size of [
            "Standard_D4s_v9",
            "Standard_E64s_v5",
            "Standard_F8s_v5",
            "Standard_NC6",
            "toString",
        ]) {
            assert.equal(azureMachine(size), undefined, size);
        }
        for (const type of [
            "e2-standard",
            "m3-ultramem-32",
            "e2-medium-2",
            "constructor-standard-2",
        ]) {
            assert.equal(googleMachine(type), undefined, type);
        }
    });

    it("read cores and memory from names", () => {
        assert.deepEqual(azureMachine("Standard_D8ds_v5"), { cores: 8, memory: 32 });
        assert.deepEqual(azureMachine("Standard_D2ls_v5"), { cores: 2, memory: 4 });
        assert.deepEqual(azureMachine("Standard_E4as_v5"), { cores: 4, memory: 32 });
        assert.deepEqual(azureMachine("Standard_F8s_v2"), { cores: 8, memory: 16 });
        assert.deepEqual(googleMachine("n2-highmem-4"), { cores: 4, memory: 32 });
        assert.deepEqual(googleMachine("n2d-custom-4-10240"), { cores: 4, memory: 10 });
        assert.deepEqual(googleMachine("custom-2-4096"), { cores: 2, memory: 4 });
    });

    it("take off what each cloud's formula keeps", () => {
        assert.deepEqual(awsAllocatable(awsMachine("m5.large")!), {
            millicores: 1930,
            mebibytes: 8192 - 255 - 11 * 29 - 100,
        });
        const aks = azureAllocatable({ cores: 2, memory: 8 }, 30);
        assert.equal(aks.millicores, 1900);
        // 650 MB and 100 MiB of 8 GiB.
        assert.equal(Math.round(aks.mebibytes), Math.round(8192 - 650 / 1.048576 - 100));
        assert.equal(azureAllocatable({ cores: 2, memory: 4 }, 110).mebibytes, 3072 - 100);
        const gke = googleAllocatable(googleMachine("e2-standard-4")!);
        assert.equal(gke.millicores, 3920);
        assert.equal(Math.round(gke.mebibytes), Math.round((16 - 2.6) * 1024 - 100));
        assert.equal(googleAllocatable(googleMachine("e2-medium")!).millicores, 940);
        assert.equal(
            Math.round(googleAllocatable(googleMachine("e2-micro")!).mebibytes),
            1024 - 355,
        );
    });
});
