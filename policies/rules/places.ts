import type { Stack, StackResource } from "../runtime/stack.ts";
import type { Truth } from "../runtime/truth.ts";

export const NAMESPACE = "kubernetes:core:Namespace";
export const RELEASE = "kubernetes:helm.sh:Release";
export const KUBERNETES_PROVIDER = "pulumi:providers:kubernetes";

/** What a Kubernetes provider leads to. */
export const CLUSTERS = {
    eks: "aws:eks/cluster:Cluster",
    aks: "azure-native:containerservice:ManagedCluster",
    gke: "gcp:container/cluster:Cluster",
} as const;
const CLUSTER_TYPES: readonly string[] = Object.values(CLUSTERS);

/** The inputs of a Kubernetes provider that come from its cluster. */
const LEADS = ["kubeconfig", "clusterIdentifier", "cluster", "context"] as const;

/** Some resources by the namespace that they are in. */
export interface Inhabitants {
    /** Those that are in this namespace for certain. */
    readonly of: (place: string) => readonly StackResource[];
    /** Those in this cluster whose namespace cannot be told yet, so that it may be any. */
    readonly loose: (cluster: string) => readonly StackResource[];
}

/**
 * Where the Kubernetes objects of a stack are: in which cluster, and in which namespace of it.
 *
 * Everything is joined by references and by what the program wrote, so it also holds on the first preview of a cluster.
 * Namespaces of the same name in two clusters are two places.
 */
export class Places {
    readonly #stack: Stack;
    readonly #clusters = new Map<string, string>();
    readonly #namespaces = new Map<StackResource, string | undefined>();

    /** What `cluster` tells of every object of the stack. */
    readonly clusters: ReadonlySet<string>;

    constructor(stack: Stack) {
        this.#stack = stack;
        const types = stack.types.filter((type) => type.startsWith("kubernetes:"));
        const objects = stack.all(...types);
        this.clusters = new Set(objects.map((object) => this.cluster(object)));
        for (const object of objects) this.namespace(object);
    }

    /** Tells one cluster from another: the URN of the cluster that the provider leads to, or else of the provider. */
    cluster({ providerUrn, provider = "" }: StackResource): string {
        if (providerUrn === undefined) return provider;
        let found = this.#clusters.get(providerUrn);
        if (found === undefined) {
            found = this.#clusterBehind(providerUrn)?.urn ?? providerUrn;
            this.#clusters.set(providerUrn, found);
        }
        return found;
    }

    #clusterBehind(providerUrn: string): StackResource | undefined {
        const provider = this.#stack.get(providerUrn);
        if (provider === undefined) return undefined;
        return LEADS.flatMap((input) => this.#stack.targets(provider, input)).find(({ type }) =>
            CLUSTER_TYPES.includes(type),
        );
    }

    /** Tells one namespace from another, by the namespace itself or by what is in it; undefined if that is unknown. */
    namespace(resource: StackResource): string | undefined {
        if (!this.#namespaces.has(resource)) {
            this.#namespaces.set(resource, this.#findNamespace(resource));
        }
        return this.#namespaces.get(resource);
    }

    #findNamespace(resource: StackResource): string | undefined {
        if (resource.type === NAMESPACE) return this.#ofNamespace(resource);
        const isRelease = resource.type === RELEASE;
        const given = resource.inputs.at(isRelease ? "namespace" : "metadata.namespace").text();
        switch (given.state) {
            case "known":
                return this.#key(resource, given.value);
            case "absent":
                return this.#usual(resource);
            case "unknown":
                return this.#referred(resource, isRelease ? "namespace" : "metadata");
        }
    }

    /** Unknown if a namespace's own name is, so that what names it by text cannot be told; else false. */
    doubt({ inputs }: StackResource): Truth {
        const name = inputs.at("metadata.name");
        return name.state === "unknown" ? { unknown: name.path } : false;
    }

    #ofNamespace(namespace: StackResource): string {
        const name = namespace.inputs.at("metadata.name").text();
        return name.state === "known" ? this.#key(namespace, name.value) : namespace.urn;
    }

    /** Where objects are that name no namespace. */
    #usual(resource: StackResource): string | undefined {
        const provider = this.#stack.get(resource.providerUrn ?? "");
        const given = provider?.inputs.get("namespace").text();
        if (given?.state === "unknown") return undefined;
        return this.#key(resource, given?.state === "known" ? given.value : "default");
    }

    #referred(resource: StackResource, input: string): string | undefined {
        const [first, ...rest] = this.#stack
            .targets(resource, input)
            .filter(({ type }) => type === NAMESPACE);
        return first !== undefined && rest.length === 0 ? this.#ofNamespace(first) : undefined;
    }

    #key(resource: StackResource, name: string): string {
        return `${this.cluster(resource)} ${name}`;
    }

    /** The resources of these types by namespace. */
    inhabitants(...types: readonly string[]): Inhabitants {
        const settled = new Map<string, StackResource[]>();
        const loose = new Map<string, StackResource[]>();
        for (const resource of this.#stack.all(...types)) {
            const place = this.namespace(resource);
            const [map, key] =
                place === undefined
                    ? ([loose, this.cluster(resource)] as const)
                    : ([settled, place] as const);
            const list = map.get(key);
            if (list === undefined) map.set(key, [resource]);
            else list.push(resource);
        }
        return {
            of: (place) => settled.get(place) ?? [],
            loose: (cluster) => loose.get(cluster) ?? [],
        };
    }
}

const known = new WeakMap<Stack, Places>();

/** The places of a stack, found once for all rules. */
export function placesOf(stack: Stack): Places {
    let places = known.get(stack);
    if (places === undefined) known.set(stack, (places = new Places(stack)));
    return places;
}
