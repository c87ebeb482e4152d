import type { Value } from "../../runtime/reader.ts";
import { attached, maybe, type Stack, type StackResource } from "../../runtime/stack.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import { forTypes, on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { isPublicHttp, LOAD_BALANCERS } from "./aws-load-balancers.ts";
import { APPLICATION_GATEWAY, hasPublicAddress } from "./azure.ts";
import { isExternal } from "./google.ts";

const NO_WAF = "no web application firewall looks at the requests";

const STAGE = "aws:apigateway/stage:Stage";
const REST_API = "aws:apigateway/restApi:RestApi";
const ASSOCIATIONS: readonly string[] = [
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "aws:wafregional/webAclAssociation:WebAclAssociation",
];
const FRONT_DOOR = "azure-native:cdn:Profile";
const FRONT_DOOR_POLICY = "azure-native:cdn:SecurityPolicy";

const distribution: Check = ({ inputs }) => {
    const acl = inputs.get("webAclId");
    return failIf(not(isPresent(acl)), acl, NO_WAF);
};

/** A gateway has a policy as a whole, or each of its listeners has one. */
const applicationGateway: Check = ({ inputs }) => {
    const policy = inputs.get("firewallPolicy");
    const guarded = or(
        isPresent(policy),
        isOn(inputs.at("webApplicationFirewallConfiguration.enabled"), false),
        not(
            some(
                inputs.get("httpListeners"),
                (listener) => not(isPresent(listener.get("firewallPolicy"))),
                true,
            ),
        ),
    );
    return failIf(and(hasPublicAddress(inputs), not(guarded)), policy, NO_WAF);
};

function backend(scheme: Truth): Check {
    return ({ inputs }) => {
        const policy = inputs.get("securityPolicy");
        const http = isOneOf(
            inputs.get("protocol"),
            ["http", "https", "http2", "h2c", "grpc"],
            true,
        );
        const external = isExternal(inputs.get("loadBalancingScheme"), scheme);
        return failIf(and(external, http, not(isPresent(policy))), policy, NO_WAF);
    };
}

const ALB = "alb.ingress.kubernetes.io";

/** The controller of AWS makes a load balancer from an Ingress, and says by annotation what guards it. */
const ingress: Check = ({ inputs }) => {
    const annotations = inputs.at("metadata.annotations");
    const acl = annotations.get(`${ALB}/wafv2-acl-arn`);
    const guarded = or(isPresent(acl), isPresent(annotations.get(`${ALB}/waf-acl-id`)));
    const isPublic = isOneOf(annotations.get(`${ALB}/scheme`), ["internet-facing"], false);
    return failIf(and(isPublic, not(guarded)), acl, NO_WAF);
};

/** An API without a type of endpoint is public. */
function isPublicStage(stack: Stack, stage: StackResource): Truth {
    const api = stack.targets(stage, "restApi").find(({ type }) => type === REST_API);
    if (api === undefined) return { unknown: "restApi" };
    const types = api.given.at("endpointConfiguration.types");
    const own = types.text().state === "known" ? isPrivate(types) : some(types, isPrivate);
    return not(own);
}

function isPrivate(type: Value): Truth {
    return isOneOf(type, ["private"], false);
}

function amazon(stack: Stack): readonly StackVerdict[] {
    const targets = stack.all(...LOAD_BALANCERS, STAGE);
    const acls = attached(stack, targets, {
        types: ASSOCIATIONS,
        input: "resourceArn",
        names: ["arn"],
    });
    return targets.flatMap((target) => {
        const isPublic =
            target.type === STAGE ? isPublicStage(stack, target) : isPublicHttp(target);
        const guarded = or(acls.of(target).length > 0, maybe(acls.loose, "resourceArn"));
        return on(target, failIf(and(isPublic, not(guarded)), target.given, NO_WAF));
    });
}

function frontDoors(stack: Stack): readonly StackVerdict[] {
    const profiles = stack.all(FRONT_DOOR);
    const policies = attached(stack, profiles, {
        types: [FRONT_DOOR_POLICY],
        input: "profileName",
        names: ["profileName", "name"],
    });
    return profiles.flatMap((profile) => {
        const sku = profile.given.at("sku.name");
        const isFrontDoor = holds(sku, sku.text(), (name) => /AzureFrontDoor$/i.test(name), false);
        const guarded = or(policies.of(profile).length > 0, maybe(policies.loose, "profileName"));
        return on(profile, failIf(and(isFrontDoor, not(guarded)), profile.given, NO_WAF));
    });
}

/** Requests from the internet are looked at before they reach an application. */
export const edgeWaf: Rule = {
    id: "edge-waf",
    title: "Every public load balancer and gateway has a web application firewall.",
    why: "Attacks on web applications are automated: without a filter in front, every flaw is tried from the day it is published.",
    clouds: ["aws", "azure", "gcp", "kubernetes"],
    pack: "security",
    severity: "medium",
    requirements: { "PCI DSS": ["6.4.2"] },
    remediation: {
        aws: "Associate a web ACL with the load balancer or the stage.",
        "aws:cloudfront": "Set webAclId.",
        "azure-native:network": "Set firewallPolicy on the application gateway.",
        "azure-native:cdn": "Add a SecurityPolicy to the Front Door profile.",
        gcp: "Set securityPolicy on the backend service.",
        kubernetes: "Annotate the Ingress with alb.ingress.kubernetes.io/wafv2-acl-arn.",
    },
    see: "https://docs.aws.amazon.com/waf/latest/developerguide/waf-chapter.html",
    checks: {
        ...forTypes(
            [
                "aws:cloudfront/distribution:Distribution",
                "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
            ],
            distribution,
        ),
        [APPLICATION_GATEWAY]: applicationGateway,
        "gcp:compute/backendService:BackendService": backend(true),
        "gcp:compute/regionBackendService:RegionBackendService": backend(false),
        "kubernetes:networking.k8s.io:Ingress": ingress,
    },
    stack: {
        judges: [...LOAD_BALANCERS, STAGE, FRONT_DOOR],
        reads: [...ASSOCIATIONS, REST_API, FRONT_DOOR_POLICY],
        check: (stack) => [...amazon(stack), ...frontDoors(stack)],
    },
    note:
        "Network load balancers pass on what they cannot read, and are left out. So are gateways inside clusters, whose " +
        "firewall is not told by their own input.",
};
