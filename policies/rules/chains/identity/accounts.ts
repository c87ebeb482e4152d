import { matches } from "../../../runtime/glob.ts";
import type { Value } from "../../../runtime/reader.ts";
import type { Stack, StackResource } from "../../../runtime/stack.ts";
import { holds, knownTexts, orElse, some, type Truth } from "../../../runtime/truth.ts";
import { CLUSTERS, placesOf, RELEASE, type Inhabitants, type Places } from "../../places.ts";
import { lastPart } from "../../lists.ts";
import { SUBJECT_PREFIX, type ServiceAccount } from "../../iam/accounts.ts";

export const SERVICE_ACCOUNT = "kubernetes:core:ServiceAccount";
export const ADDON = "aws:eks/addon:Addon";

/** Objects that bring others into the cluster which the stack does not show. */
const DEPLOYERS = [
    "kubernetes:argoproj.io:Application",
    "kubernetes:argoproj.io:ApplicationSet",
    "kubernetes:helm.toolkit.fluxcd.io:HelmRelease",
    "kubernetes:kustomize.toolkit.fluxcd.io:Kustomization",
];

/** What the clouds offer to the same end, for a cluster that is not always told. */
export const CLOUD_DEPLOYERS = [
    "aws:eks/capability:Capability",
    "azure-native:kubernetesconfiguration:FluxConfiguration",
];

/** Charts of tools that do the same with what stands in a repository. */
const DEPLOYING_CHARTS = ["argo-cd", "argocd-apps", "flux", "flux2", "fleet", "flux-operator"];

/** The service account that Kubernetes makes in every namespace. */
const MADE_BY_KUBERNETES = "default";

const CLUSTER_TYPES: readonly string[] = Object.values(CLUSTERS);

/** Service accounts that the stack makes, and whether there are others. */
export interface Found {
    readonly accounts: readonly StackResource[];
    readonly exists: Truth;
}

/** The service accounts of a stack's clusters, and what may hide others from it. */
export class Accounts {
    readonly #stack: Stack;
    readonly #places: Places;
    readonly #elsewhere: Value;
    readonly #byKey = new Map<string, StackResource[]>();
    readonly #names = new Map<StackResource, ServiceAccount>();
    /** The clusters in which something stands that cannot be looked into. */
    readonly #opaque = new Set<string>();
    /** Whether there may be objects in any cluster that the stack does not show. */
    readonly #unplaced: boolean;
    readonly #releases: Inhabitants;
    /** The accounts with annotations, and these. Most accounts have none. */
    readonly #annotations: readonly (readonly [StackResource, Value])[];
    /** The namespaces of each cluster that add-ons of EKS may live in. */
    readonly #addons = new Map<StackResource, ReadonlySet<string>>();

