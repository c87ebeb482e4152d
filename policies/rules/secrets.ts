import type { Value } from "../runtime/reader.ts";
import { failIf, type Truth } from "../runtime/truth.ts";
import type { Check, Rule } from "./rule.ts";
import { walkOf } from "./walk.ts";

function isPlain(value: Value): Truth {
    return value.secrecy === "unrecorded" ? { unknown: value.path } : value.secrecy === "plain";
}

const EXTERNAL_SECRETS = "kubernetes:external-secrets.io:";

/** External Secrets' objects hold the names of secrets, never secrets; fields such as `secretKey` would mislead. */
const plaintext: Check = ({ type, inputs }) =>
    type.startsWith(EXTERNAL_SECRETS)
        ? []
        : // Unknown values stay quiet: every resource has many, and next to none of them is a credential.
          walkOf(inputs).credentials.flatMap((value) =>
              failIf(isPlain(value), value, "holds a credential in plain text"),
          );

/**
 * No input that looks like a credential is plain text.
 *
 * The engine shows secrets unwrapped to validations, so what is secret is known only from the recorder (`input-ledger`);
 * where it is switched off this rule can say no more than "unknown".
 */
const secretNotPlaintext: Rule = {
    id: "secret-not-plaintext",
    title: "No credential stands in plain text.",
    why: "Plain inputs are stored readable in the state, and shown in every preview and log.",
    clouds: ["aws", "azure", "gcp", "kubernetes"],
    pack: "security",
    severity: "critical",
    requirements: { "PCI DSS": ["3.3.2", "8.6.3"] },
    analogies: { HIPAA: ["164.312(a)(2)(i)"], "SOC 2": ["CC6.1"] },
    remediation:
        "Take it from the site's secret store, or from `pulumi config set --secret`, or mark it with pulumi.secret.",
    see: "https://www.pulumi.com/docs/iac/concepts/secrets/",
    checks: { "*": plaintext },
};

/** Whether credentials stand where they can be read. */
export const secretRules: readonly Rule[] = [secretNotPlaintext];
