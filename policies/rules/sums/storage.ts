import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { failIf, type Verdict } from "../../runtime/truth.ts";
import { isPatch, sorted } from "../objects.ts";
import { KUBERNETES_PROVIDER, NAMESPACE, placesOf } from "../places.ts";
import { podsOf } from "../pods.ts";
import { bytesText, countText, quantity, quantityAt, whole, type Quantity } from "../quantities.ts";
import { on, type Context, type Rule, type StackVerdict } from "../rule.ts";
import { SCALER_TYPES, scalesOf, type Amount } from "../scale.ts";
import { CROWD_TYPES, crowdOf, HIDDEN_TYPES } from "./crowds.ts";
import { inWords, sizeOf, sumOf, type Term } from "./terms.ts";

const QUOTA = "kubernetes:core:ResourceQuota";
const CLAIM = "kubernetes:core:PersistentVolumeClaim";
const STATEFUL_SET = "kubernetes:apps:StatefulSet";

/** Volumes of one size and class. */
interface Claim {
    readonly owner: StackResource;
    /** The spec of the claim. */
    readonly spec: Value;
    readonly times: Amount;
}

/** The claims that a resource makes. A StatefulSet keeps the volumes of pods that it has scaled away. */
function claimsOf(stack: Stack, owner: StackResource): readonly Claim[] {
    if (isPatch(owner.token)) return [];
    const { type, inputs } = owner;
    if (type === CLAIM) return [{ owner, spec: inputs.get("spec"), times: 1 }];
    const kept =
        type === STATEFUL_SET
            ? claimsIn(owner, inputs.at("spec.volumeClaimTemplates"), (template) => ({
                  spec: template.get("spec"),
                  times: scalesOf(stack).of(owner).max,
              }))
            : [];
    return [...kept, ...passingClaims(stack, owner)];
}

/** Claims that live as long as their pod. */
function passingClaims(stack: Stack, owner: StackResource): readonly Claim[] {
    const times = () => {
        const { pods, surge } = crowdOf(stack, owner);
        if (typeof pods === "object") return pods;
        return typeof surge === "object" ? surge : pods + surge;
    };
    return podsOf(owner).flatMap(({ spec }) =>
        claimsIn(owner, spec.get("volumes"), (volume) => ({
            spec: volume.at("ephemeral.volumeClaimTemplate.spec"),
            times: times(),
        })),
    );
}

/** The claims of a list; one that cannot be read yet is a claim of which nothing is known. */
function claimsIn(
    owner: StackResource,
    list: Value,
    claim: (element: Value) => Omit<Claim, "owner">,
): readonly Claim[] {
    const elements = list.list();
    if (elements.state === "unknown") return [{ owner, spec: list, times: 0 }];
    if (elements.state === "absent") return [];
    return elements.value
        .map((element) => ({ owner, ...claim(element) }))
        .filter(({ spec }) => spec.state !== "absent");
}

/** A sum of claims, as far as it can be told. */
interface Sum {
    readonly terms: readonly (Term & { readonly claim: Claim })[];
    readonly doubt: string | undefined;
}

function sizeAt({ spec }: Claim): Value {
    return spec.at("resources.requests.storage");
}

/** Adds up sizes or numbers, of all claims or of those of one class. */
function addUp(claims: readonly Claim[], sort: "size" | "number", ofClass?: string): Sum {
    let doubt: string | undefined;
    const terms = claims.flatMap((claim) => {
        if (claim.spec.entries().state !== "known") {
            doubt ??= claim.spec.path;
            return [];
        }
        const given = claim.spec.get("storageClassName").text();
        if (ofClass !== undefined) {
            // Without a class the cluster's own default decides.
            if (given.state !== "known") doubt ??= claim.spec.get("storageClassName").path;
            if (given.state !== "known" || given.value !== ofClass) return [];
        }
        const size = sort === "size" ? quantityAt(sizeAt(claim)) : whole(1);
        if (typeof size === "object") doubt ??= size.unknown;
        if (typeof claim.times === "object") doubt ??= claim.times.unknown;
        if (typeof size !== "bigint" || typeof claim.times === "object") return [];
        return [{ replicas: claim.times, surge: 0, each: size, claim }];
    });
    return { terms, doubt };
}

const BY_CLASS =
    /^(.+)\.storageclass\.storage\.k8s\.io\/(requests\.storage|persistentvolumeclaims)$/;

/** What an entry of a quota bounds, if it is storage. */
function boundOf(name: string): { sort: "size" | "number"; ofClass?: string } | undefined {
    if (name === "requests.storage") return { sort: "size" };
    if (/^(count\/)?persistentvolumeclaims$/.test(name)) return { sort: "number" };
    const [, ofClass, what] = BY_CLASS.exec(name) ?? [];
    if (ofClass === undefined) return undefined;
    return { sort: what === "requests.storage" ? "size" : "number", ofClass };
}

