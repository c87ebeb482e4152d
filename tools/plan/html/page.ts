import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Evidence } from "../../evidence/model.ts";
import type { Comparison } from "../against/model.ts";
import type { Plan } from "../model.ts";
import { showChanges } from "./changes.ts";
import { showEvidence } from "./evidence.ts";
import { showFindings } from "./findings.ts";
import { showResources } from "./resources.ts";
import { showNotes, showOutputs, showSettings } from "./settings.ts";
import { html, trusted, type Html } from "./template.ts";
import { showTopology } from "./topology/pictures.ts";
import { showVerdict, verdictOf } from "./verdict.ts";
import { Index } from "./words.ts";

/** What a page shows. */
export interface PageInput {
    readonly plan: Plan;
    /** What differs from another revision, if the plan was compared with one. */
    readonly comparison?: Comparison | undefined;
    /** What the rules tell about frameworks, each in a part of its own. @default none */
    readonly evidence?: readonly Evidence[];
}

interface Section {
    readonly id: string;
    readonly title: string;
    readonly content: Html;
}

/** A plan as one page that needs nothing else: no network, no font, no script but its own. The same plan gives the same bytes. */
export function renderPage({ plan, comparison, evidence = [] }: PageInput): string {
    const index = new Index(plan);
    const sections: readonly Section[] = [
        { id: "changes", title: "Changes", content: showChanges(comparison, index) },
        { id: "topology", title: "Topology", content: showTopology(index) },
        { id: "findings", title: "Guardrails", content: showFindings(index) },
        { id: "resources", title: "Resources", content: showResources(index) },
        { id: "settings", title: "Settings", content: showSettings(plan) },
        { id: "outputs", title: "Outputs", content: showOutputs(plan) },
        { id: "evidence", title: "Evidence", content: showEvidence(evidence) },
        { id: "notes", title: "Notes", content: showNotes(plan) },
    ];
    const shown = sections.filter(({ content }) => content.toString() !== "");
    return `<!doctype html>\n${document({ plan, comparison }, shown).toString()}\n`;
}

function document({ plan, comparison }: PageInput, sections: readonly Section[]): Html {
    const [style, script] = [asset("page.css"), asset("page.js")];
    const { project, stack } = plan;
    return html`<html lang="en">
        <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="${policy(style, script)}" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <meta name="referrer" content="no-referrer" />
            <title>${stack}: ${verdictOf(plan, comparison).words} Plan of ${project}</title>
            ${inline("style", style)}
        </head>
        <body>
            <a class="skip" href="#content">Skip to the content</a>
            <header>
                <h1><small>Plan of ${project}</small>${stack}</h1>
                ${showVerdict(plan, comparison)}
            </header>
            <nav aria-label="Sections">
                <ul>
                    ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
                </ul>
            </nav>
            <main id="content" tabindex="-1">${sections.map(({ content }) => content)}</main>
            <footer>
                <p>
                    Made by npm run plan without an engine, an account or a network. What only a
                    cloud knows is marked unknown; what the program holds secret is not in this
                    file. Whether a real cloud accepts it, only the cloud tells.
                </p>
            </footer>
            ${inline("script", script)}
        </body>
    </html>`;
}

/** Forbids everything but the page's own style sheet and script, which it knows by their hashes. */
function policy(style: string, script: string): string {
    return [
        "default-src 'none'",
        `style-src ${hash(style)}`,
        `script-src ${hash(script)}`,
        "base-uri 'none'",
        "form-action 'none'",
    ].join("; ");
}

/** An element whose content is exactly the text, or its hash would be another. */
function inline(element: "style" | "script", text: string): Html {
    return trusted(`<${element}>${text}</${element}>`);
}

function hash(text: string): string {
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function asset(name: string): string {
    return readFileSync(join(import.meta.dirname, name), "utf8");
}
