import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import { describeProblems } from "../../components/settings/problems.ts";
import { UserError } from "../lib/user-error.ts";
import { checkStackFile } from "../settings/command.ts";
import { siteRows, stackRows } from "../settings/rows.ts";
import { readStackFile } from "../settings/stack-file.ts";
import { findStack } from "../stack/files.ts";
import type { PlannedSettings } from "./model.ts";

/** A stack as its files describe it. */
export interface Configuration {
    readonly project: string;
    readonly stack: string;
    /** Full keys, as the engine would hand them to the program. */
    readonly config: Readonly<Record<string, unknown>>;
    /** The keys that hold encrypted values. */
    readonly secretKeys: readonly string[];
    readonly settings: PlannedSettings;
    /** The sites that the settings know, by the name of their component. */
    readonly sites: ReadonlyMap<string, { key: string; cloud: string; region: string }>;
}

/** Where a plan's configuration comes from. */
export interface Place {
    readonly root: string;
    /** As for `findStack`. */
    readonly stack: string;
    /** Stands in for what the stack's file says below `config`. */
    readonly config?: Readonly<Record<string, unknown>>;
    readonly today: string;
    /** What reads the settings. @default this revision's */
    readonly reader?: SettingsReader;
}

/** Reads a stack file's settings, as the revision that the file belongs to understands them. */
export interface SettingsReader {
    readonly checkStackFile: typeof checkStackFile;
    readonly siteRows: typeof siteRows;
    readonly stackRows: typeof stackRows;
}

/** Reads a stack's files. A file that cannot be read is the user's mistake; wrong settings are left to the program. */
export async function readConfiguration(place: Place): Promise<Configuration> {
    const { stack, file } = await findStack(place.stack, place.root);
    // JSON is YAML too.
    const text = place.config
        ? JSON.stringify({ config: place.config })
        : await readFile(file, "utf8");
    const { problems, secrets } = readStackFile(text, basename(file));
    if (problems.length > 0) throw new UserError(describeProblems(problems, basename(file)), 2);
    const project = await projectOf(file, place.root);
    const { config } = (parse(text) ?? {}) as { config?: Record<string, unknown> | null };
    const entries = Object.entries(config ?? {}).map(
        ([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value] as const,
    );
    const holdsSecret = new Set(secrets.map((path) => `${project}:${path.split(/[.[]/, 1)[0]}`));
    return {
        project,
        stack,
        config: Object.fromEntries(entries),
        secretKeys: entries.map(([key]) => key).filter((key) => holdsSecret.has(key)),
        ...effective(text, basename(file), place),
    };
}

/** The name of the project that a stack's file belongs to: that of the Pulumi.yaml beside it, or of the root's. */
async function projectOf(file: string, root: string): Promise<string> {
    const beside = dirname(file);
    return projectIn(existsSync(join(beside, "Pulumi.yaml")) ? beside : root);
}

/** The name that the Pulumi.yaml of a folder says. */
export async function projectIn(folder: string): Promise<string> {
    const { name } = parse(await readFile(join(folder, "Pulumi.yaml"), "utf8")) as { name: string };
    return name;
}

function effective(
    text: string,
    file: string,
    { today, reader = { checkStackFile, siteRows, stackRows } }: Place,
): Pick<Configuration, "settings" | "sites"> {
    const { settings, ...checked } = reader.checkStackFile(text, file, new Date(today));
    if (settings === undefined) return { settings: { stack: [], sites: {} }, sites: new Map() };
    const secrets = "secrets" in checked ? checked.secrets : [];
    const sites = settings.sites.map(
        (site) => [site.site, reader.siteRows(site, settings, secrets)] as const,
    );
    const rows = { stack: reader.stackRows(settings, secrets), sites: Object.fromEntries(sites) };
    return {
        // Rows hold what YAML can say, and nothing else.
        settings: JSON.parse(JSON.stringify(rows)) as PlannedSettings,
        sites: new Map(
            settings.sites.map(({ site: key, name, cloud, region }) => [
                name,
                { key, cloud, region },
            ]),
        ),
    };
}
