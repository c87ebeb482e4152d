import type { Json, PlannedResource } from "../../model.ts";
import { isList } from "../../mask.ts";
import type { Reach } from "./boxes.ts";
import type { Tier } from "./network.ts";
import { inside, items } from "./read.ts";
import type { Part } from "./parts.ts";
import { groupBy } from "../../../lib/group.ts";

/** Parts that everything refers to, so that a line to them would say nothing. */
const EVERYWHERE = ["Network", "Foundation", "ClusterServices"];

/** Who reaches whom: what policies of the network let through, and what resources refer to. */
export function reachesOf(
    parts: readonly Part[],
    tiers: readonly Tier[],
    tierOf: (part: Part) => Tier | undefined,
): readonly Reach[] {
    const all = [...byPolicies(parts, tiers, tierOf), ...byReferences(parts)];
    const pairs = groupBy(all, ({ from, to }) => `${from}\n${to}`);
    return [...pairs.values()].flatMap((same) => {
        const [first] = same;
        if (first === undefined) return [];
        return [{ ...first, words: inOneWord([...new Set(same.flatMap(({ words }) => words))]) }];
    });
}

const [KEEPS, READS] = ["keeps credentials", "credentials"];

/** Who keeps credentials and reads them says so once. */
function inOneWord(words: readonly string[]): readonly string[] {
    if (!words.includes(KEEPS) || !words.includes(READS)) return words;
    const others = words.filter((one) => one !== KEEPS && one !== READS);
    return [...others, "keeps and reads credentials"];
}

/** What runs in the cluster and whose policy lets it out to the addresses of a tier reaches what stands there. */
function byPolicies(
    parts: readonly Part[],
    tiers: readonly Tier[],
    tierOf: (part: Part) => Tier | undefined,
): readonly Reach[] {
    const found: Reach[] = [];
    for (const { id, inCluster, resources } of parts) {
        if (!inCluster) continue;
        for (const { cidr, port } of resources.flatMap(openings)) {
            const tier = tiers.find(({ subnets }) => subnets.some((one) => one.cidr === cidr));
            if (tier === undefined) continue;
            const targets = parts.filter(
                (part) => part.kind === "Database" && tierOf(part) === tier,
            );
            found.push(
                ...targets.map((part) => ({ from: id, to: part.id, words: [`port ${port}`] })),
            );
        }
    }
    return found;
}

function openings(policy: PlannedResource): readonly { cidr: string; port: string }[] {
    if (!policy.type.endsWith(":NetworkPolicy")) return [];
    return items(policy, "spec.egress").flatMap((rule) => {
        const ports = list(inside(rule, "ports")).map((one) => inside(one, "port"));
        return list(inside(rule, "to")).flatMap((peer) => {
            const cidr = inside(peer, "ipBlock.cidr");
            if (typeof cidr !== "string") return [];
            return ports.map((port) => ({ cidr, port: String(port) }));
        });
    });
}

function list(value: Json | undefined): readonly Json[] {
    return isList(value) ? value : [];
}

/** What a part's resources refer to in another part. */
function byReferences(parts: readonly Part[]): readonly Reach[] {
    const home = new Map(parts.flatMap((part) => part.resources.map(({ urn }) => [urn, part])));
    const tokens = new Map(
        parts.flatMap(({ resources }) => resources.map(({ urn, type }) => [urn, type])),
    );
    return parts.flatMap((part) => {
        return part.resources.flatMap(({ type, propertyDependencies }) => {
            return Object.values(propertyDependencies)
                .flat()
                .flatMap((urn) => {
                    const other = home.get(urn);
                    if (other === undefined || other === part) return [];
                    if (isEverywhere(part) || isEverywhere(other)) return [];
                    return reference(part, type, other, tokens.get(urn) ?? "");
                });
        });
    });
}

function isEverywhere({ kind }: Part): boolean {
    return EVERYWHERE.includes(kind);
}

/** What a reference means: who grants, is reached; who reads, reaches. */
function reference(part: Part, type: string, other: Part, target: string): readonly Reach[] {
    if (other.kind === "Cluster") {
        const isGrant = /Policy$|RoleAssignment$|IAMMember$|IamMember$/.test(type);
        if (part.kind !== "Registry" || !isGrant) return [];
        return [{ from: other.id, to: part.id, words: ["images"] }];
    }
    if (part.inCluster) {
        return [
            {
                from: part.id,
                to: other.id,
                words: [/secret|vault|role|identity/i.test(target) ? READS : "uses"],
            },
        ];
    }
    const [store] = [part, other].filter(({ kind }) => kind === "SecretStore");
    const keeper = store === part ? other : part;
    if (store === undefined) return [{ from: part.id, to: other.id, words: ["uses"] }];
    return [{ from: keeper.id, to: store.id, words: [KEEPS] }];
}
