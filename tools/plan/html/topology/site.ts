import type { Plan, PlannedResource, PlannedSite } from "../../model.ts";
import { count } from "../../show/paint.ts";
import type { Index } from "../words.ts";
import { box, type Box, type BoxKind, type Topology } from "./boxes.ts";
import { clusterBox } from "./cluster.ts";
import { DATABASES } from "./facts.ts";
import { networkBox, tiersOf, type Tier } from "./network.ts";
import { reachesOf } from "./reach.ts";
import { partsOf, wordsOf, type Part } from "./parts.ts";
import { given, text } from "./read.ts";

/** What is drawn in another way, or is of no interest in a picture. */
const NOT_ALONE = ["Network", "Cluster", "Foundation"];

const KINDS: Readonly<Record<string, BoxKind>> = {
    Database: "database",
    Registry: "registry",
    SecretStore: "store",
};

/** Reads the picture of a site from its components and what its resources refer to. */
export function topologyOf({ key, cloud, region, component }: PlannedSite, index: Index): Topology {
    const parts = partsOf(component, index);
    const ofKind = (kind: string) => parts.filter((part) => part.kind === kind);
    const network = ofKind("Network").flatMap(({ resources }) => resources);
    const tiers = tiersOf(network, component.name);
    const inCluster = parts.filter((part) => part.inCluster);
    const cluster = ofKind("Cluster").map((part) => {
        return { part, drawn: clusterBox(part, inCluster) };
    });
    const services = parts
        .filter((part) => !part.inCluster && !NOT_ALONE.includes(part.kind))
        // What one cloud needs nothing of its own for.
        .filter(({ resources }) => resources.length > 0)
        .map((part) => ({ part, drawn: serviceBox(part, parts) }));
    const placed = [...cluster, ...services].map((one) => ({
        ...one,
        tier: tierOf(one.part, tiers),
    }));
    const within = (tier: Tier | undefined) => {
        return placed.filter((one) => one.tier === tier).map(({ drawn }) => drawn);
    };
    const inside = placed.filter(({ part, tier }) => part.kind === "Cluster" && tier === undefined);
    const rest = inside.map(({ drawn }) => drawn);
    const range = settingOf(index.plan, key, "network.cidr");
    const frame = networkBox(network, tiers, within, { range, rest });
    const framed = frame === undefined ? [] : rest;
    return {
        site: key,
        place: given(cloud, region).join(", "),
        network: frame,
        outside: within(undefined).filter((one) => !framed.includes(one)),
        reaches: reachesOf(parts, tiers, (part) => tierOf(part, tiers)),
    };
}

function settingOf({ settings }: Plan, site: string, name: string): string | undefined {
    const value = settings.sites[site]?.find(({ setting }) => setting === name)?.value;
    return typeof value === "string" ? value : undefined;
}

/** Where a part stands: the subnets that its main resources name, or those that their own groups name. */
function tierOf({ kind, resources }: Part, tiers: readonly Tier[]): Tier | undefined {
    if (kind !== "Cluster" && kind !== "Database") return undefined;
    const named = resources.flatMap(({ type, propertyDependencies }) => {
        return /Endpoint|RoleAssignment/.test(type)
            ? []
            : Object.values(propertyDependencies).flat();
    });
    const numbers = tiers.map(({ subnets }) => {
        return named.filter((urn) => subnets.some((subnet) => subnet.urn === urn)).length;
    });
    const most = Math.max(0, ...numbers);
    return most === 0 ? undefined : tiers[numbers.indexOf(most)];
}

function serviceBox(part: Part, all: readonly Part[]): Box {
    const { id, kind, name, resources } = part;
    const lines = given(
        ...mainLines(part, all),
        ownKey(resources) && "encrypted with a key of its own",
    );
    return box(id, KINDS[kind] ?? "other", given(wordsOf(kind), name).join(" "), {
        lines: lines.length > 0 ? lines : [count(resources.length, "resource")],
    });
}

function mainLines({ kind, resources }: Part, all: readonly Part[]): readonly string[] {
    const facts = resources.flatMap((one) => DATABASES[one.type]?.(one) ?? []);
    if (facts.length > 0) return facts;
    if (kind === "Registry") {
        return resources.filter(isRegistry).flatMap((one) => {
            return given(text(one, "name", "repositoryId", "registryName"));
        });
    }
    if (kind !== "SecretStore") return [];
    // Whoever keeps something in the store makes the secret, so it may stand in another part.
    const secrets = all.flatMap((part) => part.resources).filter(isStored).length;
    return secrets > 0 ? [count(secrets, "secret")] : [];
}

function isStored({ type }: PlannedResource): boolean {
    return !type.startsWith("kubernetes:") && type.endsWith(":Secret");
}

function isRegistry({ type }: PlannedResource): boolean {
    return /^(?:aws:ecr|gcp:artifactregistry)\/repository:|^azure-native:containerregistry:Registry$/.test(
        type,
    );
}

function ownKey(resources: readonly PlannedResource[]): boolean {
    return resources.some(({ type }) => /kms\/(?:key:Key|cryptoKey:CryptoKey)$/.test(type));
}
