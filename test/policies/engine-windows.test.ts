import assert from "node:assert/strict";
import {
    ENGINE_WINDOWS,
    engineSupport,
    type DatabaseService,
} from "../../policies/rules/databases/engine-windows.ts";

const on = (service: DatabaseService, version: string, date: string, warnDays = 90) =>
    engineSupport(service, version, { date, warnDays });

describe("the support windows of database engines", () => {
    for (const [service, windows] of Object.entries(ENGINE_WINDOWS)) {
        it(`of ${service} are real days, in the order of the versions`, () => {
            const days = windows.map(({ ends }) => ends);
            for (const day of days) {
                assert.equal(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10), day);
            }
            assert.deepEqual([...days].sort(), days);
            const numbers = windows.map(({ version }) => version.split(".").map(Number));
            const ordered = [...numbers].sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
            assert.deepEqual(numbers, ordered);
        });
    }

    it("last until their last day, which counts", () => {
        assert.deepEqual(on("RDS for PostgreSQL", "14", "2027-02-28"), {
            state: "ends soon",
            days: 0,
        });
        assert.deepEqual(on("RDS for PostgreSQL", "14", "2027-03-01"), { state: "ended" });
    });

    it("warn as early as they are told to", () => {
        assert.deepEqual(on("RDS for MySQL", "8.4", "2029-07-01"), {
            state: "ends soon",
            days: 30,
        });
        assert.deepEqual(on("RDS for MySQL", "8.4", "2029-07-01", 10), { state: "supported" });
    });

    it("say of older versions that they have ended, once the oldest has", () => {
        assert.deepEqual(on("RDS for PostgreSQL", "9.6", "2026-11-21"), { state: "ended" });
        assert.deepEqual(on("RDS for MySQL", "5.6", "2026-11-21"), { state: "ended" });
    });

    it("say of newer versions that they last as long as the newest, and nothing after that", () => {
        assert.deepEqual(on("RDS for PostgreSQL", "19", "2026-11-21"), { state: "supported" });
        assert.deepEqual(on("RDS for PostgreSQL", "19", "2030-03-01"), { state: "untold" });
    });

    it("say nothing where the cloud has not said when", () => {
        assert.deepEqual(on("Cloud SQL for PostgreSQL", "14", "2026-11-21"), { state: "untold" });
        assert.deepEqual(on("Cloud SQL for PostgreSQL", "13", "2026-11-21"), { state: "untold" });
        assert.deepEqual(on("Cloud SQL for PostgreSQL", "17", "2026-11-21"), {
            state: "supported",
        });
    });

    it("say nothing of days that are none", () => {
        assert.deepEqual(on("RDS for PostgreSQL", "17", "soon"), { state: "untold" });
    });
});
