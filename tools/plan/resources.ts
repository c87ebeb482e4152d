import { join, relative, sep } from "node:path";
import { normalise } from "../../policies/runtime/normalise.ts";
import { ROOT } from "../stack/layout.ts";
import type { Frame, RecordedResource } from "../offline/recorded.ts";
import { mask } from "./mask.ts";
import type { PlannedResource, Source } from "./model.ts";
import { by, compare } from "./order.ts";

/** Where what runs the program stands. */
const TOOLS = join(ROOT, "tools") + sep;

/** The recorded resources as a plan lists them. */
export function planResources(
    recorded: readonly RecordedResource[],
    keyOf: (component: string) => string,
    root: string,
): readonly PlannedResource[] {
    const byUrn = new Map(recorded.map((resource) => [resource.urn, resource]));
    return recorded
        .map((resource) => {
            const components = componentsAbove(resource, byUrn);
            const top = components[0] ?? (resource.custom ? undefined : resource);
            return planResource(resource, components, top ? keyOf(top.name) : "", root);
        })
        .sort(
            by(
                ({ site }) => site,
                ({ component }) => component.join("\n"),
                ({ token }) => token,
                ({ name }) => name,
                ({ urn }) => urn,
            ),
        );
}

function planResource(
    resource: RecordedResource,
    components: readonly RecordedResource[],
    site: string,
    root: string,
): PlannedResource {
    const { urn, name, parent, custom, options } = resource;
    const { values, secrets, unknowns } = mask(resource.inputs, resource.secrets);
    const source = resource.frames && sourceOf(resource.frames, root);
    return {
        urn,
        type: normalise(resource.type),
        token: resource.type,
        name,
        site,
        component: components.map((one) => `${one.type} ${one.name}`),
        parent,
        custom,
        protect: options.protect,
        provider: options.provider,
        inputs: values,
        secrets,
        unknowns,
        dependencies: sorted(options.dependencies),
        propertyDependencies: Object.fromEntries(
            Object.entries(options.propertyDependencies)
                .filter(([, urns]) => urns.length > 0)
                .map(([input, urns]) => [input, sorted(urns)] as const)
                .sort(([left], [right]) => compare(left, right)),
        ),
        ignoreChanges: sorted(options.ignoreChanges),
        replaceOnChanges: sorted(options.replaceOnChanges),
        retainOnDelete: options.retainOnDelete,
        deletedWith: options.deletedWith,
        aliases: sorted(options.aliases),
        ...(source && { source }),
    };
}

/** The components that a resource stands in, outermost first. */
function componentsAbove(
    resource: RecordedResource,
    byUrn: ReadonlyMap<string, RecordedResource>,
): readonly RecordedResource[] {
    const above: RecordedResource[] = [];
    let next = byUrn.get(resource.parent);
    while (next !== undefined) {
        if (!next.custom) above.unshift(next);
        next = byUrn.get(next.parent);
    }
    return above;
}

/** The program's own lines among the frames: above what runs it, and not those of packages. */
function sourceOf(frames: readonly Frame[], root: string): Source | undefined {
    const runner = frames.findIndex(({ file }) => file.startsWith(TOOLS));
    const own = (runner === -1 ? frames : frames.slice(0, runner))
        .map(({ file, line }) => ({ file: relative(root, file).replaceAll("\\", "/"), line }))
        .filter(({ file }) => !file.startsWith("..") && !file.includes("node_modules/"));
    const [first, ...callers] = own;
    return first && { ...first, callers };
}

function sorted(texts: readonly string[]): readonly string[] {
    return [...new Set(texts)].sort(compare);
}
