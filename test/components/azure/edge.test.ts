import assert from "node:assert/strict";
import { get } from "../../../simulator/paths.ts";
import { inspect, run } from "../../../tools/offline/mocks.ts";
import { buildEdge, edgeOf } from "./services-support.ts";
import { DEV, NAME, PROD } from "./support.ts";

const CONTROLLER = "azure-native:servicenetworking:TrafficControllerInterface";
const FRONTEND = "azure-native:servicenetworking:FrontendsInterface";
const ASSOCIATION = "azure-native:servicenetworking:AssociationsInterface";
const FIREWALL = "azure-native:network:WebApplicationFirewallPolicy";
const SECURITY = "azure-native:servicenetworking:SecurityPoliciesInterface";
const SUBNET = "azure-native:network:Subnet";
const ROLE = "azure-native:authorization:RoleAssignment";
const PLACE = { name: "public", namespace: "gateways" };

describe("the way into Azure, before Envoy", () => {
    const build = () => run(() => buildEdge(DEV, { gateway: "envoy", firewall: false }));
    const TCP = {
        "service.beta.kubernetes.io/port_80_health-probe_protocol": "tcp",
        "service.beta.kubernetes.io/port_443_health-probe_protocol": "tcp",
    };

    it("makes nothing, and asks AKS for a load balancer inside or outside the network", async () => {
        const recorded = await build();
        const own = recorded.resources.filter(({ urn }) => urn.includes("platform:azure:Edge$"));
        assert.deepEqual(own, []);
        assert.deepEqual(recorded.result.addons, []);
        assert.deepEqual(recorded.result.balancer("public"), { annotations: TCP });
        assert.deepEqual(recorded.result.balancer("internal"), {
            annotations: {
                ...TCP,
                "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
                "service.beta.kubernetes.io/azure-load-balancer-internal-subnet": "nodes-1",
            },
        });
    });

    it("puts the internal one into a subnet that there is", async () => {
        const recorded = await build();
        const subnets = recorded.all(SUBNET).map(({ inputs }) => inputs["subnetName"]);
        assert.ok(subnets.includes("nodes-1"));
    });

    it("rejects a firewall, which Envoy's load balancer cannot have", async () => {
        await assert.rejects(
            run(() => buildEdge(DEV, { gateway: "envoy", firewall: true })),
            /firewall: true has nothing to stand before: .* Choose gateway: cloud, or set firewall to false\./,
        );
    });

    it("rejects to name a gateway of the cloud's own that was not asked for", async () => {
        const { result } = await build();
        assert.throws(() => result.cloudGateway("public", PLACE), /no gateway of the cloud's own/);
    });
});

describe("the way into Azure, by its own gateway", () => {
    it("gives the gateway a delegated /24 of its own, and waits for the other subnets", async () => {
        const recorded = await edgeOf(DEV);
        const { inputs, id, options } = recorded.one(SUBNET, `${NAME}-gateways`);
        assert.equal(inputs["addressPrefix"], "10.20.240.0/24");
        assert.equal(
            get(inputs, "delegations[0].serviceName"),
            "Microsoft.ServiceNetworking/trafficControllers",
        );
        assert.ok(inputs["networkSecurityGroup"]);
        assert.ok(options.dependencies.includes(recorded.one(SUBNET, `${NAME}-nodes-3`).urn));
        assert.deepEqual(recorded.one(ASSOCIATION).inputs["subnet"], { id });
    });

    it("stops what matches Microsoft's rules, where there is a firewall", async () => {
        const recorded = await edgeOf(DEV);
        const { inputs, id } = recorded.one(FIREWALL);
        assert.deepEqual(inputs["policySettings"], {
            state: "Enabled",
            mode: "Prevention",
            requestBodyCheck: true,
            // The SDK's own defaults.
            requestBodyEnforcement: true,
            fileUploadEnforcement: true,
        });
        assert.deepEqual(get(inputs, "managedRules.managedRuleSets"), [
            { ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1" },
            { ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: "1.1" },
        ]);
        assert.deepEqual(recorded.one(SECURITY).inputs["wafPolicy"], { id });
        const gateway = recorded.result.cloudGateway("public", PLACE);
        assert.deepEqual((await inspect(gateway.objects)).value, [
            {
                apiVersion: "alb.networking.azure.io/v1",
                kind: "WebApplicationFirewallPolicy",
                name: "public",
                spec: {
                    targetRef: {
                        group: "gateway.networking.k8s.io",
                        kind: "Gateway",
                        ...PLACE,
                    },
                    webApplicationFirewall: { id },
                },
            },
        ]);
    });

    it("has no firewall where none is wanted", async () => {
        const recorded = await run(() => buildEdge(DEV, { firewall: false }));
        assert.deepEqual(recorded.names(FIREWALL), []);
        assert.deepEqual(recorded.names(SECURITY), []);
        assert.deepEqual(recorded.result.cloudGateway("public", PLACE).objects, []);
    });

    it("tells a Gateway which gateway it is, and pods who asks", async () => {
        const recorded = await edgeOf(DEV);
        const { objects, ...gateway } = recorded.result.cloudGateway("public", PLACE);
        assert.equal(objects.length, 1);
        assert.deepEqual((await inspect(gateway)).value, {
            className: "azure-alb-external",
            annotations: { "alb.networking.azure.io/alb-id": recorded.one(CONTROLLER).id },
            addresses: [
                {
                    type: "alb.networking.azure.io/alb-frontend",
                    value: recorded.one(FRONTEND).outputs["name"],
                },
            ],
            certificateSecrets: true,
            sources: ["10.20.240.0/24"],
        });
    });

    it("asks each Service for its own path", async () => {
        const { result } = await edgeOf(DEV);
        const backend = {
            service: "web",
            port: 80,
            healthPath: "/health",
            reach: "public",
        } as const;
        const [check, ...others] = result.backendObjects(backend);
        assert.deepEqual(others, []);
        assert.equal(check?.kind, "HealthCheckPolicy");
        assert.deepEqual(check?.spec["targetRef"], { group: "", kind: "Service", name: "web" });
        assert.deepEqual(check?.spec["default"], {
            interval: "10s",
            timeout: "5s",
            healthyThreshold: 1,
            unhealthyThreshold: 3,
            http: { path: "/health", match: { statusCodes: [{ start: 200, end: 399 }] } },
        });
    });

    it("lets the controller configure this gateway and look at machines, as its own identity", async () => {
        const recorded = await edgeOf(DEV);
        const name = `${NAME}-controller`;
        const roles = recorded.names(ROLE).filter((role) => role.startsWith(`${name}-`));
        const identity = recorded.one("azure-native:managedidentity:UserAssignedIdentity", name);
        const credential = recorded.one(
            "azure-native:managedidentity:FederatedIdentityCredential",
            name,
        );
        const gateway = recorded.one(ROLE, `${name}-gateway`).inputs;
        const nodes = recorded.one(ROLE, `${name}-nodes`).inputs;
        assert.deepEqual(roles.filter((role) => !role.includes("-plane-")).sort(), [
            `${name}-gateway`,
            `${name}-nodes`,
        ]);
        assert.equal(
            credential.inputs["subject"],
            "system:serviceaccount:azure-alb-system:alb-controller-sa",
        );
        assert.equal(gateway["principalId"], identity.outputs["principalId"]);
        assert.equal(gateway["scope"], recorded.one(CONTROLLER).id);
        assert.match(String(gateway["roleDefinitionId"]), /fbc52c3f-28ad-4303-a892-8a056630b8f1$/);
        assert.match(String(nodes["scope"]), new RegExp(`/resourceGroups/${NAME}-nodes$`));
        assert.match(String(nodes["roleDefinitionId"]), /acdd72a7-3385-48ef-bd42-f606fba81ae7$/);
        const [addon] = recorded.result.addons;
        assert.equal(addon?.chart, "alb-controller");
        assert.deepEqual((await inspect(addon?.values ?? {})).value, {
            albController: {
                namespace: "azure-alb-system",
                podIdentity: { clientID: identity.outputs["clientId"] },
                installGatewayApiCRDs: false,
            },
        });
    });

    it("keeps what was asked for and what was stopped for as long as asked", async () => {
        const recorded = await run(() => buildEdge(DEV, { logRetention: "60 days" }));
        const workspace = recorded
            .all("azure-native:operationalinsights:Workspace")
            .find(({ urn }) => urn.includes("platform:azure:Edge$"));
        const settings = recorded
            .all("azure-native:monitor:DiagnosticSetting")
            .find(({ urn }) => urn.includes("platform:azure:Edge$"));
        assert.equal(workspace?.inputs["retentionInDays"], 60);
        assert.equal(settings?.inputs["workspaceId"], workspace?.id);
        assert.equal(settings?.inputs["resourceUri"], recorded.one(CONTROLLER).id);
    });

    it("is ready once its frontend, its association, its firewall and its roles stand", async () => {
        const recorded = await edgeOf(DEV);
        const urns = await Promise.all(
            recorded.result.ready.map(async ({ urn }) => (await inspect(urn)).value),
        );
        const expected = [
            recorded.one(FRONTEND).urn,
            recorded.one(ASSOCIATION).urn,
            recorded.one(SECURITY).urn,
            recorded.one(ROLE, `${NAME}-controller-gateway`).urn,
            recorded.one(ROLE, `${NAME}-controller-nodes`).urn,
        ];
        assert.deepEqual(urns.sort(), expected.sort());
    });

    it("has the same resources while nothing is known yet", async () => {
        const preview = await run(() => buildEdge(PROD), { preview: true, inventNothing: true });
        const urns = ({ resources }: typeof preview) => resources.map(({ urn }) => urn).sort();
        assert.deepEqual(urns(preview), urns(await edgeOf(PROD)));
    });

    it("rejects to be reached inside the network only", async () => {
        await assert.rejects(
            run(() => buildEdge(DEV, { reaches: ["internal", "public"] })),
            /reaches: internal is no reach that Application Gateway for Containers has/,
        );
    });

    it("rejects logs that Azure does not keep as long", async () => {
        await assert.rejects(
            run(() => buildEdge(DEV, { logRetention: "7 days" })),
            /logRetention: 7 days is not between 30 and 365/,
        );
    });
});
