/** A piece of a report, which a terminal and Markdown show alike. */
export type Block =
    | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: string }
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "list"; readonly items: readonly string[] }
    | {
          readonly kind: "table";
          readonly head: readonly string[];
          readonly rows: readonly (readonly string[])[];
          /** Columns of numbers. */
          readonly right?: readonly number[];
          /** The column that takes the room that is left, on a terminal. */
          readonly wide?: number;
      };

export function heading(level: 1 | 2, text: string): Block {
    return { kind: "heading", level, text };
}

export function text(words: string): Block {
    return { kind: "text", text: words };
}

/** A heading with what follows it; nothing if nothing follows. */
export function part(title: string, blocks: readonly Block[]): readonly Block[] {
    return blocks.length === 0 ? [] : [heading(2, title), ...blocks];
}

/** A list, or nothing for no items. */
export function list(items: readonly string[]): readonly Block[] {
    return items.length === 0 ? [] : [{ kind: "list", items }];
}

/** A table, or nothing for no rows. */
export function table(
    head: readonly string[],
    rows: readonly (readonly string[])[],
    options: { readonly right?: readonly number[]; readonly wide?: number } = {},
): readonly Block[] {
    return rows.length === 0 ? [] : [{ kind: "table", head, rows, ...options }];
}
