import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { quote } from "../../tools/lib/shell.ts";

describe("a text quoted for a shell", () => {
    for (const text of ["/home/me/it's", "$(touch x) `id` $HOME", 'a "b" \\ c', "two\nlines", ""]) {
        it(`is one word and nothing else: ${JSON.stringify(text)}`, () => {
            const said = execFileSync("/bin/sh", ["-c", `printf %s ${quote(text)}`]);
            assert.equal(said.toString(), text);
        });
    }
});
