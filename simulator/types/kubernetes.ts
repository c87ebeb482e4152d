/**
 * Kubernetes clusters: any kind of object, and Helm releases, in the cluster that the provider's kubeconfig names.
 */
import { UNKNOWN, type Instance, type Provider, type TypeRule, type World } from "../table.ts";
import { clusterAt, serverOf } from "./kubernetes/clusters.ts";
import { CHART_GROUPS, KEEPING_CHARTS } from "./kubernetes/kinds.ts";
import {
    RELEASE,
    admitNamespace,
    chartName,
    idOf,
    keepsName,
    objectRule,
    partsOf,
} from "./kubernetes/objects.ts";

export { insideCluster } from "./kubernetes/clusters.ts";

const release: TypeRule = {
    required: ["chart"],
    name: {
        property: "name",
        pattern: /[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/,
        max: 53,
        unique: "none",
        words: (name) =>
            `release name "${name}": invalid release name, must match regex and the length must not be longer than 53`,
    },
    immutable: ["name", "namespace"],
    deleteBeforeReplace: keepsName,
    check: ({ inputs }) =>
        typeof inputs["chart"] === "string" &&
        inputs["chart"].startsWith("oci://") &&
        inputs["repositoryOpts"]
            ? [
                  {
                      property: "repositoryOpts",
                      reason: "an OCI chart is named by its whole address, without a repository",
                  },
              ]
            : [],
    admit: admitNamespace,
    id: ({ inputs }) => idOf(RELEASE, inputs),
    outputs({ inputs }) {
        const namespace = inputs["namespace"] ?? "default";
        return {
            namespace,
            status: {
                name: inputs["name"] ?? "",
                namespace,
                chart: chartName(inputs),
                version: inputs["version"] ?? "",
                appVersion: "",
                revision: 1,
                status: "deployed",
            },
            resourceNames: {},
        };
    },
    takesAlong: customResources,
    seconds: { create: 45, update: 30, delete: 15 },
};

/** The custom resources of the kinds that a chart brought: they vanish with their definition. */
function customResources(instance: Instance, world: World): readonly Instance[] {
    const chart = chartName(instance.inputs);
    const groups = KEEPING_CHARTS.has(chart) ? [] : (CHART_GROUPS[chart] ?? []);
    return world
        .all()
        .filter(({ scope }) => scope.account === instance.scope.account)
        .filter(({ type }) => groups.includes(partsOf(type).group));
}

function unreachable(server: string, world: World): string | undefined {
    if (server !== "" && clusterAt(server, world)) return undefined;
    const cause =
        server === ""
            ? "invalid configuration: no configuration has been provided"
            : `Get "${server}/openapi/v2?timeout=32s": dial tcp: connect: connection refused`;
    return (
        `configured Kubernetes cluster is unreachable: unable to load schema information from the ` +
        `API server: ${cause}`
    );
}

/** The Kubernetes provider. A scope's account is the API server's URL. */
export const kubernetes: Provider = {
    name: "kubernetes",
    scope: (config) => ({ account: serverOf(config), region: "" }),
    moves(olds, news) {
        const [before, after] = [olds["clusterIdentifier"], news["clusterIdentifier"]];
        if (typeof before === "string" && typeof after === "string") {
            return after !== UNKNOWN && before !== after;
        }
        const server = serverOf(news);
        return server !== UNKNOWN && serverOf(olds) !== server;
    },
    unreachable: ({ account }, world) => unreachable(account, world),
    forgetsBy: "PULUMI_K8S_DELETE_UNREACHABLE",
    types: { [RELEASE]: release },
    fallback: (type) =>
        /^kubernetes:[\w.-]+\/v\w+:[A-Z]\w*$/.test(type) ? objectRule(type) : undefined,
    invokes: {},
};
