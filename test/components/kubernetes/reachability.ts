import type { Cidr } from "../../../components/lib/cidr.ts";
import { contains } from "../../../components/lib/cidr.ts";

type Labels = Readonly<Record<string, string>>;

/** One end of a connection: a pod with its labels, or an address outside the cluster. */
export type End =
    | {
          readonly namespace: string;
          readonly labels: Labels;
          /** Those of its namespace, besides the name that every namespace is labelled with. */
          readonly namespaceLabels?: Labels;
          readonly address?: string;
      }
    | { readonly address: string };

/** A port and its protocol. */
export interface Target {
    readonly protocol: "TCP" | "UDP";
    readonly port: number;
}

interface Selector {
    matchLabels?: Labels;
    matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

interface Peer {
    podSelector?: Selector;
    namespaceSelector?: Selector;
    ipBlock?: { cidr: Cidr; except?: Cidr[] };
}

interface Rule {
    from?: Peer[];
    to?: Peer[];
    ports?: { protocol?: string; port?: number }[];
}

/** A NetworkPolicy as far as it is looked at. */
export interface Policy {
    readonly namespace: string;
    readonly spec: {
        podSelector: Selector;
        policyTypes?: string[];
        ingress?: Rule[];
        egress?: Rule[];
    };
}

/** What an expression says of a label's value; undefined where the label is not there. */
const OPERATORS: Readonly<
    Record<string, (value: string | undefined, values: readonly string[]) => boolean>
> = {
    In: (value, values) => value !== undefined && values.includes(value),
    NotIn: (value, values) => value === undefined || !values.includes(value),
    Exists: (value) => value !== undefined,
};

function selects(selector: Selector, labels: Labels): boolean {
    const equal = Object.entries(selector.matchLabels ?? {}).every(
        ([key, value]) => labels[key] === value,
    );
    return (
        equal &&
        (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
            const test = OPERATORS[operator];
            if (!test) throw new Error(`operator ${operator} is not modelled`);
            return test(labels[key], values);
        })
    );
}

function matches(peer: Peer, end: End, home: string): boolean {
    if (peer.ipBlock) {
        if (end.address === undefined) return false;
        const host = `${end.address}/32` as const;
        const { cidr, except = [] } = peer.ipBlock;
        return contains(cidr, host) && !except.some((block) => contains(block, host));
    }
    if (!("namespace" in end)) return false;
    const inNamespace = peer.namespaceSelector
        ? selects(peer.namespaceSelector, {
              ...end.namespaceLabels,
              "kubernetes.io/metadata.name": end.namespace,
          })
        : end.namespace === home;
    return inNamespace && selects(peer.podSelector ?? {}, end.labels);
}

/** True if the policies let a connection pass on one side: out of `end`, or into it. */
function passes(
    policies: readonly Policy[],
    direction: "Ingress" | "Egress",
    end: End,
    other: End,
    target: Target,
): boolean {
    if (!("namespace" in end)) return true;
    const own = policies.filter(
        ({ namespace, spec }) =>
            namespace === end.namespace &&
            selects(spec.podSelector, end.labels) &&
            (spec.policyTypes ?? ["Ingress"]).includes(direction),
    );
    if (own.length === 0) return true;
    return own.some(({ namespace, spec }) =>
        (direction === "Ingress" ? spec.ingress : spec.egress)?.some((rule) => {
            const peers = direction === "Ingress" ? rule.from : rule.to;
            const peer = !peers || peers.some((one) => matches(one, other, namespace));
            const port =
                !rule.ports ||
                rule.ports.some(
                    (one) =>
                        (one.protocol ?? "TCP") === target.protocol && one.port === target.port,
                );
            return peer && port;
        }),
    );
}

/** True if a connection can be made: nothing keeps it in, and nothing keeps it out. */
export function reaches(policies: readonly Policy[], from: End, to: End, target: Target): boolean {
    return (
        passes(policies, "Egress", from, to, target) &&
        passes(policies, "Ingress", to, from, target)
    );
}

/** A Service in front of pods. */
export interface ServiceEnd {
    readonly namespace: string;
    readonly selector: Labels;
}

/**
 * True if pods are let out to the address of a Service, of whose pods `target` is the port.
 *
 * EKS keeps its policies before that address becomes a pod's: it knows a Service for one that a rule means if the
 * Service's selector has all the labels that the rule asks pods for.
 *
 * @see https://github.com/aws/amazon-network-policy-controller-k8s/blob/main/pkg/resolvers/endpoints.go
 */
export function letsOutTo(
    policies: readonly Policy[],
    from: End,
    { namespace, selector }: ServiceEnd,
    target: Target,
): boolean {
    return passes(policies, "Egress", from, { namespace, labels: selector }, target);
}
