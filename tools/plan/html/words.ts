import type { Level, Severity } from "../../../policies/rules/rule.ts";
import { isProvider } from "../counts.ts";
import type { Finding, Plan, PlannedResource } from "../model.ts";
import { kindOf } from "../show/tree.ts";
import { html, type Html } from "./template.ts";

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/** What all sections ask about a plan. */
export class Index {
    readonly plan: Plan;
    readonly #byUrn: ReadonlyMap<string, PlannedResource>;
    readonly #ids: ReadonlyMap<string, string>;

    constructor(plan: Plan) {
        this.plan = plan;
        this.#byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
        this.#ids = new Map(plan.resources.map(({ urn }, index) => [urn, `r-${index}`]));
    }

    resource(urn: string): PlannedResource | undefined {
        return this.#byUrn.get(urn);
    }

    /** The mark of a resource in the page. */
    id(urn: string): string {
        return this.#ids.get(urn) ?? "";
    }

    siteOf(urn: string): string {
        return this.#byUrn.get(urn)?.site ?? "";
    }

    /** A resource by kind and name, which leads to its entry. */
    reference(urn: string): Html {
        const resource = this.#byUrn.get(urn);
        if (resource === undefined) return html`<code>${nameOf(urn)}</code>`;
        const words = html`${kindOf(resource.token)} <strong>${resource.name}</strong>`;
        return html`<a href="#${this.id(urn)}">${words}</a>`;
    }
}

/** The last part of a URN. */
export function nameOf(urn: string): string {
    return urn.slice(urn.lastIndexOf("::") + 1).replace(/^:/, "");
}

/** The provider of a type token, as people call it: `aws`, `azure-native`, `kubernetes`. */
export function providerOf(token: string): string {
    return isProvider(token) ? "provider" : (token.split(":")[0] ?? "");
}

/** How a finding ends a sentence that begins with its path. */
export function statement({ path, message }: Finding): Html {
    if (path !== "") return html`<code>${path}</code> ${message}.`;
    return html`${message.slice(0, 1).toUpperCase()}${message.slice(1)}.`;
}

/** A word in a coloured frame. The word alone says everything: colour is never the only sign. */
export function badge(tone: string, words: string): Html {
    return html`<span class="badge ${tone}">${words}</span>`;
}

/** What a level means for who reads it. */
export function levelWords(level: Level): string {
    return level === "mandatory" ? "stops the deployment" : "advice";
}

/** A menu for a filter. */
export function menu(
    name: string,
    label: string,
    all: string,
    choices: readonly (readonly [value: string, words: string])[],
): Html {
    const options = choices.map(
        ([value, words]) => html`<option value="${value}">${words}</option>`,
    );
    return html`<label
        >${label}<select name="${name}">
            <option value="">${all}</option>
            ${options}
        </select></label
    >`;
}

/** The controls above a list, which the script shows once it runs. */
export function filter(list: string, what: string, menus: readonly Html[]): Html {
    return html`<form
        class="filter"
        data-filter="${list}"
        role="search"
        aria-label="Filter ${what}"
        hidden
    >
        <label class="grow"
            >Search<input type="search" name="text" autocomplete="off" spellcheck="false"
        /></label>
        ${menus}
        <p class="found" role="status" aria-live="polite" data-word="${what}"></p>
    </form>`;
}

/** A table that scrolls by itself where the screen is too narrow for it. */
export function table(caption: string, head: readonly string[], rows: readonly Html[]): Html {
    const heads = head.map((words) => html`<th scope="col">${words}</th>`);
    return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
        <table>
            <caption>
                ${caption}
            </caption>
            <thead>
                <tr>
                    ${heads}
                </tr>
            </thead>
            <tbody>
                ${rows}
            </tbody>
        </table>
    </div>`;
}
