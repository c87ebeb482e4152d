/** Raised with every change below: a world of another form is refused. */
export const SCHEMA_VERSION = 2;

/** The tables of the world's file. Times are milliseconds since 1970. */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

-- What stands in the clouds.
CREATE TABLE IF NOT EXISTS instances (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    urn TEXT NOT NULL,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    number INTEGER NOT NULL,
    known INTEGER NOT NULL,
    ready_at REAL NOT NULL,
    gone_at REAL,
    version INTEGER NOT NULL DEFAULT 0,
    inputs TEXT NOT NULL,
    outputs TEXT NOT NULL,
    secrets TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS instances_by_id ON instances (type, id);
CREATE INDEX IF NOT EXISTS instances_by_urn ON instances (urn);

-- Whoever has read a row knows by its version whether it is still the same.
CREATE TRIGGER IF NOT EXISTS instances_version AFTER UPDATE ON instances BEGIN
    UPDATE instances SET version = old.version + 1 WHERE row = old.row;
END;

-- How many creations of a URN the state has learnt of.
CREATE TABLE IF NOT EXISTS creations (urn TEXT PRIMARY KEY, count INTEGER NOT NULL);

-- Every create, update and delete in the order they began, with how long the real thing would take.
CREATE TABLE IF NOT EXISTS operations (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    urn TEXT NOT NULL,
    id TEXT NOT NULL,
    seconds REAL NOT NULL,
    scale REAL NOT NULL,
    began REAL NOT NULL,
    ended REAL,
    error TEXT
);

-- What is to go wrong: see faults.ts.
CREATE TABLE IF NOT EXISTS faults (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    operation TEXT NOT NULL,
    target TEXT NOT NULL,
    remaining INTEGER NOT NULL,
    message TEXT
);
`;
