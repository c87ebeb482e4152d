import type { EngineEvent, OpType } from "@pulumi/pulumi/automation/index.js";
import { Progress } from "../../tools/stack/progress.ts";
import type { State, StateResource } from "../../tools/stack/state.ts";
import { typeOf } from "../../tools/stack/state.ts";

/** What every URN of the stack `dev` begins with. */
export const PREFIX = "urn:pulumi:dev::platform::";
export const STACK = `${PREFIX}pulumi:pulumi:Stack::platform-dev`;
export const SITE = `${PREFIX}platform:aws:Site::myapp-dev-aws`;
export const CLUSTER = `${PREFIX}platform:aws:Site$platform:aws:Cluster::myapp-dev-aws`;
export const DATABASE = `${PREFIX}platform:aws:Site$platform:aws:Database::myapp-dev-aws-main`;
export const EKS = `${PREFIX}platform:aws:Site$platform:aws:Cluster$aws:eks/cluster:Cluster::myapp-dev-aws`;
export const RDS = `${PREFIX}platform:aws:Site$platform:aws:Database$aws:rds/instance:Instance::myapp-dev-aws-main`;

/** A site with a cluster and a database, from the bottom up. */
export const PARENTS: Readonly<Record<string, string>> = {
    [SITE]: STACK,
    [CLUSTER]: SITE,
    [DATABASE]: SITE,
    [EKS]: CLUSTER,
    [RDS]: DATABASE,
};

/** A resource as the state holds it. */
export const resource = (urn: string, more: Partial<StateResource> = {}): StateResource => ({
    urn,
    type: typeOf(urn),
    custom: !typeOf(urn).startsWith("platform:") && urn !== STACK,
    ...(PARENTS[urn] && { parent: PARENTS[urn] }),
    ...more,
});

/** A secret as the state holds it. */
const SECRET = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: "v1:abc",
};

/** A state of one site. */
export const state: State = {
    resources: [
        resource(STACK, {
            outputs: { kubeconfigs: { aws: SECRET }, sites: { aws: { region: "eu-central-1" } } },
        }),
        ...[SITE, CLUSTER, DATABASE, EKS, RDS].map((urn) => resource(urn)),
        resource(`${PREFIX}pulumi:providers:aws::myapp-dev-aws`),
    ],
    pending: [],
};

let sequence = 0;

/** An event of the engine. */
export const event = (fields: Partial<EngineEvent>): EngineEvent => ({
    sequence: sequence++,
    timestamp: 0,
    ...fields,
});

/** An operation that begins, ends or fails. */
export function step(
    kind: "resourcePreEvent" | "resOutputsEvent" | "resOpFailedEvent",
    op: OpType,
    urn: string,
): EngineEvent {
    const side = {
        urn,
        type: typeOf(urn),
        custom: resource(urn).custom,
        parent: PARENTS[urn] ?? "",
    };
    const metadata = {
        op,
        urn,
        type: typeOf(urn),
        provider: "",
        new: { ...side, id: "", inputs: {}, outputs: {}, provider: "" },
    };
    return event({ [kind]: { metadata, status: 0, steps: 0 } });
}

/** An error about a resource. */
export const error = (message: string, urn = EKS) =>
    event({ diagnosticEvent: { message, urn, severity: "error", color: "never" } });

/** A rule that the database breaks, or another resource. */
export const violation = (level: "mandatory" | "warning", urn = RDS) =>
    event({
        policyEvent: {
            message: "RDS instances must not be public.\nMake it private.\n",
            resourceUrn: urn,
            color: "never",
            policyName: "no-public-database",
            policyPackName: "platform-security",
            policyPackVersion: "",
            policyPackVersionTag: "",
            enforcementLevel: level,
        },
    });

/** What a run has told after these events. */
export function told(...events: EngineEvent[]): Progress {
    const progress = new Progress(() => 0);
    events.forEach((one) => progress.take(one));
    return progress;
}
