import { GcpCluster } from "../../../components/gcp/cluster.ts";
import { GcpFoundation } from "../../../components/gcp/foundation.ts";
import { GcpNetwork } from "../../../components/gcp/network.ts";
import { GcpSecretStore } from "../../../components/gcp/secret-store.ts";
import { type Recorded, type RunOptions, run } from "../../../tools/offline/mocks.ts";
import { DEV, type GcpSiteArgs } from "./site.ts";

/** What data services and the way in are made on: the cluster and the secret store only where they are asked for. */
export class Parts {
    readonly name = "myapp-dev-gcp";
    readonly foundation: GcpFoundation;
    readonly network: GcpNetwork;
    readonly opts;
    readonly #args: GcpSiteArgs;
    #cluster?: GcpCluster;
    #secretStore?: GcpSecretStore;

    constructor(args: GcpSiteArgs) {
        const { region, account, tags } = args;
        this.#args = args;
        this.foundation = new GcpFoundation(this.name, { region, account, tags });
        this.opts = { providers: [...this.foundation.providers] };
        this.network = new GcpNetwork(
            this.name,
            { ...args.network, foundation: this.foundation },
            this.opts,
        );
    }

    get cluster(): GcpCluster {
        const { foundation, network } = this;
        const args = { ...this.#args.cluster, foundation, network };
        return (this.#cluster ??= new GcpCluster(this.name, args, this.opts));
    }

    get secretStore(): GcpSecretStore {
        const { foundation, network } = this;
        const args = { ...this.#args.secretStore, foundation, network };
        return (this.#secretStore ??= new GcpSecretStore(this.name, args, this.opts));
    }
}

/** Runs something on a site's parts. */
export function onSite<T>(
    make: (parts: Parts) => T,
    args: GcpSiteArgs = DEV,
    options?: RunOptions,
): Promise<Recorded<T>> {
    return run(() => make(new Parts(args)), options);
}

/** The URNs of two runs of the same, one of which is a preview that knows nothing yet: they have to be equal. */
export async function urnsBothWays(make: (parts: Parts) => unknown, args: GcpSiteArgs = DEV) {
    const known = await onSite(make, args);
    const unknown = await onSite(make, args, { preview: true, inventNothing: true });
    const urns = ({ resources }: typeof known) => resources.map(({ urn }) => urn).sort();
    return { known: urns(known), unknown: urns(unknown) };
}
