import pc from "picocolors";

/** A figure with the limit that it has to keep. */
export interface Figure {
    readonly name: string;
    readonly value: number;
    readonly unit: "×" | "%" | "MB" | "s" | "files";
    /** The most it may be. Left out for a figure that is only told. */
    readonly limit?: number;
    /** What it is made of, for a person. */
    readonly detail: string;
}

/** True if the figure keeps its limit. A figure that could not be measured does not. */
export function keeps({ value, limit }: Figure): boolean {
    return limit === undefined || value <= limit;
}

/** A number as a person reads it. */
export function render(value: number, unit: Figure["unit"]): string {
    const digits = { "×": 2, "%": 1, s: 1, MB: 0, files: 0 }[unit];
    return Number.isNaN(value) ? "not measured" : `${value.toFixed(digits)} ${unit}`;
}

/** A figure in two lines that fit a terminal: what it is and whether it keeps its limit, and what it is made of. */
export function tell(figure: Figure): string[] {
    const { name, value, unit, limit, detail } = figure;
    const verdict = keeps(figure) ? pc.green("kept  ") : pc.red("broken");
    const most = limit === undefined ? "" : ` (at most ${render(limit, unit)})`;
    return [
        `${verdict}  ${name}: ${pc.bold(render(value, unit))}${most}`,
        pc.dim(`        ${detail}`),
    ];
}
