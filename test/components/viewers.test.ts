import assert from "node:assert/strict";
import type { Properties } from "../../simulator/table.ts";
import type { Recorded, RecordedResource } from "../../tools/offline/mocks.ts";
import { runStack } from "../../tools/offline/stack.ts";
import { findings } from "./guardrails.ts";
import { validate } from "./kubernetes/schemas.ts";

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const ROLE = "azure-native:authorization:RoleAssignment";
const MEMBER = "gcp:projects/iAMMember:IAMMember";
const BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";

const AWS = {
    admin: "arn:aws:iam::123456789012:role/platform-admin",
    /** Who the simulated cloud takes the caller for. */
    deployer: "arn:aws:iam::123456789012:role/platform/deployer",
    team: "arn:aws:iam::123456789012:role/shop-team",
    other: "arn:aws:iam::123456789012:user/jane",
};
const AZURE = {
    admin: "00000000-0000-4000-8000-000000000001",
    team: "00000000-0000-4000-8000-00000000000a",
    other: "00000000-0000-4000-8000-00000000000b",
};
const GCP = {
    admin: "user:root@example.com",
    team: "user:jane@example.com",
    other: "user:joe@x.de",
};

type Named = Readonly<Record<string, readonly string[]>>;

/** Who may look at which application on which site. */
const NAMED: Readonly<Record<string, Named>> = {
    aws: { shop: [AWS.team, AWS.admin, AWS.deployer, AWS.team], api: [AWS.other, AWS.team] },
    azure: { shop: [AZURE.team, AZURE.admin, AZURE.team], api: [AZURE.other, AZURE.team] },
    gcp: { shop: [GCP.team, GCP.admin, GCP.team], api: [GCP.other, GCP.team] },
};

const of = (named: Named) =>
    Object.fromEntries(Object.entries(named).map(([key, view]) => [key, { access: { view } }]));

/** Three sites with three applications, `constructor` without anybody: every object of JavaScript has something of that name. */
function stackOf(named: Readonly<Record<string, Named>>): Record<string, unknown> {
    const site = (key: string, place: object, administrator: string) => ({
        cloud: key,
        ...place,
        apiAccess: { administrators: [administrator] },
        ...(named[key] && { applications: of(named[key]) }),
    });
    const image = "ghcr.io/acme/shop:1.4.2";
    return {
        "pulumi:disable-default-providers": ["*"],
        "platform:project": "myapp",
        "platform:environment": "prod",
        "platform:owner": "shop-team",
        "platform:costCentre": "cc-1000",
        "platform:applications": { shop: { image }, api: { image }, constructor: { image } },
        "platform:sites": {
            aws: site("aws", { region: "eu-central-1", account: "123456789012" }, AWS.admin),
            azure: site(
                "azure",
                { region: "westeurope", subscription: "12345678-9abc-4def-8123-456789abcdef" },
                AZURE.admin,
            ),
            gcp: site("gcp", { region: "europe-west3", project: "my-project-id" }, GCP.admin),
        },
    };
}

type Run = Recorded<unknown>;

/** What was made for those who look, by the name that it has. */
const made = (run: Run) =>
    run.resources.filter(({ type, name }) => type === BINDING || name.includes("-viewer-"));

