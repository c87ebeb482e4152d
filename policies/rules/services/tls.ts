import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import {
    each,
    failIf,
    holds,
    isPresent,
    not,
    or,
    some,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { forKinds, mark, type ObjectCheck } from "../objects.ts";
import { KUBERNETES_PROVIDER, placesOf } from "../places.ts";
import { on, type Rule, type StackVerdict } from "../rule.ts";

const INGRESS = "kubernetes:networking.k8s.io:Ingress";
/** The same kind by its oldest name, which moved to another group than the rest did. */
const OLD_INGRESS = "kubernetes:apps:Ingress";
const INGRESSES = [INGRESS, OLD_INGRESS];

/** Annotations by which a cloud's load balancer gets its certificates, for all hosts at once. */
const CERTIFICATES: readonly string[] = [
    "alb.ingress.kubernetes.io/certificate-arn",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "networking.gke.io/managed-certificates",
    "networking.gke.io/pre-shared-certs",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
];

/** Where nothing names a certificate, the AWS Load Balancer Controller looks for one of each host, if told to speak HTTPS. */
const PORTS = "alb.ingress.kubernetes.io/listen-ports";

/** Whether a certificate's host is this one; a star stands for one label. */
function isFor(pattern: string, host: string): boolean {
    if (pattern === host) return true;
    return pattern.startsWith("*.") && host.slice(host.indexOf(".")) === pattern.slice(1);
}

function hasTls(ingress: Value, host: string): Truth {
    const bySpec = some(ingress.at("spec.tls"), (entry) => {
        const hosts = entry.get("hosts");
        const unsaid = isPresent(entry.get("secretName"));
        return some(
            hosts,
            (one) => holds(one, one.text(), (pattern) => isFor(pattern, host), false),
            unsaid,
        );
    });
    const byCloud = CERTIFICATES.map((name) => isPresent(mark(ingress, "annotations", name)));
    const ports = mark(ingress, "annotations", PORTS);
    const discovered = holds(ports, ports.text(), (text) => /\bHTTPS\b/.test(text), false);
    return or(bySpec, ...byCloud, discovered);
}

function judgeHost(ingress: Value, rule: Value): readonly Verdict[] {
    const host = rule.get("host");
    const text = host.text();
    if (text.state === "unknown") return [{ state: "unknown", path: host.path }];
    if (text.state === "absent" || text.value === "") {
        return failIf(true, host, "is for every host, also those of others");
    }
    if (text.value.startsWith("*")) {
        return failIf(true, host, "is for hosts that nobody has named");
    }
    return failIf(not(hasTls(ingress, text.value)), host, "has no certificate");
}

const ingressTls: ObjectCheck = (ingress) => {
    const fallback = ingress.at("spec.defaultBackend");
    const oldFallback = ingress.at("spec.backend");
    return [
        ...each(ingress.at("spec.rules"), (rule) => judgeHost(ingress, rule)),
        ...[fallback, oldFallback].flatMap((backend) =>
            failIf(isPresent(backend), backend, "answers for every host, also those of others"),
        ),
    ];
};

/** A host of an ingress, and where it is. */
interface Claim {
    readonly ingress: StackResource;
    readonly host: Value;
    readonly place: string | undefined;
}

function claimsByHost(stack: Stack): ReadonlyMap<string, readonly Claim[]> {
    const places = placesOf(stack);
    const found = new Map<string, Claim[]>();
    for (const ingress of stack.all(...INGRESSES)) {
        const rules = ingress.inputs.at("spec.rules").list();
        for (const rule of rules.state === "known" ? rules.value : []) {
            const host = rule.get("host");
            const text = host.text();
            if (text.state !== "known" || text.value === "") continue;
            const key = `${places.cluster(ingress)} ${text.value}`;
            const claim = { ingress, host, place: places.namespace(ingress) };
            const claims = found.get(key);
            if (claims === undefined) found.set(key, [claim]);
            else claims.push(claim);
        }
    }
    return found;
}

/** A host that Ingresses of two namespaces claim goes to whichever the controller saw first. */
function sharedHosts(stack: Stack): readonly StackVerdict[] {
    return [...claimsByHost(stack).values()].flatMap((claims) => {
        const places = new Set(claims.map(({ place }) => place));
        if (places.size < 2) return [];
        const isUnsure = places.has(undefined);
        const firm = places.size - (isUnsure ? 1 : 0) > 1;
        return claims.flatMap(({ ingress, host }) =>
            on(
                ingress,
                failIf(
                    firm ? true : { unknown: "metadata.namespace" },
                    host,
                    "is also claimed in another namespace",
                ),
            ),
        );
    });
}

/** What is reached from outside is reached over TLS, under a name that nobody else can take. */
export const ingressTlsRule: Rule = {
    id: "k8s-ingress-tls",
    title: "Every host of an Ingress is named, has a certificate, and belongs to one namespace.",
    why: "Without TLS anybody on the way reads sessions and passwords; a host that is open or claimed twice sends one team's users to another's pods.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: { "CIS EKS": ["5.4.5"], "CIS AKS": ["5.4.5"] },
    analogies: { "PCI DSS": ["4.2.1"], HIPAA: ["164.312(e)(1)"] },
    remediation:
        "Name each host in spec.rules[].host, list it in spec.tls[].hosts with the Secret of its certificate, and leave " +
        "spec.defaultBackend to the controller.",
    see: "https://kubernetes.io/docs/concepts/services-networking/ingress/#tls",
    checks: forKinds(INGRESSES, ingressTls),
    stack: {
        judges: INGRESSES,
        reads: [KUBERNETES_PROVIDER],
        check: sharedHosts,
    },
    note:
        "Several Ingresses of one namespace may share a host, as teams split paths that way. The certificates that ALB, " +
        "Application Gateway and Google's load balancer take by annotation count for all hosts, and so does an ALB that " +
        "listens to HTTPS, because its controller then finds the certificates itself.",
};
