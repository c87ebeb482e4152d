import assert from "node:assert/strict";
import { rules } from "../../policies/rules/index.ts";
import { normalise } from "../../policies/runtime/normalise.ts";
import { Value } from "../../policies/runtime/reader.ts";
import { UNKNOWN as UNTOLD, type RecordedResource } from "../support/mocks.ts";
import { runStack } from "../support/stack.ts";
import { change, type Inputs, type Json } from "./examples/example.ts";
import { UNKNOWN } from "./judge.ts";

/** As the engine sends it: what is not known yet is the engine's own sentinel. */
function asSent(value: unknown): Inputs {
    const text = JSON.stringify(value).replaceAll(JSON.stringify(UNTOLD), `"${UNKNOWN}"`);
    return JSON.parse(text) as Inputs;
}

/** What the rules find in one resource, as "rule path". */
function findingsOn(
    resource: RecordedResource,
    inputs: Inputs = asSent(resource.inputs),
): readonly string[] {
    const type = normalise(resource.type);
    const value = new Value(inputs, new Set(resource.secrets));
    return rules.flatMap((rule) => {
        const check = rule.checks[type] ?? rule.checks["*"];
        const verdicts = check?.({ type, inputs: value, options: new Value({}) }) ?? [];
        return verdicts
            .filter(({ state }) => state === "fail")
            .map(({ path }) => `${rule.id} ${path}`);
    });
}

function stackFindings(resources: readonly RecordedResource[]): readonly string[] {
    const sent = resources.map((resource) => ({
        type: normalise(resource.type),
        urn: resource.urn,
        props: new Value(asSent({ ...resource.inputs, ...resource.outputs })),
        references: (input: string) => resource.options.propertyDependencies[input] ?? [],
    }));
    return rules.flatMap(({ id, stack }) =>
        (stack?.check(sent.filter(({ type }) => stack.types.includes(type))) ?? [])
            .filter(({ state }) => state === "fail")
            .map(({ urn }) => `${id} ${urn}`),
    );
}

async function resourcesOf(stack: string, preview: boolean): Promise<readonly RecordedResource[]> {
    const { resources } = await runStack(stack, { preview });
    assert.ok(resources.length > 50);
    return resources;
}

const STAR = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
const EVERYBODY = JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*" }] });
const open = (port: number): Json => [
    { protocol: "tcp", fromPort: port, toPort: port, cidrBlocks: ["0.0.0.0/0"] },
];
const ALL_PORTS: Json = [
    { protocol: "udp", fromPort: 0, toPort: 65_535, cidrBlocks: ["0.0.0.0/0"] },
];

const GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const CONTAINER = "spec.template.spec.containers[0]";

