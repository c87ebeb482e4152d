/** Last words of names whose values are passwords, whatever they look like. */
const PASSWORD_WORDS: readonly string[] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    // The name by which PostgreSQL's own programs know it.
    "pgpassword",
];

/** Last words of names whose values are credentials if they look random; names and references stand there too. */
const CREDENTIAL_WORDS: readonly string[] = [
    "secret",
    "token",
    "credential",
    "credentials",
    "apikey",
    "access key",
    "account key",
    "api key",
    "auth key",
    "client key",
    "encryption key",
    "private key",
    "secret key",
    "shared key",
    "signing key",
    "secret string",
    "secret value",
    "secret data",
    "connection string",
];

/** What is a credential wherever it stands: its form says so. */
const CREDENTIAL_FORMS: readonly RegExp[] = [
    /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
    /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
    /\bgh[pousr]_[A-Za-z0-9]{36}/,
    /\bgithub_pat_[A-Za-z0-9_]{40}/,
    /\bglpat-[A-Za-z0-9_-]{20}/,
    /\bxox[abprs]-[A-Za-z0-9-]{20}/,
    /\bAIza[A-Za-z0-9_-]{35}\b/,
    /\b[sr]k_live_[A-Za-z0-9]{20}/,
    // A password in an address, as in postgres://user:password@host.
    // The lengths are bounded, because matching takes the square of an unbounded one on texts of a megabyte.
    /\b[a-z][a-z0-9+.-]{0,40}:\/\/[^\s:/@]{1,200}:[^\s:/@]{3,2000}@/i,
];

/** Shorter texts have none of the forms. */
const SHORTEST_FORM = 10;

/** Some part of every form, which tells nearly all texts in one look that they have none. */
const FORM_HINT =
    /-----BEGIN |A[KS]IA[0-9A-Z]|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AIza|k_live_|:\/\/[^\s/@]{1,2202}@/;

function hasCredentialForm(text: string): boolean {
    return (
        text.length >= SHORTEST_FORM &&
        FORM_HINT.test(text) &&
        CREDENTIAL_FORMS.some((form) => form.test(text))
    );
}

/** What stands in place of a value: a reference, a template, a path, an identifier, the engine's word for a secret. */
const REFERENCE =
    /^(?:\[secret\]$|arn:|projects\/|\/subscriptions\/|https?:\/\/|\/|\.|\$\{|\{\{|\$\(|op:\/\/|vault:|ref\+)|\.svc\b/;

/** The words of a name: `dbPassword`, `DB_PASSWORD` and `db-password` are the same. */
function words(name: string): readonly string[] {
    return name
        .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
        .split(/[^A-Za-z0-9]+/)
        .filter((word) => word !== "")
        .map((word) => word.toLowerCase());
}

/** How every name ends that promises anything, which tells most names in one look that they do not. */
const PROMISING =
    /(?:passw(?:or)?d|passphrase|pwd|secret|token|credentials?|key|string|value|data)[^a-z0-9]{0,9}$/i;

type Promised = "password" | "credential" | "nothing";

/** The same few names come with every resource, so each is taken apart once. */
const PROMISES = new Map<string, Promised>();
const MOST_NAMES = 10_000;

/** What a name promises to stand under it. */
function promised(name: string): Promised {
    let found = PROMISES.get(name);
    if (found === undefined) {
        if (PROMISES.size >= MOST_NAMES) PROMISES.clear();
        found = PROMISING.test(name) ? promisedBy(words(name)) : "nothing";
        PROMISES.set(name, found);
    }
    return found;
}

function promisedBy(all: readonly string[]): Promised {
    const endings = [all.at(-1) ?? "", all.slice(-2).join(" ")];
    if (endings.some((ending) => PASSWORD_WORDS.includes(ending))) return "password";
    return endings.some((ending) => CREDENTIAL_WORDS.includes(ending)) ? "credential" : "nothing";
}

/** Bits of information per character, counted from how often each one occurs. */
export function entropy(text: string): number {
    const counts = new Map<string, number>();
    for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
    return [...counts.values()]
        .map((count) => count / text.length)
        .reduce((sum, share) => sum - share * Math.log2(share), 0);
}

const SHORTEST_RANDOM = 16;
const LEAST_ENTROPY = 3.3;

function looksRandom(text: string): boolean {
    return (
        text.length >= SHORTEST_RANDOM &&
        /\d/.test(text) &&
        /[A-Za-z]/.test(text) &&
        !/\s/.test(text) &&
        entropy(text) >= LEAST_ENTROPY
    );
}

/** Whether a name promises a credential, whatever stands there. */
export function namesCredential(name: string): boolean {
    return promised(name) !== "nothing";
}

/** Whether a text is a credential, by its form or by what it is called. */
export function isCredential(name: string, text: string): boolean {
    const promise = promised(name);
    if (promise !== "nothing" && text !== "" && !REFERENCE.test(text)) {
        if (promise === "password" || looksRandom(text)) return true;
    }
    return hasCredentialForm(text);
}
