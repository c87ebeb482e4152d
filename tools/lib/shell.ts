/** Quotes a text for a shell, whatever stands in it. */
export function quote(text: string): string {
    return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A text as one word of a shell, quoted only where it has to be. */
export function shellWord(text: string): string {
    return /^[\w./:=@%+-]+$/.test(text) ? text : quote(text);
}
