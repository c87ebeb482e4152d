import type { PlannedResource } from "../../model.ts";
import { box, type Box } from "./boxes.ts";
import { addressRange, countParts } from "./facts.ts";
import { given, inside, items, shortName } from "./read.ts";
import { groupBy } from "../../../lib/group.ts";

const NETWORKS = [
    "aws:ec2/vpc:Vpc",
    "azure-native:network:VirtualNetwork",
    "gcp:compute/network:Network",
];

const SUBNETS = [
    "aws:ec2/subnet:Subnet",
    "azure-native:network:Subnet",
    "gcp:compute/subnetwork:Subnetwork",
];

/** Subnets that serve the same, one for each zone. */
export interface Tier {
    readonly name: string;
    readonly subnets: readonly Subnet[];
}

interface Subnet {
    readonly urn: string;
    readonly title: string;
    readonly cidr: string;
    readonly more: readonly string[];
}

/** The subnets in tiers: `private-a` and `private-b` are zones of one. */
export function tiersOf(resources: readonly PlannedResource[], site: string): readonly Tier[] {
    const subnets = resources.filter((one) => SUBNETS.includes(one.type) || isReserved(one));
    const tiers = groupBy(subnets, (one) => tierName(one, site));
    return [...tiers].map(([name, own]) => ({
        name,
        subnets: own.map((one) => subnetOf(one, site)),
    }));
}

/** A range that Google's own services are given within a network. */
function isReserved({ type, inputs }: PlannedResource): boolean {
    return type === "gcp:compute/globalAddress:GlobalAddress" && inputs.purpose === "VPC_PEERING";
}

function tierName({ name }: PlannedResource, site: string): string {
    return name === site ? "nodes" : shortName(name, site).replace(/-(?:[a-z]|\d+)$/, "");
}

function subnetOf(resource: PlannedResource, site: string): Subnet {
    const { urn, name } = resource;
    const title = name === site ? "nodes" : shortName(name, site);
    const more = items(resource, "secondaryIpRanges").flatMap((range) => {
        const [label, cidr] = [inside(range, "rangeName"), inside(range, "ipCidrRange")];
        return typeof label === "string" && typeof cidr === "string" ? [`${label} ${cidr}`] : [];
    });
    return { urn, title, cidr: addressRange(resource) ?? "", more };
}

/** What stands in a tier. */
type Content = (tier: Tier) => readonly Box[];

/** The network as a frame around its tiers: first what the Internet meets, last what holds nothing but addresses. */
export function networkBox(
    resources: readonly PlannedResource[],
    tiers: readonly Tier[],
    content: Content,
    { range, rest }: { readonly range: string | undefined; readonly rest: readonly Box[] },
): Box | undefined {
    const network = resources.find(({ type }) => NETWORKS.includes(type));
    if (network === undefined) return undefined;
    const held = tiers
        .filter((tier) => rank(tier, content) < LAST)
        .sort((left, right) => rank(left, content) - rank(right, content));
    const empty = tiers.filter((tier) => rank(tier, content) === LAST);
    const rows = held.map((tier) => [tierBox(tier, content(tier))]);
    return box("network", "network", given("Network", addressRange(network) ?? range).join(" "), {
        lines: given(countParts(resources).join(" · ")),
        rows: [...rows, ...rest.map((one) => [one]), empty.map((tier) => tierBox(tier, []))],
    });
}

const LAST = 3;

function rank(tier: Tier, content: Content): number {
    if (/public/.test(tier.name)) return 0;
    const kinds = content(tier).map(({ kind }) => kind);
    if (kinds.length === 0) return LAST;
    return kinds.includes("cluster") ? 1 : 2;
}

function tierBox({ name, subnets }: Tier, content: readonly Box[]): Box {
    const [first] = subnets;
    const inner = content.map((one) => [one]);
    const kind = content.length > 0 || subnets.length > 1 ? "tier" : "subnet";
    if (first !== undefined && subnets.length === 1) {
        const lines = given(first.cidr, ...first.more);
        return box(first.urn, kind, `${name} subnet`, { lines, rows: inner });
    }
    const own = subnets.map(({ urn, title, cidr, more }) => {
        return box(urn, "subnet", title, { lines: given(cidr, ...more) });
    });
    return box(`tier ${name}`, kind, `${name} subnets`, { rows: [own, ...inner] });
}
