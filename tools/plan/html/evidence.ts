import { STATES, type ControlState, type Evidence } from "../../evidence/model.ts";
import { html, type Html } from "./template.ts";
import { badge, table } from "./words.ts";

const WORDS: Readonly<Record<ControlState, { readonly words: string; readonly tone: string }>> = {
    fail: { words: "broken", tone: "bad" },
    unknown: { words: "unknown", tone: "warning" },
    waived: { words: "waived", tone: "secret" },
    pass: { words: "kept", tone: "good" },
    "not-applicable": { words: "nothing to judge", tone: "plain" },
    "not-covered": { words: "not covered", tone: "plain" },
};

/** What the rules tell about the controls of frameworks: leads for an auditor, and never a verdict. */
export function showEvidence(all: readonly Evidence[]): Html {
    if (all.length === 0) return html``;
    return html`<section id="evidence" aria-labelledby="evidence-title">
        <h2 id="evidence-title">Evidence</h2>
        <p class="lead">
            What the rules say about the controls of each framework. These are leads for an auditor
            and no verdict: a control that no rule serves is not covered, whatever else holds.
        </p>
        ${all.map(showFramework)}
    </section>`;
}

function showFramework(evidence: Evidence): Html {
    const { framework, summary, controls } = evidence;
    const { score, controls: counts } = summary.together;
    const covered = controls.filter(({ state }) => state !== "not-covered");
    const rest = controls.filter(({ state }) => state === "not-covered");
    const figure = score.percent === undefined ? "nothing to score" : `${score.percent} %`;
    return html`<details class="card">
        <summary>
            <span class="title">${framework.title}</span> <span class="number">${figure}</span>
            <span class="quiet">${score.passed} of ${score.of} controls that can be judged</span>
        </summary>
        <p class="quiet">Score: ${score.formula}.</p>
        <ul class="tally">
            ${STATES.map((state) => html`<li>${stateBadge(state)} ${counts[state]}</li>`)}
        </ul>
        <p>${framework.list}</p>
        ${
            covered.length > 0 &&
            table(
                `Controls of ${framework.title} that rules serve`,
                ["Control", "State", "Rules", "By analogy"],
                covered.map(showControl),
            )
        }
        ${rest.length > 0 && showRest(rest)} ${showOutside(framework.outside)}
    </details>`;
}

function showControl({
    id,
    title,
    state,
    byMapping,
    byAnalogy,
}: Evidence["controls"][number]): Html {
    return html`<tr>
        <th scope="row"><strong>${id}</strong><br />${title}</th>
        <td>${stateBadge(state)}</td>
        <td class="list">${showRules(byMapping.rules)}</td>
        <td class="list">${showRules(byAnalogy.rules)}</td>
    </tr>`;
}

function showRules(rules: readonly string[]): Html {
    return html`${rules.map((rule, place) => html`${place > 0 && ", "}<code>${rule}</code>`)}`;
}

function showRest(controls: Evidence["controls"]): Html {
    const items = controls.map(({ id, title, outside }) => {
        return html`<li>
            <strong>${id}</strong> ${title}
            ${outside && html`<span class="quiet">${outside}</span>`}
        </li>`;
    });
    return html`<details class="card">
        <summary>
            <span class="title">Not covered</span> <span class="number">${controls.length}</span>
        </summary>
        <ul class="places">
            ${items}
        </ul>
    </details>`;
}

function showOutside(outside: readonly string[]): Html {
    if (outside.length === 0) return html``;
    return html`<p class="quiet">Out of sight, whatever the rules say:</p>
        <ul class="places">
            ${outside.map((words) => html`<li>${words}</li>`)}
        </ul>`;
}

function stateBadge(state: ControlState): Html {
    const { words, tone } = WORDS[state];
    return badge(tone, words);
}
