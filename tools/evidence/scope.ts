import type { Framework } from "../../policies/frameworks/framework.ts";
import { CLUSTERS, KUBERNETES_PROVIDER } from "../../policies/rules/places.ts";
import type { EvidenceInput } from "./evidence.ts";

/** `none` stands for what is in no cloud at all, such as components. */
type Clouds = Framework["cloud"] | "none";

/** The clouds by the packages of their resources. */
const PACKAGES: Readonly<Record<string, Framework["cloud"]>> = {
    aws: "aws",
    "azure-native": "azure",
    gcp: "gcp",
};

/**
 * The part of a plan that a framework is about.
 *
 * A benchmark of one cloud says nothing about resources of the others, and must not pass for their sake. Kubernetes objects
 * belong to the cloud of their cluster; where the provider does not tell it, they count for every benchmark.
 */
export function inScope(input: EvidenceInput, { cloud }: Framework): EvidenceInput {
    if (cloud === undefined) return input;
    const byUrn = new Map(input.resources.map((resource) => [resource.urn, resource]));
    const clouds = new Map<string, Clouds>();
    const cloudBehind = (provider: string): Clouds => {
        const types = (byUrn.get(provider)?.dependencies ?? []).map((urn) => byUrn.get(urn)?.type);
        const cluster = Object.values(CLUSTERS).find((type) => types.includes(type));
        return cluster === undefined ? undefined : PACKAGES[packageOf(cluster)];
    };
    for (const { urn, type, provider } of input.resources) {
        const ofCluster = packageOf(type) === "kubernetes";
        const behind = type === KUBERNETES_PROVIDER ? urn : provider;
        clouds.set(urn, ofCluster ? cloudBehind(behind) : (PACKAGES[packageOf(type)] ?? "none"));
    }
    const isHere = (urn: string) => (clouds.get(urn) ?? cloud) === cloud;
    return {
        ...input,
        resources: input.resources.filter(({ urn }) => isHere(urn)),
        findings: input.findings.filter(({ urn }) => isHere(urn)),
    };
}

/** `aws` for `aws:ec2/vpc:Vpc` and for `pulumi:providers:aws`. */
function packageOf(type: string): string {
    return type.replace("pulumi:providers:", "").split(":", 1)[0] ?? "";
}
