import { levelOf, type Rule, type Standard } from "../rules/rule.ts";
import type { ConfiguredLevel, PackConfig } from "../runtime/settings.ts";

/** Levels and options that a framework asks for. */
export interface Profile {
    /** The file's name: policies/profiles/NAME.json. */
    readonly name: string;
    readonly title: string;
    /** The rules that serve one of these, by a published mapping, are mandatory. */
    readonly standards: readonly Standard[];
    readonly about: string;
    /** Options by rule, where the framework names a figure. */
    readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The countries of the European Economic Area in which each cloud has a region, and their multi-regions. */
const EEA_REGIONS: readonly string[] = [
    ...["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"],
    ...["austriaeast", "belgiumcentral", "denmarkeast", "francecentral", "francesouth"],
    ...["germanynorth", "germanywestcentral", "italynorth", "northeurope", "norwayeast"],
    ...["norwaywest", "polandcentral", "spaincentral", "swedencentral", "westeurope"],
    ...["europe-central2", "europe-north1", "europe-north2", "europe-southwest1", "europe-west1"],
    ...["europe-west3", "europe-west4", "europe-west8", "europe-west9", "europe-west10"],
    ...["europe-west12", "eu", "europe"],
];

/** What PCI DSS 10.5.1 asks for, and HIPAA's auditors take over. */
const A_YEAR_OF_LOGS = { days: 365 };

/** The profiles, from the least demanding to the most. */
export const profiles: readonly Profile[] = [
    {
        name: "baseline",
        title: "Baseline",
        standards: [],
        about: "Every rule at its own level: critical and high stop a deployment, the rest is advice.",
        options: {},
    },
    {
        name: "soc2",
        title: "SOC 2 Type II",
        standards: ["SOC 2"],
        about: "The Trust Services Criteria of 2017, as revised in 2022.",
        options: { "logs-retention": A_YEAR_OF_LOGS },
    },
    {
        name: "pci",
        title: "PCI DSS 4.0.1",
        standards: ["PCI DSS"],
        about: "For stacks that store, process or transmit account data.",
        options: { "db-backup-retention": { days: 35 }, "logs-retention": A_YEAR_OF_LOGS },
    },
    {
        name: "hipaa",
        title: "HIPAA",
        standards: ["HIPAA"],
        about: "The Security Rule, 45 CFR part 164, for electronic protected health information.",
        options: { "db-backup-retention": { days: 35 }, "logs-retention": A_YEAR_OF_LOGS },
    },
    {
        name: "gdpr",
        title: "GDPR",
        standards: ["GDPR"],
        about: "Articles 5, 25 and 32, and data in regions of the European Economic Area only (articles 44 to 49).",
        options: { "data-residency": { regions: EEA_REGIONS } },
    },
    {
        name: "cis",
        title: "CIS Benchmarks",
        standards: ["CIS EKS", "CIS AKS", "CIS GKE", "CIS AWS", "CIS Azure", "CIS GCP"],
        about: "EKS 1.8.0, AKS 1.8, GKE 1.9.0, AWS 7, Azure 6 and GCP 5.",
        options: { "logs-retention": A_YEAR_OF_LOGS },
    },
];

/** The contents of a profile's file: every rule by name, so that a reader sees what holds. */
export function configOf(profile: Profile, rules: readonly Rule[]): PackConfig {
    return Object.fromEntries(
        rules.map((rule) => {
            const options = profile.options[rule.id];
            const level = levelIn(profile, rule);
            return [rule.id, options ? { enforcementLevel: level, ...options } : level];
        }),
    );
}

function levelIn({ standards, options }: Profile, rule: Rule): ConfiguredLevel {
    const asked = standards.some((standard) => (rule.requirements[standard] ?? []).length > 0);
    return asked || options[rule.id] !== undefined ? "mandatory" : levelOf(rule);
}
