import { format, resolveConfig } from "prettier";
import { join } from "node:path";
import { configOf, profiles } from "../../policies/profiles/profiles.ts";
import { rules } from "../../policies/rules/index.ts";
import { waiverRules } from "../../policies/runtime/waivers.ts";
import { ROOT } from "../stack/layout.ts";
import { cataloguePage } from "./page.ts";

/** A file made from the rules. */
export interface GeneratedFile {
    /** Below the project's root. */
    readonly path: string;
    readonly text: string;
}

/** Everything that is generated from the rules, formatted as it is kept. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
    const all = [...rules, ...waiverRules];
    const files = [
        { path: "docs/policies.md", text: cataloguePage() },
        ...profiles.map((profile) => ({
            path: `policies/profiles/${profile.name}.json`,
            text: JSON.stringify(configOf(profile, all)),
        })),
    ];
    return Promise.all(
        files.map(async ({ path, text }) => {
            const filepath = join(ROOT, path);
            const options = await resolveConfig(filepath);
            return { path, text: await format(text, { ...options, filepath }) };
        }),
    );
}
