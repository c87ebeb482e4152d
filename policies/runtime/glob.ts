/** Whether a text is what a pattern says; `*` stands for any text, also none. Upper and lower case are told apart. */
export function matches(text: string, pattern: string): boolean {
    if (!pattern.includes("*")) return text === pattern;
    const [head = "", ...rest] = pattern.split("*");
    const tail = rest.at(-1) ?? "";
    if (!text.startsWith(head) || !text.endsWith(tail)) return false;
    if (text.length < head.length + tail.length) return false;
    let at = head.length;
    for (const part of rest.slice(0, -1)) {
        const found = text.indexOf(part, at);
        if (found === -1) return false;
        at = found + part.length;
    }
    return at <= text.length - tail.length;
}
