import type { Value } from "../../runtime/reader.ts";
import { attached, maybe, type Stack, type StackResource } from "../../runtime/stack.ts";
import {
    and,
    each,
    failIf,
    holds,
    isOn,
    isOneOf,
    not,
    or,
    some,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { forTypes, on, type Check, type StackVerdict } from "../rule.ts";
import { OLD_TLS, PLAIN_HTTP } from "./messages.ts";

export const LOAD_BALANCERS: readonly string[] = [
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:alb/loadBalancer:LoadBalancer",
];
const LISTENERS: readonly string[] = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];
const LISTENER_RULES: readonly string[] = [
    "aws:lb/listenerRule:ListenerRule",
    "aws:alb/listenerRule:ListenerRule",
];
const CLASSIC = "aws:elb/loadBalancer:LoadBalancer";
const CLASSIC_NEGOTIATION = "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy";
const CLASSIC_LISTENER_POLICY = "aws:elb/listenerPolicy:ListenerPolicy";

/** The names of AWS's policies tell the oldest version: TLS13-1-2 takes 1.2 and 1.3, TLS13-1-0 everything. */
const MODERN_POLICY = /^ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-[2-9]-/i;

function isModern(policy: Value): Truth {
    return holds(policy, policy.text(), (text) => MODERN_POLICY.test(text), false);
}

const listener: Check = ({ inputs }) => {
    const policy = inputs.get("sslPolicy");
    const encrypts = isOneOf(inputs.get("protocol"), ["https", "tls"], false);
    return failIf(and(encrypts, not(isModern(policy))), policy, OLD_TLS);
};

const OLD_PROTOCOLS = ["protocol-sslv2", "protocol-sslv3", "protocol-tlsv1", "protocol-tlsv1.1"];

const negotiation: Check = ({ inputs }) =>
    each(inputs.get("attributes"), (attribute) => {
        const name = attribute.get("name");
        const value = attribute.get("value");
        const takesOld = and(isOneOf(name, OLD_PROTOCOLS, false), isOn(value, false));
        const isReference = isOneOf(name, ["reference-security-policy"], false);
        return failIf(or(takesOld, and(isReference, not(isModern(value)))), value, OLD_TLS);
    });

/** A classic load balancer cannot redirect, so that every HTTP listener of a public one serves. */
const classic: Check = ({ inputs }) => {
    const isPublic = not(isOn(inputs.get("internal"), false));
    return each(inputs.get("listeners"), (one) => {
        const protocol = one.get("lbProtocol");
        return failIf(and(isPublic, isOneOf(protocol, ["http"], false)), protocol, PLAIN_HTTP);
    });
};

/** Whether the internet reaches a load balancer that speaks HTTP. */
export function isPublicHttp({ given }: StackResource): Truth {
    return and(
        not(isOn(given.get("internal"), false)),
        isOneOf(given.get("loadBalancerType"), ["application"], true),
    );
}

/** The one that an input names, by reference or by its written-out ARN. */
function named(
    stack: Stack,
    resource: StackResource,
    input: string,
    types: readonly string[],
): StackResource | undefined {
    const target = stack.targets(resource, input).find(({ type }) => types.includes(type));
    if (target !== undefined) return target;
    const arn = resource.given.get(input).text();
    if (arn.state !== "known") return undefined;
    return types.flatMap((type) => stack.named(type, "arn", arn.value))[0];
}

/** Whether every action sends the caller to HTTPS, or away. */
function sendsAway(actions: Value): Truth {
    return not(
        some(
            actions,
            (action) =>
                not(
                    or(
                        isOneOf(action.get("type"), ["fixed-response"], false),
                        and(
                            isOneOf(action.get("type"), ["redirect"], false),
                            isOneOf(action.at("redirect.protocol"), ["https"], false),
                        ),
                    ),
                ),
            true,
        ),
    );
}

/** Whether the internet reaches a listener in plain HTTP, which is what a listener speaks by default. */
function isPlain(stack: Stack, one: StackResource): Truth {
    const plain = isOneOf(one.given.get("protocol"), ["http"], true);
    if (plain === false) return false;
    const balancer = named(stack, one, "loadBalancerArn", LOAD_BALANCERS);
    return and(
        plain,
        balancer === undefined ? { unknown: "loadBalancerArn" } : isPublicHttp(balancer),
    );
}

function plainListeners(stack: Stack): readonly StackVerdict[] {
    return stack.all(...LISTENERS).flatMap((one) => {
        const actions = one.given.get("defaultActions");
        return on(
            one,
            failIf(and(not(sendsAway(actions)), isPlain(stack, one)), actions, PLAIN_HTTP),
        );
    });
}

function plainRules(stack: Stack): readonly StackVerdict[] {
    return stack.all(...LISTENER_RULES).flatMap((rule) => {
        const actions = rule.given.get("actions");
        const owner = named(stack, rule, "listenerArn", LISTENERS);
        const plain = owner === undefined ? { unknown: "listenerArn" } : isPlain(stack, owner);
        return on(rule, failIf(and(not(sendsAway(actions)), plain), actions, PLAIN_HTTP));
    });
}

/** Without a policy of their own, HTTPS listeners of classic load balancers take every version. */
function classicWithoutPolicy(stack: Stack): readonly StackVerdict[] {
    const balancers = stack.all(CLASSIC);
    const names = ["name", "id"];
    const byNegotiation = { types: [CLASSIC_NEGOTIATION], input: "loadBalancer", names };
    const byListener = { types: [CLASSIC_LISTENER_POLICY], input: "loadBalancerName", names };
    const links = [byNegotiation, byListener].map((link) => ({
        ...attached(stack, balancers, link),
        input: link.input,
    }));
    return balancers.flatMap((balancer) => {
        const has = or(
            ...links.map(({ of, loose, input }) =>
                or(of(balancer).length > 0, maybe(loose, input)),
            ),
        );
        const verdicts = each(balancer.given.get("listeners"), (one): readonly Verdict[] => {
            const protocol = one.get("lbProtocol");
            const encrypts = isOneOf(protocol, ["https", "ssl"], false);
            return failIf(and(encrypts, not(has)), protocol, OLD_TLS);
        });
        return on(balancer, verdicts);
    });
}

export const loadBalancerChecks: Readonly<Record<string, Check>> = {
    ...forTypes(LISTENERS, listener),
    [CLASSIC]: classic,
    [CLASSIC_NEGOTIATION]: negotiation,
};

export const LOAD_BALANCER_JUDGES: readonly string[] = [...LISTENERS, ...LISTENER_RULES, CLASSIC];
export const LOAD_BALANCER_READS: readonly string[] = [
    ...LOAD_BALANCERS,
    CLASSIC_NEGOTIATION,
    CLASSIC_LISTENER_POLICY,
];

/** What several resources of AWS's load balancing settle together. */
export function judgeLoadBalancers(stack: Stack): readonly StackVerdict[] {
    return [...plainListeners(stack), ...plainRules(stack), ...classicWithoutPolicy(stack)];
}
