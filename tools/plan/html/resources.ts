import type { PlannedComponent, PlannedResource, PlannedSite } from "../model.ts";
import { compare } from "../order.ts";
import { count } from "../show/paint.ts";
import { kindOf } from "../show/tree.ts";
import { html, type Html } from "./template.ts";
import { showValues } from "./values.ts";
import { badge, filter, menu, providerOf, type Index } from "./words.ts";
import { groupBy } from "../../lib/group.ts";

/** Every resource by site and component, with its inputs behind its name. */
export function showResources(index: Index): Html {
    const { sites, resources, counts } = index.plan;
    return html`<section id="resources" aria-labelledby="resources-title">
        <h2 id="resources-title">Resources</h2>
        <p class="lead">
            ${count(counts.resources, "resource")} and ${count(counts.providers, "provider")} in
            ${count(counts.components, "component")}. Open one for its inputs and for what it waits
            for.
        </p>
        ${resources.length > 0 && controls(index)} ${sites.map((site) => showSite(site, index))}
    </section>`;
}

function controls({ plan }: Index): Html {
    const custom = plan.resources.filter((resource) => resource.custom);
    const kinds = groupBy(custom, ({ token }) => token);
    const choices = [...kinds].map(([token, own]): readonly [string, string] => {
        return [token, `${kindOf(token)} (${providerOf(token)}) ${own.length}`];
    });
    const sites = plan.sites.flatMap(({ key }) => (key === "" ? [] : [[key, key] as const]));
    return html`${filter("resources-list", "resources", [
        menu("site", "Site", "Every site", sites),
        menu(
            "kind",
            "Kind",
            "Every kind",
            choices.sort(([, left], [, right]) => compare(left, right)),
        ),
        menu("mark", "With", "Anything", [
            ["finding", "broken rules"],
            ["protected", "protection"],
            ["unknown", "unknown inputs"],
            ["secret", "secret inputs"],
        ]),
    ])}`;
}

function showSite({ key, cloud, region, component }: PlannedSite, index: Index): Html {
    const place = [cloud, region].filter(Boolean).join(", ");
    return html`<div data-list="resources-list" data-group>
        <h3>
            ${key === "" ? "In no component" : key}
            <span class="quiet">${place}</span> <span class="number">${component.total}</span>
        </h3>
        ${showComponent(component, index)}
    </div>`;
}

function showComponent(component: PlannedComponent, index: Index): Html {
    const { resources, components, type, name } = component;
    const entries = resources.flatMap((urn) => index.resource(urn) ?? []);
    const own =
        entries.length > 0 &&
        html`<div class="component" data-group>
            ${
                type !== "" &&
                html`<h4 id="${index.id(component.urn)}">
                    ${kindOf(type)} <span class="quiet">${name}</span>
                </h4>`
            }
            ${entries.map((resource) => showResource(resource, index))}
        </div>`;
    return html`${own} ${components.map((one) => showComponent(one, index))}`;
}

function showResource(resource: PlannedResource, index: Index): Html {
    const { urn, token, name, site } = resource;
    const marks = marksOf(resource, index);
    return html`<details
        class="resource"
        id="${index.id(urn)}"
        data-item
        data-site="${site}"
        data-kind="${token}"
        data-mark="${[...marks.keys()].join(" ")}"
    >
        <summary>
            <span class="kind">${kindOf(token)}</span> <span class="name">${name}</span>
            ${[...marks.values()]}
        </summary>
        ${facts(resource, index)}
        <p class="quiet">Inputs</p>
        ${showValues(asMasked(resource))}
    </details>`;
}

/** What makes a resource worth finding, by the word that the filter knows. */
function marksOf(
    resource: PlannedResource,
    { plan }: Index,
): ReadonlyMap<string, Html | undefined> {
    const { urn, protect, secrets, unknowns } = resource;
    const broken = plan.findings.filter((one) => one.urn === urn && one.state === "fail");
    const stops = broken.some(({ level }) => level === "mandatory");
    const marks: (readonly [string, boolean, Html?])[] = [
        [
            "finding",
            broken.length > 0,
            badge(stops ? "critical" : "medium", count(broken.length, "finding")),
        ],
        ["protected", protect, badge("good", "protected")],
        ["secret", secrets.length > 0, badge("secret", count(secrets.length, "secret"))],
        [
            "unknown",
            unknowns.length > 0,
            html`<span class="quiet">${unknowns.length} unknown</span>`,
        ],
    ];
    return new Map(marks.filter(([, holds]) => holds).map(([word, , shown]) => [word, shown]));
}

function facts(resource: PlannedResource, index: Index): Html {
    const { token, urn, dependencies, provider, source, ignoreChanges, aliases, deletedWith } =
        resource;
    const rows: readonly (readonly [string, Html | string | false | undefined])[] = [
        ["Type", html`<code>${token}</code>`],
        ["URN", html`<code>${urn}</code>`],
        ["Made at", source && html`<code>${source.file}:${source.line}</code>`],
        ["Provider", provider !== "" && index.reference(provider)],
        ["Waits for", dependencies.length > 0 && references(dependencies, index)],
        ["Ignores changes of", ignoreChanges.join(", ")],
        ["Vanishes with", deletedWith !== "" && index.reference(deletedWith)],
        ["Aliases", aliases.length > 0 && someOf(aliases)],
    ];
    return html`<dl class="facts">
        ${rows.map(
            ([term, value]) =>
                value &&
                html`<dt>${term}</dt>
                    <dd>${value}</dd>`,
        )}
    </dl>`;
}

function references(urns: readonly string[], index: Index): Html {
    return html`${urns.map((urn, place) => html`${place > 0 && ", "}${index.reference(urn)}`)}`;
}

/** Providers give a resource an alias for each version of its API, dozens of them, which nobody reads. */
function someOf(aliases: readonly string[]): Html {
    const first = aliases.slice(0, 2);
    const left = aliases.length - first.length;
    return html`<code>${first.join(", ")}</code>${left > 0 && ` and ${left} more`}`;
}

function asMasked({ inputs, secrets, unknowns }: PlannedResource) {
    return { values: inputs, secrets, unknowns };
}
