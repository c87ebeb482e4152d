import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

/** PostgreSQL's own number. */
const ITERATIONS = 4096;

const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const base64 = (bytes: Buffer) => bytes.toString("base64");

/**
 * What PostgreSQL keeps of a password, made here so that no statement with the password itself ever reaches a server's
 * log (G1.56).
 *
 * Passwords are plain ASCII, as the platform generates them: SASLprep would change nothing about them.
 *
 * @see https://www.postgresql.org/docs/current/catalog-pg-authid.html
 * @see https://www.rfc-editor.org/rfc/rfc5803
 */
export function scramVerifier(password: string, salt: Buffer): string {
    const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, "sha256");
    const stored = createHash("sha256").update(hmac(salted, "Client Key")).digest();
    const server = hmac(salted, "Server Key");
    return `SCRAM-SHA-256$${ITERATIONS}:${base64(salt)}$${base64(stored)}:${base64(server)}`;
}
