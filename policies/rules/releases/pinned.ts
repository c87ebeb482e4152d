import { failIf, holds, not, some, type Truth } from "../../runtime/truth.ts";
import type { Value } from "../../runtime/reader.ts";
import { matches } from "../../runtime/glob.ts";
import { namesOption } from "../objects.ts";
import { RELEASE } from "../places.ts";
import type { Check, Rule } from "../rule.ts";
import { chartName } from "./charts.ts";

const EXACT = /^v?\d+\.\d+\.\d+([-+][\w.+-]*)?$/;

/** A chart in a file, at a URL or by its digest is the same each time. */
const PINNED_BY_ITSELF = /^\.{0,2}\/|^file:|\.tgz$|@sha256:[0-9a-f]{64}$/;

function isPinned(inputs: Value): Truth {
    const version = inputs.get("version");
    const chart = inputs.get("chart");
    const byPlace = holds(chart, chart.text(), (text) => PINNED_BY_ITSELF.test(text), false);
    return holds(version, version.text(), (text) => EXACT.test(text), byPlace);
}

function isReviewed(chart: Value, reviewed: Value): Truth {
    return some(reviewed, (entry) =>
        holds(
            entry,
            entry.text(),
            (pattern) =>
                holds(chart, chart.text(), (text) => matches(chartName(text), pattern), false),
            false,
        ),
    );
}

const release: Check = ({ inputs }, { options }) => {
    const chart = inputs.get("chart");
    return [
        ...failIf(not(isPinned(inputs)), inputs.get("version"), "does not name one version"),
        ...failIf(
            not(isReviewed(chart, options.get("reviewed"))),
            chart,
            "makes objects that no rule sees",
        ),
    ];
};

/** A release installs the same each time, and somebody has looked at what that is. */
export const releasePinned: Rule = {
    id: "k8s-helm-release-pinned-and-flagged",
    title: "A Helm release names one version of a chart that somebody has looked through.",
    why: "Without a version the next run installs whatever is newest; and the objects of a Release are made inside the provider, where no rule sees their privileges, rights and load balancers.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "medium",
    requirements: {},
    analogies: { "SOC 2": ["CC8.1"] },
    remediation:
        "Set version to one version. Look through what `helm template` makes of the chart with your values, and name the " +
        "chart in the option `reviewed`; or use kubernetes.helm.v4.Chart, whose objects the rules see.",
    see: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/",
    options: {
        properties: {
            reviewed: namesOption("The charts whose objects somebody has looked through"),
        },
    },
    checks: { [RELEASE]: release },
};
