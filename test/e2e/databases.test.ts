import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseScript } from "../../components/kubernetes/databases/script.ts";
import type { Wanted } from "../../components/kubernetes/databases/script.ts";
import { scramVerifier } from "../../components/lib/scram.ts";

/** The folder with PostgreSQL's own programs, or undefined where it is not installed. */
function findPostgres(): string | undefined {
    try {
        const versions = readdirSync("/usr/lib/postgresql").sort((a, b) => Number(b) - Number(a));
        return versions[0] && join("/usr/lib/postgresql", versions[0], "bin");
    } catch {
        return undefined;
    }
}

const bin = findPostgres();
const why = bin ? "" : " (skipped: PostgreSQL is not installed below /usr/lib/postgresql)";
const ADMIN_PASSWORD = "Admin-1~password";

/** PostgreSQL refuses to run as root, so its own user runs it there. */
const isRoot = process.getuid?.() === 0;
const as = (command: string, args: readonly string[]): [string, string[]] =>
    isRoot ? ["runuser", ["-u", "postgres", "--", command, ...args]] : [command, [...args]];

/** A server of its own that listens on a socket in its own folder only, with an administrator like the clouds': no superuser. */
class Server {
    readonly folder = mkdtempSync(join(tmpdir(), "pg-"));

    run(command: string, ...args: string[]): string {
        const [program, words] = as(join(bin ?? "", command), args);
        return execFileSync(program, words, {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "pipe"],
        });
    }

    start(): void {
        if (isRoot) {
            const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"]));
            chownSync(this.folder, id("-u"), id("-g"));
        }
        const password = join(this.folder, "password");
        writeFileSync(password, ADMIN_PASSWORD, { mode: 0o644 });
        const data = join(this.folder, "data");
        this.run(
            "initdb",
            "-D",
            data,
            "-U",
            "root",
            "--auth=scram-sha-256",
            `--pwfile=${password}`,
        );
        const options = `-c listen_addresses= -c unix_socket_directories=${this.folder} -c log_statement=all`;
        this.run("pg_ctl", "-D", data, "-l", join(data, "log"), "-o", options, "-w", "start");
        const { status, stderr } = this.psql("root", "postgres", [
            "-c",
            `CREATE ROLE dbadmin LOGIN CREATEDB CREATEROLE PASSWORD '${scramVerifier(ADMIN_PASSWORD, Buffer.from("salt"))}'`,
            "-c",
            "CREATE DATABASE app OWNER dbadmin",
        ]);
        assert.equal(status, 0, stderr);
    }

    psql(user: string, database: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
        const password = user === "root" || user === "dbadmin" ? ADMIN_PASSWORD : "";
        return spawnSync(join(bin ?? "", "psql"), ["--no-psqlrc", "-qtA", ...args], {
            encoding: "utf8",
            env: {
                PATH: process.env["PATH"],
                PGHOST: this.folder,
                PGUSER: user,
                PGDATABASE: database,
                PGPASSWORD: password,
                ...env,
            },
        });
    }

    /** Brings the server to what is wanted, as the Job does. */
    bring(wanted: readonly Wanted[], passwords: Readonly<Record<string, string>>) {
        const file = join(this.folder, "script.sql");
        writeFileSync(file, databaseScript(wanted));
        const verifiers = Object.fromEntries(
            wanted.map(({ variable, name }) => [
                variable,
                scramVerifier(passwords[name] ?? "", Buffer.from(name)),
            ]),
        );
        return this.psql("dbadmin", "app", ["--file", file], verifiers);
    }

    /** Keeps a connection open, until its process ends. */
    hold(user: string, database: string, password = ADMIN_PASSWORD) {
        const [host, path] = [this.folder, process.env["PATH"]];
        const env = { PATH: path, PGHOST: host, PGUSER: user, PGDATABASE: database };
        const held = spawn(join(bin ?? "", "psql"), ["--no-psqlrc", "-c", "SELECT pg_sleep(60)"], {
            env: { ...env, PGPASSWORD: password },
            stdio: "ignore",
        });
        // Ten seconds at most: a login that is refused never gets there.
        const wait = `DO $$ BEGIN
            FOR n IN 1..1000 LOOP
                PERFORM pg_stat_clear_snapshot(), pg_sleep(0.01);
                IF EXISTS (SELECT FROM pg_stat_activity WHERE usename = '${user}' AND datname = '${database}')
                    THEN RETURN; END IF;
            END LOOP;
            RAISE 'not there';
        END $$`;
        const { status, stderr } = this.psql("root", "postgres", ["-c", wait]);
        assert.equal(status, 0, stderr);
        return held;
    }

    /** True while the user has a connection. */
    isHeld(user: string): boolean {
        const query = `SELECT count(*) FROM pg_stat_activity WHERE usename = '${user}'`;
        return this.psql("root", "postgres", ["-c", query]).stdout.trim() !== "0";
    }

    databases(): string[] {
        const query = "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1";
        return this.psql("root", "postgres", ["-c", query]).stdout.trim().split("\n");
    }

    stop(): void {
        this.run("pg_ctl", "-D", join(this.folder, "data"), "-m", "immediate", "stop");
        rmSync(this.folder, { recursive: true, force: true });
    }
}

