import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ruleGroups } from "../../../components/kubernetes/observability/alerts.ts";
import { dashboard } from "../../../components/kubernetes/observability/dashboard.ts";
import type { RawApplication } from "../../../components/settings/schema.ts";
import { settingsOf } from "./site.ts";

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
const why = hasPromtool ? "" : " (skipped: there is no promtool on the PATH)";

const groups = (said: RawApplication) =>
    ruleGroups({ application: "shop", settings: settingsOf(said), team: "checkout" });

const rules = (said: RawApplication) => groups(said).flatMap((group) => group.rules);
const alerts = (said: RawApplication) => rules(said).filter(({ alert }) => alert !== undefined);

/** What Prometheus says about rules, given series. */
function promtool(said: RawApplication, test: object): { status: number | null; text: string } {
    const folder = mkdtempSync(join(tmpdir(), "rules-"));
    try {
        writeFileSync(join(folder, "rules.json"), JSON.stringify({ groups: groups(said) }));
        const suite = { rule_files: ["rules.json"], evaluation_interval: "1m", tests: [test] };
        writeFileSync(join(folder, "test.json"), JSON.stringify(suite));
        const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "test.json"], {
            cwd: folder,
            encoding: "utf8",
        });
        return { status, text: stdout + stderr };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

const LABELS = 'namespace="shop",job="shop"';

/** Series of requests per minute, of which some fail from a minute on. */
const traffic = (good: number, bad: number) => [
    { series: `http_requests_total{${LABELS},status="200"}`, values: `0+${good}x200` },
    { series: `http_requests_total{${LABELS},status="500"}`, values: `0+${bad}x200` },
    { series: `up{${LABELS}}`, values: "1x200" },
];

const SLO: RawApplication = { slo: { availability: 99.9, runbook: "https://example.com/run" } };

