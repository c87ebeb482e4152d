/** The first line of what is posted, by which it is found again. It does not show. */
export function marker(name: string): string {
    return `<!-- posted as ${name.replaceAll(/[^\w .:/-]/g, "_").replaceAll("--", "__")} -->`;
}

/** The marker with which a text begins already, as what `npm run plan -- --markdown` writes does. */
export function ownMarker(text: string): string | undefined {
    return /^<!-- [^\n]*? -->(?=\r?\n|$)/.exec(text)?.[0];
}

const CUT = "\n\n… The rest did not fit; the pipeline's log has all of it.";

/** A text that is not too long for the forge, which would refuse it as a whole. */
export function fit(text: string, most: number): string {
    return text.length <= most ? text : `${whole(text, most - CUT.length)}${CUT}`;
}

/** The output of a command as Markdown, which no line of it can leave. Its end, which has the sum, is kept. */
export function fence(text: string, most: number): string {
    // Escapes that colour a terminal would be shown.
    const plain = text.replaceAll(/\u001b\[[\d;]*[A-Za-z]/g, "").trim();
    const longest = Math.max(2, ...[...plain.matchAll(/`+/g)].map(([ticks]) => ticks.length));
    const ticks = "`".repeat(longest + 1);
    const room = most - 2 * ticks.length - "text\n\n\n…\n".length;
    const kept = plain.length <= room ? plain : `…\n${plain.slice(-room)}`;
    return `${ticks}text\n${kept}\n${ticks}`;
}

/** The beginning of a text that cuts no character in two. */
function whole(text: string, most: number): string {
    return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
}
