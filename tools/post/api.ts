import { UserError } from "../lib/user-error.ts";

/** What an API tells of one thing. */
export type Row = Readonly<Record<string, unknown>>;

/** Long lists come in pages of this many. */
const PAGE = 100;

/** Asks a forge's API, and says what it answered where that is a refusal. */
export class Api {
    readonly #base: string;
    readonly #headers: Readonly<Record<string, string>>;

    constructor(base: string, headers: Readonly<Record<string, string>>) {
        this.#base = base;
        this.#headers = { ...headers, "content-type": "application/json" };
    }

    async send(method: "POST" | "PATCH" | "PUT", path: string, body: Row): Promise<void> {
        await this.#ask(path, { method, body: JSON.stringify(body) });
    }

    async get(path: string): Promise<Row> {
        return (await (await this.#ask(path)).json()) as Row;
    }

    /** All pages of a list. */
    async list(path: string): Promise<readonly Row[]> {
        const all: Row[] = [];
        for (let page = 1; ; page++) {
            const joined = path.includes("?") ? "&" : "?";
            const address = `${path}${joined}per_page=${PAGE}&page=${page}`;
            const rows = (await (await this.#ask(address)).json()) as readonly Row[];
            all.push(...rows);
            if (rows.length < PAGE) return all;
        }
    }

    async #ask(path: string, request: RequestInit = {}): Promise<Response> {
        const address = `${this.#base}${path}`;
        const signal = AbortSignal.timeout(30_000);
        const response = await fetch(address, { ...request, headers: this.#headers, signal }).catch(
            (error: unknown) => {
                throw new UserError(`${address} cannot be reached: ${String(error)}.`, 2);
            },
        );
        if (response.ok) return response;
        const said = (await response.text()).slice(0, 300);
        throw new UserError(
            `${request.method ?? "GET"} ${address} was refused: ${response.status} ${said}\n` +
                "Look at what the job's token may do: docs/continuous-integration.md.",
            2,
        );
    }
}

/** An environment variable that the pipeline sets, or has to be given. */
export function needed(env: NodeJS.ProcessEnv, name: string, why: string): string {
    const value = env[name];
    if (value !== undefined && value !== "") return value;
    throw new UserError(`${name} is not set. ${why}`, 2);
}

/** A field of a row, or of what stands in one of its fields. */
export function textOf(row: Row, field: string, inner?: string): string {
    const value = row[field];
    if (inner !== undefined) {
        return typeof value === "object" && value !== null ? textOf(value as Row, inner) : "";
    }
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
