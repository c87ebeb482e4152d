import { createHmac, randomBytes } from "node:crypto";
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

import { SCHEMA, SCHEMA_VERSION } from "./schema.ts";
import { freeze, type Path } from "./paths.ts";
import type { Instance, Properties } from "./table.ts";
import { Refused } from "./words.ts";

/** An instance with what the simulator itself must remember about it. */
export interface Standing extends Instance {
    /** The row's number: one for each creation, never used again. */
    readonly row: number;
    /** Where secrets stand in the outputs: where the program put them, and where the table says. */
    readonly secrets: readonly Path[];
    /** How many times the state had known this URN when it was created. Digits and names hang on it. */
    readonly number: number;
    /** True once a request with its id has shown that the state knows it. */
    readonly known: boolean;
    /** Milliseconds since 1970 when its creation ends. The cloud finishes what it began, whoever asks. */
    readonly readyAt: number;
    /** Milliseconds since 1970 when its deletion ends, if that has begun. */
    readonly goneAt?: number;
}

/** Where the world lies: the file that SIM_WORLD names, else `.local/world.sqlite` in the project. */
export function worldFile(environment: NodeJS.ProcessEnv = process.env): string {
    return environment["SIM_WORLD"] || join(import.meta.dirname, "..", ".local", "world.sqlite");
}

/** An instance as it was when its row had this version. It is shared by all who ask, so nobody may change it. */
interface Read {
    readonly version: number;
    readonly instance: Standing;
}

const HEX = "0123456789abcdef";

/** How long a process waits for another one's change to end. */
const BUSY_MILLISECONDS = 30_000;

/**
 * The simulated world in one SQLite file, shared by all provider processes.
 *
 * Everything here is synchronous; a change runs inside `transact`, which no other process can interleave.
 */
export class Store {
    readonly #database: DatabaseSync;
    readonly #seed: string;
    readonly #statements = new Map<string, StatementSync>();
    /** What has been read, by row: rules ask for all that stands again and again, and parsing it takes longest. */
    readonly #read = new Map<number, Read>();

    private constructor(database: DatabaseSync, seed: string) {
        this.#database = database;
        this.#seed = seed;
    }

    /** Opens the world, and makes an empty one where there is none. Only the owner may read the file. */
    static open(file: string, seed: string = randomBytes(16).toString("hex")): Store {
        if (file !== ":memory:") {
            mkdirSync(dirname(file), { recursive: true });
            // Made by hand so that the secrets inside are never readable for others, not even for a moment.
            closeSync(openSync(file, "a", 0o600));
            chmodSync(file, 0o600);
        }
        const database = new DatabaseSync(file, { timeout: BUSY_MILLISECONDS });
        prepareTables(database, file);
        database.prepare("INSERT OR IGNORE INTO meta VALUES ('seed', ?)").run(seed);
        const row = database.prepare("SELECT value FROM meta WHERE key = 'seed'").get();
        return new Store(database, String(row?.["value"]));
    }

    close(): void {
        this.#database.close();
    }

    /**
     * Runs a change that is wholly done or not at all; what a failing one throws is passed on.
     *
     * Inside another one it is a part of that.
     */
    transact<T>(change: () => T): T {
        if (this.#database.isTransaction) return change();
        this.#database.exec("BEGIN IMMEDIATE");
        try {
            const result = change();
            this.#database.exec("COMMIT");
            return result;
        } catch (error) {
            this.#database.exec("ROLLBACK");
            // The next change may give a row a version that this one has used.
            this.#read.clear();
            throw error;
        }
    }

    /** Runs a statement and returns its rows. */
    query(sql: string, ...values: SQLInputValue[]): Record<string, SQLInputValue>[] {
        let statement = this.#statements.get(sql);
        if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
        return statement.all(...values);
    }

    /** The instances that match, oldest first. What has been deleted by now is never among them. */
    instances(where = "TRUE", ...values: SQLInputValue[]): Standing[] {
        const sql =
            `SELECT row, version FROM instances ` +
            `WHERE (gone_at IS NULL OR gone_at > ?) AND (${where}) ORDER BY row`;
        return this.query(sql, Date.now(), ...values).flatMap(({ row, version }) => {
            const read = this.#read.get(Number(row));
            const isFresh = read !== undefined && read.version === version;
            return isFresh ? [read.instance] : this.#readRow(Number(row));
        });
    }

    /** The instance in a row; none if another process has just deleted it. */
    #readRow(row: number): Standing[] {
        return this.query("SELECT * FROM instances WHERE row = ?", row).map((columns) => {
            const instance = standing(columns);
            this.#read.set(row, { version: Number(columns["version"]), instance });
            return instance;
        });
    }

