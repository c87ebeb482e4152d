/** How many lines around a change are shown. */
const CONTEXT = 3;

interface Line {
    readonly sign: " " | "+" | "-";
    readonly text: string;
}

/** What differs between two texts, line by line, as `diff -u` shows it. Encrypted values are left out. */
export function diffOf(path: string, before: string | undefined, after: string): string {
    const lines = compare(linesOf(before ?? ""), linesOf(after));
    const shown = lines.map((_, index) => {
        const around = lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1);
        return around.some(({ sign }) => sign !== " ");
    });
    const body = lines.flatMap(({ sign, text }, index) => {
        if (!shown[index]) return [];
        const gap = index > 0 && !shown[index - 1] ? ["@@"] : [];
        return [...gap, `${sign}${conceal(text)}`];
    });
    return [`--- ${before === undefined ? "/dev/null" : path}`, `+++ ${path}`, ...body].join("\n");
}

function linesOf(text: string): readonly string[] {
    const lines = text.split(/\r?\n/);
    return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** A value that the engine encrypted is nobody's business who looks at a terminal. */
function conceal(line: string): string {
    return line.replace(/(\bsecure: *)\S+/, "$1[secret]");
}

/** The shortest way from one list of lines to another. */
function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
    const common = lengths(before, after);
    const lines: Line[] = [];
    let [left, right] = [0, 0];
    while (left < before.length || right < after.length) {
        if (left < before.length && before[left] === after[right]) {
            lines.push({ sign: " ", text: before[left]! });
            left += 1;
            right += 1;
        } else if (
            right === after.length ||
            (left < before.length && common[left + 1]![right]! >= common[left]![right + 1]!)
        ) {
            lines.push({ sign: "-", text: before[left]! });
            left += 1;
        } else {
            lines.push({ sign: "+", text: after[right]! });
            right += 1;
        }
    }
    return lines;
}

/** How many lines two lists have in common behind each pair of places. */
function lengths(before: readonly string[], after: readonly string[]): readonly number[][] {
    const table = Array.from({ length: before.length + 1 }, () =>
        new Array<number>(after.length + 1).fill(0),
    );
    for (let left = before.length - 1; left >= 0; left -= 1) {
        for (let right = after.length - 1; right >= 0; right -= 1) {
            const row = table[left]!;
            const next = table[left + 1]!;
            row[right] =
                before[left] === after[right]
                    ? next[right + 1]! + 1
                    : Math.max(next[right]!, row[right + 1]!);
        }
    }
    return table;
}