/** What is done to the platform's own resources, and what must stop it: rule, type, changes, where it is found. */
const MUTATIONS: readonly (readonly [
    rule: string,
    type: string,
    changes: Readonly<Record<string, Json>>,
    path: string,
])[] = [
    [
        "aws-eks-endpoint-not-world-open",
        "aws:eks/cluster:Cluster",
        { "vpcConfig.endpointPublicAccess": true, "vpcConfig.publicAccessCidrs": ["0.0.0.0/0"] },
        "vpcConfig.publicAccessCidrs",
    ],
    [
        "az-aks-api-not-world-open",
        "azure-native:containerservice:ManagedCluster",
        { apiServerAccessProfile: { enablePrivateCluster: false } },
        "apiServerAccessProfile.authorizedIPRanges",
    ],
    [
        "gcp-gke-control-plane-not-public",
        "gcp:container/cluster:Cluster",
        {
            "privateClusterConfig.enablePrivateEndpoint": false,
            "masterAuthorizedNetworksConfig.cidrBlocks": [{ cidrBlock: "0.0.0.0/0" }],
        },
        "masterAuthorizedNetworksConfig",
    ],
    [
        "db-no-public-access",
        "aws:rds/instance:Instance",
        { publiclyAccessible: true },
        "publiclyAccessible",
    ],
    [
        "db-no-public-access",
        "azure-native:dbforpostgresql:Server",
        { network: {} },
        "network.publicNetworkAccess",
    ],
    [
        "db-no-public-access",
        "gcp:sql/databaseInstance:DatabaseInstance",
        { "settings.ipConfiguration.ipv4Enabled": true },
        "settings.ipConfiguration.ipv4Enabled",
    ],
    [
        "db-no-world-firewall",
        "gcp:sql/databaseInstance:DatabaseInstance",
        { "settings.ipConfiguration.authorizedNetworks": [{ value: "0.0.0.0/0" }] },
        "settings.ipConfiguration.authorizedNetworks[0]",
    ],
    [
        "db-encrypted-at-rest",
        "aws:rds/instance:Instance",
        { storageEncrypted: false },
        "storageEncrypted",
    ],
    [
        "registry-no-public-or-anonymous",
        "azure-native:containerregistry:Registry",
        { anonymousPullEnabled: true },
        "anonymousPullEnabled",
    ],
    [
        "registry-no-public-or-anonymous",
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
        { policy: EVERYBODY },
        "policy.Statement[0]",
    ],
    [
        "bucket-public-access-blocked",
        "azure-native:storage:StorageAccount",
        { allowBlobPublicAccess: true },
        "allowBlobPublicAccess",
    ],
    ["net-no-world-ingress-admin-ports", GROUP, { ingress: open(22) }, "ingress[0]"],
    ["net-no-world-ingress-db-ports", GROUP, { ingress: open(5432) }, "ingress[0]"],
    ["net-no-world-ingress-any", GROUP, { ingress: ALL_PORTS }, "ingress[0]"],
    ["kms-no-public-principal", "aws:kms/key:Key", { policy: EVERYBODY }, "policy.Statement[0]"],
    [
        "secret-not-plaintext",
        "kubernetes:apps/v1:Deployment",
        { [`${CONTAINER}.env`]: [{ name: "DB_PASSWORD", value: "hunter2" }] },
        `${CONTAINER}.env[0].value`,
    ],
    ["iam-no-star-admin", "aws:iam/rolePolicy:RolePolicy", { policy: STAR }, "policy.Statement[0]"],
    [
        "iam-no-wildcard-trust",
        "aws:iam/role:Role",
        { assumeRolePolicy: EVERYBODY },
        "assumeRolePolicy.Statement[0]",
    ],
    [
        "k8s-no-privileged",
        "kubernetes:apps/v1:Deployment",
        { [`${CONTAINER}.securityContext.privileged`]: true },
        `${CONTAINER}.securityContext.privileged`,
    ],
];

describe("the security rules on the platform's own stacks", () => {
    let prod: readonly RecordedResource[];

    before(async () => {
        prod = await resourcesOf("prod", false);
    });

    it("find nothing in dev while it is previewed", async () => {
        const dev = await resourcesOf("dev", true);
        assert.deepEqual(
            dev.flatMap((resource) => findingsOn(resource)),
            [],
        );
        assert.deepEqual(stackFindings(dev), []);
    });

    it("find nothing in prod once everything is known", () => {
        assert.deepEqual(
            prod.flatMap((resource) => findingsOn(resource)),
            [],
        );
        assert.deepEqual(stackFindings(prod), []);
    });

    for (const [rule, type, changes, path] of MUTATIONS) {
        it(`stop prod by ${rule} alone, if ${type} is given ${Object.keys(changes).join(", ")}`, () => {
            const resource = prod.find((candidate) => candidate.type === type);
            assert.ok(resource, `prod has no ${type}`);
            const broken = Object.entries(changes).reduce<Inputs>(
                (inputs, [place, value]) => change(inputs, place, value),
                asSent(resource.inputs),
            );
            assert.deepEqual(findingsOn(resource, broken), [`${rule} ${path}`]);
        });
    }
});
