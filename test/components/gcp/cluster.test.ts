import assert from "node:assert/strict";
import { initialNodesPerZone } from "../../../components/gcp/node-pools.ts";
import { inspect } from "../../../tools/offline/mocks.ts";
import { DEV, type GcpSiteArgs, POOL, PROD, runSite } from "./site.ts";

const CLUSTER = "gcp:container/cluster:Cluster";
const POOLS = "gcp:container/nodePool:NodePool";

/** The development site with some of the cluster's arguments changed. */
function withCluster(args: Partial<GcpSiteArgs["cluster"]>): GcpSiteArgs {
    return { ...DEV, cluster: { ...DEV.cluster, ...args } };
}

async function clusterInputs(args: GcpSiteArgs) {
    return (await runSite(args)).one(CLUSTER).inputs;
}

async function poolInputs(args: GcpSiteArgs, name = "myapp-dev-gcp-general") {
    const { inputs } = (await runSite(args)).one(POOLS, name);
    return { inputs, node: inputs["nodeConfig"] as Record<string, unknown> };
}

describe("GcpCluster", () => {
    it("lies in one zone without high availability, and in the region with it", async () => {
        assert.equal((await clusterInputs(DEV))["location"], "europe-west3-b");
        assert.equal((await clusterInputs(PROD))["location"], "europe-west3");
    });

    it("keeps the API to the listed blocks and the site's own network", async () => {
        const inputs = await clusterInputs(DEV);
        assert.deepEqual(inputs["privateClusterConfig"], {
            enablePrivateNodes: true,
            enablePrivateEndpoint: false,
        });
        assert.deepEqual(inputs["masterAuthorizedNetworksConfig"], {
            cidrBlocks: [
                { cidrBlock: "10.30.0.0/16", displayName: "the site's own network" },
                { cidrBlock: "203.0.113.0/24", displayName: "API access" },
            ],
            gcpPublicCidrsAccessEnabled: false,
            privateEndpointEnforcementEnabled: true,
        });
        assert.deepEqual(inputs["controlPlaneEndpointsConfig"], {
            dnsEndpointConfig: { allowExternalTraffic: false },
            ipEndpointsConfig: { enabled: true },
        });
    });

    it("has no public address where no block is listed, and says from where it can be reached", async () => {
        const recorded = await runSite(PROD);
        const { inputs } = recorded.one(CLUSTER);
        assert.deepEqual(inputs["privateClusterConfig"], {
            enablePrivateNodes: true,
            enablePrivateEndpoint: true,
        });
        assert.equal(
            recorded.result.cluster.reach,
            "The Kubernetes API of myapp-dev-gcp answers only inside the VPC (10.30.0.0/16, region europe-west3): run the stack from there.",
        );
        const { value } = await inspect(recorded.result.cluster.kubeconfig);
        assert.match(value, /"server":"https:\/\/10\.30\./);
    });

    it("sends whoever runs the stack where the kubeconfig's address answers", async () => {
        const { result } = await runSite(DEV);
        assert.equal(
            result.cluster.reach,
            "The Kubernetes API of myapp-dev-gcp answers over the Internet only from 203.0.113.0/24: run the stack from there. Inside the VPC (10.30.0.0/16, region europe-west3) it answers on a private address, which the kubeconfig does not name.",
        );
        const { value } = await inspect(result.cluster.kubeconfig);
        assert.match(value, /"server":"https:\/\/34\./);
    });

    it("needs no block for the control plane, which could overlap another's (G1.10, G1.51)", async () => {
        const inputs = await clusterInputs(DEV);
        const { masterIpv4CidrBlock } = inputs["privateClusterConfig"] as Record<string, unknown>;
        assert.equal(masterIpv4CidrBlock, undefined);
    });

    it("takes the version asked for, on the regular channel, in the Sunday window (G1.51, G13.9)", async () => {
        const inputs = await clusterInputs(withCluster({ version: "1.35" }));
        assert.equal(inputs["minMasterVersion"], "1.35");
        assert.deepEqual(inputs["releaseChannel"], { channel: "REGULAR" });
        assert.deepEqual(inputs["maintenancePolicy"], {
            recurringWindow: {
                startTime: "2026-01-04T04:00:00Z",
                endTime: "2026-01-04T16:00:00Z",
                recurrence: "FREQ=WEEKLY;BYDAY=SU",
            },
        });
    });

    it("encrypts etcd and boot disks with the customer's key, which both services may use before", async () => {
        const recorded = await runSite(DEV);
        const cluster = recorded.one(CLUSTER);
        const key = recorded.one("gcp:kms/cryptoKey:CryptoKey", "myapp-dev-gcp-cluster-key");
        assert.equal(key.inputs["rotationPeriod"], "7776000s");
        assert.deepEqual(cluster.inputs["databaseEncryption"], {
            state: "ENCRYPTED",
            keyName: key.id,
        });
        const grants = recorded
            .all("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember")
            .filter(({ inputs }) => inputs["cryptoKeyId"] === key.id);
        assert.deepEqual(
            grants.map(({ inputs }) => String(inputs["member"]).replace(/\d{12}/, "NUMBER")).sort(),
            [
                "serviceAccount:service-NUMBER@compute-system.iam.gserviceaccount.com",
                "serviceAccount:service-NUMBER@container-engine-robot.iam.gserviceaccount.com",
            ],
        );
        for (const { urn } of grants) assert.ok(cluster.options.dependencies.includes(urn));
    });

    it("hardens the default pool too, for the minutes it lives", async () => {
        const recorded = await runSite(DEV);
        const { inputs, options } = recorded.one(CLUSTER);
        assert.equal(inputs["removeDefaultNodePool"], true);
        assert.equal(inputs["initialNodeCount"], 1);
        const node = inputs["nodeConfig"] as Record<string, unknown>;
        assert.deepEqual(node["shieldedInstanceConfig"], {
            enableSecureBoot: true,
            enableIntegrityMonitoring: true,
        });
        assert.equal(
            node["serviceAccount"],
            recorded.one("gcp:serviceaccount/account:Account").outputs["email"],
        );
        assert.deepEqual(options.ignoreChanges, ["nodeConfig"]);
    });

    it("enforces network policies by Dataplane V2 and gives pods cloud identities (G1.52, G1.53)", async () => {
        const inputs = await clusterInputs(DEV);
        assert.equal(inputs["datapathProvider"], "ADVANCED_DATAPATH");
        assert.equal(inputs["networkPolicy"], undefined);
        assert.deepEqual(inputs["workloadIdentityConfig"], {
            workloadPool: "myapp-platform-dev.svc.id.goog",
        });
    });

    it("logs and measures everything GKE can, and tells costs apart (G1.58)", async () => {
        const inputs = await clusterInputs(DEV);
        assert.deepEqual(inputs["loggingConfig"], {
            enableComponents: [
                "SYSTEM_COMPONENTS",
                "WORKLOADS",
                "APISERVER",
                "CONTROLLER_MANAGER",
                "SCHEDULER",
            ],
        });
        const monitoring = inputs["monitoringConfig"] as Record<string, unknown>;
        assert.deepEqual(monitoring["managedPrometheus"], { enabled: true });
        assert.deepEqual(inputs["costManagementConfig"], { enabled: true });
    });

    it("has the add-ons for load balancing, scaling, volumes and names (G1.53)", async () => {
        const inputs = await clusterInputs(DEV);
        assert.deepEqual(inputs["addonsConfig"], {
            httpLoadBalancing: { disabled: false },
            horizontalPodAutoscaling: { disabled: false },
            gcePersistentDiskCsiDriverConfig: { enabled: true },
            gcpFilestoreCsiDriverConfig: { enabled: true },
            dnsCacheConfig: { enabled: true },
        });
        assert.equal(inputs["enableL4IlbSubsetting"], true);
        assert.deepEqual(inputs["gatewayApiConfig"], { channel: "CHANNEL_STANDARD" });
    });

    it("shields its nodes, shows their inner traffic to the flow logs, and is watched for bad posture", async () => {
        const inputs = await clusterInputs(DEV);
        assert.equal(inputs["networkingMode"], "VPC_NATIVE");
        assert.equal(inputs["enableShieldedNodes"], true);
        assert.equal(inputs["enableIntranodeVisibility"], true);
        assert.deepEqual(inputs["securityPostureConfig"], { mode: "BASIC" });
        assert.deepEqual(inputs["binaryAuthorization"], {
            evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE",
        });
    });

    it("keeps the control plane's logs as long as asked", async () => {
        const recorded = await runSite(PROD);
        const name = "myapp-dev-gcp-control-plane";
        const bucket = recorded.one("gcp:logging/projectBucketConfig:ProjectBucketConfig", name);
        assert.equal(bucket.inputs["retentionDays"], 365);
        assert.equal(
            recorded.one("gcp:logging/projectSink:ProjectSink", name).inputs["filter"],
            'resource.labels.cluster_name="myapp-dev-gcp" AND resource.labels.location="europe-west3" AND resource.type=("k8s_control_plane_component" OR "k8s_cluster" OR "gke_cluster")',
        );
    });

    it("refuses anonymous callers, basic rights and client certificates", async () => {
        const inputs = await clusterInputs(DEV);
        assert.deepEqual(inputs["anonymousAuthenticationConfig"], { mode: "LIMITED" });
        assert.deepEqual(inputs["rbacBindingConfig"], {
            enableInsecureBindingSystemAuthenticated: false,
            enableInsecureBindingSystemUnauthenticated: false,
        });
        assert.equal(inputs["enableLegacyAbac"], false);
        assert.deepEqual(inputs["masterAuth"], {
            clientCertificateConfig: { issueClientCertificate: false },
        });
    });

    it("makes administrators of this cluster only", async () => {
        const recorded = await runSite(DEV);
        const { inputs } = recorded.one(
            "gcp:projects/iAMMember:IAMMember",
            "myapp-dev-gcp-group:platform-team@example.com",
        );
        assert.equal(inputs["member"], "group:platform-team@example.com");
        assert.equal(inputs["role"], "roles/container.admin");
        assert.deepEqual(inputs["condition"], {
            title: "Cluster myapp-dev-gcp",
            expression:
                'resource.type == "container.googleapis.com/Cluster" && resource.name.endsWith("/clusters/myapp-dev-gcp")',
        });
    });

    it("says for whom deletion is refused", async () => {
        assert.equal((await clusterInputs(DEV))["deletionProtection"], false);
        assert.equal((await clusterInputs(PROD))["deletionProtection"], true);
    });

    it("gives a secret kubeconfig that holds no token but names the plugin (G1.9)", async () => {
        const { result } = await runSite(DEV);
        const { value, secret } = await inspect(result.cluster.kubeconfig);
        assert.equal(secret, true);
        const { users } = JSON.parse(value) as { users: { user: Record<string, unknown> }[] };
        assert.deepEqual(Object.keys(users[0]?.user ?? {}), ["exec"]);
        const { command } = users[0]?.user["exec"] as { command: string };
        assert.equal(command, "gke-gcloud-auth-plugin");
    });

    it("marks everything inside the cluster with the cluster's identity", async () => {
        const provider = (await runSite(DEV)).one("pulumi:providers:kubernetes");
        assert.equal(
            provider.inputs["clusterIdentifier"],
            "projects/myapp-platform-dev/locations/europe-west3-b/clusters/myapp-dev-gcp/10.30.0.0/16",
        );
        assert.ok(provider.isSecret("kubeconfig"));
    });

    it("knows before it stands that another block makes another cluster, with nothing in it", async () => {
        const moved = { ...DEV, network: { ...DEV.network, cidr: "10.31.0.0/16" } as const };
        const identify = async (args: GcpSiteArgs) => {
            const recorded = await runSite(args, { preview: true });
            return recorded.one("pulumi:providers:kubernetes").inputs["clusterIdentifier"];
        };
        const before = await identify(DEV);
        assert.match(String(before), /\/clusters\/myapp-dev-gcp\/10\.30\.0\.0\/16$/);
        assert.notEqual(await identify(moved), before);
    });

    it("names a pod's identity by its service account, with nothing to impersonate", async () => {
        const { result } = await runSite(DEV);
        const identity = result.cluster.identity("shop", {
            namespace: "shop",
            serviceAccount: "web",
        });
        assert.deepEqual([identity.annotations, identity.podLabels], [{}, {}]);
        assert.match(
            (await inspect(identity.principal)).value,
            /^principal:\/\/iam\.googleapis\.com\/projects\/\d{12}\/locations\/global\/workloadIdentityPools\/myapp-platform-dev\.svc\.id\.goog\/subject\/ns\/shop\/sa\/web$/,
        );
    });

    it("rejects more nodes than the block has addresses for", async () => {
        const args: GcpSiteArgs = {
            ...withCluster({ nodePools: { general: { ...POOL, max: 32 } } }),
            network: { ...DEV.network, cidr: "10.30.0.0/20" },
        };
        await assert.rejects(
            runSite(args),
            /nodePools: need room for 33 nodes \(every max and one more for upgrades\), but 10\.30\.0\.0\/20 has room for 32\. Lower max, or give the network a larger block\./,
        );
    });

    it("takes as many nodes as the block has addresses for", async () => {
        const args: GcpSiteArgs = {
            ...withCluster({ nodePools: { general: { ...POOL, max: 31 } } }),
            network: { ...DEV.network, cidr: "10.30.0.0/20" },
        };
        assert.equal((await poolInputs(args)).inputs["maxPodsPerNode"], 32);
    });
});

describe("a GKE node pool", () => {
    it("counts its nodes over all zones together (G1.54)", async () => {
        const { inputs } = await poolInputs(PROD);
        assert.deepEqual(inputs["autoscaling"], {
            totalMinNodeCount: 3,
            totalMaxNodeCount: 10,
            locationPolicy: "BALANCED",
        });
        assert.equal(inputs["initialNodeCount"], 1);
        assert.equal(inputs["nodeCount"], undefined);
    });

    it("leaves the number of nodes to the autoscaler", async () => {
        const recorded = await runSite(PROD);
        assert.deepEqual(
            recorded.all(POOLS).map(({ options }) => options.ignoreChanges),
            [["initialNodeCount"], ["initialNodeCount"]],
        );
    });

    const starts = [
        { min: 3, max: 10, zones: 3, each: 1 },
        { min: 1, max: 10, zones: 3, each: 1 },
        { min: 4, max: 10, zones: 3, each: 2 },
        { min: 1, max: 2, zones: 3, each: 0 },
        { min: 0, max: 5, zones: 3, each: 0 },
        { min: 2, max: 4, zones: 1, each: 2 },
    ];
    for (const { min, max, zones, each } of starts) {
        it(`starts with ${each} in each of ${zones} zones for ${min} to ${max} nodes`, () => {
            assert.equal(initialNodesPerZone({ min, max }, zones), each);
        });
    }

    it("spells labels and taints as GKE does", async () => {
        const { node } = await poolInputs(PROD, "myapp-dev-gcp-batch");
        assert.deepEqual(node["labels"], { tier: "batch" });
        assert.deepEqual(node["taints"], [
            { key: "node-type", value: "compute", effect: "NO_SCHEDULE" },
        ]);
    });

    it("takes spot capacity where it can be had, under a name of its own", async () => {
        const { inputs, node } = await poolInputs(PROD, "myapp-dev-gcp-batch");
        assert.equal(node["spot"], true);
        assert.equal(inputs["name"], "batch-spot");
        assert.deepEqual(inputs["autoscaling"], {
            totalMinNodeCount: 0,
            totalMaxNodeCount: 5,
            locationPolicy: "ANY",
        });
    });

    it("is repaired, upgraded by surge, and never down a node meanwhile (G12.4)", async () => {
        const { inputs } = await poolInputs(DEV);
        assert.deepEqual(inputs["management"], { autoRepair: true, autoUpgrade: true });
        assert.deepEqual(inputs["upgradeSettings"], {
            strategy: "SURGE",
            maxSurge: 1,
            maxUnavailable: 0,
        });
    });

    it("has hardened nodes", async () => {
        const { inputs, node } = await poolInputs(DEV);
        assert.deepEqual(inputs["networkConfig"], { enablePrivateNodes: true });
        assert.deepEqual(node["shieldedInstanceConfig"], {
            enableSecureBoot: true,
            enableIntegrityMonitoring: true,
        });
        assert.deepEqual(node["workloadMetadataConfig"], { mode: "GKE_METADATA" });
        assert.deepEqual(node["metadata"], { "disable-legacy-endpoints": "true" });
        assert.deepEqual(node["kubeletConfig"], {
            insecureKubeletReadonlyPortEnabled: "FALSE",
            cpuCfsQuota: true,
        });
        assert.match(String(node["bootDiskKmsKey"]), /cryptoKeys\/myapp-dev-gcp-cluster-key-/);
        assert.equal(node["machineType"], "e2-standard-2");
        assert.equal(node["diskSizeGb"], 50);
        assert.equal(node["diskType"], "pd-balanced");
    });

    it("labels its machines and disks, which the provider's default labels do not reach", async () => {
        const { node } = await poolInputs(DEV);
        assert.deepEqual(node["resourceLabels"], {
            environment: "dev",
            project: "myapp",
            "managed-by": "pulumi",
            owner: "platform-team",
            "cost-centre": "cc-1234",
            site: "gcp",
        });
    });

    it("waits for the way out and for the right to log", async () => {
        const recorded = await runSite(DEV);
        const { dependencies } = recorded.one(POOLS).options;
        assert.ok(dependencies.includes(recorded.one("gcp:compute/routerNat:RouterNat").urn));
        const grant = recorded.one("gcp:projects/iAMMember:IAMMember", "myapp-dev-gcp-nodes");
        assert.equal(grant.inputs["role"], "roles/container.defaultNodeServiceAccount");
        assert.ok(dependencies.includes(grant.urn));
    });
});
