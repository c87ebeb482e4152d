import type { CloudName } from "../../../components/contracts/cloud.ts";

/** What a pipeline delivers, and where to. */
export interface Delivery {
    /** The application's key. */
    readonly application: string;
    /** The key of the registry on each site. */
    readonly registry: string;
    /** The repository of its images in each of them. */
    readonly repository: string;
    /** What the user calls the stack. */
    readonly stack: string;
    /** The sites that run it. */
    readonly sites: readonly Destination[];
}

/** A site with a registry. */
export interface Destination {
    readonly site: string;
    readonly cloud: CloudName;
    readonly region: string;
}

/** What the variables of a site begin with: `AWS`. */
export function prefixOf({ site }: Destination): string {
    return site.toUpperCase().replaceAll("-", "_");
}

/** The options that name one image in all registries: `--tag "$AWS_REGISTRY/shop:$TAG"`. */
export function tagsOf({ repository, sites }: Delivery): string {
    return sites.map((site) => `--tag "$${prefixOf(site)}_REGISTRY/${repository}:$TAG"`).join(" ");
}

/** The command that puts a delivered image into the platform's settings. */
export function proposal({ application, registry, stack }: Delivery): string {
    return `npm run new -- image --stack ${stack} --application ${application} --registry ${registry} --image "$IMAGE"`;
}
