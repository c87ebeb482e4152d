import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { holds, someOf, type Truth } from "../../runtime/truth.ts";

/** Where clusters and pools name the identity that their nodes pull images with. */
const SOURCES: Readonly<Record<string, readonly (readonly [input: string, path: string])[]>> = {
    "aws:eks/nodeGroup:NodeGroup": [["nodeRoleArn", "nodeRoleArn"]],
    "aws:eks/cluster:Cluster": [["computeConfig", "computeConfig.nodeRoleArn"]],
    "aws:eks/fargateProfile:FargateProfile": [["podExecutionRoleArn", "podExecutionRoleArn"]],
    "azure-native:containerservice:ManagedCluster": [
        ["identityProfile", "identityProfile.kubeletidentity.objectId"],
    ],
    "gcp:container/cluster:Cluster": [
        ["nodeConfig", "nodeConfig.serviceAccount"],
        ["clusterAutoscaling", "clusterAutoscaling.autoProvisioningDefaults.serviceAccount"],
    ],
    "gcp:container/nodePool:NodePool": [["nodeConfig", "nodeConfig.serviceAccount"]],
};

/** Azure makes the nodes' identity with the cluster, unless it is given one. */
const OWN_IDENTITY = "azure-native:containerservice:ManagedCluster";

export const NODE_TYPES: readonly string[] = Object.keys(SOURCES);

/** The name in `arn:aws:iam::123456789012:role/nodes` or `serviceAccount:nodes@project.iam.gserviceaccount.com`. */
function nameIn(text: string): string {
    return text.replace(/^(?:serviceAccount:|arn:[^/]*\/(?:.*\/)?)/i, "").toLowerCase();
}

/** The identities of all nodes in a stack: by reference, or by the names that the program wrote out. */
export class NodeIdentities {
    readonly #urns = new Set<string>();
    readonly #names = new Set<string>();

    constructor(stack: Stack) {
        for (const [type, places] of Object.entries(SOURCES)) {
            for (const resource of stack.all(type)) {
                if (type === OWN_IDENTITY) this.#urns.add(resource.urn);
                for (const [input, path] of places) {
                    // Some refer to keys and networks too, which nobody grants anything to.
                    for (const urn of resource.references(input)) this.#urns.add(urn);
                    const name = resource.given.at(path).text();
                    if (name.state === "known" && name.value !== "") {
                        this.#names.add(nameIn(name.value));
                    }
                }
            }
        }
    }

    /** Whether a resource is such an identity. */
    has({ urn, given }: StackResource): Truth {
        return this.#urns.has(urn) || this.#isNamed(given.get("name"));
    }

    /** Whether an input names such an identity, or several of which one is. */
    isIn(resource: StackResource, input: string): Truth {
        const references = resource.references(input);
        if (references.some((urn) => this.#urns.has(urn))) return true;
        return references.length > 0 ? false : this.#isNamed(resource.given.get(input));
    }

    #isNamed(value: Value): Truth {
        if (this.#names.size === 0 && this.#urns.size === 0) return false;
        return someOf(value, (one) =>
            holds(one, one.text(), (text) => this.#names.has(nameIn(text)), false),
        );
    }
}
