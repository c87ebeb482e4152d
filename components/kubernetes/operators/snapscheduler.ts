import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { letOutToApi } from "../openings.ts";
import type { Within } from "../platform-namespace.ts";
import { spreadOver } from "../spread.ts";
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from "../restricted.ts";
import { installOperator, small } from "./operator.ts";
import type { OperatorArgs } from "./operator.ts";
import { SNAPSCHEDULER } from "./places.ts";

/** Four times the operator's own two pods. */
const MOST_PODS = 8;

/**
 * SnapScheduler, which has volumes copied by the clock wherever a SnapshotSchedule asks for it, and has old copies
 * deleted. It reads claims and makes snapshots; it sees no data.
 *
 * @see https://backube.github.io/snapscheduler/
 */
export function installSnapscheduler(name: string, args: OperatorArgs, within: Within): Release {
    return installOperator(
        name,
        args,
        {
            chart: "snapscheduler",
            namespace: SNAPSCHEDULER.namespace,
            pods: MOST_PODS,
            policies: snapschedulerPolicies(),
            values: snapschedulerValues(args.highAvailability),
        },
        within,
    );
}

/**
 * Values of the chart `snapscheduler`. Of two pods one works and the other waits, so that no budget is needed. Its image is
 * built for amd64 only, which the chart asks of nodes.
 *
 * @see https://github.com/backube/snapscheduler/tree/master/helm/snapscheduler
 */
export function snapschedulerValues(highAvailability: boolean): Record<string, unknown> {
    return {
        replicaCount: highAvailability ? 2 : 1,
        topologySpreadConstraints: highAvailability
            ? spreadOver({ "app.kubernetes.io/instance": "snapscheduler" })
            : [],
        resources: small("10m", "128Mi", "200m"),
        // Stands before its metrics, and is restricted by the chart itself.
        rbacProxy: { resources: small("10m", "64Mi", "100m") },
        podSecurityContext: RESTRICTED_POD,
        securityContext: RESTRICTED_CONTAINER,
        // Copies stay when their schedule goes.
        enableOwnerReferences: false,
    };
}

/** What the operator may do besides DNS: use the API server. The cloud is called by the cluster's own driver. */
export function snapschedulerPolicies() {
    return { "allow-apis": letOutToApi() };
}
