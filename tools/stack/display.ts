import pc from "picocolors";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { Finding, Message, Operation, Progress } from "./progress.ts";
import { changes, describeUrn, verb } from "./progress.ts";

/** Where a run is shown. */
export interface Screen {
    readonly isTTY?: boolean;
    readonly columns?: number;
    write(text: string): unknown;
}

/** Shows a run while it lasts. */
export interface Display {
    take(event: EngineEvent): void;
    /** A line that stays. */
    say(line: string): void;
    /** Takes away what is not to stay. */
    close(): void;
}

/** Milliseconds between two drawings of the table. */
const REDRAW = 100;

/** How many of the operations under way the table names. */
const MOST_ROWS = 8;

/** What stands above the table. */
export interface Title {
    readonly heading: string;
    /** How many changes a preview has announced. */
    readonly total?: number;
    /** True if nothing is done in a cloud, so that no line may say that it was. */
    readonly lookOnly?: boolean;
}

/** A table that is redrawn on a terminal; a line per event elsewhere, as in CI. */
export function display(progress: Progress, title: Title, screen: Screen): Display {
    const started = Date.now();
    const lines = new Lines(progress, screen, started);
    return screen.isTTY === true && !process.env.CI
        ? new Live(progress, title, screen, started, lines)
        : lines.open(title);
}

class Lines implements Display {
    private readonly progress: Progress;
    private readonly screen: Screen;
    private readonly started: number;
    private lookOnly = false;

    constructor(progress: Progress, screen: Screen, started: number) {
        this.progress = progress;
        this.screen = screen;
        this.started = started;
    }

    open({ heading, lookOnly = false }: Title): this {
        this.lookOnly = lookOnly;
        this.say(pc.bold(heading));
        return this;
    }

    take(event: EngineEvent): void {
        const news = this.progress.take(event);
        // What a preview would do, or a refresh has found, is told at the end.
        if (news !== undefined && !(this.lookOnly && "op" in news)) this.say(this.render(news));
    }

    say(line: string): void {
        this.screen.write(`${line}\n`);
    }

    close(): void {}

    render(news: Operation | Message | Finding): string {
        const at = pc.dim(clock(Date.now() - this.started));
        if ("op" in news) {
            const failed = this.progress.failed.includes(news);
            const words = failed ? pc.red(`${verb(news.op, false)} failed`) : verb(news.op, true);
            const took = seconds((news.finished ?? news.started) - news.started);
            return `  ${at}  ${words}  ${describeUrn(news.urn)} ${pc.dim(took)}`;
        }
        const where = news.urn === undefined ? "" : `${describeUrn(news.urn)}: `;
        if ("policy" in news) {
            const level = news.mandatory ? pc.red("policy violated") : pc.yellow("policy advice");
            return `  ${at}  ${level}  ${where}${news.policy}`;
        }
        const colour = news.severity === "error" ? pc.red : pc.yellow;
        // An error is told in full at the end.
        const text = news.severity === "error" ? news.text.split("\n")[0] : news.text;
        return `  ${at}  ${colour(news.severity)}  ${where}${text}`;
    }
}

class Live implements Display {
    private readonly progress: Progress;
    private readonly title: Title;
    private readonly screen: Screen;
    private readonly started: number;
    private readonly lines: Lines;
    private readonly timer: NodeJS.Timeout;
    private rows = 0;

    constructor(progress: Progress, title: Title, screen: Screen, started: number, lines: Lines) {
        this.progress = progress;
        this.title = title;
        this.screen = screen;
        this.started = started;
        this.lines = lines;
        this.timer = setInterval(() => this.draw(), REDRAW);
        this.draw();
    }

    take(event: EngineEvent): void {
        const news = this.progress.take(event);
        // Operations are in the table; what has to be read stays above it.
        if (news !== undefined && !("op" in news)) this.say(this.lines.render(news));
    }

    say(line: string): void {
        this.clear();
        this.screen.write(`${line}\n`);
        this.draw();
    }

    close(): void {
        clearInterval(this.timer);
        this.clear();
    }

    private clear(): void {
        if (this.rows > 0) this.screen.write(`\u001B[${this.rows}A\u001B[0J`);
        this.rows = 0;
    }

    private draw(): void {
        const width = (this.screen.columns || 80) - 1;
        const lines = table(this.progress, this.title, Date.now() - this.started);
        this.clear();
        this.screen.write(lines.map((line) => `${line.slice(0, width)}\n`).join(""));
        this.rows = lines.length;
    }
}

/** The live table: a heading, a line per site, and the operations that have been under way the longest. */
export function table(progress: Progress, { heading, total }: Title, elapsed: number): string[] {
    const state = progress.cancelling && !progress.finished ? ", stopping" : "";
    const changed = progress.done.filter(({ op, custom }) => custom && changes(op)).length;
    const share = total === undefined ? "" : `  ${changed} of ${total} changes`;
    const lines = [`${heading}  ${clock(elapsed)}${share}${state}`];
    const sites = new Map<string, { done: number; running: number }>();
    const count = (urn: string, what: "done" | "running") => {
        const site = progress.siteOf(urn) ?? "shared";
        const counts = sites.get(site) ?? { done: 0, running: 0 };
        counts[what]++;
        sites.set(site, counts);
    };
    for (const { urn, custom } of progress.done) if (custom) count(urn, "done");
    for (const { urn, custom } of progress.running.values()) if (custom) count(urn, "running");
    for (const [site, { done, running }] of sites) {
        lines.push(
            `  ${site.padEnd(28)} ${String(done).padStart(4)} done ${String(running).padStart(4)} under way`,
        );
    }
    const slowest = [...progress.running.values()]
        .filter(({ op, custom }) => custom && changes(op))
        .sort((a, b) => a.started - b.started);
    const now = Date.now();
    for (const { op, urn, started } of slowest.slice(0, MOST_ROWS)) {
        lines.push(`    ${verb(op, false)} ${describeUrn(urn)} ${seconds(now - started)}`);
    }
    if (slowest.length > MOST_ROWS) lines.push(`    and ${slowest.length - MOST_ROWS} more`);
    return lines;
}

/** Minutes and seconds: `1:05`. */
export function clock(milliseconds: number): string {
    const total = Math.floor(milliseconds / 1000);
    return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
}

/** Seconds with a digit: `0.9 s`. */
export function seconds(milliseconds: number): string {
    return `${(milliseconds / 1000).toFixed(1)} s`;
}
