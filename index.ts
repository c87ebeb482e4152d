import type { Output } from "@pulumi/pulumi";
import { loadCloud } from "./components/clouds.ts";
import { loadSettings } from "./components/settings.ts";
import type { SiteOutputs } from "./components/site.ts";

/** What `pulumi stack output` shows. */
export interface StackOutputs {
    /** What stands, by site. Holds no secret. */
    readonly sites: Record<string, SiteOutputs>;
    /** Secret. A kubeconfig by site, with the cloud's credential plugin and no token. */
    readonly kubeconfigs: Record<string, Output<string>>;
}

/**
 * The whole program: settings → sites → outputs.
 *
 * One exported function, so that the CLI, the Automation API, the plan and the tests can run it as often as they like.
 */
export default async function platform(): Promise<StackOutputs> {
    const settings = loadSettings();
    // Every SDK is loaded before the first resource is registered: an installation that lacks one touches nothing.
    const builders = await Promise.all(
        settings.sites.map(async (site) => {
            const build = await loadCloud(site);
            return () => build(site);
        }),
    );
    const outputs: StackOutputs = { sites: {}, kubeconfigs: {} };
    for (const build of builders) {
        const site = build();
        outputs.sites[site.key] = site.outputs;
        outputs.kubeconfigs[site.key] = site.kubeconfig;
    }
    return outputs;
}
