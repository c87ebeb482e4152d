import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { harmless, paintFor } from "../../tools/plan/show/paint.ts";
import { plan, withProject } from "./support.ts";

const SILENT = { write: () => true };

describe("what is shown on a terminal", () => {
    it("obeys nothing that a program wrote", () => {
        assert.equal(
            harmless("a\u001b[2K\rb\u001b[8mc\u009b1A\u202ed\n\te", SILENT),
            "a\\u001b[2K\\u000db\\u001b[8mc\\u009b1A\\u202ed\n\te",
        );
    });

    it("keeps its own colours where it has some, and no others", () => {
        const terminal = { ...SILENT, isTTY: true };
        const { bold, red, dim, isColorSupported } = paintFor(terminal);
        const painted = bold(red("x")) + dim("y");
        assert.equal(harmless(painted, terminal), painted);
        assert.equal(
            harmless("\u001b[31mx", terminal),
            isColorSupported ? "\u001b[31mx" : "\\u001b[31mx",
        );
        assert.equal(harmless("\u001b[31mx", SILENT), "\\u001b[31mx");
        assert.equal(harmless("\u001b[8mx", terminal), "\\u001b[8mx");
    });

    it("is so for messages and for errors", async () => {
        await withProject({ small: "" }, async (root) => {
            const erase = "\u001b[2Kgone";
            const warns = () => void pulumi.log.warn(erase);
            const fails = () => {
                throw new Error(erase);
            };
            for (const program of [warns, fails]) {
                const { text } = await plan(["--stack", "small"], { root, program });
                assert.ok(text.includes("\\u001b[2Kgone"), text);
                assert.ok(!text.includes("\u001b"), text);
            }
        });
    });
});
