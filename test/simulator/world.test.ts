import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

import { secretValues } from "../../simulator/inspect.ts";
import { Store } from "../../simulator/store.ts";
import { worldCommand } from "../../tools/world/command.ts";
import { urnOf } from "./support/toy.ts";

const DISK = "aws:data:Disk";

describe("npm run world", () => {
    let folder = "";
    let file = "";

    /** Runs a command line; returns the exit code and what was printed. */
    function world(...argv: string[]): { code: number; text: string } {
        const lines: string[] = [];
        const print = (text: string): void => {
            lines.push(text);
        };
        const code = worldCommand(argv, print, print, file);
        return { code, text: stripVTControlCharacters(lines.join("\n")) };
    }

    function withStore<T>(use: (store: Store) => T): T {
        const store = Store.open(file);
        try {
            return use(store);
        } finally {
            store.close();
        }
    }

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "world-"));
        file = join(folder, "w.sqlite");
        withStore((store) => {
            for (const name of ["orders", "users"]) {
                const values = { size: 1, version: "1.35", password: `long-secret-${name}` };
                store.insert({
                    type: DISK,
                    id: `disk-${name}`,
                    urn: urnOf(DISK, name),
                    scope: { account: "1", region: "r" },
                    inputs: values,
                    outputs: { ...values, arn: "arn:x" },
                    secrets: [["password"]],
                    number: 0,
                    known: true,
                    readyAt: 0,
                });
            }
        });
    });

    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it("lists what stands by place and type, or one by one", () => {
        const { code, text } = world("list");
        assert.equal(code, 0);
        assert.equal(text, "aws 1 r\n     2  aws:data:Disk\n\n2 in all");
        assert.match(world("list", "--ids", "ord*").text, /disk-orders/);
        assert.doesNotMatch(world("list", "--ids", "ord*").text, /disk-users/);
    });

    it("shows one thing with its secrets masked", () => {
        const { text } = world("show", "disk-orders");
        assert.match(text, /"password": "\[secret\]"/);
        assert.match(text, /"arn": "arn:x"/);
        assert.doesNotMatch(text, /long-secret/);
    });

    it("edits inputs and outputs by hand, and keeps texts as texts", () => {
        const { text } = world("edit", "orders", "size=3", "tags.owner=me", "version=1.36", "arn=");
        assert.match(text, /tags\.owner is me now/);
        const [disk] = withStore((store) => store.instances("id = 'disk-orders'"));
        const { inputs, outputs } = disk ?? {};
        const password = "long-secret-orders";
        const changed = { size: 3, version: "1.36", password, tags: { owner: "me" } };
        assert.deepEqual(inputs, changed);
        assert.deepEqual(outputs, changed);
    });

    it("doubts a property that was not there, which may be misspelt", () => {
        assert.equal(
            world("edit", "orders", "sise=3", "color=red", "size=2").text,
            "orders: sise is 3 now. It had none before: did you mean size?\n" +
                "orders: color is red now. It had none before\n" +
                "orders: size is 2 now",
        );
    });

    it("edits what the cloud computed without making an input of it", () => {
        world("edit", "orders", "arn=arn:y");
        const [disk] = withStore((store) => store.instances("id = 'disk-orders'"));
        assert.equal(disk?.outputs["arn"], "arn:y");
        assert.equal(disk?.inputs["arn"], undefined);
    });

    it("deletes by hand", () => {
        world("delete", urnOf(DISK, "users"));
        assert.match(world("list").text, /1 in all/);
    });

    it("makes things go wrong, says what, and heals", () => {
        assert.match(
            world("fail", "throttle", "aws:data:*", "--times", "3").text,
            /throttle on create/,
        );
        world("fail", "fail", "x", "--on", "delete", "--message", "no");
        assert.match(world("faults").text, /throttle +│ create +│ aws:data:\* +│ 3/);
        assert.match(world("faults").text, /fail +│ delete +│ x +│ 1 +│ no/);
        world("heal");
        assert.equal(world("faults").text, "Nothing is to go wrong.");
    });

    it("empties the world", () => {
        assert.match(
            world("clear").text,
            /^The world is empty, .+\n.+ PULUMI_K8S_DELETE_UNREACHABLE=true npm run try -- --refresh$/,
        );
        assert.match(world("list").text, /0 in all/);
    });

    it("explains itself", () => {
        assert.match(world("--help").text, /npm run world -- edit WHAT PATH=VALUE/);
        assert.equal(world().code, 0);
    });

    it("tells every operation on a line that fits a terminal, and its error below", () => {
        withStore((store) => {
            const values = [
                1,
                "create",
                DISK,
                urnOf(DISK, "orders"),
                "disk-orders",
                90,
                0.01,
                5,
                905,
            ];
            store.query(
                "INSERT INTO operations (sequence, kind, type, urn, id, seconds, scale, began, ended, error) " +
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'no quota')",
                ...values,
            );
        });
        assert.equal(
            world("events").text,
            "  at (s)  took (s)  real (s)\n" +
                "    0.00      0.90        90  create aws:data:Disk orders\n    no quota",
        );
    });

    it("says how many more match than it names", () => {
        withStore((store) => {
            for (let number = 0; number < 10; number++) {
                store.insert({
                    type: DISK,
                    id: `disk-${number}`,
                    urn: urnOf(DISK, String(number)),
                    scope: { account: "1", region: "r" },
                    inputs: {},
                    outputs: {},
                    secrets: [],
                    number: 0,
                    known: true,
                    readyAt: 0,
                });
            }
        });
        assert.match(world("show", "*").text, /matches 12 things[^]*\n {2}and 2 more$/);
    });

    it("rejects what it does not understand, in words for a person", () => {
        const refused = (...argv: string[]): string => {
            const { code, text } = world(...argv);
            assert.equal(code, 1);
            return text;
        };
        assert.match(
            refused("lsit"),
            /There is no command "lsit"\. Did you mean list\? There are: list, show/,
        );
        assert.match(refused("show"), /^show needs WHAT\.\nnpm run world -- --help shows/);
        assert.match(
            refused("show", "nothing"),
            /^Nothing in the world matches "nothing"\. npm run world -- list/,
        );
        assert.match(refused("show", "*"), /matches 2 things; name one of them[^]*disk-orders/);
        assert.match(refused("edit", "orders", "size"), /"size" is not PATH=VALUE/);
        assert.match(
            refused("fail", "brake", "x"),
            /There is no KIND "brake"\. Did you mean break\? There are: fail/,
        );
        assert.match(
            refused("fail", "fail", "x", "--times", "0"),
            /--times is "0", which is not a whole number from 1 up\./,
        );
        assert.match(refused("list", "--idz"), /Unknown option '--idz'/);
    });

    it("rejects a world where none can be, in the system's words", () => {
        file = join(file, "below-a-file");
        const { code, text } = world("list");
        assert.equal(code, 1);
        assert.match(text, /^(ENOTDIR|EEXIST): /);
    });

    it("hides no fault of its own behind a message", () => {
        const broken = (): void => {
            throw new TypeError("a fault");
        };
        assert.throws(() => worldCommand(["list"], broken, broken, file), /^TypeError: a fault$/);
    });

    it("finds every secret value, for tests that look where none must be", () => {
        const values = withStore((store) => secretValues(store));
        assert.deepEqual(values, ["long-secret-orders", "long-secret-users"]);
    });
});
