/** Quotes a text for a shell, whatever stands in it. */
export function quote(text: string): string {
    return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
