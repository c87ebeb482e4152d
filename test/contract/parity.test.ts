import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import "./cluster.checks.ts";
import "./data.checks.ts";
import "./network.checks.ts";
import "./services.checks.ts";
import { parityPage } from "./support/parity.ts";

const PAGE = fileURLToPath(new URL("../../docs/parity.md", import.meta.url));

describe("docs/parity.md", () => {
    it("says what the contract tests have just proved", async () => {
        const page = await format(parityPage(), { parser: "markdown", tabWidth: 4 });
        if (process.env["UPDATE_DOCS"]) await writeFile(PAGE, page);
        assert.equal(await readFile(PAGE, "utf8"), page, "stale: run `npm run parity`");
    });
});
