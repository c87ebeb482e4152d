import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { Provider as AwsProvider } from "@pulumi/aws/provider.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { ServiceAccountPatch } from "@pulumi/kubernetes/core/v1/serviceAccountPatch.js";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import type { Rule } from "../../policies/rules/rule.ts";
import { each, failIf, isPresent } from "../../policies/runtime/truth.ts";
import { planCommand, type Surroundings } from "../../tools/plan/command.ts";
import { makePlan } from "../../tools/plan/make.ts";
import { once } from "../support/once.ts";

/** The text of every secret in the programs below: it may stand nowhere. */
export const HIDDEN = "hunter2-is-hidden";

export const TODAY = "2026-11-21";

/** The plan of one of the repository's stack files, made once for all tests of a process: they only look at it. */
export const wholePlan = once((stack: string) => makePlan({ stack, sources: true, today: TODAY }));

const FACTS = {
    clouds: ["aws"],
    pack: "security",
    requirements: {},
    see: "https://example.com",
} as const;

/** Two rules, so that the tests do not depend on the project's own. */
export const RULES: readonly Rule[] = [
    {
        ...FACTS,
        id: "test-no-ingress",
        title: "Nothing comes in.",
        why: "It might be anybody.",
        severity: "critical",
        remediation: "Take the rule away.",
        checks: {
            "aws:ec2/securityGroup:SecurityGroup": ({ inputs }) =>
                each(inputs.get("ingress"), (rule) =>
                    failIf(isPresent(rule.get("fromPort")), rule, "lets something in"),
                ),
        },
        fixes: {
            "aws:ec2/securityGroup:SecurityGroup": {
                replaces: false,
                changes: () => [{ path: "ingress", value: [] }],
            },
        },
    },
    {
        ...FACTS,
        id: "test-no-network",
        title: "Subnets belong to no network.",
        why: "There is no reason.",
        severity: "high",
        remediation: "Take the subnet away.",
        checks: {
            "aws:ec2/subnet:Subnet": ({ inputs }) => {
                const network = inputs.get("vpcId");
                return failIf(isPresent(network), network, "names a network");
            },
        },
    },
];

/** A folder with a project and stack files, which is gone after the test. */
export async function withProject<T>(
    stacks: Readonly<Record<string, string>>,
    use: (root: string) => Promise<T>,
): Promise<T> {
    const root = await mkdtemp(join(tmpdir(), "plan-"));
    try {
        await writeFile(join(root, "Pulumi.yaml"), "name: tiny\nruntime: nodejs\n");
        for (const [stack, text] of Object.entries(stacks)) {
            await writeFile(join(root, `Pulumi.${stack}.yaml`), text);
        }
        return await use(root);
    } finally {
        await rm(root, { recursive: true, force: true });
    }
}

/** Runs the command and keeps what it prints. */
export async function plan(
    args: readonly string[],
    around: Surroundings = {},
): Promise<{ code: number; text: string }> {
    let text = "";
    const screen = { columns: 100, write: (chunk: string) => (text += chunk) };
    const code = await planCommand(args, screen, {
        today: TODAY,
        rules: RULES,
        waivers: [],
        ...around,
    });
    return { code, text };
}

/** A network in a component, whose outputs hold something known, something unknown and something secret. */
class Box extends pulumi.ComponentResource {
    readonly vpc: Vpc;
    constructor(name: string) {
        super("test:index:Box", name);
        const provider = new AwsProvider(name, { region: "eu-central-1" }, { parent: this });
        const within = { parent: this, provider };
        this.vpc = new Vpc(name, { cidrBlock: "10.0.0.0/16" }, { ...within, protect: true });
        const { accountId } = getCallerIdentityOutput({}, within);
        const tags = { password: pulumi.secret(HIDDEN), account: accountId };
        const args = { vpcId: this.vpc.id, cidrBlock: "10.0.1.0/24", tags };
        new Subnet(name, args, { parent: this.vpc, provider });
        this.registerOutputs();
    }
}

export function network(): Record<string, unknown> {
    const { vpc } = new Box("tiny");
    void pulumi.log.warn("mind the gap", vpc);
    void pulumi.log.warn("mind the gap", vpc);
    return { block: vpc.cidrBlock, id: vpc.id, password: pulumi.secret(HIDDEN) };
}

/** Objects of every kind that manifests treat differently. */
export function cluster(): Record<string, unknown> {
    const aws = new AwsProvider("cloud", { region: "eu-central-1" });
    const vpc = new Vpc("tiny", { cidrBlock: "10.0.0.0/16" }, { provider: aws });
    const kubeconfig = pulumi.secret(HIDDEN);
    const provider = new KubernetesProvider("tiny", { kubeconfig });
    const namespace = new Namespace("shop", { metadata: { name: "shop" } }, { provider });
    const inShop = (name: string) => ({ name, namespace: namespace.metadata.name });
    const stringData = { password: pulumi.secret(HIDDEN), user: "yes" };
    const secret = new Secret("login", { metadata: inShop("login"), stringData }, { provider });
    const config = new ConfigMap("made-up", { data: { flag: "on" } }, { provider });
    const release = new Release(
        "operator",
        {
            chart: "operator",
            version: "1.2.3",
            name: "operator",
            namespace: "shop",
            repositoryOpts: { repo: "https://charts.example.com" },
            values: { replicas: 2, vpc: vpc.id },
        },
        { provider, dependsOn: namespace },
    );
    const env = [{ name: "VPC", value: vpc.id }];
    const labels = { app: "web" };
    new Deployment(
        "web",
        {
            metadata: inShop("web"),
            spec: {
                selector: { matchLabels: labels },
                template: {
                    metadata: { labels },
                    spec: { containers: [{ name: "web", image: "example.com/web:1.0.0", env }] },
                },
            },
        },
        { provider, dependsOn: [release, secret, config] },
    );
    const patched = { metadata: { name: "default", namespace: "shop" } };
    new ServiceAccountPatch("default", { ...patched, imagePullSecrets: [] }, { provider });
    return {};
}