/** The inputs of everything of a type that was made for those who look, without its generated name's tail. */
function inputsOf(run: Run, type: string, pick: readonly string[]) {
    return made(run)
        .filter((one) => one.type === type)
        .map(({ inputs }) => pick.map((key) => inputs[key]))
        .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

/** Whom the role bindings of a site name. */
function subjects(run: Run, site: string): Readonly<Record<string, unknown>> {
    const all = made(run).filter(
        ({ type, name }) => type === BINDING && name.startsWith(`myapp-prod-${site}-`),
    );
    return Object.fromEntries(all.map(({ name, inputs }) => [name, inputs["subjects"]]));
}

const RBAC = "rbac.authorization.k8s.io";
const group = (name: string) => ({ apiGroup: RBAC, kind: "Group", name });
const user = (name: string) => ({ apiGroup: RBAC, kind: "User", name });

describe("who may look at an application (G9.11)", function () {
    this.timeout(60_000);
    let run: Run;
    before(async () => (run = await runStack("prod", { config: stackOf(NAMED) })));

    it("has one entry on AWS, in a group for each application, but as an administrator none", () => {
        assert.deepEqual(inputsOf(run, ENTRY, ["principalArn", "type", "kubernetesGroups"]), [
            [AWS.deployer, "STANDARD", ["viewers:shop"]],
            [AWS.team, "STANDARD", ["viewers:api", "viewers:shop"]],
            [AWS.other, "STANDARD", ["viewers:api"]],
        ]);
        const all = run.all(ENTRY).map(({ inputs }) => String(inputs["principalArn"]));
        assert.deepEqual(all.sort(), [AWS.admin, AWS.deployer, AWS.other, AWS.team].sort());
    });

    it("has no policy of EKS, which administrators and whoever runs the stack have", () => {
        const bound = run.all(ASSOCIATION).map(({ inputs }) => String(inputs["principalArn"]));
        assert.deepEqual(bound.sort(), [AWS.admin, AWS.deployer].sort());
    });

    it("is named on AWS by the application's group", () => {
        assert.deepEqual(subjects(run, "aws"), {
            "myapp-prod-aws-api": [group("viewers:api")],
            "myapp-prod-aws-shop": [group("viewers:shop")],
        });
    });

    it("may fetch the kubeconfig on Azure, by a role that the cluster's lock does not hold", () => {
        const site = run.one("azure-native:resources:ResourceGroup", "myapp-prod-azure").id;
        const role =
            "/subscriptions/12345678-9abc-4def-8123-456789abcdef/providers/Microsoft.Authorization/roleDefinitions/4abbcc35-e782-43d8-92c5-2d3f1bd2253f";
        assert.deepEqual(
            inputsOf(run, ROLE, ["principalId", "principalType", "roleDefinitionId", "scope"]),
            [AZURE.admin, AZURE.team, AZURE.other].map((id) => [id, "Group", role, site]),
        );
    });

    it("is named on Azure by the group's object id", () => {
        assert.deepEqual(subjects(run, "azure"), {
            "myapp-prod-azure-api": [group(AZURE.other), group(AZURE.team)],
            "myapp-prod-azure-shop": [group(AZURE.team), group(AZURE.admin)],
        });
    });

    it("may fetch the address of this cluster on Google Cloud, unless it administers it", () => {
        const condition = {
            title: "Cluster myapp-prod-gcp",
            expression:
                'resource.type == "container.googleapis.com/Cluster" && resource.name.endsWith("/clusters/myapp-prod-gcp")',
        };
        assert.deepEqual(
            inputsOf(run, MEMBER, ["member", "role", "project", "condition"]),
            [GCP.team, GCP.other].map((member) => [
                member,
                "roles/container.clusterViewer",
                "my-project-id",
                condition,
            ]),
        );
    });

    it("is named on Google Cloud by e-mail address", () => {
        assert.deepEqual(subjects(run, "gcp"), {
            "myapp-prod-gcp-api": [user("joe@x.de"), user("jane@example.com")],
            "myapp-prod-gcp-shop": [user("jane@example.com"), user("root@example.com")],
        });
    });

    it("gets Kubernetes' own role `view` in the application's namespace, and no other", () => {
        const bindings = run.all(BINDING);
        assert.equal(bindings.length, 6);
        for (const { type, name, inputs, parent } of bindings) {
            const beside = run.one("kubernetes:core/v1:LimitRange", name);
            const { labels } = beside.inputs["metadata"] as Properties;
            const namespace = name.slice(name.lastIndexOf("-") + 1);
            assert.deepEqual(inputs["metadata"], { name: "viewers", namespace, labels });
            const view = { apiGroup: RBAC, kind: "ClusterRole", name: "view" };
            assert.deepEqual(inputs["roleRef"], view);
            assert.equal(parent, beside.parent);
            validate(type, inputs);
        }
    });

    it("is the same while nothing is known yet", async () => {
        const preview = await runStack("prod", { config: stackOf(NAMED), preview: true });
        assert.deepEqual(preview.urns(), run.urns());
        assert.deepEqual(whom(preview), whom(run));
    });

    it("is found right by every guardrail, known or not", async () => {
        const urns = /-viewer-|:RoleBinding::/;
        const preview = await runStack("prod", { config: stackOf(NAMED), preview: true });
        for (const one of [run, preview]) assert.deepEqual(findings(one, urns), []);
    });

    it("changes nothing else: without anybody named the rest is there, and nothing more", async () => {
        const without = await runStack("prod", { config: stackOf({}) });
        assert.deepEqual(made(without), []);
        const more = new Set(made(run).map(({ urn }) => urn));
        // Whoever runs the stack has one entry, under the name of a viewer's once he is named as one.
        const deployer = without.all(ENTRY).find(isOf(AWS.deployer));
        assert.deepEqual(
            without.urns().filter((urn) => urn !== deployer?.urn),
            run.urns().filter((urn) => !more.has(urn)),
        );
        assert.equal(without.all(ENTRY).length, 2);
    });

    it("keeps the entry on AWS of somebody who becomes an administrator, and back", async () => {
        const entryOf = ({ resources }: Run) => {
            const found = resources.filter(({ type }) => type === ENTRY).find(isOf(AWS.team));
            assert.ok(found);
            return found;
        };
        const config = stackOf(NAMED);
        const sites = config["platform:sites"] as Record<string, object>;
        const apiAccess = { administrators: [AWS.admin, AWS.team] };
        const changed = { ...sites, aws: { ...sites["aws"], apiAccess } };
        const viewer = entryOf(run);
        const administrator = entryOf(
            await runStack("prod", { config: { ...config, "platform:sites": changed } }),
        );
        assert.match(viewer.name, /^myapp-prod-aws-viewer-[0-9a-f]{6}$/);
        assert.match(administrator.name, /^myapp-prod-aws-admin-[0-9a-f]{6}$/);
        assert.deepEqual(viewer.options.aliases, [administrator.urn]);
        assert.deepEqual(administrator.options.aliases, [viewer.urn]);
    });
});

const isOf =
    (arn: string) =>
    ({ inputs }: RecordedResource) =>
        inputs["principalArn"] === arn;

/** Whom each binding names. */
function whom(run: Run): readonly [string, unknown][] {
    const pairs = run.all(BINDING).map(({ urn, inputs }: RecordedResource) => {
        const pair: [string, unknown] = [urn, inputs["subjects"]];
        return pair;
    });
    return pairs.sort(([a], [b]) => a.localeCompare(b));
}
