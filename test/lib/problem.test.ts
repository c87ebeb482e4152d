import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../components/lib/errors.ts";
import { describeProblem } from "../../components/lib/problem.ts";
import { amount } from "../../components/lib/units.ts";

const problem = { path: "a.b", value: "7", message: "is above 5", fix: "Lower it" };

describe("lib/problem", () => {
    it("renders what, got, allowed and what to do in one line", () => {
        assert.equal(describeProblem(problem), "a.b: 7 is above 5. Lower it.");
    });

    it("leaves out a value that there is not", () => {
        assert.equal(
            describeProblem({ path: "a", message: "is missing", fix: 'Did you mean "b"?' }),
            'a: is missing. Did you mean "b"?',
        );
    });

    it("ends a fix that ends in a value with a full stop of its own", () => {
        const fix = "Write it like 10.0.0.0/16";
        assert.equal(
            describeProblem({ ...problem, fix }),
            "a.b: 7 is above 5. Write it like 10.0.0.0/16.",
        );
    });
});

describe("lib/errors", () => {
    it("refuses with an error that the engine prints without a stack trace", async () => {
        await pulumi.runtime.setMocks({
            newResource: () => ({ id: "id", state: {} }),
            call: () => ({}),
        });
        const resource = new pulumi.ComponentResource("test:Thing", "thing");
        assert.throws(
            () => refuse(resource, "thing", [problem, { ...problem, path: "c" }]),
            (error: unknown) =>
                error instanceof pulumi.ResourceError &&
                error.hideStack === true &&
                error.message === "thing: a.b: 7 is above 5. Lower it.\nc: 7 is above 5. Lower it.",
        );
        await pulumi.runtime.disconnect();
    });

    it("lets pass where there is nothing to say", async () => {
        await pulumi.runtime.setMocks({
            newResource: () => ({ id: "id", state: {} }),
            call: () => ({}),
        });
        const resource = new pulumi.ComponentResource("test:Thing", "thing");
        assert.equal(refuse(resource, "thing", []), undefined);
        await pulumi.runtime.disconnect();
    });
});

describe("lib/units", () => {
    it("takes the number out of a quantity", () => {
        assert.equal(amount("20 GiB"), 20);
        assert.equal(amount("7 days"), 7);
        assert.equal(amount("1 day"), 1);
    });
});
