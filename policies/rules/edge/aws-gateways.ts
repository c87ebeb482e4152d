import type { Value } from "../../runtime/reader.ts";
import { each, failIf, failIfOn, holds, isOneOf, not } from "../../runtime/truth.ts";
import { forTypes, type Check } from "../rule.ts";
import { OLD_TLS, PLAIN_HTTP } from "./messages.ts";

const VERSIONED = /^TLSv1\.[23]_/i;

function servesHttp(behavior: Value) {
    const policy = behavior.get("viewerProtocolPolicy");
    return failIf(
        not(isOneOf(policy, ["redirect-to-https", "https-only"], false)),
        policy,
        PLAIN_HTTP,
    );
}

/** With CloudFront's own certificate the oldest version cannot be chosen, and it is 1.0. */
const distribution: Check = ({ inputs }) => {
    const certificate = inputs.get("viewerCertificate");
    const version = certificate.get("minimumProtocolVersion");
    const isDefault = certificate.get("cloudfrontDefaultCertificate");
    const versions = failIf(
        not(holds(version, version.text(), (text) => VERSIONED.test(text), false)),
        version,
        OLD_TLS,
    );
    const own = failIfOn(isDefault, OLD_TLS);
    return [
        ...(own.length > 0 ? own : versions),
        ...servesHttp(inputs.get("defaultCacheBehavior")),
        ...each(inputs.get("orderedCacheBehaviors"), servesHttp),
        ...each(inputs.get("cacheBehaviors"), servesHttp),
    ];
};

/** What is not said is left to AWS, whose default depends on the kind of endpoint and has changed. */
function judgePolicy(policy: Value) {
    const modern = holds(
        policy,
        policy.text(),
        (text) => /^(?:TLS_1_[23]$|SecurityPolicy_TLS1[23]_)/i.test(text),
        { unknown: policy.path },
    );
    return failIf(not(modern), policy, OLD_TLS);
}

export const awsGatewayChecks: Readonly<Record<string, Check>> = {
    ...forTypes(
        [
            "aws:cloudfront/distribution:Distribution",
            "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
        ],
        distribution,
    ),
    "aws:apigateway/domainName:DomainName": ({ inputs }) =>
        judgePolicy(inputs.get("securityPolicy")),
    "aws:apigatewayv2/domainName:DomainName": ({ inputs }) =>
        judgePolicy(inputs.at("domainNameConfiguration.securityPolicy")),
};
