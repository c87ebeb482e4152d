import { renderPath, type Path } from "../../../simulator/paths.ts";
import { isList, isObject } from "../mask.ts";
import type { Json, JsonObject, Masked } from "../model.ts";
import { html, type Html } from "./template.ts";

/** A line of values: what it is set in by, and what it says. */
interface Line {
    readonly indent: string;
    readonly body: Html;
}

const SECRET_MARK = html`<mark class="secret">secret</mark>`;
const UNKNOWN_MARK = html`<mark class="unknown">unknown</mark>`;

/** Values as indented text. Secrets and unknown values are told by their paths, so a text that reads the same is not one. */
export function showValues({ values, secrets, unknowns }: Masked): Html {
    const lines = new Marker(secrets, unknowns).lines(values, []);
    if (lines.length === 0) return html`<p class="quiet">None.</p>`;
    const text = lines.map(({ indent, body }) => [indent, body, "\n"]);
    return html`<pre class="values"><code>${text}</code></pre>`;
}

/** One value in a line. */
export function showValue(value: Json, path: Path, { secrets, unknowns }: Masked): Html {
    return new Marker(secrets, unknowns).scalar(value, path);
}

class Marker {
    readonly #secrets: ReadonlySet<string>;
    readonly #unknowns: ReadonlySet<string>;

    constructor(secrets: readonly string[], unknowns: readonly string[]) {
        this.#secrets = new Set(secrets);
        this.#unknowns = new Set(unknowns);
    }

    lines(value: Json, path: Path): readonly Line[] {
        if (isList(value) && value.length > 0) {
            return value.flatMap((item, index) => this.#item(item, [...path, index]));
        }
        if (isObject(value)) {
            return Object.entries(value).flatMap(([key, item]) => {
                return this.#entry(key, item, [...path, key]);
            });
        }
        return [{ indent: "", body: this.scalar(value, path) }];
    }

    scalar(value: Json, path: Path): Html {
        const rendered = renderPath(path);
        if (this.#secrets.has(rendered)) return SECRET_MARK;
        if (this.#unknowns.has(rendered)) return UNKNOWN_MARK;
        return html`${plain(value)}`;
    }

    #entry(key: string, value: Json, path: Path): readonly Line[] {
        const name = html`<b>${quote(key)}</b>:`;
        if (isNested(value)) return [{ indent: "", body: name }, ...inset(this.lines(value, path))];
        if (typeof value === "string" && value.includes("\n")) {
            return [{ indent: "", body: html`${name} |` }, ...inset(paragraph(value))];
        }
        return [{ indent: "", body: html`${name} ${this.scalar(value, path)}` }];
    }

    #item(value: Json, path: Path): readonly Line[] {
        const inner = isNested(value)
            ? this.lines(value, path)
            : [{ indent: "", body: this.scalar(value, path) }];
        return inner.map(({ indent, body }, index) => ({
            indent: `${index === 0 ? "- " : "  "}${indent}`,
            body,
        }));
    }
}

function isNested(value: Json): value is readonly Json[] | JsonObject {
    return (
        (isList(value) && value.length > 0) || (isObject(value) && Object.keys(value).length > 0)
    );
}

function inset(lines: readonly Line[]): readonly Line[] {
    return lines.map(({ indent, body }) => ({ indent: `  ${indent}`, body }));
}

function paragraph(text: string): readonly Line[] {
    return text
        .trimEnd()
        .split("\n")
        .map((line) => ({ indent: "", body: html`${line}` }));
}

function plain(value: Json): string {
    return typeof value === "string" ? quote(value) : JSON.stringify(value);
}

/** In quotes where YAML would read something else than a text. */
function quote(text: string): string {
    const bare =
        /^[A-Za-z_/*.][^\n"'{}[\],&#|>]*$/.test(text) || /^\d[\w.:-]*[.:/-][\w.:/-]*$/.test(text);
    const looksOther = /^(?:true|false|null|yes|no|on|off)$|: |^\s|\s$/i.test(text);
    return bare && !looksOther ? text : JSON.stringify(text);
}
