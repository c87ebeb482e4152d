import { failIf, isOn, not } from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import type { Check, Rule } from "../rule.ts";
import { GCS_BUCKET } from "./settings.ts";

const uniformAccess: Check = ({ inputs }) => {
    const uniform = inputs.get("uniformBucketLevelAccess");
    return failIf(not(isOn(uniform, false)), uniform, "lets each object have grants of its own");
};

/** Only IAM decides who gets at a bucket's objects. */
export const gcpUniformAccess: Rule = {
    id: "gcp-bucket-uniform-access",
    title: "Only the bucket's IAM policy grants access to its objects.",
    why: "Grants on single objects are seen in no policy, so nobody notices when one of them is for everybody.",
    clouds: ["gcp"],
    pack: "security",
    severity: "high",
    requirements: {
        "PCI DSS": ["7.3.1"],
        HIPAA: ["164.312(a)(1)"],
        "SOC 2": ["PI1.4"],
        "CIS GCP": ["5.2"],
    },
    remediation:
        "Set uniformBucketLevelAccess to true. After 90 days Google lets nobody switch it off again.",
    see: "https://cloud.google.com/storage/docs/uniform-bucket-level-access",
    checks: { [GCS_BUCKET]: uniformAccess },
    fixes: { [GCS_BUCKET]: setWhereFound(uniformAccess, { uniformBucketLevelAccess: true }) },
};
