import { parseDocument } from "yaml";
import type { YAMLError } from "yaml";
import { settingOf } from "../../components/settings/namespace.ts";
import type { Problem } from "../../components/lib/problem.ts";
import { isMapping } from "../../components/settings/shape.ts";
import { join } from "../../components/settings/words.ts";

/** What a stack's file says, read without the engine. */
export interface StackContent {
    /** The settings, without the values that only the engine can decrypt. */
    readonly raw: Readonly<Record<string, unknown>>;
    /** The paths of encrypted values. */
    readonly secrets: readonly string[];
    /** What is wrong with the file itself. */
    readonly problems: readonly Problem[];
}

/** The engine's word for an encrypted value: a mapping with this key alone. */
const SECURE = "secure";

const isSecure = (value: unknown): boolean =>
    isMapping(value) && Object.keys(value).length === 1 && typeof value[SECURE] === "string";

/** A copy without encrypted values, whose paths are noted. */
function conceal(value: unknown, path: string, secrets: string[]): unknown {
    if (isSecure(value)) {
        secrets.push(path);
        return undefined;
    }
    if (Array.isArray(value)) {
        return value.map((item: unknown, at) => conceal(item, `${path}[${at}]`, secrets));
    }
    if (!isMapping(value)) return value;
    return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
            key,
            conceal(inner, join(path, key), secrets),
        ]),
    );
}

/** A fault of the YAML, in the words of the settings. */
function toProblem(error: YAMLError, file: string): Problem {
    const line = error.linePos?.[0].line;
    const path = line === undefined ? file : `${file}, line ${line}`;
    return error.code === "DUPLICATE_KEY"
        ? { path, message: "says a key again that stands above", fix: "Keep one of the two" }
        : { path, message: "is not YAML that can be read", fix: describe(error.message) };
}

/** The parser's own words, without its drawing of the place. */
const describe = (message: string) =>
    message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? message;

/**
 * Reads a stack's file by itself, keeping to what the engine would hand over.
 *
 * Keys that stand there twice are refused: the engine keeps the last one in silence.
 */
export function readStackFile(text: string, file: string): StackContent {
    const document = parseDocument(text, { uniqueKeys: true });
    if (document.errors.length > 0) {
        // Whatever cannot be read makes what follows unreadable too: the first is the one to mend.
        const broken = document.errors.find(({ code }) => code !== "DUPLICATE_KEY");
        const errors = broken === undefined ? document.errors : [broken];
        const problems = errors.map((error) => toProblem(error, file));
        return { raw: {}, secrets: [], problems };
    }
    const content: unknown = document.toJS();
    const config = (isMapping(content) ? content.config : undefined) ?? {};
    if (!isMapping(config)) {
        const fix = "Indent the settings below config:";
        return {
            raw: {},
            secrets: [],
            problems: [{ path: "config", message: "is no mapping", fix }],
        };
    }
    const secrets: string[] = [];
    const raw = Object.fromEntries(
        Object.entries(config).flatMap(([key, value]) => {
            const own = settingOf(key);
            return own === undefined ? [] : [[own, conceal(value, own, secrets)]];
        }),
    );
    return { raw, secrets, problems: [] };
}
