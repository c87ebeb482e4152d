import type { Value } from "../runtime/reader.ts";
import {
    and,
    each,
    failIf,
    holds,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    someOf,
    type Truth,
    type Verdict,
} from "../runtime/truth.ts";
import { isWorld } from "./addresses.ts";
import type { Check } from "./rule.ts";

/**
 * AWS condition keys that tie a statement for everybody to somebody: an organisation, an account, a principal, a network,
 * or the service's own resource that calls.
 */
const LIMITING_KEYS: readonly string[] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourcevpc",
    "aws:sourcevpcarn",
    "aws:sourcevpce",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:vpceorgpaths",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
];

/** Operators that demand a value, in place of excluding one or of tolerating that none is there. */
const DEMANDING = /^(foranyvalue:)?(string(equals|like)(ignorecase)?|arn(equals|like))$/i;

const BY_ADDRESS = /^(foranyvalue:)?ipaddress$/i;

/** The verdicts on each statement of an AWS policy document. */
export function eachStatement(
    document: Value,
    judge: (statement: Value) => readonly Verdict[],
): readonly Verdict[] {
    const statements = document.json().get("Statement");
    return each(statements, judge, statements.oneOrMany());
}

/** The check of an AWS resource's policy: no statement is for everybody. */
export function noPublicStatement(message: string): Check {
    return ({ inputs }) =>
        eachStatement(inputs.get("policy"), (statement) =>
            failIf(allowsEverybody(statement), statement, message),
        );
}

/** Whether an AWS policy statement allows, rather than denies. */
export function allows(statement: Value): Truth {
    return isOneOf(statement.get("Effect"), ["allow"], false);
}

/** Whether an AWS policy statement lets everybody do what it allows. */
export function allowsEverybody(statement: Value): Truth {
    const everybody = or(
        namesEverybody(statement.get("Principal")),
        // Everybody but those named is still everybody.
        isPresent(statement.get("NotPrincipal")),
    );
    return and(allows(statement), everybody, not(isLimited(statement.get("Condition"))));
}

function namesEverybody(principal: Value): Truth {
    const named = principal.entries();
    if (named.state !== "known") return someOf(principal, isStar);
    return or(
        ...named.value
            .filter(([kind]) => kind === "AWS" || kind === "Federated")
            .map(([, who]) => someOf(who, isStar)),
    );
}

/** Whether a text is the wildcard for everything. */
export function isStar(value: Value): Truth {
    return isOneOf(value, ["*"], false);
}

/** Whether a condition ties the statement to somebody. A value that is itself a wildcard ties it to nobody. */
function isLimited(condition: Value): Truth {
    return isTied(condition, DEMANDING, LIMITING_KEYS, hasOpenOwner);
}

/** Whether an AWS policy statement is for callers from some addresses of the internet only. */
export function isForSomeAddresses(statement: Value): Truth {
    return isTied(statement.get("Condition"), BY_ADDRESS, ["aws:sourceip"], isWorld);
}

/** Whether a condition demands one of the keys, with no value that leaves it open. */
function isTied(
    condition: Value,
    operator: RegExp,
    keys: readonly string[],
    isOpen: (wanted: Value) => Truth,
): Truth {
    return anyEntry(
        condition,
        (name) => operator.test(name),
        (pairs) =>
            anyEntry(
                pairs,
                (key) => keys.includes(key.toLowerCase()),
                (wanted) => not(someOf(wanted, isOpen)),
            ),
    );
}

function anyEntry(
    map: Value,
    test: (key: string) => boolean,
    judge: (value: Value) => Truth,
): Truth {
    return holds(
        map,
        map.entries(),
        (pairs) => or(...pairs.filter(([key]) => test(key)).map(([, value]) => judge(value))),
        false,
    );
}

/** Whether a pattern leaves open whose it is: which account's ARN, which organisation's path, which id. */
function hasOpenOwner(wanted: Value): Truth {
    return holds(wanted, wanted.text(), (text) => /[*?]/.test(ownerIn(text)), false);
}

/** The part of a pattern that names an owner. Buckets have no account in their ARN, but names that nobody shares. */
function ownerIn(pattern: string): string {
    if (!pattern.startsWith("arn:")) return pattern.split("/")[0]!;
    const [, , , , account, resource] = pattern.split(":");
    if (account === undefined) return pattern;
    return account === "" ? (resource ?? "*").slice(0, 1) : account;
}

/** The conditions of a statement, by key, under operators that demand a value. */
export function demanded(statement: Value): readonly (readonly [key: string, wanted: Value])[] {
    const operators = statement.get("Condition").entries();
    if (operators.state !== "known") return [];
    return operators.value.flatMap(([operator, keys]) => {
        if (!DEMANDING.test(operator)) return [];
        const pairs = keys.entries();
        return pairs.state === "known" ? pairs.value : [];
    });
}

/** The conditions on the subject of a token, whoever issues it: the keys end in `:sub`. */
export function subjectsDemanded(statement: Value): readonly Value[] {
    return demanded(statement).flatMap(([key, wanted]) =>
        key.toLowerCase().endsWith(":sub") ? [wanted] : [],
    );
}

/** The members by which Google Cloud means everybody. Both need no more than some Google account. */
const GOOGLE_EVERYBODY: readonly string[] = ["allusers", "allauthenticatedusers"];

/** Whether a Google Cloud IAM member is everybody. */
export function isGoogleEverybody(member: Value): Truth {
    return isOneOf(member, GOOGLE_EVERYBODY, false);
}

/** Whether a Google Cloud IAM binding, member or whole policy document names everybody. */
function grantsEverybody(inputs: Value): Truth {
    const bindings = inputs.get("policyData").json().get("bindings");
    return or(
        isGoogleEverybody(inputs.get("member")),
        some(inputs.get("members"), isGoogleEverybody),
        some(bindings, (binding) => some(binding.get("members"), isGoogleEverybody)),
    );
}

/** The check of a grant on Google Cloud: it is not for everybody. A whole policy names its roles in its document. */
export const noPublicGrant: Check = ({ inputs }) => {
    const policy = inputs.get("policyData");
    const place = policy.state === "absent" ? inputs.get("role") : policy;
    return failIf(grantsEverybody(inputs), place, "is granted to everybody");
};
