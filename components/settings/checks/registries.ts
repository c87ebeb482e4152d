import type { SiteContext } from "../site-context.ts";

/** Registries that hold something, each name once, and copies only where the cloud makes them. */
export function checkRegistries(context: SiteContext): void {
    const { effective, add } = context;
    for (const [key, { repositories }] of Object.entries(effective.registries)) {
        const at = `registries.${key}.repositories`;
        if (repositories.length === 0) {
            add({ at, message: "is empty", fix: "List the images it holds, like [shop]" });
        }
        const twice = repositories.find((name, index) => repositories.indexOf(name) !== index);
        if (twice !== undefined) {
            const message = `holds ${JSON.stringify(twice)} more than once`;
            add({ at, message, fix: "Keep it once" });
        }
    }
    checkCopies(context);
}

/** Not every cloud copies images to other regions; ECR does, by one configuration for the account in a region. */
function checkCopies({ effective, add, facts, limits, raw }: SiteContext): void {
    const copied = Object.entries(effective.registries).filter(
        ([, { replicateTo }]) => replicateTo !== undefined && replicateTo.length > 0,
    );
    for (const [index, [key, { replicateTo = [] }]] of copied.entries()) {
        const at = `registries.${key}.replicateTo`;
        if (facts !== undefined && limits?.registry.copies === false) {
            const message = `is not what ${facts.title} can do with a registry`;
            add({ at, message, fix: "Write it only in the sites on AWS" });
            continue;
        }
        const wrong = replicateTo.find(
            (region) => region === raw.region || limits?.regions.includes(region) === false,
        );
        if (wrong !== undefined) {
            const message = `names ${JSON.stringify(wrong)}, which is no other region of AWS`;
            add({ at, message, fix: "Write another region of AWS, like eu-west-1" });
        }
        if (index > 0) {
            const message =
                "is a second registry with copies, and an account has one configuration";
            add({ at, message, fix: "Put the images into one registry" });
        }
    }
}
