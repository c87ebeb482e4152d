import { link, html, type Html } from "./template.ts";
import type { Finding, FindingState, Plan } from "../model.ts";
import { by } from "../order.ts";
import { count } from "../show/paint.ts";
import {
    badge,
    filter,
    levelWords,
    menu,
    nameOf,
    SEVERITIES,
    statement,
    table,
    type Index,
} from "./words.ts";
import { groupBy } from "../../lib/group.ts";

const STATES: Readonly<Record<FindingState, { readonly title: string; readonly words: string }>> = {
    fail: { title: "Broken", words: "What is marked stops the deployment; the rest is advice." },
    unknown: {
        title: "To be told during the update",
        words: "These depend on values that only the clouds know. They are neither kept nor broken yet.",
    },
    waived: { title: "Waived", words: "Broken, and somebody answers for it until the day named." },
};

/** What the guardrails say: broken rules by severity first; what cannot be told and what is waived apart. */
export function showFindings(index: Index): Html {
    const { findings, rules } = index.plan;
    const states = ["fail", "unknown", "waived"] as const;
    const sections = states.map((state) => {
        const own = findings.filter((finding) => finding.state === state);
        return own.length > 0 && showState(state, own, index);
    });
    const kept = rules.filter(({ judged, fail, unknown, waived }) => {
        return judged > 0 && fail + unknown + waived === 0;
    });
    return html`<section id="findings" aria-labelledby="findings-title">
        <h2 id="findings-title">Guardrails</h2>
        <p class="lead">
            ${count(rules.length, "rule")} held against the plan: ${kept.length} kept wherever they
            apply, ${rules.filter(({ judged }) => judged === 0).length} with nothing to judge here.
        </p>
        ${findings.length === 0 && html`<p>No rule has anything to say.</p>`}
        ${findings.length > 0 && controls(index.plan)} ${sections} ${showRepairs(index)}
        ${showRules(index.plan)}
    </section>`;
}

function controls({ findings, sites }: Plan): Html {
    const packs = [...new Set(findings.map(({ pack }) => pack))].sort();
    return filter("findings-list", "findings", [
        menu(
            "severity",
            "Severity",
            "Every severity",
            SEVERITIES.map((one) => [one, one] as const),
        ),
        menu(
            "pack",
            "Pack",
            "Every pack",
            packs.map((pack) => [pack, pack] as const),
        ),
        menu(
            "site",
            "Site",
            "Every site",
            sites.map(({ key }) => [key, key] as const).filter(([key]) => key),
        ),
    ]);
}

function showState(state: FindingState, findings: readonly Finding[], index: Index): Html {
    const byRule = groupBy(findings, ({ rule }) => rule);
    const worst = ([first]: readonly Finding[]) => {
        const level = first?.level === "mandatory" ? "0" : "1";
        return level + String(SEVERITIES.indexOf(first?.severity ?? "low"));
    };
    const groups = [...byRule.values()].sort(by(worst, ([first]) => first?.rule ?? ""));
    const { title, words } = STATES[state];
    return html`<div class="state" data-list="findings-list" data-group>
        <h3>${title} <span class="number">${findings.length}</span></h3>
        <p class="quiet">${words}</p>
        ${groups.map((group) => showRule(group, index))}
    </div>`;
}

function showRule(findings: readonly Finding[], index: Index): Html {
    const [first] = findings;
    if (first === undefined) return html``;
    const { rule, title, severity, level, state, why, see } = first;
    const stops = level === "mandatory" && state === "fail";
    return html`<details class="card ${stops ? "bad" : state}" data-group ${stops && html`open`}>
        <summary>
            ${badge(severity, severity)} <span class="title">${title}</span>
            <span class="number">${findings.length}</span> ${stops && badge("bad", "stops")}
        </summary>
        <dl class="facts">
            <dt>Rule</dt>
            <dd><code>${rule}</code>, ${levelWords(level)}</dd>
            <dt>Why</dt>
            <dd>${why}</dd>
            <dt>More</dt>
            <dd>${link(see)}</dd>
        </dl>
        ${[...groupBy(findings, remedyOf).values()].map((group) => showRemedy(group, index))}
    </details>`;
}

function remedyOf({ remediation, fixable }: Finding): string {
    return `${remediation}${fixable ? " A pack at level remediate mends it." : ""}`;
}

/** Where one and the same thing is to be done. */
function showRemedy(findings: readonly Finding[], index: Index): Html {
    const [first] = findings;
    return html`<div data-group>
        <p><strong>What to do:</strong> ${first && remedyOf(first)}</p>
        <ul class="places">
            ${findings.map((finding) => showPlace(finding, index))}
        </ul>
    </div>`;
}

function showPlace(finding: Finding, index: Index): Html {
    const { urn, rule, title, severity, pack, waiver } = finding;
    const site = index.siteOf(urn);
    const under =
        waiver &&
        html`<br />${waiver.reason}
            <span class="quiet">${waiver.owner}, until ${waiver.expires}</span>`;
    return html`<li
        data-item
        data-site="${site}"
        data-severity="${severity}"
        data-pack="${pack}"
        data-text="${rule} ${title}"
    >
        ${urn === "" ? "The stack" : index.reference(urn)}
        ${site !== "" && html`<span class="quiet">${site}</span>`} <br />${statement(finding)}
        ${under}
    </li>`;
}

function showRepairs({ plan }: Index): Html {
    if (plan.repairs.length === 0) return html``;
    const rows = plan.repairs.map(({ rule, urn, paths }) => {
        return html`<tr>
            <th scope="row"><code>${rule}</code></th>
            <td>${nameOf(urn)}</td>
            <td>${paths.join(", ")}</td>
        </tr>`;
    });
    return html`<h3>Mended by the pack</h3>
        ${table("What the pack mends before anything is created", ["Rule", "Resource", "Inputs"], rows)}`;
}

function showRules({ rules }: Plan): Html {
    const rows = rules.map((rule) => {
        return html`<tr>
            <th scope="row"><code>${rule.rule}</code><br />${rule.title}</th>
            <td>${badge(rule.severity, rule.severity)}</td>
            <td>${rule.level}</td>
            ${[rule.judged, rule.kept, rule.fail, rule.unknown, rule.waived].map(
                (number) => html`<td class="figure">${number}</td>`,
            )}
        </tr>`;
    });
    const head = ["Rule", "Severity", "Level", "Judged", "Kept", "Broken", "Unknown", "Waived"];
    return html`<details class="card">
        <summary><span class="title">Every rule and how often it was kept</span></summary>
        ${table("Rules that are not disabled", head, rows)}
    </details>`;
}
