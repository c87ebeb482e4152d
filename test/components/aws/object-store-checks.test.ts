import assert from "node:assert/strict";
import { checkObjectStore } from "../../../components/aws/object-store-checks.ts";
import { describeProblem } from "../../../components/lib/problem.ts";
import { STORE, type StoreArgs } from "./services.ts";

const NAME = "myapp-dev-aws-files";

const refused = (change: Partial<StoreArgs>, name = NAME) =>
    checkObjectStore(name, { ...STORE, ...change }).map(describeProblem);

describe("the checks of an AWS object store", () => {
    it("rejects periods that S3 does not know", () => {
        assert.deepEqual(refused({}), []);
        assert.deepEqual(refused({ coolAfter: "29 days", versionRetention: "0 days" }), [
            "versionRetention: 0 days is not a whole number of days from 1 to 3650. Choose such a period.",
            "coolAfter: 29 days is not a whole number of days from 30 to 3650. Choose such a period.",
        ]);
        assert.deepEqual(refused({ coolAfter: "60 days", expireAfter: "60 days" }), [
            "expireAfter: 60 days is not later than coolAfter, 60 days. Delete objects later, or leave coolAfter out.",
        ]);
    });

    it("rejects origins with a path or two wildcards", () => {
        const fix = "Write scheme, host and port only, with one * at most.";
        const what = "is no origin, such as https://shop.example.com";
        assert.deepEqual(
            refused({ corsOrigins: ["https://*.example.com", "http://localhost:80"] }),
            [],
        );
        assert.deepEqual(refused({ corsOrigins: ["https://a.example.com/", "https://*.*.com"] }), [
            `corsOrigins: https://a.example.com/ ${what}. ${fix}`,
            `corsOrigins: https://*.*.com ${what}. ${fix}`,
        ]);
    });

    it("rejects a name that leaves no room for the log's and the generated tail", () => {
        const long = `${"a".repeat(50)}b`;
        assert.match(refused({}, long).join(), /^name: a+b cannot name an S3 bucket .* up to 50 /);
        assert.match(refused({}, "Files").join(), /^name: Files cannot name an S3 bucket/);
    });
});
