import assert from "node:assert/strict";
import { validate } from "../schemas.ts";
import { listenersOf } from "./listeners.ts";
import { GATEWAY, find, names, recordGateways, specOf } from "./support.ts";

describe("Gateways of a cloud", () => {
    const settings = { ...GATEWAY, kind: "cloud" as const };
    const object = {
        apiVersion: "cloud.io/v1",
        kind: "Parameters",
        name: "public",
        spec: { a: 1 },
    };

    it("have the cloud's class, annotations and objects, and no Envoy", async () => {
        const cloud = {
            controllerName: "cloud.io/controller",
            objects: [object],
            addresses: [{ type: "NamedAddress", value: "site-public" }],
            parameters: { group: "cloud.io", kind: "Parameters", name: "public" },
        };
        const resources = await recordGateways({ settings, edge: { cloud } });
        const gateway = find(resources, "Gateway", "site-public");
        validate(gateway.type, gateway.inputs);
        const { metadata, spec } = gateway.inputs as {
            metadata: { annotations: unknown };
            spec: Record<string, unknown>;
        };
        assert.deepEqual(metadata.annotations, {
            "cloud/name": "public",
            "pulumi.com/waitFor": "condition=Programmed",
        });
        const { listeners: _, ...rest } = spec;
        assert.deepEqual(rest, {
            gatewayClassName: "cloud-public",
            addresses: [{ type: "NamedAddress", value: "site-public" }],
            infrastructure: { parametersRef: cloud.parameters },
        });
        assert.deepEqual(specOf(resources, "Parameters", "site-public"), { a: 1 });
        assert.deepEqual(specOf(resources, "GatewayClass", "site-cloud-public"), {
            controllerName: "cloud.io/controller",
        });
        assert.deepEqual(
            names(resources).filter((name) => /Envoy|envoy|Traffic/.test(name)),
            [],
        );
    });

    it("bring the types of the Gateway API before the cloud's controller, which has its own namespace", async () => {
        const addon = {
            chart: "aws-load-balancer-controller",
            namespace: "cloud-system",
            values: {},
            dependsOn: [],
        };
        const resources = await recordGateways({ settings, edge: { addons: [addon] } });
        const types = find(resources, "Release", "site-gateway-api-crds");
        assert.deepEqual(types.inputs["values"], {
            standard: { enabled: true },
            global: { resourcePolicy: { keep: true } },
        });
        const { dependsOn } = find(resources, "Release", "site-aws-load-balancer-controller");
        assert.ok(dependsOn.includes(types.urn));
        assert.ok(dependsOn.some((urn) => urn.endsWith("site-cloud-system-default-deny")));
        assert.ok(find(resources, "Gateway", "site-public").dependsOn.includes(types.urn));
        const edge = { hasGatewayTypes: true, addons: [addon] };
        const brought = names(await recordGateways({ settings, edge }));
        assert.equal(brought.includes("Release site-gateway-api-crds"), false);
    });

    it("make no class that the cloud brings", async () => {
        const resources = await recordGateways({ settings });
        assert.deepEqual(
            names(resources).filter((name) => name.startsWith("GatewayClass")),
            [],
        );
    });

    it("have no certificate where the balancer has its own", async () => {
        const cloud = { certificateSecrets: false };
        const resources = await recordGateways({ settings, edge: { cloud } });
        assert.deepEqual(
            names(resources).filter((name) => /Certificate|Issuer/.test(name)),
            [],
        );
        const listeners = listenersOf(specOf(resources, "Gateway", "site-public"));
        assert.deepEqual(
            listeners.map(({ tls }) => tls),
            [undefined, undefined, undefined],
        );
    });
});
