import type { Value } from "../../runtime/reader.ts";
import {
    and,
    failIf,
    failIfOn,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { isWorld } from "../addresses.ts";
import type { Check, Fix, Rule } from "../rule.ts";
import { CLUSTER } from "./pools.ts";

const endpoint: Check = ({ inputs }) => {
    const authorized = inputs.get("masterAuthorizedNetworksConfig");
    const ipEndpoints = inputs.at("controlPlaneEndpointsConfig.ipEndpointsConfig.enabled");
    const privateOnly = inputs.at("privateClusterConfig.enablePrivateEndpoint");
    // A block without ranges lets nobody in from outside; no block at all lets everybody in.
    const open: Truth = or(
        not(isPresent(authorized)),
        some(authorized.get("cidrBlocks"), (block) => isWorld(block.get("cidrBlock"))),
    );
    const anyTenant = authorized.get("gcpPublicCidrsAccessEnabled");
    const isPublic = and(isOn(ipEndpoints, true), not(isOn(privateOnly, false)));
    // The provider sends it only where it is set; else Google lets its own customers in to clusters of public nodes.
    const unsaid: Truth = and(not(open), not(hasPrivateNodes(inputs)), { unknown: anyTenant.path });
    const letsIn = anyTenant.state === "absent" ? unsaid : isOn(anyTenant, false);
    return [
        ...failIf(
            and(isPublic, open),
            authorized,
            "the control plane's public address answers to the whole internet",
        ),
        ...failIf(
            and(isPublic, letsIn),
            anyTenant,
            "the control plane's public address answers to every customer of Google Cloud",
        ),
        ...dnsEndpoint(inputs.at("controlPlaneEndpointsConfig.dnsEndpointConfig")),
    ];
};

function hasPrivateNodes(inputs: Value): Truth {
    return isOn(inputs.at("privateClusterConfig.enablePrivateNodes"), false);
}

/** Everybody reaches the DNS endpoint; what protects it is that IAM is asked first, which these two ways leave out. */
function dnsEndpoint(config: Value): readonly Verdict[] {
    const external = isOn(config.get("allowExternalTraffic"), false);
    return ["enableK8sTokensViaDns", "enableK8sCertsViaDns"].flatMap((name) => {
        const way = config.get(name);
        return failIf(and(external, isOn(way, false)), way, "lets callers past IAM");
    });
}

/**
 * The control plane of a GKE cluster has no public address, or one that is open to listed ranges only.
 *
 * The DNS endpoint by itself is no finding: it lets nobody through whom IAM does not, and CIS prefers it since GKE
 * 2.0.0.
 */
export const gkeControlPlaneNotPublic: Rule = {
    id: "gcp-gke-control-plane-not-public",
    title: "The control plane of a GKE cluster does not answer to the whole internet.",
    why:
        "A Kubernetes API that answers to every address is found by scanners within minutes; from then on one leaked " +
        "credential or one flaw in the API server is enough to take the cluster.",
    clouds: ["gcp"],
    pack: "security",
    severity: "critical",
    requirements: {
        "PCI DSS": ["1.3.1", "1.4.2"],
        HIPAA: ["164.312(a)(1)", "164.312(e)(1)"],
        "CIS GKE": ["5.6.3", "5.6.4"],
    },
    analogies: { "SOC 2": ["CC6.6"], GDPR: ["32"] },
    remediation:
        "Set privateClusterConfig.enablePrivateEndpoint to true, switch the IP endpoints off in " +
        "controlPlaneEndpointsConfig, or list your own ranges in masterAuthorizedNetworksConfig.cidrBlocks with " +
        "gcpPublicCidrsAccessEnabled false.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/network-isolation",
    checks: { [CLUSTER]: endpoint },
    note:
        "Where authorised networks say nothing of gcpPublicCidrsAccessEnabled, Google decides by the kind of cluster whether " +
        "every machine of its customers gets through, so a cluster of public nodes is undecided.",
};

const signIn: Check = ({ inputs }) => {
    const certificate = inputs.at("masterAuth.clientCertificateConfig.issueClientCertificate");
    const anonymous = inputs.at("anonymousAuthenticationConfig.mode");
    return [
        ...failIfOn(
            inputs.get("enableLegacyAbac"),
            "grants permissions that neither RBAC nor IAM shows",
        ),
        ...failIfOn(certificate, "issues a certificate that nobody can take back"),
        ...failIf(
            not(isOneOf(anonymous, ["limited"], false)),
            anonymous,
            "lets callers without a name ask for more than the health checks",
        ),
    ];
};

const modernSignIn: Fix = {
    replaces: false,
    changes: ({ inputs }) => [
        ...(isOn(inputs.get("enableLegacyAbac"), false) === true
            ? [{ path: "enableLegacyAbac", value: false }]
            : []),
        ...(isOneOf(inputs.at("anonymousAuthenticationConfig.mode"), ["limited"], false) === false
            ? [{ path: "anonymousAuthenticationConfig.mode", value: "LIMITED" }]
            : []),
    ],
};

/** Only people and workloads with a name of today's kind are let in. */
export const gkeNoLegacyAuth: Rule = {
    id: "gcp-gke-no-legacy-auth",
    title: "Nobody signs in to a GKE cluster by a legacy way, and nobody without a name gets far.",
    why: "Legacy sign-in goes past IAM and RBAC: what it grants appears in no review, and it cannot be withdrawn from one person.",
    clouds: ["gcp"],
    pack: "security",
    severity: "high",
    requirements: { "CIS GKE": ["5.8.1", "5.8.3"] },
    analogies: { "PCI DSS": ["8.2.1"] },
    remediation:
        "Set enableLegacyAbac to false, masterAuth.clientCertificateConfig.issueClientCertificate to false, which " +
        "replaces the cluster, and anonymousAuthenticationConfig.mode to LIMITED.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster",
    checks: { [CLUSTER]: signIn },
    fixes: { [CLUSTER]: modernSignIn },
    note: "Basic authentication is gone: Kubernetes dropped it with 1.19, and the provider has no input for it.",
};

const secretsKey: Check = ({ inputs }) => {
    const state = inputs.at("databaseEncryption.state");
    const key = inputs.at("databaseEncryption.keyName");
    const encrypted = holds(
        state,
        state.text(),
        (text) => /^(?:encrypted$|all_objects_)/i.test(text),
        false,
    );
    return [
        ...failIf(not(encrypted), state, "leaves Secrets to Google's own key"),
        ...failIf(and(encrypted, not(isPresent(key))), key, "no key is named"),
    ];
};

/** Secrets are encrypted once more, by a key that their owner can withdraw. */
export const gkeSecretsCmek: Rule = {
    id: "gcp-gke-secrets-cmek",
    title: "A GKE cluster encrypts its Secrets with a key of yours.",
    why: "Only a key of your own lets you withdraw access to stored Secrets, and shows in its log who used it.",
    clouds: ["gcp"],
    pack: "security",
    severity: "high",
    requirements: { "PCI DSS": ["3.5.1"], "CIS GKE": ["5.3.1"] },
    analogies: { HIPAA: ["164.312(a)(2)(iv)"] },
    remediation:
        "Set databaseEncryption.state to ENCRYPTED and databaseEncryption.keyName to a Cloud KMS key of the cluster's " +
        "region that GKE's service agent may use.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets",
    checks: { [CLUSTER]: secretsKey },
};
