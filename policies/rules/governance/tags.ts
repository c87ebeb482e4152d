import { childPath, type Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { failIf, not, or, type Truth, type Verdict } from "../../runtime/truth.ts";
import { on, type Check, type Context, type Fix, type Rule, type StackVerdict } from "../rule.ts";
import { holdsAll, Tags, wantedKeys } from "./tag-maps.ts";
import { TAG_PLACES, type TagPlace } from "../tags/places.ts";

const MISSING = "lacks a tag that says whose it is or where it is booked";

function judge(tags: Value, found: (key: string) => Truth, context: Context): readonly Verdict[] {
    let missing: Truth = false;
    for (const key of wantedKeys(context)) missing = or(missing, not(found(key)));
    return failIf(missing, tags, MISSING);
}

/** What a resource settles alone: where the provider adds no tags of its own, or has shown already what it adds. */
const tagged: Check = ({ type, inputs }, context) => {
    const place = TAG_PLACES.get(type);
    if (place === undefined || !isSettled(place, inputs)) return [];
    const tags = inputs.at(place.path);
    if (place.isList !== true && holdsAll(tags, context)) return [];
    const own = new Tags(tags, place.isList);
    if (place.merged === undefined) return judge(tags, (key) => own.has(key), context);
    const all = new Tags(inputs.get(place.merged), place.isList);
    return judge(tags, (key) => or(own.has(key), all.has(key)), context);
};

/** AWS's provider writes its default tags into the inputs before any policy sees them; Google's does not. */
function isSettled({ merged }: TagPlace, inputs: Value): boolean {
    return merged === undefined || inputs.get(merged).state === "known";
}

/** Where a provider's default tags stand, which it may take as a text of JSON. */
function defaultTags(stack: Stack, { providerUrn }: StackResource): Value | undefined {
    const provider = stack.get(providerUrn ?? "")?.inputs;
    switch (provider === undefined ? "" : stack.get(providerUrn ?? "")?.type) {
        case "pulumi:providers:aws":
            return provider?.get("defaultTags").json().get("tags").json();
        case "pulumi:providers:gcp":
            return provider?.get("defaultLabels").json();
        default:
            return undefined;
    }
}

type Has = (key: string) => Truth;

/** What a provider adds by itself. */
interface Added {
    readonly has: Has;
    /** True if that is all that is asked for. */
    readonly isAll: boolean;
}

/** What each provider of a stack adds by itself, read once for all of its resources. */
class Defaults {
    readonly #stack: Stack;
    readonly #wanted: readonly string[];
    readonly #byProvider = new Map<string, Added>();

    constructor(stack: Stack, wanted: readonly string[]) {
        this.#stack = stack;
        this.#wanted = wanted;
    }

    of(resource: StackResource): Added {
        const { providerUrn = "" } = resource;
        let found = this.#byProvider.get(providerUrn);
        if (found === undefined) {
            const has = remembering(defaultTags(this.#stack, resource));
            found = { has, isAll: this.#wanted.every((key) => has(key) === true) };
            this.#byProvider.set(providerUrn, found);
        }
        return found;
    }
}

function remembering(value: Value | undefined): Has {
    if (value === undefined) return () => false;
    const tags = new Tags(value);
    const known = new Map<string, Truth>();
    return (key) => {
        let found = known.get(key);
        if (found === undefined) known.set(key, (found = tags.has(key)));
        return found;
    };
}

function taggedByProvider(stack: Stack, context: Context): readonly StackVerdict[] {
    const defaults = new Defaults(stack, wantedKeys(context));
    return stack.types.flatMap((type) => {
        const place = TAG_PLACES.get(type);
        if (place?.merged === undefined) return [];
        const { path, merged } = place;
        return stack.all(type).flatMap((resource) => {
            const { given, inputs } = resource;
            const { has, isAll } = defaults.of(resource);
            if (isAll || isSettled(place, given)) return [];
            const tags = given.at(path);
            const [own, all] = [new Tags(tags), new Tags(inputs.get(merged))];
            const found = (key: string): Truth => or(own.has(key), has(key), all.has(key));
            return on(resource, judge(tags, found, context));
        });
    });
}

/** A value as Google Cloud and Kubernetes take it. */
function asLabel(text: string): string {
    return text
        .toLowerCase()
        .replaceAll(/[^a-z0-9_-]/g, "-")
        .slice(0, 63);
}

/** `cost-centre` for `CostCentre`. */
function asLabelKey(key: string): string {
    return asLabel(key.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2"));
}

const ADD: Fix = {
    replaces: false,
    changes: (resource, context) => {
        const place = TAG_PLACES.get(resource.type);
        if (place === undefined || place.isList === true) return [];
        if (!tagged(resource, context).some(({ state }) => state === "fail")) return [];
        const tags = new Tags(resource.inputs.at(place.path));
        const all = place.merged === undefined ? tags : new Tags(resource.inputs.get(place.merged));
        return wantedKeys(context).flatMap((key) => {
            const value = context.options.get("values").get(key).text();
            if (value.state !== "known" || or(tags.has(key), all.has(key)) !== false) return [];
            const [name, text] = place.isLabel
                ? [asLabelKey(key), asLabel(value.value)]
                : [key, value.value];
            return [{ path: childPath(place.path, name), value: text }];
        });
    },
};

/** Everything says whose it is. */
export const tagsRequired: Rule = {
    id: "tags-required",
    title: "Everything that takes tags or labels says who owns it and where it is booked.",
    why: "What belongs to nobody is never patched and never deleted, and its cost is nobody's.",
    clouds: ["aws", "azure", "gcp", "kubernetes"],
    pack: "cost",
    severity: "low",
    requirements: { "PCI DSS": ["A1.1.2"] },
    analogies: { "SOC 2": ["CC8.1"] },
    remediation: {
        aws: "Set defaultTags on the provider, or tags on the resource.",
        "azure-native": "Set tags on the resource; the provider has no default for them.",
        gcp: "Set defaultLabels on the provider, or labels on the resource.",
        "gcp:container/nodePool": "Set nodeConfig.resourceLabels.",
        "gcp:sql": "Set settings.userLabels.",
        kubernetes: "Set metadata.labels on the namespace.",
    },
    see: "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
    options: {
        properties: {
            tags: {
                type: "array",
                items: { type: "string" },
                default: ["Owner", "CostCentre"],
                description:
                    "The tags that have to be there. Spelling counts by letters and digits only: CostCentre is cost-centre too.",
            },
            values: {
                type: "object",
                additionalProperties: { type: "string" },
                default: {},
                description: "What the level remediate writes where a tag is missing, by tag.",
            },
        },
    },
    needs: "tags",
    checks: { "*": tagged },
    concerns: (type) => TAG_PLACES.has(type),
    stack: { judges: [], reads: ["aws:*", "gcp:*", "pulumi:*"], check: taggedByProvider },
    fixes: Object.fromEntries([...TAG_PLACES.keys()].map((type) => [type, ADD])),
    note:
        "Which types take tags is read from the providers' SDKs. A resource without a say of its own passes by its " +
        "provider's default tags. Of Kubernetes only namespaces are judged: what is in them is booked to them.",
};
