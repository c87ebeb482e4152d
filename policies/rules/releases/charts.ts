import type { Value } from "../../runtime/reader.ts";
import { holds, type Truth } from "../../runtime/truth.ts";
import { RELEASE } from "../places.ts";

/** Charts whose objects the provider makes, and charts whose objects the program makes. Both versions of the class. */
export const CHART_TYPES: readonly string[] = [RELEASE, "kubernetes:helm.sh:Chart"];

/** The name of a chart in whatever way it is given: `name`, `repo/name`, `oci://host/path/name`, a file or a URL. */
export function chartName(chart: string): string {
    const last = chart.replace(/\/+$/, "").split("/").at(-1) ?? "";
    return last.replace(/-v?\d[\w.+-]*\.tgz$/, "").replace(/[@:].*$/, "");
}

/** Whether a release is of one of these charts. */
export function chartOf(inputs: Value, names: readonly string[]): Truth {
    const chart = inputs.get("chart");
    return holds(chart, chart.text(), (text) => names.includes(chartName(text)), false);
}
