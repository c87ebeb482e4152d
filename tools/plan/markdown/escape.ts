import type { Json } from "../model.ts";

/** The longest value that is written out. */
const LONGEST = 160;

/** What neither Markdown nor HTML takes for anything but itself, wherever it stands. */
const LITERAL = /[^\p{L}\p{N} ,;?/=…↵-]/gu;

/** The same inside of a sentence. A dot or a colon within a word may begin a link. */
const PROSE = /[^\p{L}\p{N} ,;?.:()'’–-]|[.:](?=\S)/gu;

/** Characters that show nothing, or turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu;

/**
 * A value as code. In code, GitHub neither notifies who is mentioned nor links to what is numbered, and the value's own
 * characters are written by their number, so that none of them means anything.
 */
export function code(text: string): string {
    return `<code>${shorten(visible(text)).replaceAll(LITERAL, entityOf)}</code>`;
}

/** JSON as code. A text stands without quotation marks, unless nothing would be seen of it. */
export function value(json: Json | undefined): string {
    if (json === undefined) return "–";
    const isPlain = typeof json === "string" && json.trim() === json && json !== "";
    return code(isPlain ? json : JSON.stringify(json));
}

/** Prose, in which nothing is a mention, a link or a mark. */
export function prose(text: string): string {
    // Rendered, an entity is the character again, and only then looked at for mentions and numbers.
    return visible(text)
        .replaceAll(PROSE, entityOf)
        .replaceAll(/&#(?:35|64);/g, "$&&#8203;");
}

/** A link, if the address is one that can do no harm; else the address as code. */
export function link(address: string): string {
    return /^https:\/\/[\w./%#?=&~+-]+$/.test(address) ? `<${address}>` : code(address);
}

/** Text in an HTML comment, which ends nothing. */
export function comment(text: string): string {
    return `<!-- ${visible(text).replaceAll(/[<>]|--+/g, "-")} -->`;
}

/** A row of a table. */
export function row(cells: readonly string[]): string {
    return `| ${cells.join(" | ")} |`;
}

function visible(text: string): string {
    return text.replaceAll(/\r?\n|\r/g, "↵").replaceAll(INVISIBLE, (character) => {
        return `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`;
    });
}

function shorten(text: string): string {
    const characters = [...text];
    if (characters.length <= LONGEST) return text;
    return `${characters.slice(0, LONGEST - 1).join("")}…`;
}

function entityOf(character: string): string {
    return `&#${character.codePointAt(0) ?? 0};`;
}
