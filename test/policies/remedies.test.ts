import assert from "node:assert/strict";
import { rules } from "../../policies/rules/index.ts";
import { isIn, remediesOf, remedyFor } from "../../policies/rules/remedy.ts";
import type { Rule } from "../../policies/rules/rule.ts";

/** Words that have no place in what to do on another cloud. */
const WORDS: Readonly<Record<string, RegExp>> = {
    aws: /\b(AWS|RDS|Aurora|Redshift|Neptune|DocumentDB|EKS|ECR|AmazonEC2\w*|CloudFront|CloudWatch|S3)\b/,
    "azure-native": /\b(Azure|AKS|AcrPull|Entra|Key Vault)\b/,
    gcp: /\b(Google|GKE|Cloud SQL|AlloyDB|Artifact Registry|Cloud KMS|Identity-Aware Proxy)\b/,
};

/** The types on which a rule can find something. */
function typesOf({ checks, stack, alwaysKept = [] }: Rule): readonly string[] {
    const judged = new Set([...Object.keys(checks), ...(stack?.judges ?? [])]);
    return [...judged].filter((type) => type !== "*" && !alwaysKept.includes(type));
}

function familiesOf({ remediation }: Rule): readonly string[] {
    return typeof remediation === "string" ? [] : Object.keys(remediation);
}

describe("what to do about a finding", () => {
    const rule = {
        remediation: {
            aws: "Set it.",
            "aws:rds/instance": "Replace it.",
            "aws:rds": "Restore it.",
            gcp: "Set it.",
        },
    };

    it("is what the closest family of the resource's type says", () => {
        assert.equal(remedyFor(rule, "aws:s3/bucket:Bucket"), "Set it.");
        assert.equal(remedyFor(rule, "aws:rds/cluster:Cluster"), "Restore it.");
        assert.equal(remedyFor(rule, "aws:rds/instance:Instance"), "Replace it.");
        assert.equal(remedyFor(rule, "aws:rdsdata/x:X"), "Set it.");
    });

    it("is everything, with its families, where none is the resource's", () => {
        const all = ["AWS, Google Cloud: Set it.", "<aws:rds/instance>: Replace it."];
        const marked = remediesOf(rule, (family) => `<${family}>`);
        assert.deepEqual(marked, [...all, "<aws:rds>: Restore it."]);
        assert.equal(
            remedyFor(rule, "azure-native:storage:StorageAccount"),
            "AWS, Google Cloud: Set it. aws:rds/instance: Replace it. aws:rds: Restore it.",
        );
    });

    it("is one text for all where the rule has one", () => {
        assert.equal(remedyFor({ remediation: "Set it." }, "aws:s3/bucket:Bucket"), "Set it.");
        assert.deepEqual(remediesOf({ remediation: "Set it." }), ["Set it."]);
    });

    it("fits every type on which a rule can find something, and no family is left over", () => {
        for (const one of rules) {
            const families = familiesOf(one);
            if (families.length === 0) continue;
            const types = typesOf(one);
            const unfit = types.filter((type) => !families.some((family) => isIn(family, type)));
            assert.deepEqual(unfit, [], one.id);
            if ("*" in one.checks) continue;
            const fitting = types.map((type) =>
                families
                    .filter((family) => isIn(family, type))
                    .reduce((best, family) => (family.length > best.length ? family : best), ""),
            );
            const idle = families.filter((family) => !fitting.includes(family));
            assert.deepEqual(idle, [], one.id);
        }
    });

    it("names no other cloud", () => {
        for (const one of rules) {
            for (const type of typesOf(one)) {
                const own = type.split(":")[0] ?? "";
                if (!Object.hasOwn(WORDS, own)) continue;
                const others = Object.entries(WORDS).filter(([cloud]) => cloud !== own);
                for (const [, words] of others) {
                    assert.doesNotMatch(remedyFor(one, type), words, `${one.id} on ${type}`);
                }
            }
        }
    });
});
