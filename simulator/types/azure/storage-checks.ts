import { get } from "../../paths.ts";
import { UNKNOWN, type Draft, type Json, type Refusal } from "../../table.ts";
import { between, list, number, refusal, text } from "./arm.ts";

/** What is wrong with a period in which what was deleted can be had back. */
export function checkRetention(inputs: Draft["inputs"], path: string): Refusal[] {
    const days = `${path}.days`;
    if (get(inputs, `${path}.enabled`) === true && get(inputs, days) === undefined) {
        const message = `'${days}' is required while the policy is enabled.`;
        return [refusal("InvalidRequestPropertyValue", message, days)];
    }
    return between(inputs, days, 1, 365, "InvalidRequestPropertyValue");
}

/** What is wrong with the rules for pages. */
export function checkCors(inputs: Draft["inputs"]): Refusal[] {
    const rules = list(inputs, "cors.corsRules");
    const methods = rules.flatMap((rule) => list(rule, "allowedMethods")).map(String);
    const known = ["DELETE", "GET", "HEAD", "MERGE", "OPTIONS", "PATCH", "POST", "PUT"];
    const strange = methods.find((method) => method !== UNKNOWN && !known.includes(method));
    const refusals: Refusal[] = [];
    if (rules.length > 5) {
        const message = "The number of CORS rules exceeds the limit of 5.";
        refusals.push(refusal("InvalidCorsRules", message, "cors.corsRules"));
    }
    if (rules.some((rule) => list(rule, "allowedOrigins").length > 64)) {
        const message = "A CORS rule takes 64 origins at most.";
        refusals.push(refusal("InvalidCorsRules", message, "cors.corsRules"));
    }
    if (strange === undefined) return refusals;
    const message = `'${strange}' is not an allowed method of a CORS rule.`;
    return [...refusals, refusal("InvalidCorsRules", message, "cors.corsRules")];
}

/** What is wrong with the rules of a lifecycle. */
export function checkRules(rules: readonly Json[]): Refusal[] {
    const names = rules.map((rule) => text(rule, "name"));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    const refusals = rules.flatMap((rule, index) => checkRule(rule, `policy.rules[${index}]`));
    if (rules.length === 0) {
        const message = "The policy has no rules: 'rules' must have 1 to 100 of them.";
        refusals.push(refusal("InvalidRequestPropertyValue", message, "policy.rules"));
    }
    if (twice === undefined) return refusals;
    const message = `The rule name '${twice}' is not unique in the policy.`;
    return [...refusals, refusal("InvalidRequestPropertyValue", message, "policy.rules")];
}

function checkRule(rule: Json, path: string): Refusal[] {
    const name = text(rule, "name");
    const refusals: Refusal[] = [];
    const bad = (message: string) =>
        refusals.push(refusal("InvalidRequestPropertyValue", message, path));
    if (name !== UNKNOWN && !/^[A-Za-z0-9-]{1,256}$/.test(name)) {
        bad(`The rule name '${name}' is not made of letters, digits and hyphens.`);
    }
    const actions = "definition.actions.baseBlob";
    const cool = number(rule, `${actions}.tierToCool.daysAfterCreationGreaterThan`);
    const gone = number(rule, `${actions}.delete.daysAfterCreationGreaterThan`);
    if (cool !== undefined && gone !== undefined && gone <= cool) {
        bad(`The delete action's ${gone} days are not more than the tierToCool action's ${cool}.`);
    }
    const types = list(rule, "definition.filters.blobTypes");
    if (cool !== undefined && types.includes("appendBlob")) {
        bad("Tiering is not supported for append blobs.");
    }
    return refusals;
}
