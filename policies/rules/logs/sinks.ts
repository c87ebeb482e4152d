import type { Rule } from "../rule.ts";
import { AWS_FLOW_LOG, awsSinks, EKS, RDS_CLUSTER, RDS_INSTANCE } from "./aws.ts";
import { azureSinks, DIAGNOSTICS } from "./azure.ts";
import { GOOGLE_SOURCES, googleSinks, PROJECT_SINK } from "./google.ts";
import { LOG_GROUP, PROJECT_BUCKET, WORKSPACE } from "./retention.ts";

/** What clusters, databases and networks log ends in this program, where the rules on retention and keys see it. */
export const crossLogsSinkExists: Rule = {
    id: "xr-logs-sink-exists",
    title: "What clusters, databases and networks log ends in a place that the program sets up.",
    why: "A switched-on log is worth nothing if the cloud puts it where nobody has said how long it stays and who reads it.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: { "PCI DSS": ["10.2.1", "10.3.3", "10.5.1"] },
    remediation: {
        aws:
            "Declare the log group that the service writes to, by its name, with retentionInDays and " +
            "kmsKeyId.",
        "azure-native": "Send the diagnostic setting to a workspace of the stack.",
        gcp:
            "Take the logs with a ProjectSink to a log bucket with retentionDays, or set up the " +
            "bucket _Default.",
    },
    see: "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html",
    checks: {},
    stack: {
        judges: [
            EKS,
            RDS_INSTANCE,
            RDS_CLUSTER,
            AWS_FLOW_LOG,
            DIAGNOSTICS,
            ...GOOGLE_SOURCES.map(({ type }) => type),
        ],
        reads: [LOG_GROUP, WORKSPACE, PROJECT_SINK, PROJECT_BUCKET],
        check: (stack) => [awsSinks, azureSinks, googleSinks].flatMap((sinks) => sinks(stack)),
    },
    note:
        "Whether anything is logged at all is for the rules on clusters, databases and networks, and how the place itself keeps it for " +
        "logs-retention and logs-cmk, so that nothing is found twice. A place outside the stack is unknown.",
};
