import { renderPath, type Path } from "../../../simulator/paths.ts";
import { isList, isObject } from "../mask.ts";
import type { Json, Plan, SettingRow } from "../model.ts";
import { count } from "../show/paint.ts";
import { html, type Html } from "./template.ts";
import { showValue } from "./values.ts";
import { badge, table } from "./words.ts";

/** The effective settings with the origin of each; those that nobody chose are folded away. */
export function showSettings({ settings }: Plan): Html {
    const groups = [["The stack", settings.stack] as const, ...Object.entries(settings.sites)];
    const filled = groups.filter(([, rows]) => rows.length > 0);
    if (filled.length === 0) return html``;
    return html`<section id="settings" aria-labelledby="settings-title">
        <h2 id="settings-title">Settings</h2>
        <p class="lead">
            What the program reads, and where each value comes from: its default, the profile of the
            environment, the stack's file, or the site's part of it.
        </p>
        ${filled.map(([title, rows]) => showGroup(title, rows))}
    </section>`;
}

function showGroup(title: string, rows: readonly SettingRow[]): Html {
    const chosen = rows.filter(({ origin }) => origin !== "default");
    const rest = rows.filter(({ origin }) => origin === "default");
    return html`<h3>${title}</h3>
        ${chosen.length > 0 && settingTable(`Settings of ${title}`, chosen)}
        ${
            rest.length > 0 &&
            html`<details class="card">
                <summary>
                    <span class="title">${count(rest.length, "setting")} by default</span>
                </summary>
                ${settingTable(`Defaults of ${title}`, rest)}
            </details>`
        }`;
}

function settingTable(caption: string, rows: readonly SettingRow[]): Html {
    const shown = rows.map(({ setting, value, origin }) => {
        return html`<tr>
            <th scope="row"><code>${setting}</code></th>
            <td>${typeof value === "string" ? value : JSON.stringify(value)}</td>
            <td>${badge(`from-${origin}`, origin)}</td>
        </tr>`;
    });
    return table(caption, ["Setting", "Value", "From"], shown);
}

/** What the stack puts out, a row for each value. */
export function showOutputs({ outputs }: Plan): Html {
    const rows = leaves(outputs.values, []).map(([path, value]) => {
        return html`<tr>
            <th scope="row"><code>${renderPath(path)}</code></th>
            <td>${showValue(value, path, outputs)}</td>
        </tr>`;
    });
    if (rows.length === 0) return html``;
    return html`<section id="outputs" aria-labelledby="outputs-title">
        <h2 id="outputs-title">Outputs</h2>
        ${table("What the stack puts out", ["Output", "Value"], rows)}
    </section>`;
}

function leaves(value: Json, path: Path): readonly (readonly [Path, Json])[] {
    const inner: readonly (readonly [string | number, Json])[] = isList(value)
        ? value.map((item, index) => [index, item])
        : isObject(value)
          ? Object.entries(value)
          : [];
    if (inner.length === 0) return path.length === 0 ? [] : [[path, value]];
    return inner.flatMap(([key, item]: readonly [string | number, Json]) =>
        leaves(item, [...path, key]),
    );
}

/** What the program told, and what nobody could answer here. */
export function showNotes({ messages, unanswered }: Plan): Html {
    if (messages.length + unanswered.length === 0) return html``;
    const names = [...new Set(unanswered.map(({ token }) => token))];
    const told = messages.map(({ severity, text }) => {
        return html`<li>${badge(severity, severity)} ${text}</li>`;
    });
    return html`<section id="notes" aria-labelledby="notes-title">
        <h2 id="notes-title">Notes</h2>
        ${
            told.length > 0 &&
            html`<h3>What the program tells</h3>
                <ul class="places">
                    ${told}
                </ul>`
        }
        ${
            names.length > 0 &&
            html`<h3>Not asked, as only the clouds know</h3>
                <p>
                    What is made of an answer is unknown here, and resources that the program makes
                    only once it has one are missing.
                </p>
                <ul>
                    ${names.map((name) => html`<li><code>${name}</code></li>`)}
                </ul>`
        }
    </section>`;
}
