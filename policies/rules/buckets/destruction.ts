import { failIfOn } from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { forTypes, type Check, type Rule } from "../rule.ts";
import { GCS_BUCKET, S3_BUCKET } from "./settings.ts";

const forceDestroy: Check = ({ inputs }) =>
    failIfOn(inputs.get("forceDestroy"), "lets a deletion of the bucket delete all that is in it");

/** A bucket of production with something in it cannot be deleted. */
export const bucketNoForceDestroy: Rule = {
    id: "bucket-no-force-destroy",
    title: "A bucket of production is deleted only when it is empty.",
    why: "With forceDestroy, a renamed or removed line of the program deletes every object with the bucket.",
    clouds: ["aws", "gcp"],
    pack: "reliability",
    severity: "medium",
    requirements: {},
    analogies: { "SOC 2": ["C1.1"] },
    remediation:
        "Remove forceDestroy, or set it to false, and empty the bucket by hand when it has to go.",
    see: "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/#forcedestroy_nodejs",
    production: true,
    checks: forTypes([S3_BUCKET, GCS_BUCKET], forceDestroy),
    fixes: {
        [S3_BUCKET]: setWhereFound(forceDestroy, { forceDestroy: false }),
        [GCS_BUCKET]: setWhereFound(forceDestroy, { forceDestroy: false }),
    },
};
