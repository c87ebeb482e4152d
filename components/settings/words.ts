/** How many characters of a value a message repeats. */
const LONGEST = 60;

/** Words in a key that mean its value is a credential. */
const SECRET_KEY =
    /passw(or)?d|passphrase|secret|token|credential|(api|access|private|signing|encryption|account)[-_]?key|connection[-_]?string|(database|db|postgres|redis|amqp|mongo)[-_]?ur[il]|_dsn$|^dsn$/i;

/** Endings that say the value only speaks about a credential: its file, its name, its life time. */
const ABOUT_SECRET = /[-_]?(file|path|name|ttl|seconds|timeout|expiry|length|arn|header|issuer)$/i;

/** Texts that are credentials, whatever the key says: private keys, cloud keys, tokens, URLs with a password. */
const SECRET_VALUE =
    /-----BEGIN|\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}|\bAIza[\w-]{35}\b|\beyJ[\w-]{10,}\.|\bxox[abprs]-|\b[rs]k_live_\w{10,}|:\/\/[^\s/:@]*:[^\s/@]+@/;

/** True if a variable of that name is expected to hold a credential. */
export function namesSecret(key: string): boolean {
    return SECRET_KEY.test(key) && !ABOUT_SECRET.test(key);
}

/** True if a text is a credential by its form. */
export function isSecretText(text: string): boolean {
    return SECRET_VALUE.test(text);
}

/** True if what stands at the path may be a credential by its key, so that no message repeats it. */
export function mayBeSecret(path: string): boolean {
    const place = path.replace(/(\[\d+\])+$/, "");
    const key = /\["(.*)"\]$/.exec(place)?.[1] ?? place.slice(place.lastIndexOf(".") + 1);
    return key !== "secretStore" && SECRET_KEY.test(key);
}

/** What stands for a value that no message repeats. */
export const HIDDEN = "(hidden)";

/** A value as a message shows it: short, in one line, and never a credential. */
export function show(value: unknown, path: string): string {
    if (value === undefined) return "(nothing)";
    if (value === null) return "(empty)";
    if (mayBeSecret(path)) return HIDDEN;
    if (Array.isArray(value)) return "(a list)";
    if (typeof value === "object") return "(a group of settings)";
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (typeof value !== "string") return "(something else)";
    if (isSecretText(value)) return HIDDEN;
    const text = JSON.stringify(value);
    return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…"`;
}

/** A key of the stack's configuration with its namespace. */
const WITH_NAMESPACE = /^[\w-]{1,30}:[\w-]{1,30}$/;

/** The path of a key inside a path: `a.b`, and `a["b.c"]` where the key would not read as one. */
export function join(path: string, key: string): string {
    if (path === "" && WITH_NAMESPACE.test(key)) return key;
    if (/^[A-Za-z_][\w-]*$/.test(key)) return path === "" ? key : `${path}.${key}`;
    const text = key.length <= LONGEST ? key : `${key.slice(0, LONGEST)}…`;
    return `${path}[${JSON.stringify(text)}]`;
}

/** Words as an English list: `a, b or c`. */
export function oneOf(words: readonly string[], last = "or"): string {
    if (words.length < 2) return words.join("");
    return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
