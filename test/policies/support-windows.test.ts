import assert from "node:assert/strict";
import { KUBERNETES, KUBERNETES_ENDED } from "../../components/settings/versions.ts";
import { minorOf, SUPPORT_ENDS, supportOn } from "../../policies/rules/support-windows.ts";

describe("the support windows of Kubernetes", () => {
    const services = { EKS: "aws", AKS: "azure", GKE: "gcp" } as const;

    it("are the ones by which settings are checked", () => {
        for (const [service, cloud] of Object.entries(services)) {
            const ends = SUPPORT_ENDS[service as keyof typeof services];
            for (const [version, end] of Object.entries({ ...KUBERNETES, ...KUBERNETES_ENDED })) {
                assert.equal(ends[minorOf(version) ?? 0], end[cloud], `${service} ${version}`);
            }
        }
    });

    it("end in the order of the versions, without a gap", () => {
        for (const ends of Object.values(SUPPORT_ENDS)) {
            const days = Object.values(ends);
            assert.deepEqual(days, days.toSorted());
            const minors = Object.keys(ends).map(Number);
            assert.deepEqual(
                minors,
                minors.map((_, index) => minors[0]! + index),
            );
        }
    });

    it("are read from a version in every spelling that the clouds use", () => {
        const spellings = ["1.36", "v1.36", "1.36.4", "1.36.4-gke.1391000", " 1.36. "];
        assert.deepEqual(
            spellings.map(minorOf),
            spellings.map(() => 36),
        );
        const others = ["latest", "-", "", "36", "2.36", "1.36x", "1.x"];
        assert.deepEqual(
            others.map(minorOf),
            others.map(() => undefined),
        );
    });

    const on = (minor: number, date: string, warnDays = 60) =>
        supportOn("EKS", minor, { date, warnDays });

    it("hold to the last day", () => {
        assert.deepEqual(on(36, "2027-08-02"), { state: "ends soon", days: 0 });
        assert.deepEqual(on(36, "2027-08-03"), { state: "ended" });
        assert.deepEqual(on(36, "2027-06-02"), { state: "supported" });
    });

    it("tell of unlisted versions only what follows from the listed ones", () => {
        assert.deepEqual(on(20, "2026-11-21"), { state: "ended" });
        assert.deepEqual(on(20, "2026-07-29"), { state: "untold" });
        assert.deepEqual(on(40, "2026-11-21"), { state: "supported" });
        assert.deepEqual(on(40, "2027-08-03"), { state: "untold" });
        assert.deepEqual(on(40, "2027-08-01"), { state: "untold" });
    });

    it("tell nothing of a day that is none", () => {
        assert.deepEqual(on(36, "soon"), { state: "untold" });
    });
});