    /** Puts a new instance in and returns it with its row. */
    insert(instance: Omit<Standing, "row">): Standing {
        const { type, id, urn, scope, inputs, outputs, secrets, number, readyAt } = instance;
        const [row] = this.query(
            `INSERT INTO instances (type, id, urn, account, region, inputs, outputs, secrets,
                number, known, ready_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING row`,
            type,
            id,
            urn,
            scope.account,
            scope.region,
            JSON.stringify(inputs),
            JSON.stringify(outputs),
            JSON.stringify(secrets),
            number,
            instance.known ? 1 : 0,
            readyAt,
        );
        return { ...instance, row: Number(row?.["row"]) };
    }

    /** Writes what may change over an instance's life. */
    save(
        row: number,
        change: { inputs: Properties; outputs: Properties; secrets: readonly Path[] },
    ): void {
        this.query(
            "UPDATE instances SET inputs = ?, outputs = ?, secrets = ? WHERE row = ?",
            JSON.stringify(change.inputs),
            JSON.stringify(change.outputs),
            JSON.stringify(change.secrets),
            row,
        );
    }

    /** Sets when a deletion ends. */
    vanish(row: number, goneAt: number): void {
        this.query("UPDATE instances SET gone_at = ? WHERE row = ?", goneAt, row);
    }

    /** Takes out everything whose deletion ends by then. */
    vanishAll(until: number = Date.now()): void {
        this.query("DELETE FROM instances WHERE gone_at <= ?", until);
    }

    /** Ends a creation now, for a caller that has waited for it. */
    settle(row: number): void {
        this.query("UPDATE instances SET ready_at = 0 WHERE row = ?", row);
    }

    /** How many creations of this URN the state has learnt of. */
    creations(urn: string): number {
        const [row] = this.query("SELECT count FROM creations WHERE urn = ?", urn);
        return Number(row?.["count"] ?? 0);
    }

    /** The number of a creation that is a new one in any case. */
    nextNumber(urn: string): number {
        const [row] = this.query("SELECT max(number) AS last FROM instances WHERE urn = ?", urn);
        const last = row?.["last"] ?? null;
        return Math.max(this.creations(urn), last === null ? 0 : Number(last) + 1);
    }

    /** Notes that the state knows this instance, so that the next creation of its URN is a new one. */
    acknowledge(instance: Standing): void {
        if (instance.known) return;
        this.transact(() => {
            this.query("UPDATE instances SET known = 1 WHERE row = ?", instance.row);
            this.query(
                `INSERT INTO creations VALUES (?, ?)
                    ON CONFLICT (urn) DO UPDATE SET count = max(count, excluded.count)`,
                instance.urn,
                instance.number + 1,
            );
        });
    }

    /** Digits that hang on the world, the URN, the creation number and the arguments, and on nothing else. */
    random(urn: string, number: number, length: number, alphabet = HEX): string {
        let digits = "";
        for (let block = 0; digits.length < length; block++) {
            const hash = createHmac("sha512", this.#seed);
            hash.update([urn, number, length, alphabet, block].join("\n"));
            digits += [...hash.digest()].map((byte) => alphabet[byte % alphabet.length]).join("");
        }
        return digits.slice(0, length);
    }
}

/** Makes the tables, unless they are there; refuses those of another version of this program. */
function prepareTables(database: DatabaseSync, file: string): void {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE;");
    const found = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
    if (found !== 0 && found !== SCHEMA_VERSION) {
        database.close();
        throw new Refused(
            `${file} holds a world in form ${found}, and this program needs form ${SCHEMA_VERSION}. Delete the ` +
                "file and the state that names what stood in it, which npm run try keeps in .local/, to start over.",
        );
    }
    database.exec(`${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
}

function standing(row: Record<string, SQLInputValue>): Standing {
    return {
        row: Number(row["row"]),
        type: String(row["type"]),
        id: String(row["id"]),
        urn: String(row["urn"]),
        scope: { account: String(row["account"]), region: String(row["region"]) },
        inputs: freeze(JSON.parse(String(row["inputs"])) as Properties),
        outputs: freeze(JSON.parse(String(row["outputs"])) as Properties),
        secrets: freeze(JSON.parse(String(row["secrets"])) as Path[]),
        number: Number(row["number"]),
        known: row["known"] === 1,
        readyAt: Number(row["ready_at"]),
        ...(row["gone_at"] !== null && { goneAt: Number(row["gone_at"]) }),
    };
}