describe(`logical databases on a real PostgreSQL${why}`, function () {
    this.timeout(120_000);
    const server = new Server();
    const shop: Wanted = { name: "shop", onRemoval: "drop", variable: "VERIFIER_0" };
    const books: Wanted = { name: "books", onRemoval: "keep", variable: "VERIFIER_1" };
    const passwords = { shop: "Shop-password_1", books: "Books-password_2" };
    const both = [shop, books];

    before(function () {
        if (bin === undefined) return this.skip();
        server.start();
    });
    after(() => {
        if (bin !== undefined) server.stop();
    });

    it("makes them once, and the same again changes nothing", () => {
        for (const _ of [1, 2]) {
            const { status, stderr } = server.bring(both, passwords);
            assert.equal(status, 0, stderr);
        }
        assert.deepEqual(server.databases(), ["app", "books", "postgres", "shop"]);
    });

    it("lets each role into its own database and into no other", () => {
        const login = (user: keyof typeof passwords, database: string) =>
            server.psql(user, database, ["-c", "CREATE TABLE IF NOT EXISTS t (n int); SELECT 1"], {
                PGPASSWORD: passwords[user],
            });
        assert.equal(login("shop", "shop").stdout, "1\n");
        assert.match(login("shop", "books").stderr, /permission denied for database "books"/);
        assert.match(login("books", "shop").stderr, /permission denied for database "shop"/);
        const wrong = server.psql("shop", "shop", ["-c", "SELECT 1"], { PGPASSWORD: "wrong" });
        assert.match(wrong.stderr, /password authentication failed/);
    });

    it("takes a new password over", () => {
        assert.equal(server.bring(both, { ...passwords, shop: "Other-password_3" }).status, 0);
        const login = server.psql("shop", "shop", ["-c", "SELECT 1"], {
            PGPASSWORD: "Other-password_3",
        });
        assert.equal(login.stdout, "1\n");
    });

    it("sends no password that the server's log could keep (G1.56)", () => {
        const [program, words] = as("cat", [join(server.folder, "data", "log")]);
        const log = execFileSync(program, words, { encoding: "utf8" });
        assert.match(log, /ALTER ROLE "shop" LOGIN PASSWORD 'SCRAM-SHA-256\$/);
        for (const password of [...Object.values(passwords), "Other-password_3"]) {
            assert.ok(!log.includes(password));
        }
    });

    it("refuses a database that somebody else made, and touches nothing after it", () => {
        const foreign = { name: "app", onRemoval: "drop", variable: "VERIFIER_2" } as const;
        const fresh = { name: "fresh", onRemoval: "drop", variable: "VERIFIER_0" } as const;
        const { status, stderr } = server.bring([fresh, foreign], { app: "x", fresh: "y" });
        assert.equal(status, 3);
        assert.match(stderr, /Role or database app exists and was not made by the platform/);
        assert.deepEqual(server.databases(), ["app", "books", "postgres", "shop"]);
    });

    it("refuses a role that somebody else made, and leaves it its password", () => {
        const make = "CREATE ROLE analyst LOGIN PASSWORD 'Analyst-1'";
        assert.equal(server.psql("dbadmin", "app", ["-c", make]).status, 0);
        const analyst = { name: "analyst", onRemoval: "drop", variable: "VERIFIER_2" } as const;
        const { status, stderr } = server.bring([analyst], { analyst: "x" });
        assert.equal(status, 3);
        assert.match(stderr, /COMMENT ON ROLE analyst IS 'platform: keep'/);
        const login = server.psql("analyst", "app", ["-c", "SELECT 1"], {
            PGPASSWORD: "Analyst-1",
        });
        assert.equal(login.stdout, "1\n");
    });

    it("takes over what was handed to it, and lets its role in", () => {
        for (const words of [
            "CREATE DATABASE analyst",
            "REVOKE ALL ON DATABASE analyst FROM PUBLIC",
            "COMMENT ON ROLE analyst IS 'platform: keep'",
        ]) {
            assert.equal(server.psql("dbadmin", "app", ["-c", words]).status, 0);
        }
        const analyst = { name: "analyst", onRemoval: "drop", variable: "VERIFIER_2" } as const;
        const { status, stderr } = server.bring([...both, analyst], { ...passwords, analyst: "y" });
        assert.equal(status, 0, stderr);
        const login = server.psql("analyst", "analyst", ["-c", "SELECT 1"], { PGPASSWORD: "y" });
        assert.equal(login.stdout, "1\n");
        assert.equal(server.bring(both, passwords).status, 0);
        assert.deepEqual(server.databases(), ["app", "books", "postgres", "shop"]);
    });

    it("does not let an application change what becomes of its database, or stand in the way of others", () => {
        const own = (words: string) =>
            server.psql("shop", "shop", ["-c", words], { PGPASSWORD: passwords.shop });
        assert.equal(own("COMMENT ON DATABASE shop IS 'mine'").status, 0);
        assert.match(own("COMMENT ON ROLE shop IS 'mine'").stderr, /must have CREATEROLE/);
        assert.equal(server.bring(both, passwords).status, 0);
    });

    it("drops what was to be dropped and shuts what was to be kept, when nobody wants them any more", () => {
        // A superuser of the cloud's own looks into every database, and cannot be sent away.
        const cloud = server.hold("root", "books");
        const guest = server.hold("books", "books", passwords.books);
        const { status, stderr } = server.bring([], {});
        assert.equal(server.isHeld("books"), false);
        for (const one of [cloud, guest]) one.kill();
        assert.equal(status, 0, stderr);
        assert.deepEqual(server.databases(), ["app", "books", "postgres"]);
        const roles =
            "SELECT rolname || rolcanlogin FROM pg_roles WHERE rolname IN ('shop', 'books')";
        assert.equal(server.psql("root", "postgres", ["-c", roles]).stdout, "booksfalse\n");
    });

    it("opens what was kept when it is wanted again, with what it held", () => {
        assert.equal(server.bring([{ ...books, variable: "VERIFIER_0" }], passwords).status, 0);
        const login = server.psql("books", "books", ["-c", "SELECT 1"], {
            PGPASSWORD: passwords.books,
        });
        assert.equal(login.stdout, "1\n");
    });
});
