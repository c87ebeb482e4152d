import type { Value } from "../../runtime/reader.ts";
import {
    and,
    each,
    failIf,
    holds,
    isOn,
    isPresent,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { containerCheck, POD_TYPES } from "../pods.ts";
import { forTypes, type Rule } from "../rule.ts";
import { isCredential, namesCredential } from "../credentials.ts";

function judgeVariable(variable: Value, files: Truth): readonly Verdict[] {
    const name = variable.get("name").text();
    const value = variable.get("value");
    const key = variable.at("valueFrom.secretKeyRef");
    return [
        ...failIf(and(isPresent(key), files), key, "puts a secret in the environment"),
        ...(name.state === "known"
            ? failIf(
                  isLiteral(name.value, value),
                  value,
                  "holds a credential that everybody reads who sees the pod",
              )
            : []),
    ];
}

function isLiteral(name: string, value: Value): Truth {
    // Most values that are not known yet are addresses, so only a name that promises a credential leaves it open.
    if (value.state === "unknown" && !namesCredential(name)) return false;
    return holds(value, value.text(), (text) => isCredential(name, text), false);
}

const environment = containerCheck(({ at }, _, { options }) => {
    const files = isOn(options.get("files"), false);
    return [
        ...each(at.get("env"), (variable) => judgeVariable(variable, files)),
        ...each(at.get("envFrom"), (source) => {
            const secret = source.get("secretRef");
            return failIf(
                and(isPresent(secret), files),
                secret,
                "puts a secret in the environment",
            );
        }),
    ];
});

/** Credentials are in Secrets and not in the specs of pods. */
export const noSecretEnv: Rule = {
    id: "k8s-no-secret-env",
    title: "No credential is written out in an environment variable.",
    why: "Everybody who may look at a pod reads its environment variables, and crash reports and child processes copy them.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "medium",
    requirements: {
        "CIS EKS": ["4.4.1"],
        "CIS AKS": ["4.5.1"],
        "CIS GKE": ["4.4.1"],
        NSA: ["C-0012"],
    },
    analogies: { "PCI DSS": ["8.6.3"] },
    remediation:
        "Put it in a Secret and mount that as a file, or refer to it with valueFrom.secretKeyRef where the program reads only variables.",
    see: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    options: {
        properties: {
            files: {
                type: "boolean",
                default: false,
                description:
                    "Whether secrets have to be files, so that secretKeyRef and secretRef are findings too.",
            },
        },
    },
    checks: forTypes(POD_TYPES, environment),
    note:
        "CIS prefers files. Many programs take their database's password from a variable only, so references to Secrets " +
        "are findings by the option `files` alone. Pulumi secrets are found too: a pod shows them.",
};
