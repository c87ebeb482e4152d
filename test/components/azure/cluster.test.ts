import assert from "node:assert/strict";
import { get } from "../../../simulator/paths.ts";
import { inspect, run } from "../../../tools/offline/mocks.ts";
import type { NodePoolArgs } from "../../../components/contracts/cluster.ts";
import { buildCluster, DEV, NAME, PROD, WORKERS, type SiteArgs, clusterOf } from "./support.ts";

const CLUSTER = "azure-native:containerservice:ManagedCluster";
const POOL = "azure-native:containerservice:AgentPool";
const ROLE = "azure-native:authorization:RoleAssignment";

function withPools(site: SiteArgs, nodePools: Record<string, NodePoolArgs>): SiteArgs {
    return { ...site, cluster: { ...site.cluster, nodePools } };
}

async function clusterInputs(site: SiteArgs) {
    const recorded = await clusterOf(site);
    return recorded.one(CLUSTER).inputs;
}

describe("the cluster on Azure", () => {
    it("lets in only Entra identities, with Azure's roles, and no local account (G1.38)", async () => {
        const inputs = await clusterInputs(DEV);
        assert.equal(inputs["disableLocalAccounts"], true);
        assert.deepEqual(inputs["aadProfile"], {
            managed: true,
            enableAzureRBAC: true,
            adminGroupObjectIDs: DEV.cluster.administrators,
        });
        assert.deepEqual(inputs["oidcIssuerProfile"], { enabled: true });
        assert.equal(get(inputs, "securityProfile.workloadIdentity.enabled"), true);
    });

    it("takes pods' addresses from no network: overlay on Cilium (G1.40)", async () => {
        assert.deepEqual((await clusterInputs(DEV))["networkProfile"], {
            networkPlugin: "azure",
            networkPluginMode: "overlay",
            networkDataplane: "cilium",
            networkPolicy: "cilium",
            podCidr: "100.64.0.0/12",
            serviceCidr: "100.80.0.0/16",
            dnsServiceIP: "100.80.0.10",
            loadBalancerSku: "standard",
            outboundType: "userAssignedNATGateway",
        });
    });

    it("opens its API to the given blocks only, and says so", async () => {
        const recorded = await clusterOf(DEV);
        const subnet = recorded.one("azure-native:network:Subnet", `${NAME}-api`);
        assert.deepEqual(recorded.one(CLUSTER).inputs["apiServerAccessProfile"], {
            enableVnetIntegration: true,
            subnetId: subnet.id,
            enablePrivateCluster: false,
            authorizedIPRanges: ["203.0.113.0/24"],
            disableRunCommand: true,
        });
        assert.equal(
            recorded.result.cluster.reach,
            `The Kubernetes API of ${NAME} answers inside the network (10.20.0.0/16), and over the Internet from 203.0.113.0/24: run the stack from there.`,
        );
    });

    it("closes its API without blocks, and says from where the stack must be run", async () => {
        const recorded = await clusterOf(PROD);
        const { inputs } = recorded.one(CLUSTER);
        assert.equal(get(inputs, "apiServerAccessProfile.enablePrivateCluster"), true);
        assert.equal(get(inputs, "apiServerAccessProfile.enablePrivateClusterPublicFQDN"), false);
        assert.equal(get(inputs, "apiServerAccessProfile.authorizedIPRanges"), undefined);
        assert.match(recorded.result.cluster.reach, /only inside the network \(10\.20\.0\.0\/16\)/);
    });

    it("carries policy, Defender, metrics and host encryption, and patches on Sundays (G1.41, G1.42, G13.9)", async () => {
        const recorded = await clusterOf(DEV);
        const { inputs } = recorded.one(CLUSTER);
        assert.deepEqual(inputs["addonProfiles"], { azurepolicy: { enabled: true } });
        assert.equal(get(inputs, "securityProfile.defender.securityMonitoring.enabled"), true);
        assert.equal(get(inputs, "azureMonitorProfile.metrics.enabled"), true);
        assert.equal(get(inputs, "agentPoolProfiles[0].enableEncryptionAtHost"), true);
        assert.deepEqual(inputs["autoUpgradeProfile"], {
            upgradeChannel: "patch",
            nodeOSUpgradeChannel: "NodeImage",
        });
        const windows = recorded.all("azure-native:containerservice:MaintenanceConfiguration");
        assert.deepEqual(windows.map((one) => one.inputs["configName"]).sort(), [
            "aksManagedAutoUpgradeSchedule",
            "aksManagedNodeOSUpgradeSchedule",
        ]);
        for (const window of windows) {
            assert.equal(get(window.inputs, "maintenanceWindow.startTime"), "04:00");
            assert.equal(
                get(window.inputs, "maintenanceWindow.schedule.weekly.dayOfWeek"),
                "Sunday",
            );
        }
    });

    it("sends the control plane's logs to a workspace that keeps them as long as asked", async () => {
        const recorded = await clusterOf(PROD);
        const workspace = recorded
            .all("azure-native:operationalinsights:Workspace")
            .find(({ parent }) => parent.includes("platform:azure:Cluster"));
        const logs = recorded.one("azure-native:monitor:DiagnosticSetting");
        const categories = logs.inputs["logs"] as { category: string; enabled: boolean }[];
        assert.equal(workspace?.inputs["retentionInDays"], 90);
        assert.equal(logs.inputs["workspaceId"], workspace?.id);
        for (const wanted of ["kube-apiserver", "kube-audit", "kube-scheduler", "guard"]) {
            assert.ok(categories.some(({ category, enabled }) => category === wanted && enabled));
        }
    });

    it("runs add-ons on a system pool of their own and applications on the user's (G1.39)", async () => {
        const recorded = await clusterOf(DEV);
        const [system] = recorded.one(CLUSTER).inputs["agentPoolProfiles"] as unknown[];
        const pool = recorded.one(POOL);
        assert.equal(get(system as never, "mode"), "System");
        assert.deepEqual(get(system as never, "nodeTaints"), [
            "CriticalAddonsOnly=true:NoSchedule",
        ]);
        assert.equal(pool.inputs["mode"], "User");
        assert.deepEqual(pool.inputs["nodeTaints"], []);
        assert.equal(pool.inputs["vmSize"], "Standard_D2s_v5");
        assert.deepEqual(pool.inputs["upgradeSettings"], {
            maxSurge: "33%",
            drainTimeoutInMinutes: 30,
        });
    });

    it("spreads a pool over the zones so that minimum and maximum are the whole pool's (G1.54)", async () => {
        const pools = { workers: { ...WORKERS, min: 4, max: 8 } };
        const recorded = await run(() => buildCluster(withPools(PROD, pools)));
        const parts = ["1", "2", "3"].map((zone) => {
            const { inputs } = recorded.one(POOL, `${NAME}-workers-${zone}`);
            const subnet = recorded.one("azure-native:network:Subnet", `${NAME}-nodes-${zone}`);
            assert.equal(inputs["vnetSubnetID"], subnet.id);
            assert.deepEqual(inputs["availabilityZones"], [zone]);
            return [inputs["minCount"], inputs["count"], inputs["maxCount"]];
        });
        assert.deepEqual(parts, [
            [2, 2, 3],
            [1, 1, 3],
            [1, 1, 2],
        ]);
        assert.deepEqual(
            recorded.names(POOL).filter((name) => name.includes("system")),
            [`${NAME}-system-2`, `${NAME}-system-3`],
        );
    });

    it("leaves a zone out that a small pool has no node for", async () => {
        const pools = { workers: WORKERS, batch: { ...WORKERS, min: 0, max: 2 } };
        const recorded = await run(() => buildCluster(withPools(PROD, pools)));
        assert.deepEqual(
            recorded.names(POOL).filter((name) => name.includes("batch")),
            [`${NAME}-batch-1`, `${NAME}-batch-2`],
        );
    });

    it("leaves the number of nodes to the autoscaler, and other pools out of the cluster's list", async () => {
        const recorded = await clusterOf(DEV);
        assert.deepEqual(recorded.one(POOL).options.ignoreChanges, ["count"]);
        assert.deepEqual(recorded.one(CLUSTER).options.ignoreChanges, ["agentPoolProfiles"]);
    });

    it("keeps the first system pool the same with and without high availability", async () => {
        const [dev, prod] = [await clusterInputs(DEV), await clusterInputs(PROD)];
        const limits = (inputs: typeof dev) =>
            ["minCount", "maxCount"].map((key) => get(inputs, `agentPoolProfiles[0].${key}`));
        assert.deepEqual(limits(prod), limits(dev));
    });

    it("is replaced with its network, which Azure cannot move it out of", async () => {
        const { options } = (await clusterOf(DEV)).one(CLUSTER);
        assert.deepEqual(options.replaceOnChanges, ["apiServerAccessProfile.subnetId"]);
    });

    it("renames a pool with what Azure cannot change in it, so that the new one comes first", async () => {
        const nameOf = async (pool: Partial<NodePoolArgs>) => {
            const site = withPools(DEV, { workers: { ...WORKERS, ...pool } });
            const recorded = await clusterOf(site);
            return String(recorded.one(POOL).inputs["agentPoolName"]);
        };
        const name = await nameOf({});
        assert.match(name, /^workers1[0-9a-f]{3}$/);
        assert.equal(await nameOf({ min: 2, max: 9, labels: { tier: "web" } }), name);
        assert.notEqual(await nameOf({ size: "large" }), name);
        assert.notEqual(await nameOf({ disk: "128 GiB" }), name);
    });

    it("keeps the names of two long pools apart, within Azure's twelve characters", async () => {
        const pools = { workersabc: WORKERS, workersabd: WORKERS };
        const recorded = await run(() => buildCluster(withPools(PROD, pools)));
        const names = recorded.all(POOL).map(({ inputs }) => String(inputs["agentPoolName"]));
        assert.equal(new Set(names).size, names.length);
        assert.ok(names.every((name) => /^[a-z][a-z0-9]{0,11}$/.test(name)));
    });

    it("buys spare capacity for spot pools, with the label and taint that AKS gives them (G1.63)", async () => {
        const taint = { key: "dedicated", value: "batch", effect: "NoExecute" } as const;
        const batch = { ...WORKERS, spot: true, taints: [taint], labels: { tier: "batch" } };
        const site = withPools(DEV, { workers: WORKERS, batch });
        const recorded = await clusterOf(site);
        const { inputs } = recorded.one(POOL, `${NAME}-batch-1`);
        assert.equal(inputs["scaleSetPriority"], "Spot");
        assert.equal(inputs["scaleSetEvictionPolicy"], "Delete");
        assert.deepEqual(inputs["nodeTaints"], [
            "dedicated=batch:NoExecute",
            "kubernetes.azure.com/scalesetpriority=spot:NoSchedule",
        ]);
        assert.deepEqual(inputs["nodeLabels"], {
            tier: "batch",
            "kubernetes.azure.com/scalesetpriority": "spot",
        });
    });

    it("pays for the SLA only where it is highly available", async () => {
        assert.deepEqual((await clusterInputs(DEV))["sku"], { name: "Base", tier: "Free" });
        assert.deepEqual((await clusterInputs(PROD))["sku"], { name: "Base", tier: "Standard" });
    });

    it("gives the control plane a role on its subnets and the nodes' identity, before the cluster", async () => {
        const recorded = await clusterOf(DEV);
        const grants = recorded
            .all(ROLE)
            .filter(({ name }) => name.startsWith(`${NAME}-control-plane`));
        const cluster = recorded.one(CLUSTER);
        const subnet = (role: string) =>
            recorded.one("azure-native:network:Subnet", `${NAME}-${role}`);
        const identity = (role: string) =>
            recorded.one("azure-native:managedidentity:UserAssignedIdentity", `${NAME}-${role}`);
        const given = Object.fromEntries(
            grants.map(({ name, inputs }) => [
                name.slice(`${NAME}-control-plane-`.length),
                [String(inputs["roleDefinitionId"]).slice(-36), inputs["scope"]],
            ]),
        );
        assert.deepEqual(given, {
            api: ["4d97b98b-1d4f-4787-a291-c67834d212e7", subnet("api").id],
            "nodes-1": ["4d97b98b-1d4f-4787-a291-c67834d212e7", subnet("nodes-1").id],
            kubelet: ["f1a07417-d97a-45cb-824c-7a7467783830", identity("kubelet").id],
        });
        assert.ok(grants.every(({ urn }) => cluster.options.dependencies.includes(urn)));
        assert.ok(grants.every(({ inputs }) => inputs["principalType"] === "ServicePrincipal"));
    });

    it("makes whoever runs the stack administrator of this cluster, before anything is put into it", async () => {
        const recorded = await clusterOf(DEV);
        const deployer = recorded.one(ROLE, `${NAME}-deployer`);
        const provider = recorded.one("pulumi:providers:kubernetes");
        assert.equal(deployer.inputs["scope"], recorded.one(CLUSTER).id);
        assert.ok(provider.options.dependencies.includes(deployer.urn));
    });

    it("gives the cluster the pools' time to learn of that", async () => {
        const recorded = await clusterOf(PROD);
        const { dependencies } = recorded.one("pulumi:providers:kubernetes").options;
        assert.deepEqual(
            recorded.all(POOL).filter(({ urn }) => !dependencies.includes(urn)),
            [],
        );
    });

    it("gives a secret kubeconfig that holds no credential but how to get one (G1.9)", async () => {
        const recorded = await clusterOf(PROD);
        const { value, secret } = await inspect(recorded.result.cluster.kubeconfig);
        const file = JSON.parse(value) as Record<string, never>;
        const { outputs } = recorded.one(CLUSTER);
        assert.equal(secret, true);
        assert.equal(
            get(file, "clusters[0].cluster.server"),
            `https://${String(outputs["privateFQDN"])}:443`,
        );
        assert.match(
            Buffer.from(
                String(get(file, "clusters[0].cluster.certificate-authority-data")),
                "base64",
            ).toString(),
            /simulated certificate/,
        );
        assert.equal(get(file, "users[0].user.exec.command"), "kubelogin");
        assert.deepEqual(get(file, "users[0].user.exec.args"), [
            "get-token",
            "--login",
            "azurecli",
            "--server-id",
            "6dae42f8-4368-4678-94ff-3960e28e3630",
        ]);
        assert.deepEqual(Object.keys(get(file, "users[0].user") as object), ["exec"]);
        const provider = recorded.one("pulumi:providers:kubernetes");
        assert.ok(provider.isSecret("kubeconfig"));
        assert.equal(provider.inputs["clusterIdentifier"], recorded.one(CLUSTER).id);
    });

    it("locks and protects the cluster where deletion protection is on, and unlocks it first", async () => {
        const recorded = await clusterOf(PROD);
        const lock = recorded.one("azure-native:authorization:ManagementLockByScope");
        const cluster = recorded.one(CLUSTER);
        assert.equal(lock.inputs["level"], "CanNotDelete");
        assert.equal(lock.inputs["scope"], cluster.id);
        assert.equal(cluster.options.protect, true);
        for (const { urn, id } of recorded.resources) {
            if (id === cluster.id || !id.startsWith(cluster.id) || urn === lock.urn) continue;
            assert.ok(lock.options.dependencies.includes(urn), `${urn} goes before its lock`);
        }
        const open = await clusterOf(DEV);
        assert.deepEqual(open.names("azure-native:authorization:ManagementLockByScope"), []);
        assert.equal(open.one(CLUSTER).options.protect, false);
    });

    it("makes an identity for one service account", async () => {
        const recorded = await run(() => {
            const { cluster } = buildCluster(DEV);
            return cluster.identity("web", { namespace: "shop", serviceAccount: "web" });
        });
        const credential = recorded.one("azure-native:managedidentity:FederatedIdentityCredential");
        const identity = recorded.one("azure-native:managedidentity:UserAssignedIdentity", "web");
        const issuer = get(recorded.one(CLUSTER).outputs, "oidcIssuerProfile.issuerURL");
        assert.equal(credential.inputs["subject"], "system:serviceaccount:shop:web");
        assert.deepEqual(credential.inputs["audiences"], ["api://AzureADTokenExchange"]);
        assert.equal(credential.inputs["issuer"], issuer);
        const { annotations, podLabels, principal } = recorded.result;
        assert.equal(
            (await inspect(annotations["azure.workload.identity/client-id"] ?? "")).value,
            identity.outputs["clientId"],
        );
        assert.deepEqual(podLabels, { "azure.workload.identity/use": "true" });
        assert.equal((await inspect(principal)).value, identity.outputs["principalId"]);
    });

    const refused: [string, Record<string, NodePoolArgs>, RegExp][] = [
        [
            "only spot pools, which nothing could run on",
            { batch: { ...WORKERS, spot: true } },
            /no pool without a taint/,
        ],
        [
            "spot of a size that Azure does not sell as spot",
            { workers: WORKERS, batch: { ...WORKERS, size: "small", spot: true } },
            /nodePools\.batch\.spot: true is not possible with size small/,
        ],
        ["a pool with the system pools' name", { system: WORKERS }, /nodePools\.system/],
        ["a pool's name with a hyphen", { "web-1": WORKERS }, /nodePools\.web-1/],
    ];
    for (const [what, pools, message] of refused) {
        it(`rejects ${what}`, async () => {
            await assert.rejects(
                run(() => buildCluster(withPools(DEV, pools))),
                message,
            );
        });
    }
});
