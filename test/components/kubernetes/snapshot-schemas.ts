import { Ajv } from "ajv";

const text = { type: "string" } as const;
const texts = { type: "object", additionalProperties: text } as const;

/** An object of exactly these fields, some of which there have to be. */
function exactly(properties: Readonly<Record<string, unknown>>, required: readonly string[] = []) {
    return { type: "object", properties, required, additionalProperties: false };
}

const metadata = exactly({ name: text, namespace: text, labels: texts, annotations: texts }, [
    "name",
]);

/** As external-snapshotter 8 defines it. */
const VOLUME_SNAPSHOT_CLASS = exactly(
    {
        apiVersion: { const: "snapshot.storage.k8s.io/v1" },
        kind: { const: "VolumeSnapshotClass" },
        metadata,
        driver: text,
        deletionPolicy: { enum: ["Delete", "Retain"] },
        parameters: texts,
    },
    ["apiVersion", "kind", "driver", "deletionPolicy"],
);

/** What snapscheduler 3.5 takes as a schedule. */
const CRON =
    "^(@(annually|yearly|monthly|weekly|daily|hourly))|((((\\d+,)*\\d+|(\\d+(\\/|-)\\d+)|\\*(\\/\\d+)?)\\s?){5})$";

/** As snapscheduler 3.5 defines it, without selectors by expression, of which the platform has none. */
const SNAPSHOT_SCHEDULE = exactly(
    {
        apiVersion: { const: "snapscheduler.backube/v1" },
        kind: { const: "SnapshotSchedule" },
        metadata,
        spec: exactly({
            claimSelector: exactly({ matchLabels: texts }),
            disabled: { type: "boolean" },
            retention: exactly({
                expires: { type: "string", pattern: "^\\d+(h|m|s)$" },
                maxCount: { type: "integer", minimum: 1 },
            }),
            schedule: { type: "string", pattern: CRON },
            snapshotTemplate: exactly({ labels: texts, snapshotClassName: text }),
        }),
    },
    ["apiVersion", "kind", "metadata"],
);

const ajv = new Ajv({ allErrors: true });

/** A model like the published ones, from a definition. */
function model(schema: object) {
    const check = ajv.compile(schema);
    return {
        prototype: {
            validate(this: unknown): void {
                if (!check(this)) throw new Error(ajv.errorsText(check.errors));
            },
        },
    };
}

/** The models of kinds whose types nobody publishes for TypeScript, after the definitions that their makers install. */
export const SNAPSHOT_MODELS = {
    "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass": model(VOLUME_SNAPSHOT_CLASS),
    "kubernetes:snapscheduler.backube/v1:SnapshotSchedule": model(SNAPSHOT_SCHEDULE),
};