    /** @param elsewhere patterns for accounts that others make, as NAMESPACE/NAME */
    constructor(stack: Stack, elsewhere: Value) {
        this.#stack = stack;
        this.#places = placesOf(stack);
        this.#elsewhere = elsewhere;
        this.#releases = this.#places.inhabitants(RELEASE);
        this.#annotations = this.all.flatMap((account) => {
            const annotations = account.inputs.at("metadata.annotations");
            return annotations.state === "absent" ? [] : [[account, annotations] as const];
        });
        for (const account of this.all) this.#index(account);
        for (const deployer of stack.all(...DEPLOYERS)) {
            this.#opaque.add(this.#places.cluster(deployer));
        }
        for (const release of stack.all(RELEASE)) {
            const chart = release.given.get("chart").text();
            if (chart.state === "known" && DEPLOYING_CHARTS.includes(lastPart(chart.value))) {
                this.#opaque.add(this.#places.cluster(release));
            }
        }
        this.#unplaced =
            stack.all(...CLOUD_DEPLOYERS).length > 0 ||
            [...this.#places.clusters].some((cluster) => !this.#isCluster(cluster));
    }

    get all(): readonly StackResource[] {
        return this.#stack.all(SERVICE_ACCOUNT);
    }

    /** The accounts with this annotation, and what it says. */
    annotated(annotation: string): readonly (readonly [StackResource, Value])[] {
        return this.#annotations.flatMap(([account, annotations]) => {
            const value = annotations.get(annotation);
            return value.state === "absent" ? [] : [[account, value] as const];
        });
    }

    #index(account: StackResource): void {
        const name = account.inputs.at("metadata.name").text();
        const place = this.#places.namespace(account);
        const cluster = this.#places.cluster(account);
        if (name.state !== "known" || place === undefined) {
            this.#opaque.add(cluster);
            return;
        }
        const key = `${place} ${name.value}`;
        this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), account]);
        const namespace = nameIn(place, cluster);
        // What a namespace is called that the cluster names is unknown on preview, but not that it is this one.
        if (namespace === undefined) this.#opaque.add(cluster);
        else this.#names.set(account, { namespace, name: name.value });
    }

    /** The cluster that an account is in, if it is one of the stack. */
    clusterOf(account: StackResource): StackResource | undefined {
        const cluster = this.#stack.get(this.#places.cluster(account));
        return cluster !== undefined && CLUSTER_TYPES.includes(cluster.type) ? cluster : undefined;
    }

    /** An account by its namespace and name; undefined as long as either is unknown. */
    nameOf(account: StackResource): ServiceAccount | undefined {
        return this.#names.get(account);
    }

    /** Looks an account up that a trust names. `at` is where it does, for what cannot be told. */
    find(
        cluster: StackResource | undefined,
        { namespace, name }: ServiceAccount,
        at: Value,
    ): Found {
        if (cluster === undefined) return { accounts: [], exists: { unknown: at.path } };
        return this.findIn(cluster, `${cluster.urn} ${namespace}`, name, at);
    }

    /** The same in a namespace as `Places` tells them apart. */
    findIn(cluster: StackResource, place: string, name: string, at: Value): Found {
        const accounts = this.#byKey.get(`${place} ${name}`) ?? [];
        const namespace = nameIn(place, cluster.urn);
        const unknown = { unknown: at.path };
        const isThere = accounts.length > 0 || name === MADE_BY_KUBERNETES;
        const exists = orElse(isThere, () =>
            orElse(this.#isElsewhere(namespace, name, unknown), () =>
                orElse(this.#isReleased(cluster, place, name, unknown), () =>
                    this.#isHidden(cluster, namespace) ? unknown : false,
                ),
            ),
        );
        return { accounts, exists };
    }

    #isElsewhere(namespace: string | undefined, name: string, unknown: Truth): Truth {
        return some(this.#elsewhere, (pattern) =>
            holds(
                pattern,
                pattern.text(),
                (text) =>
                    namespace === undefined ? unknown : matches(`${namespace}/${name}`, text),
                false,
            ),
        );
    }

    /** A chart makes what its values name, and may make what they do not. */
    #isReleased({ urn }: StackResource, place: string, name: string, unknown: Truth): Truth {
        const releases = [...this.#releases.of(place), ...this.#releases.loose(urn)];
        if (releases.length === 0) return false;
        const isMade = releases.some(({ given }) => makesAccount(given.get("values"), name));
        return isMade ? true : unknown;
    }

    #isHidden(cluster: StackResource, namespace: string | undefined): boolean {
        const { urn } = cluster;
        return (
            this.#unplaced ||
            !this.#places.clusters.has(urn) ||
            this.#opaque.has(urn) ||
            // The cloud's own accounts are there.
            namespace === "kube-system" ||
            this.#isAddons(cluster, namespace)
        );
    }

    #isCluster(urn: string): boolean {
        return CLUSTER_TYPES.includes(this.#stack.get(urn)?.type ?? "");
    }

    /** Whether add-ons of EKS live in the namespace. */
    #isAddons(cluster: StackResource, namespace: string | undefined): boolean {
        const addons = this.#stack.referrers(cluster, ADDON, "clusterName");
        if (namespace === undefined) return addons.length > 0;
        let taken = this.#addons.get(cluster);
        if (taken === undefined) {
            this.#addons.set(cluster, (taken = new Set(addons.flatMap(namespacesOf))));
        }
        return taken.has(namespace);
    }
}

/** What a namespace is called that `Places` tells apart by this; undefined while its name is unknown. */
function nameIn(place: string, cluster: string): string | undefined {
    const prefix = `${cluster} `;
    return place.startsWith(prefix) ? place.slice(prefix.length) : undefined;
}

/** The namespaces that an add-on of EKS may live in: its own, and the one that is called like it. */
function namespacesOf({ given }: StackResource): readonly string[] {
    return knownTexts([given.at("namespaceConfig.namespace"), given.get("addonName")]);
}

/** Whether a chart's values name the account, as nearly all charts do: `serviceAccount.name`, alone or below a part. */
function makesAccount(values: Value, name: string): boolean {
    if (isMade(values.get("serviceAccount"), name)) return true;
    const parts = values.entries();
    return (
        parts.state === "known" &&
        parts.value.some(([, part]) => isMade(part.get("serviceAccount"), name))
    );
}

function isMade(account: Value, name: string): boolean {
    const given = account.get("name").text();
    if (given.state !== "known" || given.value !== name) return false;
    const made = account.get("create").flag();
    return made.state === "absent" || (made.state === "known" && made.value);
}

/** What a token says whose pod runs as the account. */
export function subjectOf({ namespace, name }: ServiceAccount): string {
    return `${SUBJECT_PREFIX}${namespace}:${name}`;
}