function judgeQuota(inputs: Value, claims: readonly Claim[], doubt: string | undefined) {
    const hard = inputs.at("spec.hard");
    const entries = hard.entries();
    if (entries.state === "unknown") return failIf({ unknown: hard.path }, hard, "");
    if (entries.state === "absent") return [];
    return sorted(entries.value).flatMap(([name, value]): readonly Verdict[] => {
        const bound = boundOf(name);
        const limit = quantityAt(value);
        if (bound === undefined || limit === "absent") return [];
        if (typeof limit === "object") return failIf(limit, value, "");
        const sum = addUp(claims, bound.sort, bound.ofClass);
        const text = bound.sort === "size" ? bytesText : countText;
        const total = sumOf(sum.terms);
        if (total > limit) return failIf(true, value, inAll(sum.terms, total, limit, text));
        const unsure = doubt ?? sum.doubt;
        return failIf(unsure === undefined ? false : { unknown: unsure }, value, "");
    });
}

function inAll(
    terms: readonly Term[],
    total: Quantity,
    limit: Quantity,
    text: (amount: Quantity) => string,
): string {
    const words = inWords(terms, text === bytesText ? text : undefined);
    return `${words} are ${text(total)}; the quota is ${text(limit)}`;
}

/** The claims of each namespace of the stack. */
function claimsByPlace(stack: Stack): ReadonlyMap<string, readonly Claim[]> {
    const places = placesOf(stack);
    const found = new Map<string, Claim[]>();
    for (const owner of stack.all(CLAIM, ...CROWD_TYPES)) {
        const place = places.namespace(owner);
        const claims = place === undefined ? [] : claimsOf(stack, owner);
        if (place === undefined || claims.length === 0) continue;
        const list = found.get(place);
        if (list === undefined) found.set(place, [...claims]);
        else list.push(...claims);
    }
    return found;
}

function storage(stack: Stack, { options }: Context): readonly StackVerdict[] {
    const places = placesOf(stack);
    const claims = claimsByPlace(stack);
    const claimants = places.inhabitants(CLAIM, ...CROWD_TYPES);
    const hidden = places.inhabitants(...HIDDEN_TYPES);
    const judged = stack.all(QUOTA).flatMap((quota) => {
        if (isPatch(quota.token)) return [];
        const place = places.namespace(quota);
        const cluster = places.cluster(quota);
        if (place === undefined) {
            return on(quota, [{ state: "unknown", path: "metadata.namespace" }]);
        }
        const loose = [...claimants.loose(cluster), ...hidden.loose(cluster)];
        const doubt =
            loose.length > 0
                ? "metadata.namespace"
                : hidden.of(place).length > 0
                  ? "chart"
                  : undefined;
        return on(quota, judgeQuota(quota.inputs, claims.get(place) ?? [], doubt));
    });
    return [...judged, ...overCap(claims, options.get("maximum"))];
}

/** Namespaces whose claims exceed what the option allows, told at the largest claim. */
function overCap(
    claims: ReadonlyMap<string, readonly Claim[]>,
    option: Value,
): readonly StackVerdict[] {
    const given = option.text();
    const cap = given.state === "known" ? quantity(given.value) : undefined;
    if (cap === undefined) return [];
    return [...claims.values()].flatMap((inPlace) => {
        const { terms } = addUp(inPlace, "size");
        const total = sumOf(terms);
        const [largest] = [...terms].sort((one, other) =>
            sizeOf(other) > sizeOf(one) ? 1 : sizeOf(other) < sizeOf(one) ? -1 : 0,
        );
        if (largest === undefined || total <= cap) return [];
        const words = inWords(terms, bytesText);
        return on(
            largest.claim.owner,
            failIf(
                true,
                sizeAt(largest.claim),
                `${words} are ${bytesText(total)}; a namespace may have ${bytesText(cap)}`,
            ),
        );
    });
}

/** A namespace's volumes fit into its quota. */
export const storageWithinQuota: Rule = {
    id: "k8s-storage-within-quota",
    title: "A namespace's quota holds the volumes that its workloads claim.",
    why: "The quota refuses the claim that exceeds it, and the pod that waits for it never starts: a cluster of three has two members, and no majority once one is lost.",
    clouds: ["kubernetes"],
    pack: "reliability",
    severity: "high",
    requirements: {},
    analogies: { "SOC 2": ["A1.1"] },
    remediation:
        "Raise requests.storage or persistentvolumeclaims in spec.hard to the sum, give add-ons a namespace and a quota " +
        "of their own, or claim less.",
    see: "https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-for-storage",
    options: {
        properties: {
            maximum: {
                type: "string",
                default: "",
                description:
                    "The most that the claims of a namespace may come to, quota or not, such as 1Ti; empty for no such limit.",
            },
        },
    },
    checks: {},
    stack: {
        judges: [QUOTA, STATEFUL_SET, CLAIM],
        reads: [...CROWD_TYPES, ...HIDDEN_TYPES, ...SCALER_TYPES, NAMESPACE, KUBERNETES_PROVIDER],
        check: storage,
    },
    note:
        "Templates of a StatefulSet count once for each of its pods at the most, as volumes stay when pods go. Claims " +
        "without a class count for the whole namespace, and for no class: the cluster's default decides.",
};
