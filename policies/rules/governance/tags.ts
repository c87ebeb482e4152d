import { childPath, type Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import {
    failIf,
    holds,
    isPresent,
    not,
    or,
    some,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { on, type Check, type Context, type Fix, type Rule, type StackVerdict } from "../rule.ts";
import { TAG_PLACES, type TagPlace } from "../tags/places.ts";

/** One tag by all its spellings: `CostCentre`, `cost-centre`, `cost_centre`. */
function folded(key: string): string {
    return key.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** The keys that an option asks for, folded. */
function wantedKeys({ options }: Context): readonly string[] {
    const keys = options.get("tags").list();
    if (keys.state !== "known") return [];
    return keys.value.flatMap((key) => {
        const text = key.text();
        return text.state === "known" ? [text.value] : [];
    });
}

/** Whether a tag of this key stands in a map or a list of them, and says something. */
function has(tags: Value, wanted: string, isList = false): Truth {
    const key = folded(wanted);
    if (isList) {
        return some(tags, (tag) => {
            const name = tag.get("key");
            return holds(name, name.text(), (text) => folded(text) === key, false);
        });
    }
    return holds(
        tags,
        tags.entries(),
        (entries) =>
            or(
                ...entries
                    .filter(([name]) => folded(name) === key)
                    .map(([, value]) => isPresent(value)),
            ),
        false,
    );
}

const MISSING = "lacks a tag that says whose it is or where it is booked";

function judge(tags: Value, found: (key: string) => Truth, context: Context): readonly Verdict[] {
    const missing = or(...wantedKeys(context).map((key) => not(found(key))));
    return failIf(missing, tags, MISSING);
}

/** What a resource settles alone: where the provider adds no tags of its own, or has shown already what it adds. */
const tagged: Check = ({ type, inputs }, context) => {
    const place = TAG_PLACES.get(type);
    if (place === undefined || !isSettled(place, inputs)) return [];
    const tags = inputs.at(place.path);
    const all = place.merged === undefined ? tags : inputs.get(place.merged);
    return judge(
        tags,
        (key) => or(has(tags, key, place.isList), has(all, key, place.isList)),
        context,
    );
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

function taggedByProvider(stack: Stack, context: Context): readonly StackVerdict[] {
    const defaults = new Map<string, Value | undefined>();
    return stack.resources.flatMap((resource) => {
        const { type, given, inputs, providerUrn = "" } = resource;
        const place = TAG_PLACES.get(type);
        if (place?.merged === undefined || isSettled(place, given)) return [];
        if (!defaults.has(providerUrn)) defaults.set(providerUrn, defaultTags(stack, resource));
        const more = defaults.get(providerUrn);
        const tags = given.at(place.path);
        const all = inputs.get(place.merged);
        const found = (key: string): Truth =>
            or(has(tags, key), more === undefined ? false : has(more, key), has(all, key));
        return on(resource, judge(tags, found, context));
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
        const tags = resource.inputs.at(place.path);
        const all = place.merged === undefined ? tags : resource.inputs.get(place.merged);
        return wantedKeys(context).flatMap((key) => {
            const value = context.options.get("values").get(key).text();
            if (value.state !== "known" || or(has(tags, key), has(all, key)) !== false) return [];
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
    remediation:
        "Set defaultTags on the AWS provider and defaultLabels on the Google Cloud provider, and tags on each resource of " +
        "Azure, which has no such default. Labels of node pools and Cloud SQL stand in nodeConfig.resourceLabels and " +
        "settings.userLabels.",
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
