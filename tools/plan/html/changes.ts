import type { Comparison, Danger, ResourceChange, ValueChange } from "../against/model.ts";
import {
    acceptWords,
    dangerWords,
    describe,
    isSame,
    lostRemedy,
    lostWords,
    otherTitle,
    verdict,
} from "../against/words.ts";
import { SECRET, UNKNOWN, type Finding, type Json } from "../model.ts";
import { kindOf } from "../show/tree.ts";
import { html, type Html } from "./template.ts";
import { badge, filter, menu, nameOf, statement, table, type Index } from "./words.ts";

const TONES = {
    added: "good",
    changed: "info",
    replaced: "critical",
    renamed: "high",
    removed: "critical",
} as const;

/** What differs from another revision: what is lost first, then every resource, finding, setting and output. */
export function showChanges(comparison: Comparison | undefined, index: Index): Html {
    if (comparison === undefined) return html``;
    const { revision, commit, known, notes, outputs } = comparison;
    const same = isSame(comparison);
    return html`<section id="changes" aria-labelledby="changes-title">
        <h2 id="changes-title">
            Changes <span class="quiet">against ${revision} (${commit.slice(0, 10)})</span>
        </h2>
        <p class="lead">${same ? "No differences." : verdict(comparison)}</p>
        ${
            notes.length > 0 &&
            html`<ul class="places">
                ${notes.map((note) => html`<li>${note}</li>`)}
            </ul>`
        }
        ${showDangers(comparison)} ${known && showResources(comparison, index)}
        ${showOther(comparison, index)} ${showFindings(comparison, index)}
        ${showSettings(comparison)}
        ${
            outputs.length > 0 &&
            html`<h3>Outputs</h3>
                ${valueTable("Outputs that differ", outputs)}`
        }
    </section>`;
}

function showDangers({ dangers, lost }: Comparison): Html {
    if (dangers.length + lost.length === 0) return html``;
    return html`<h3>What would be lost</h3>
        <ul class="dangers">
            ${dangers.map(showDanger)}
            ${lost.map((one) => {
                const words = lostWords(one);
                return html`<li>
                    <strong>${describe(one.before)} → ${describe(one.urn)}</strong> ${words}
                </li>`;
            })}
        </ul>
        ${lostRemedy(lost).map((words) => html`<p>${words}</p>`)}`;
}

function showDanger(danger: Danger): Html {
    const { what, because, loses, but } = dangerWords(danger);
    const causes = because.map((one, place) => html`${place > 0 && ", "}<code>${one}</code>`);
    return html`<li>
        <strong>${kindOf(danger.token)} ${danger.name}</strong>:
        ${what}${because.length > 0 && html`, because of ${causes}`}. ${loses}
        <strong>${but}</strong>
    </li>`;
}

function showResources({ resources }: Comparison, index: Index): Html {
    const shown = resources.filter(({ custom, kind }) => custom || kind === "renamed");
    if (shown.length === 0) return html``;
    const each = (key: (one: ResourceChange) => string) => {
        return [...new Set(shown.map(key))].filter(Boolean).map((one) => [one, one] as const);
    };
    return html`<h3>Resources <span class="number">${shown.length}</span></h3>
        ${filter("changes-list", "changes", [
            menu(
                "site",
                "Site",
                "Every site",
                each(({ site }) => site),
            ),
            menu(
                "kind",
                "Change",
                "Every change",
                each(({ kind }) => kind),
            ),
        ])}
        <div data-list="changes-list">${shown.map((one) => showResource(one, index))}</div>`;
}

