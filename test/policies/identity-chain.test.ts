import assert from "node:assert/strict";
import { accountOf, clusterOf, releaseOf } from "../../policies/examples/chains/cluster.ts";
import { UNKNOWN, type ExampleResource } from "../../policies/examples/example.ts";
import { judgeStack, ruleOf } from "./judge.ts";

const AKS = "azure-native:containerservice:ManagedCluster";

/** A trust for the service account shop/web, which the stack does not make. */
const TRUST: ExampleResource = {
    name: "trust",
    type: "azure-native:managedidentity:FederatedIdentityCredential",
    inputs: {
        resourceName: UNKNOWN,
        issuer: UNKNOWN,
        subject: "system:serviceaccount:shop:web",
        audiences: ["api://AzureADTokenExchange"],
    },
    references: { resourceName: ["identity"], issuer: ["cluster"] },
};

/** What is said about the trust beside these resources. */
function statesWith(...others: readonly ExampleResource[]): readonly string[] {
    const verdicts = judgeStack(ruleOf("xr-workload-identity-chain"), [
        ...clusterOf(AKS),
        TRUST,
        ...others,
    ]);
    return verdicts.map(({ state }) => state);
}

const object = (type: string, inputs: ExampleResource["inputs"] = {}): ExampleResource => ({
    name: "object",
    type,
    inputs,
    provider: "kube",
});

describe("the chain of a workload's identity", () => {
    it("is broken where the cluster's objects are shown, and the service account is not among them", () => {
        assert.deepEqual(statesWith(accountOf(undefined, "job")), ["fail"]);
        assert.deepEqual(statesWith(object("kubernetes:core/v1:ConfigMap")), ["fail"]);
    });

    const hiding: Readonly<Record<string, readonly ExampleResource[]>> = {
        "the stack makes nothing in the cluster": [],
        "a chart in the namespace may make it": [releaseOf({})],
        "Argo CD deploys an application": [object("kubernetes:argoproj.io/v1alpha1:Application")],
        "Flux deploys a repository": [
            object("kubernetes:kustomize.toolkit.fluxcd.io/v1:Kustomization"),
        ],
        "Argo CD is installed by its chart": [
            object("kubernetes:helm.sh/v3:Release", { namespace: "argocd", chart: "argo-cd" }),
        ],
        "Azure runs Flux in the cluster": [
            object("kubernetes:core/v1:ConfigMap"),
            {
                name: "flux",
                type: "azure-native:kubernetesconfiguration:FluxConfiguration",
                inputs: {},
            },
        ],
        "another service account's name is unknown": [
            object("kubernetes:core/v1:ServiceAccount", {
                metadata: { namespace: "shop", name: UNKNOWN },
            }),
        ],
        "another service account's namespace is unknown": [
            object("kubernetes:core/v1:ServiceAccount", {
                metadata: { namespace: UNKNOWN, name: "web" },
            }),
        ],
        "a provider does not tell its cluster": [
            { ...object("kubernetes:core/v1:ConfigMap"), provider: "elsewhere" },
        ],
    };
    for (const [title, others] of Object.entries(hiding)) {
        it(`is not to be told if ${title}`, () => {
            assert.deepEqual(statesWith(...others), ["unknown"]);
        });
    }

    it("is broken where Google Cloud trusts a pool that is another cluster's", () => {
        const pools = (pool: string): readonly string[] => {
            const verdicts = judgeStack(ruleOf("xr-workload-identity-chain"), [
                ...clusterOf("gcp:container/cluster:Cluster", {
                    workloadIdentityConfig: { workloadPool: "acme.svc.id.goog" },
                }),
                { name: "google", type: "gcp:serviceaccount/account:Account", inputs: {} },
                accountOf(["iam.gke.io/gcp-service-account", "google"]),
                {
                    name: "user",
                    type: "gcp:serviceaccount/iAMMember:IAMMember",
                    inputs: {
                        serviceAccountId: UNKNOWN,
                        role: "roles/iam.workloadIdentityUser",
                        member: `serviceAccount:${pool}.svc.id.goog[shop/web]`,
                    },
                    references: { serviceAccountId: ["google"] },
                },
            ]);
            return verdicts.map(({ state, path }) => `${state} ${path}`);
        };
        assert.deepEqual(pools("acme"), []);
        assert.deepEqual(pools("other"), [
            'fail metadata.annotations["iam.gke.io/gcp-service-account"]',
            "unknown member",
        ]);
    });
});
