import type { ApplicationSettings } from "../../settings/application-types.ts";

/** A rule as Prometheus writes it. */
export interface PrometheusRule {
    readonly record?: string;
    readonly alert?: string;
    readonly expr: string;
    readonly for?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
}

/** What the rules of an application are made from. */
export interface AlertArgs {
    readonly application: string;
    readonly settings: ApplicationSettings;
    /** The team that answers for it. */
    readonly team: string;
}

/** Where an alert is explained that has no runbook of the user's own. */
const RUNBOOK = "docs/runbook.md";

/** What an alert says, besides whose it is. */
export interface Alert {
    readonly name: string;
    readonly severity: "critical" | "warning";
    readonly expr: string;
    /** How long the expression has to hold, as Prometheus writes it. */
    readonly lasting: string;
    /** Goes on behind the application's name. */
    readonly summary: string;
    readonly description: string;
}

/** The labels and annotations that every alert carries, so that it says whose it is and what to do (P94). */
export function alert(
    { application, settings, team }: AlertArgs,
    { name, severity, expr, lasting, summary, description }: Alert,
): PrometheusRule {
    return {
        alert: name,
        expr,
        for: lasting,
        labels: { severity, application, team },
        annotations: {
            summary: `${application}: ${summary}`,
            description,
            runbook_url: settings.slo?.runbook ?? `${RUNBOOK}#${name.toLowerCase()}`,
        },
    };
}