function showResource(one: ResourceChange, index: Index): Html {
    const { kind, certainty, urn, before, token, name, site, changes, because } = one;
    const may = certainty === "may" ? "may be " : "";
    return html`<details class="resource" data-item data-site="${site}" data-kind="${kind}">
        <summary>
            ${badge(TONES[kind], `${may}${kind}`)} <span class="kind">${kindOf(token)}</span>
            <span class="name">${name}</span> <span class="quiet">${site}</span>
        </summary>
        <dl class="facts">
            <dt>Type</dt>
            <dd><code>${token}</code></dd>
            ${
                index.id(urn) !== "" &&
                html`<dt>Now</dt>
                    <dd>${index.reference(urn)}</dd>`
            }
            ${
                before !== undefined &&
                html`<dt>Before</dt>
                    <dd><code>${before}</code></dd>`
            }
            ${
                because.length > 0 &&
                html`<dt>Because of</dt>
                    <dd>${because.map(describe).join(", ")}</dd>`
            }
        </dl>
        ${changes.length > 0 && valueTable(`Inputs of ${name} that differ`, changes)}
    </details>`;
}

function valueTable(caption: string, changes: readonly ValueChange[]): Html {
    const noted = changes.some(({ replaces, hidden }) => replaces || hidden);
    const rows = changes.map((one) => {
        return html`<tr>
            <th scope="row"><code>${one.path}</code></th>
            <td>${value(one.old, "old")}</td>
            <td>${value(one.new, "new")}</td>
            ${noted && html`<td>${noteOf(one)}</td>`}
        </tr>`;
    });
    return table(caption, ["Path", "Before", "Now", ...(noted ? ["Effect"] : [])], rows);
}

function noteOf({ replaces, hidden, certainty }: ValueChange): Html {
    const unseen = certainty === "will" ? "made differently" : "may change";
    return html`${replaces && badge("critical", "replaces")} ${hidden && unseen}`;
}

function value(json: Json | undefined, side: "old" | "new"): Html {
    if (json === undefined) return html`<span class="quiet">none</span>`;
    if (json === SECRET) return html`<mark class="secret">secret</mark>`;
    if (json === UNKNOWN) return html`<mark class="unknown">unknown</mark>`;
    const text = typeof json === "string" ? json : JSON.stringify(json);
    return side === "old" ? html`<del>${text}</del>` : html`<ins>${text}</ins>`;
}

function showFindings({ findings }: Comparison, index: Index): Html {
    const { appeared, resolved } = findings;
    const list = (title: string, all: readonly Finding[]) => {
        return (
            all.length > 0 &&
            html`<h3>${title} <span class="number">${all.length}</span></h3>
                <ul class="places">
                    ${all.map((one) => showFinding(one, index))}
                </ul>`
        );
    };
    return html`${list("New findings", appeared)} ${list("Resolved findings", resolved)}`;
}

/** What only the guardrails of the other revision find. */
function showOther({ guardrails, revision }: Comparison, index: Index): Html {
    if (guardrails === undefined) return html``;
    const { findings, failure } = guardrails;
    if (failure === "" && findings.length === 0) return html``;
    const words = acceptWords(guardrails);
    return html`<h3>${otherTitle(revision)} <span class="number">${findings.length}</span></h3>
        ${failure !== "" && html`<p>They could not judge this revision: <code>${failure}</code></p>`}
        ${words !== "" && html`<p><strong>${words}</strong></p>`}
        <ul class="places">
            ${findings.map((one) => showFinding(one, index))}
        </ul>`;
}

function showFinding(finding: Finding, index: Index): Html {
    const { severity, state, level, rule, title, urn } = finding;
    const place = index.id(urn) === "" ? nameOf(urn) || "the stack" : index.reference(urn);
    return html`<li>
        ${badge(severity, severity)} ${state === "fail" ? level : state} <code>${rule}</code>:
        ${title} <br />${place}: ${statement(finding)}
    </li>`;
}

function showSettings({ settings }: Comparison): Html {
    if (settings.length === 0) return html``;
    const rows = settings.map((one) => {
        return html`<tr>
            <th scope="row"><code>${[one.site, one.setting].filter(Boolean).join(" ")}</code></th>
            <td>${value(one.old, "old")}</td>
            <td>${value(one.new, "new")}</td>
        </tr>`;
    });
    return html`<h3>Settings</h3>
        ${table("Settings that differ", ["Setting", "Before", "Now"], rows)}`;
}