describe("an application's rules", () => {
    it("are none for objectives that it has not", () => {
        const names = groups({}).map(({ name }) => name);
        assert.deepEqual(names, ["shop-health"]);
    });

    it("record both objectives over every window (G8.5)", () => {
        const recorded = rules(SLO).filter(({ record }) => record !== undefined);
        assert.deepEqual(
            [...new Set(recorded.map(({ record }) => record))],
            ["5m", "30m", "1h", "6h", "3d"].map((window) => `slo:error_ratio:rate${window}`),
        );
        assert.deepEqual(
            [...new Set(recorded.map(({ labels }) => labels["objective"]))],
            ["availability", "latency"],
        );
    });

    it("burn at 14.4, 6 and 1 times the budget of 99.9 % (G8.3)", () => {
        const burns = alerts(SLO).filter(
            ({ alert, labels }) =>
                alert === "ErrorBudgetBurns" && labels["objective"] === "availability",
        );
        assert.deepEqual(
            burns.map(({ expr, labels }) => [
                labels["window"],
                labels["severity"],
                [...expr.matchAll(/> ([\d.]+)/g)].map(([, limit]) => limit),
            ]),
            [
                ["1h", "critical", ["0.0144", "0.0144"]],
                ["6h", "critical", ["0.006", "0.006"]],
                ["3d", "warning", ["0.001", "0.001"]],
            ],
        );
    });

    it("carry severity, team, summary, description and a runbook on every alert (G4.24, P94)", () => {
        const kinds: RawApplication[] = [
            SLO,
            {},
            { kind: "worker" },
            { kind: "job", schedule: { cron: "0 3 * * *" } },
        ];
        for (const said of kinds) {
            for (const { alert, labels, annotations } of alerts(said)) {
                assert.match(labels["severity"] ?? "", /^(critical|warning)$/, alert);
                assert.equal(labels["team"], "checkout", alert);
                assert.match(annotations?.["summary"] ?? "", /^shop: ./, alert);
                assert.ok((annotations?.["description"] ?? "").length > 20, alert);
                assert.match(annotations?.["runbook_url"] ?? "", /^(https:\/\/|docs\/runbook.md#)/);
            }
        }
        assert.equal(alerts(SLO)[0]?.annotations?.["runbook_url"], "https://example.com/run");
    });

    it("speak of the most pods only where there may be more or fewer", () => {
        const named = (replicas: RawApplication["replicas"]) =>
            alerts({ ...SLO, replicas }).filter(({ alert }) => alert === "AutoscalerAtMaximum");
        assert.equal(named({ min: 2, max: 3 }).length, 1);
        assert.deepEqual(named({ min: 3, max: 3 }), []);
    });

    it("are each explained in the runbook that they lead to", async () => {
        const page = await readFile(new URL("../../../docs/runbook.md", import.meta.url), "utf8");
        const names = [SLO, { kind: "job", schedule: { cron: "0 3 * * *" } } as const]
            .flatMap(alerts)
            .map(({ alert }) => alert ?? "");
        const explained = [...page.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
        assert.deepEqual([...new Set(names)].sort(), explained.sort());
    });

    it("look for the bucket of whole seconds in both forms that Prometheus writes", () => {
        const [rule] = rules({ slo: { latency: 1000 } }).filter(
            ({ labels }) => labels["objective"] === "latency",
        );
        assert.match(rule?.expr ?? "", /le=~"1\|1\[\.\]0"/);
    });
});

describe(`an application's alerts under promtool${why}`, function () {
    this.timeout(60_000);
    before(function () {
        if (!hasPromtool) this.skip();
    });

    const alertsAt = (said: RawApplication, series: object[], time: string, names: string[]) => {
        const expected = alerts(said).filter(
            ({ alert, labels }) =>
                labels["objective"] !== "latency" &&
                names.includes(`${alert} ${labels["window"] ?? ""}`.trim()),
        );
        const of = (name: string) => ({
            eval_time: time,
            alertname: name,
            exp_alerts: expected
                .filter(({ alert }) => alert === name)
                .map(({ labels, annotations }) => ({
                    exp_labels: labels,
                    exp_annotations: annotations,
                })),
        });
        const { status, text } = promtool(said, {
            interval: "1m",
            input_series: series,
            alert_rule_test: ["ErrorBudgetBurns", "ApplicationDown", "LatencyNotMeasured"].map(of),
        });
        assert.equal(status, 0, text);
    };
    const onlyAvailability: RawApplication = { slo: { availability: 99.9 }, metrics: {} };

    it("say nothing while one request in 10,000 fails", () => {
        alertsAt(onlyAvailability, traffic(9999, 1), "2h", []);
    });

    it("tell at once when two per cent fail, over the hour and over six", () => {
        const names = ["ErrorBudgetBurns 1h", "ErrorBudgetBurns 6h", "ErrorBudgetBurns 3d"];
        alertsAt(onlyAvailability, traffic(980, 20), "2h", names);
    });

    it("tell over six hours what is too slow for one", () => {
        const names = ["ErrorBudgetBurns 6h", "ErrorBudgetBurns 3d"];
        alertsAt(onlyAvailability, traffic(990, 10), "2h", names);
    });

    it("are quiet again soon after the errors ended: the short window says so", () => {
        const series = [
            {
                series: `http_requests_total{${LABELS},status="200"}`,
                values: "0+980x60 58800+1000x60",
            },
            { series: `http_requests_total{${LABELS},status="500"}`, values: "0+20x60 1200+0x60" },
            { series: `up{${LABELS}}`, values: "1x200" },
        ];
        alertsAt(onlyAvailability, series, "1h40m", ["ErrorBudgetBurns 3d"]);
    });

    it("call zero errors zero, not unknown", () => {
        const { status, text } = promtool(onlyAvailability, {
            interval: "1m",
            input_series: [traffic(100, 0)[0]],
            promql_expr_test: [
                {
                    expr: 'slo:error_ratio:rate5m{objective="availability"}',
                    eval_time: "30m",
                    exp_samples: [
                        {
                            labels: 'slo:error_ratio:rate5m{application="shop",objective="availability"}',
                            value: 0,
                        },
                    ],
                },
            ],
        });
        assert.equal(status, 0, text);
    });

    it("say when no pod gives metrics (G4.6)", () => {
        const down = [{ series: `up{${LABELS}}`, values: "1x10 0x200" }];
        alertsAt(onlyAvailability, down, "20m", ["ApplicationDown"]);
        alertsAt(onlyAvailability, [], "20m", ["ApplicationDown"]);
    });

    const latency: RawApplication = {
        slo: { availability: 99.9, latency: 1000, latencyShare: 95 },
    };
    const histogram = (bound: string, fast: number, all: number) => [
        ...traffic(all, 0),
        {
            series: `http_request_duration_seconds_bucket{${LABELS},le="${bound}"}`,
            values: `0+${fast}x200`,
        },
        { series: `http_request_duration_seconds_count{${LABELS}}`, values: `0+${all}x200` },
    ];

    for (const bound of ["1", "1.0"]) {
        it(`tell when nearly all requests take longer than le="${bound}"`, () => {
            const series = histogram(bound, 10, 100);
            const expected = alerts(latency).filter(
                ({ labels }) => labels["objective"] === "latency" && labels["window"] !== "",
            );
            const { status, text } = promtool(latency, {
                interval: "1m",
                input_series: series,
                alert_rule_test: [
                    {
                        eval_time: "2h",
                        alertname: "ErrorBudgetBurns",
                        exp_alerts: expected.map(({ labels, annotations }) => ({
                            exp_labels: labels,
                            exp_annotations: annotations,
                        })),
                    },
                ],
            });
            assert.equal(status, 0, text);
        });
    }

    it("say that the bucket of the objective is missing, which would hide all else", () => {
        alertsAt(latency, histogram("0.7", 10, 100), "30m", ["LatencyNotMeasured"]);
    });
});

describe("an application's dashboard", () => {
    it("has panels of what the application has, and colours errors at 1 % and 5 % (G4.11)", () => {
        const titles = (said: RawApplication) =>
            dashboard("shop", settingsOf(said)).panels.map(({ title }) => title);
        assert.deepEqual(titles({ kind: "worker" }), [
            "Pods",
            "Restarts in an hour",
            "CPU",
            "Memory",
        ]);
        assert.equal(titles(SLO).length, 9);
        const [, errors] = dashboard("shop", settingsOf(SLO)).panels;
        assert.deepEqual(
            errors?.fieldConfig.defaults.thresholds?.steps.map(({ value }) => value),
            [null, 0.01, 0.05],
        );
    });
});
