import type { Plan } from "../../model.ts";
import { count } from "../../show/paint.ts";
import { html, type Html } from "../template.ts";
import type { Index } from "../words.ts";
import { arrange, WIDTHS, type Boxes, type Width } from "./arrange.ts";
import { box, flatten, type Box, type Topology } from "./boxes.ts";
import { draw } from "./draw.ts";
import { grid } from "./layout.ts";
import { given } from "./read.ts";
import { topologyOf } from "./site.ts";

/** Pictures of the whole stack and of each site, and the same in words. */
export function showTopology(index: Index): Html {
    const { plan } = index;
    const sites = plan.sites.filter(({ component }) => component.total > 0);
    const pictures = sites
        .map((site) => topologyOf(site, index))
        .filter(({ network, outside }) => network !== undefined || outside.length > 0);
    if (pictures.length === 0) return html``;
    return html`<section id="topology" aria-labelledby="topology-title">
        <h2 id="topology-title">Topology</h2>
        <p class="lead">
            Read from the components and from what the resources refer to. Each box says who reaches
            it and how; where there is room, a line leads there too.
        </p>
        ${pictures.length > 1 && showStack(plan, pictures)}
        ${pictures.map((one, place) => showSite(one, place))}
    </section>`;
}

function both(make: (width: Width) => Html): Html {
    return html`<figure class="wide-only">${make("wide")}</figure>
        <figure class="narrow-only">${make("narrow")}</figure>`;
}

/** The sites side by side, in few words each. */
function showStack(plan: Plan, topologies: readonly Topology[]): Html {
    const sites = topologies.map((one) => summary(one, plan));
    return both((width) => {
        const { placed, height } = grid(sites, 1, 1, WIDTHS[width] - 2);
        return draw({
            id: `stack-${width}`,
            title: `The sites of ${plan.stack}`,
            description: topologies
                .map(({ site, place }) => given(site, place).join(": "))
                .join("; "),
            width: WIDTHS[width],
            height: height + 2,
            placed,
            reaches: [],
            lane: 0,
            lanes: 0,
        });
    });
}

function summary({ site, place, network, outside }: Topology, plan: Plan): Box {
    const all = flatten([...(network ? [network] : []), ...outside]);
    const brief = all
        .filter(({ kind }) =>
            ["network", "cluster", "workload", "database", "registry", "store"].includes(kind),
        )
        .map(({ id, kind, title, lines }) =>
            box(id, kind, title, { lines: kind === "network" ? [] : lines.slice(0, 2) }),
        );
    const own = plan.sites.find(({ key }) => key === site)?.component.total ?? 0;
    const lines = given(place, count(own, "resource"), ...crossing(site, plan));
    return box(`site ${site}`, "site", site || "In no component", {
        lines,
        rows: brief.map((one) => [one]),
    });
}

/** Other sites whose resources refer to those of a site. */
function crossing(site: string, { resources }: Plan): readonly string[] {
    const own = new Set(resources.filter((one) => one.site === site).map(({ urn }) => urn));
    const others = resources
        .filter((one) => one.site !== site && one.dependencies.some((urn) => own.has(urn)))
        .map((one) => one.site);
    return [...new Set(others)].map((other) => `← ${other || "what is in no component"}`);
}

function showSite(topology: Topology, place: number): Html {
    const { site, reaches } = topology;
    const boxes = withReaches(topology);
    const name = site || "In no component";
    return html`<h3 id="site-${place}">${name} <span class="quiet">${topology.place}</span></h3>
        ${both((width) => {
            const layout = arrange(boxes, width);
            return draw({
                id: `site-${place}-${width}`,
                title: `What stands in ${name}`,
                description: `${flatten([...boxes.network, ...boxes.outside]).length} boxes; the list below says the same.`,
                width: WIDTHS[width],
                reaches,
                ...layout,
            });
        })}
        <details class="card">
            <summary><span class="title">The same in words</span></summary>
            ${inWords([...boxes.network, ...boxes.outside])}
        </details>`;
}

/** Each box says by whom and how it is reached, which is easier to read than words beside lines. */
function withReaches({ network, outside, reaches }: Topology): Boxes {
    const names = new Map(
        flatten([...(network ? [network] : []), ...outside]).map((one) => [one.id, one.title]),
    );
    const told = (one: Box): Box => ({
        ...one,
        lines: [
            ...one.lines,
            ...reaches
                .filter(({ to }) => to === one.id)
                .map(({ from, words }) => `← ${names.get(from) ?? "?"}: ${words.join(", ")}`),
        ],
        rows: one.rows.map((row) => row.map(told)),
    });
    return { network: network ? [told(network)] : [], outside: outside.map(told), reaches };
}

function inWords(boxes: readonly Box[]): Html {
    return html`<ul>
        ${boxes.map(({ title, lines, rows }) => {
            const inner = rows.flat();
            return html`<li>
                <strong>${title}</strong>${lines.length > 0 && `: ${lines.join("; ")}`}
                ${inner.length > 0 && inWords(inner)}
            </li>`;
        })}
    </ul>`;
}
