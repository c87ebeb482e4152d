import { matches } from "../../runtime/glob.ts";
import type { Value } from "../../runtime/reader.ts";
import {
    and,
    each,
    failIf,
    holds,
    isOn,
    isPresent,
    knownTexts,
    not,
    or,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { lastPart } from "../lists.ts";
import type { Check, Context, Rule } from "../rule.ts";

/** `westeurope` for `West Europe`, `europe-west3` for its address. */
function folded(place: string): string {
    return lastPart(place).toLowerCase().replaceAll(/\s/g, "");
}

/** The region of a zone: `europe-west3-b`, `eu-central-1a`; other places are their own. */
function regionOf(place: string): string {
    return place.replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, "$1").replace(/^([a-z-]+-\d+)[a-z]$/, "$1");
}

/** The allowed places, folded; undefined if the option says none, and then there is no rule. */
function allowedPlaces({ options }: Context): readonly string[] | undefined {
    const regions = options.get("regions").list();
    if (regions.state !== "known" || regions.value.length === 0) return undefined;
    return knownTexts(regions.value).map(folded);
}

function isAllowed(place: string, allowed: readonly string[]): boolean {
    const region = regionOf(folded(place));
    return allowed.some((pattern) => matches(region, pattern));
}

const ELSEWHERE = "lies outside the regions that data may be in";

type Judge = (place: Value) => readonly Verdict[];

function judgeBy(allowed: readonly string[]): Judge {
    return (place) =>
        failIf(
            holds(place, place.text(), (text) => text !== "" && !isAllowed(text, allowed), false),
            place,
            ELSEWHERE,
        );
}

/** Where a resource may say, at the top of its inputs, where it lies. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
    aws: ["region", "availabilityZone"],
    // What Azure calls global has no region and holds settings only: DNS zones, front doors, alerts.
    "azure-native": ["location"],
    gcp: ["location", "region", "zone", "locationId"],
    pulumi: ["region", "location", "zone"],
};

/** Where copies of data go, by the type that makes them: a list of objects, and the key of the place in each. */
const COPIES: Readonly<Record<string, readonly (readonly [list: string, place: string])[]>> = {
    "aws:dynamodb/table:Table": [["replicas", "regionName"]],
    "aws:secretsmanager/secret:Secret": [["replicas", "region"]],
    "azure-native:cosmosdb:DatabaseAccount": [["locations", "locationName"]],
    "azure-native:appconfiguration:ConfigurationStore": [["replicas", "location"]],
    "gcp:secretmanager/secret:Secret": [["replication.userManaged.replicas", "location"]],
};

/** What the general look cannot see. */
const SPECIAL: Readonly<
    Record<string, (inputs: Value, judge: Judge, context: Context) => readonly Verdict[]>
> = {
    "aws:ecr/replicationConfiguration:ReplicationConfiguration": (inputs, judge) =>
        each(inputs.at("replicationConfiguration.rules"), (rule) =>
            each(rule.get("destinations"), (one) => judge(one.get("region"))),
        ),
    "gcp:secretmanager/secret:Secret": (inputs, _judge, context) => {
        const auto = inputs.at("replication.auto");
        const anywhere = allowedPlaces(context)?.includes("global") === true;
        return failIf(and(isPresent(auto), !anywhere), auto, "lets Google choose the regions");
    },
    "gcp:storage/bucket:Bucket": (inputs, judge) =>
        each(inputs.at("customPlacementConfig.dataLocations"), judge),
    "gcp:bigquery/dataset:Dataset": (inputs, _judge, context) => {
        const location = inputs.get("location");
        const inUs = isAllowed("us", allowedPlaces(context) ?? []);
        return failIf(
            and(not(isPresent(location)), !inUs),
            location,
            "is the US by default, which is not allowed",
        );
    },
    "gcp:sql/databaseInstance:DatabaseInstance": backupsOfSql,
};

/** Without a place of their own, backups go to the multi-region around the instance. */
function backupsOfSql(inputs: Value, judge: Judge, context: Context): readonly Verdict[] {
    const backups = inputs.at("settings.backupConfiguration");
    const place = backups.get("location");
    const region = inputs.get("region");
    const outside = holds<string>(
        region,
        region.text(),
        (text) => !isAllowed(multiRegionAround(text), allowedPlaces(context) ?? []),
        { unknown: region.path },
    );
    return [
        ...judge(place),
        ...failIf(
            and(isOn(backups.get("enabled"), false), not(isPresent(place)), outside),
            place,
            "is left to Google, which keeps backups in the whole multi-region around",
        ),
    ];
}

function multiRegionAround(region: string): string {
    if (region.startsWith("europe-")) return "eu";
    return region.startsWith("asia-") || region.startsWith("australia-") ? "asia" : "us";
}

/** The types of providers whose region is that of all their resources. */
const PROVIDERS = ["pulumi:providers:aws", "pulumi:providers:azure-native", "pulumi:providers:gcp"];

function packageOf(type: string): string {
    return type.slice(0, type.indexOf(":"));
}

const atHome: Check = ({ type, inputs }, context) => {
    const allowed = allowedPlaces(context);
    if (allowed === undefined) return [];
    const pkg = packageOf(type);
    const judge = judgeBy(pkg === "azure-native" ? [...allowed, "global"] : allowed);
    return [
        ...(PLACES[pkg] ?? []).flatMap((name) => judge(inputs.get(name))),
        ...(COPIES[type] ?? []).flatMap(([list, place]) =>
            each(inputs.at(list), (copy) => judge(copy.get(place))),
        ),
        ...(SPECIAL[type]?.(inputs, judge, context) ?? []),
    ];
};

/** An AWS provider without a region takes the environment's. */
const provider: Check = (resource, context) => {
    const region = resource.inputs.get("region");
    const untold: Truth =
        resource.type === PROVIDERS[0] && allowedPlaces(context) !== undefined
            ? or(isPresent(region), { unknown: region.path })
            : true;
    return [...atHome(resource, context), ...failIf(not(untold), region, ELSEWHERE)];
};

/** Data stays where it may be. */
export const dataResidency: Rule = {
    id: "data-residency",
    title: "Everything lies in a region that data may be in.",
    why: "Personal data that leaves its region by a default or a copy breaks a promise and often the law, and nobody notices.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "high",
    requirements: {},
    analogies: { GDPR: ["44"], "SOC 2": ["CC6.7"] },
    remediation:
        "Make the resource in one of the allowed regions, or add its place to the option regions. In most clouds a change of " +
        "place replaces the resource, so move the data first.",
    see: "https://docs.cloud.google.com/docs/geography-and-regions",
    options: {
        properties: {
            regions: {
                type: "array",
                items: { type: "string" },
                default: [],
                description:
                    "The regions that are allowed: europe-west3, eu-central-1, West Europe, europe-*. Multi-regions and " +
                    "Google's global have to be named themselves: EU, global. Empty means that any is.",
            },
        },
    },
    needs: "regions",
    checks: { "*": atHome, ...Object.fromEntries(PROVIDERS.map((type) => [type, provider])) },
    concerns: (type) => ["aws", "azure-native", "gcp"].includes(packageOf(type)),
    note:
        "Says nothing until regions are set. A resource without a place of its own is in its provider's, which is judged. " +
        "Azure's redundancy across paired regions is not judged.",
};
