import type { Stack } from "../../runtime/stack.ts";
import { attached, maybe } from "../../runtime/stack.ts";
import { failIf, isOn, not, or } from "../../runtime/truth.ts";
import { isOwnKey } from "../own-key.ts";
import { on, type Check, type Rule, type StackVerdict } from "../rule.ts";

const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";

const ownKey: Check = ({ inputs }) => {
    const key = inputs.get("kmsKeyId");
    return failIf(not(isOwnKey(key)), key, "is encrypted with the key that AWS keeps");
};

const rotation: Check = ({ inputs }) => {
    const enabled = inputs.get("rotationEnabled");
    return failIf(not(isOn(enabled, true)), enabled, "switches the rotation off");
};

function unrotated(stack: Stack): readonly StackVerdict[] {
    const secrets = stack.all(SECRET);
    const rotations = attached(stack, secrets, {
        types: [ROTATION],
        input: "secretId",
        names: ["arn", "id", "name"],
    });
    const loose = maybe(rotations.loose, "secretId");
    return secrets.flatMap((secret) => {
        const rotated = or(rotations.of(secret).length > 0, loose);
        return on(secret, failIf(not(rotated), secret.inputs, "is never rotated"));
    });
}

/** What stands in Secrets Manager is encrypted with a key of one's own, and replaced from time to time. */
export const secretCmkRotation: Rule = {
    id: "secret-cmk-rotation",
    title: "A secret in Secrets Manager has a key of your own, and is rotated.",
    why: "A credential that never changes works for ever for everybody who has once seen it.",
    clouds: ["aws"],
    pack: "security",
    severity: "medium",
    requirements: { "PCI DSS": ["3.5.1", "3.7.4"], HIPAA: ["164.308(a)(4)(ii)(C)"] },
    remediation:
        "Set kmsKeyId to a key of your own, and add a SecretRotation with rotationRules. Let RDS manage its own master password " +
        "(manageMasterUserPassword), which it rotates by itself.",
    see: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html",
    checks: { [SECRET]: ownKey, [ROTATION]: rotation },
    stack: { judges: [SECRET], reads: [ROTATION], check: unrotated },
};
