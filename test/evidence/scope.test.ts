import assert from "node:assert/strict";
import type { Framework } from "../../policies/frameworks/framework.ts";
import type { EvidenceInput } from "../../tools/evidence/evidence.ts";
import { inScope } from "../../tools/evidence/scope.ts";
import { frameworkOf } from "./support.ts";

const NAMESPACE = "kubernetes:core:Namespace";
const KUBERNETES = "pulumi:providers:kubernetes";
const EKS = "aws:eks/cluster:Cluster";
const AKS = "azure-native:containerservice:ManagedCluster";

type Rest = { readonly provider?: string; readonly dependencies?: readonly string[] };

const resource = (urn: string, type: string, { provider = "", dependencies = [] }: Rest = {}) => ({
    ...{ urn, type, provider, dependencies },
});

const RESOURCES = [
    resource("vpc", "aws:ec2/vpc:Vpc"),
    resource("vnet", "azure-native:network:VirtualNetwork"),
    resource("eks", EKS),
    resource("aks", AKS),
    resource("to-eks", KUBERNETES, { dependencies: ["vpc", "eks"] }),
    resource("to-aks", KUBERNETES, { dependencies: ["aks"] }),
    resource("on-eks", NAMESPACE, { provider: "to-eks" }),
    resource("on-aks", NAMESPACE, { provider: "to-aks" }),
    resource("somewhere", NAMESPACE, { provider: "from-a-file" }),
    resource("aws-provider", "pulumi:providers:aws"),
    resource("box", "platform:aws:Site"),
];

const INPUT: EvidenceInput = {
    ...{ project: "tiny", stack: "small", rules: [] },
    resources: RESOURCES,
    findings: [...RESOURCES.map(({ urn }) => urn), ""].map((urn) => ({
        ...{ rule: "open", title: "", severity: "high", level: "mandatory", pack: "security" },
        ...{ state: "fail", urn, path: "", message: "", why: "", remediation: "", see: "" },
        fixable: false,
    })),
};

function scopeOf(cloud?: Framework["cloud"]): EvidenceInput {
    return inScope(INPUT, { ...frameworkOf("1"), ...(cloud && { cloud }) });
}

describe("what a framework is about", () => {
    it("is everything, if it is not about one cloud", () => {
        assert.equal(scopeOf(), INPUT);
    });

    it("is the resources of its cloud, and the objects of its clusters or of one that is not known", () => {
        const urns = (cloud: Framework["cloud"]) => scopeOf(cloud).resources.map(({ urn }) => urn);
        assert.deepEqual(urns("aws"), [
            ...["vpc", "eks", "to-eks", "on-eks", "somewhere", "aws-provider"],
        ]);
        assert.deepEqual(urns("azure"), ["vnet", "aks", "to-aks", "on-aks", "somewhere"]);
        assert.deepEqual(urns("gcp"), ["somewhere"]);
    });

    it("is the findings about these, and about the stack as a whole", () => {
        assert.deepEqual(
            scopeOf("gcp").findings.map(({ urn }) => urn),
            ["somewhere", ""],
        );
    });
});
