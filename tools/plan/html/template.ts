/** Markup that is safe to send. Made by `html` and `trusted` only. */
export class Html {
    readonly #text: string;

    constructor(text: string) {
        this.#text = text;
    }

    toString(): string {
        return this.#text;
    }
}

/** What may stand in a template: markup as it is, anything else escaped. Nothing is shown for `undefined` and `false`. */
export type Part = Html | string | number | undefined | false | readonly Part[];

/**
 * Makes markup of a template. Every value is escaped, so that no name can become markup.
 *
 * Attributes must stand in double quotes: the escape holds there and between tags, and nowhere else.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
    return new Html(
        strings
            // The indentation is the source's and says nothing.
            .map((text) => text.replace(/\n\s+/g, "\n"))
            .map((text, index) => (index === 0 ? text : render(parts[index - 1]) + text))
            .join(""),
    );
}

/** Takes the project's own text as markup: a style sheet, a script. Never what a user or a program wrote. */
export function trusted(text: string): Html {
    return new Html(text);
}

function render(part: Part): string {
    if (part === undefined || part === false) return "";
    if (part instanceof Html) return part.toString();
    if (typeof part === "string" || typeof part === "number") return escape(String(part));
    return part.map(render).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
};

/** Control characters are no text, and those that turn the direction of writing make a name look like another. */
const UNSEEN =
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

function escape(text: string): string {
    return text
        .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "")
        .replace(UNSEEN, (character) => {
            return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
        });
}

/** A link to a page of the web. An address that is none stays text, so that no name can become a script. */
export function link(address: string, words: string = address): Html {
    if (!/^https?:\/\//i.test(address)) return html`${words}`;
    return html`<a href="${address}" rel="noreferrer noopener">${words}</a>`;
}
