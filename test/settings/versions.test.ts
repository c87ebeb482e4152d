import assert from "node:assert/strict";
import { CLOUDS } from "../../components/contracts/cloud.ts";
import type { KubernetesVersion } from "../../components/contracts/cluster.ts";
import { chartProblems } from "../../components/kubernetes/charts.ts";
import { DEFAULTS } from "../../components/settings/profiles.ts";
import {
    KUBERNETES,
    KUBERNETES_ENDED,
    KUBERNETES_WAITING,
    POSTGRES,
    POSTGRES_ENDED,
    supportOn,
} from "../../components/settings/versions.ts";
import { azure, gcp, problemsOf, settingsOf, stack, TODAY, warningsOf } from "./support.ts";

const day = (text: string) => new Date(`${text}T00:00:00Z`);

describe("versions in support", () => {
    it("counts the last day in and warns 60 days before it", () => {
        assert.equal(supportOn("2027-03-27", new Date("2027-03-27T23:59:59Z")), "ends soon");
        assert.equal(supportOn("2027-03-27", day("2027-03-28")), "ended");
        assert.equal(supportOn("2027-03-27", day("2027-01-27")), "ends soon");
        assert.equal(supportOn("2027-03-27", new Date("2027-01-26T23:59:59Z")), "supported");
        assert.equal(supportOn(undefined, day("2099-01-01")), "supported");
    });

    it("holds real dates, later for later versions", () => {
        for (const table of [
            { ...KUBERNETES_ENDED, ...KUBERNETES },
            { ...POSTGRES_ENDED, ...POSTGRES },
        ]) {
            for (const cloud of CLOUDS) {
                const ends = Object.keys(table)
                    .sort()
                    .map((version) => table[version as keyof typeof table]?.[cloud])
                    .filter((end) => end !== undefined);
                for (const end of ends) assert.equal(day(end).toISOString().slice(0, 10), end);
                assert.deepEqual(ends, ends.toSorted());
            }
        }
    });

    it("offers only what every cloud supports today, the defaults for 60 days more", () => {
        for (const table of [KUBERNETES, POSTGRES]) {
            for (const row of Object.values(table)) {
                for (const cloud of CLOUDS) assert.notEqual(supportOn(row[cloud], TODAY), "ended");
            }
        }
        for (const cloud of CLOUDS) {
            const { cluster } = DEFAULTS.sections;
            assert.equal(supportOn(KUBERNETES[cluster.version][cloud], TODAY), "supported");
            assert.equal(supportOn(POSTGRES[DEFAULTS.database.version][cloud], TODAY), "supported");
        }
    });

    it("rejects a version on the day after its end, on the cloud where it ended", () => {
        const old = { cluster: { version: "1.35" } };
        settingsOf(stack(old), day("2027-03-27"));
        assert.deepEqual(problemsOf(stack(old), day("2027-03-28")), [
            'cluster.version: "1.35" is out of support as a version of Kubernetes: AWS\'s standard support ended on 2027-03-27. Write "1.36".',
        ]);
        settingsOf(stack({ ...old, sites: { main: gcp() } }), day("2027-03-28"));
    });

    it("rejects a default too once it is out of support", () => {
        const problems = problemsOf(stack(), day("2027-08-03"));
        assert.deepEqual(problems, [
            'sites.main.cluster.version: "1.36" is out of support as a version of Kubernetes: AWS\'s standard support ended on 2027-08-02. Take a newer release of the platform: every version that this one knows is out of support.',
        ]);
    });

    it("warns of a version whose support ends soon", () => {
        const raw = stack({ cluster: { version: "1.35" }, sites: { main: azure() } });
        assert.deepEqual(warningsOf(raw, day("2027-02-01")), [
            'cluster.version: "1.35" leaves Azure\'s standard support on 2027-03-31. Plan the upgrade of Kubernetes now.',
        ]);
    });

    it("rejects what the charts of the platform do not support yet, and nothing else", () => {
        assert.deepEqual(problemsOf(stack({ cluster: { version: "1.37" } })), [
            'cluster.version: "1.37" cannot be used on AWS yet: the cluster autoscaler has no release for it. Write "1.35" or "1.36".',
        ]);
        const charts = {
            aws: ["external-secrets", "cluster-autoscaler"],
            azure: ["external-secrets"],
            gcp: ["external-secrets"],
        };
        for (const cloud of CLOUDS) {
            const waiting = (Object.keys(KUBERNETES) as KubernetesVersion[]).filter(
                (version) => chartProblems(version, charts[cloud]).length > 0,
            );
            assert.deepEqual(Object.keys(KUBERNETES_WAITING[cloud]), waiting);
        }
    });

    it("rejects a PostgreSQL that ended on one cloud only there", () => {
        const raw = (site: object) =>
            stack({
                databases: { main: { version: "15" } },
                cluster: { version: "1.37" },
                sites: { main: site },
            });
        assert.equal(problemsOf(raw(azure()), day("2027-11-12")).length, 2);
        assert.match(
            problemsOf(raw(azure()), day("2027-11-12"))[1] ?? "",
            /Azure's standard support ended on 2027-11-11/,
        );
        settingsOf(raw(azure()), day("2027-10-30"));
    });

    it("warns that Google Cloud's Regular channel may not have the newest Kubernetes yet", () => {
        const raw = stack({ cluster: { version: "1.37" }, sites: { main: gcp() } });
        assert.match(warningsOf(raw)[0] ?? "", /Rapid channel/);
    });
});
