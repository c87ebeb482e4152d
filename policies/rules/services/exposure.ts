import type { Value } from "../../runtime/reader.ts";
import { and, each, failIf, holds, isOneOf, not, or, type Truth } from "../../runtime/truth.ts";
import { forKinds, isAllowed, mark, namesOption, type ObjectCheck } from "../objects.ts";
import type { Rule } from "../rule.ts";

const AWS_SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";
const AWS_INTERNAL = "service.beta.kubernetes.io/aws-load-balancer-internal";

/** What says on each cloud that a load balancer has an address of the network only. */
const INTERNAL: Readonly<Record<string, readonly string[]>> = {
    [AWS_SCHEME]: ["internal"],
    [AWS_INTERNAL]: ["true", "0.0.0.0/0"],
    "service.beta.kubernetes.io/azure-load-balancer-internal": ["true"],
    "networking.gke.io/load-balancer-type": ["internal"],
    "cloud.google.com/load-balancer-type": ["internal"],
};

/** GKE's class for load balancers with an address of the network, which it recommends over the annotation. */
const GKE_INTERNAL_CLASS = "networking.gke.io/l4-regional-internal";

/** The AWS Load Balancer Controller makes internal load balancers unless it is told to face the internet. */
const INTERNAL_CLASS = "service.k8s.aws/nlb";
/** What EKS Auto Mode makes where nothing is said, its documentation leaves open. */
const OPEN_CLASS = "eks.amazonaws.com/nlb";
/** By these words of an annotation, too, a Service is the controller's. */
const AWS_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";
const CONTROLLED = ["external", "nlb-ip"];

/** Whether annotations of what makes a load balancer say that it has an address of the network only. */
export function saysInternal(annotations: Value): Truth {
    const marks = Object.entries(INTERNAL);
    return or(...marks.map(([name, words]) => isOneOf(annotations.get(name), words, false)));
}

function isInternal(service: Value): Truth {
    const name = service.at("spec.loadBalancerClass");
    const byClass = holds(name, name.text(), (text) => text === GKE_INTERNAL_CLASS, false);
    return or(
        saysInternal(service.at("metadata.annotations")),
        byClass,
        isInternalByDefault(service),
    );
}

function isInternalByDefault(service: Value): Truth {
    const scheme = mark(service, "annotations", AWS_SCHEME);
    const old = mark(service, "annotations", AWS_INTERNAL);
    const name = service.at("spec.loadBalancerClass");
    if (scheme.state !== "absent" || old.state !== "absent") return false;
    const byClass = holds(
        name,
        name.text(),
        (text) => (text === OPEN_CLASS ? { unknown: scheme.path } : text === INTERNAL_CLASS),
        false,
    );
    return or(byClass, isOneOf(mark(service, "annotations", AWS_TYPE), CONTROLLED, false));
}

const exposed: ObjectCheck = (service, { options }) => {
    const type = service.at("spec.type");
    const refused = not(isAllowed(service, options.get("allowed")));
    return [
        ...failIf(
            and(isOneOf(type, ["nodeport"], false), refused),
            type,
            "opens a port on every node",
        ),
        ...failIf(
            and(isOneOf(type, ["loadbalancer"], false), not(isInternal(service)), refused),
            type,
            "gives the Service a public address",
        ),
        ...each(service.at("spec.externalIPs"), (address) =>
            failIf(
                refused,
                address,
                "takes over traffic to an address that nobody checks is the Service's own",
            ),
        ),
    ];
};

/** Services are reached from within, and from outside through the few that are named. */
export const serviceNotPublic: Rule = {
    id: "k8s-no-nodeport-or-public-lb",
    title: "A Service is not open to the outside, unless it is named.",
    why: "A node port and a public load balancer go round the gateway, with its TLS, firewall and logs; an external IP lets a Service take other Services' traffic (CVE-2020-8554).",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: {},
    analogies: { "PCI DSS": ["1.4.2"], NSA: ["C-0054"] },
    remediation:
        "Use spec.type ClusterIP behind the gateway, or an internal load balancer by the cloud's annotation or class, and remove " +
        "spec.externalIPs. The gateway's own Service is named in the option `allowed`.",
    see: "https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer",
    options: {
        properties: {
            allowed: namesOption("The metadata.name of Services that may be open to the outside"),
        },
    },
    checks: forKinds(["kubernetes:core:Service"], exposed),
    note:
        "The AWS Load Balancer Controller makes an internal load balancer where no scheme is given; a Service is its own by " +
        "the class service.k8s.aws/nlb, or by the type external or nlb-ip in the annotation of old. Of EKS Auto Mode's own " +
        "class without a scheme the rule says unknown.",
};
