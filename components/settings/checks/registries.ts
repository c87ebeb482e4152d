import type { SiteContext } from "../site-context.ts";

/** Registries that hold something, each name once. */
export function checkRegistries({ effective, add }: SiteContext): void {
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
}
