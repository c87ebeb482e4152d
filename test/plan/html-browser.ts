import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** The Chromium of this machine: `CHROMIUM`, or the first on the PATH; undefined if there is none. */
export function findChromium(): string | undefined {
    if (process.env.CHROMIUM) return process.env.CHROMIUM;
    const folders = (process.env.PATH ?? "").split(delimiter);
    return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

/** What the browser tells, as its protocol has it. */
export interface Told {
    readonly method: string;
    readonly params: Readonly<Record<string, unknown>>;
}

interface Answer extends Told {
    readonly id?: number;
    readonly result?: Readonly<Record<string, unknown>>;
    readonly error?: { readonly message: string };
}

/** A page in a browser without a window, driven by the DevTools protocol over pipes. */
export class Browser {
    readonly told: Told[] = [];
    readonly #process: ChildProcess;
    readonly #folder: string;
    readonly #waiting = new Map<number, (answer: Answer) => void>();
    #session: string | undefined;
    #last = 0;
    #text = "";

    private constructor(executable: string, folder: string) {
        this.#folder = folder;
        const flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--remote-debugging-pipe",
            `--user-data-dir=${folder}`,
        ];
        this.#process = spawn(executable, flags, {
            stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
        });
        const reading = this.#process.stdio[4] as Readable;
        reading.setEncoding("utf8").on("data", (chunk: string) => this.#read(chunk));
    }

    /** Opens a file, and listens to the console and the network from the start. */
    static async open(executable: string, file: string): Promise<Browser> {
        const folder = await mkdtemp(join(tmpdir(), "browser-"));
        const browser = new Browser(executable, folder);
        const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
        const attached = await browser.send("Target.attachToTarget", { targetId, flatten: true });
        browser.#session = String(attached.sessionId);
        for (const domain of ["Page", "Runtime", "Log", "Network"]) {
            await browser.send(`${domain}.enable`);
        }
        await browser.load(file);
        return browser;
    }

    async load(file: string): Promise<void> {
        const loaded = this.#waitFor("Page.loadEventFired");
        await this.send("Page.navigate", { url: pathToFileURL(file).href });
        await loaded;
    }

    send(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
        const id = ++this.#last;
        const session = this.#session === undefined ? {} : { sessionId: this.#session };
        const writing = this.#process.stdio[3] as Writable;
        writing.write(`${JSON.stringify({ id, method, params, ...session })}\0`);
        return new Promise((resolve, reject) => {
            this.#waiting.set(id, ({ result, error }) => {
                if (error) reject(new Error(`${method}: ${error.message}`));
                else resolve(result ?? {});
            });
        });
    }

    /** The value of an expression in the page. */
    async evaluate(expression: string): Promise<unknown> {
        const answer = await this.send("Runtime.evaluate", {
            expression,
            returnByValue: true,
            awaitPromise: true,
        });
        if (answer.exceptionDetails) throw new Error(JSON.stringify(answer.exceptionDetails));
        return (answer.result as { value?: unknown }).value;
    }

    /** Shows the page in a size, and in light or dark. */
    async look(width: number, scheme: "light" | "dark" = "light"): Promise<void> {
        await this.send("Emulation.setDeviceMetricsOverride", {
            width,
            height: 900,
            deviceScaleFactor: 1,
            mobile: width < 500,
        });
        const features = [{ name: "prefers-color-scheme", value: scheme }];
        await this.send("Emulation.setEmulatedMedia", { features });
    }

    async close(): Promise<void> {
        const gone = new Promise((resolve) => this.#process.once("exit", resolve));
        this.#process.kill("SIGKILL");
        await gone;
        await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
    }

    #waitFor(method: string): Promise<void> {
        return new Promise((resolve) => {
            const seen = this.told.length;
            const look = () => {
                if (this.told.slice(seen).some((one) => one.method === method)) resolve();
                else setTimeout(look, 20);
            };
            look();
        });
    }

    #read(chunk: string): void {
        const parts = `${this.#text}${chunk}`.split("\0");
        this.#text = parts.pop() ?? "";
        for (const part of parts) {
            const answer = JSON.parse(part) as Answer;
            if (answer.id === undefined) this.told.push(answer);
            else this.#waiting.get(answer.id)?.(answer);
        }
    }
}
