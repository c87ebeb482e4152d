import assert from "node:assert/strict";
import { exposeApplication } from "../../../../components/kubernetes/gateway/exposure.ts";
import { get } from "../../../../simulator/paths.ts";
import type { Properties } from "../../../../simulator/table.ts";
import { record } from "../record.ts";
import type { Recorded } from "../record.ts";
import { find, makeGateways, own, standing } from "./support.ts";

/** The gateways of a site and an application behind the public one, before a balancer of a variant. */
async function recordVariant(variant?: string): Promise<Recorded[]> {
    const build = () => {
        const edge = { balancer: { ...(variant !== undefined && { variant }) } };
        const gateways = makeGateways({ edge, reaches: ["public", "internal"] });
        const settings = { reach: "public", hosts: [], paths: ["/"], redirects: {} } as const;
        const labels = { "app.kubernetes.io/name": "web" };
        exposeApplication(
            "site-web",
            {
                application: "web",
                namespace: "web",
                labels,
                settings,
                reach: "public",
                service: { name: "web", port: 80 },
                pods: { labels, port: 8080 },
                healthPath: "/ready",
                gateways,
            },
            { parent: gateways },
        );
    };
    return own(await record(build, standing("203.0.113.7")));
}

/** What names a gateway, by what it is. */
function namesIn(resources: readonly Recorded[]) {
    const at = (kind: string, name: string, path: string) =>
        get(find(resources, kind, name).inputs as Properties, path);
    return {
        gateway: at("Gateway", "site-public", "metadata.name"),
        parameters: at("Gateway", "site-public", "spec.infrastructure.parametersRef.name"),
        proxy: at("EnvoyProxy", "site-public", "metadata.name"),
        policies: ["http", "https"].flatMap((section) => {
            const policy = `site-public-${section}`;
            return [
                at("ClientTrafficPolicy", policy, "metadata.name"),
                at("ClientTrafficPolicy", policy, "spec.targetRefs[0].name"),
            ];
        }),
        redirect: at("HTTPRoute", "site-public-redirect", "spec.parentRefs[0].name"),
        route: at("HTTPRoute", "site-web", "spec.parentRefs[0].name"),
        letIn: at(
            "NetworkPolicy",
            "site-web-allow-gateway",
            'spec.ingress[0].from[0].podSelector.matchLabels["gateway.envoyproxy.io/owning-gateway-name"]',
        ),
    };
}

describe("Gateways before a balancer that cannot be changed in place", () => {
    it("have the names of their reaches where it can", async () => {
        assert.deepEqual(namesIn(await recordVariant()), {
            gateway: "public",
            parameters: "public",
            proxy: "public",
            policies: ["public-http", "public", "public-https", "public"],
            redirect: "public",
            route: "public",
            letIn: "public",
        });
    });

    it("have other names, by which everything else goes, so that both balancers stand for a while", async () => {
        const name = "public-protected";
        assert.deepEqual(namesIn(await recordVariant("protected")), {
            gateway: name,
            parameters: name,
            proxy: name,
            policies: [`${name}-http`, name, `${name}-https`, name],
            redirect: name,
            route: name,
            letIn: name,
        });
    });

    it("keep their URNs", async () => {
        const urns = (all: readonly Recorded[]) => all.map(({ urn }) => urn).sort();
        assert.deepEqual(urns(await recordVariant("protected")), urns(await recordVariant()));
    });

    it("let the old proxies in until the new gateway stands", async () => {
        const resources = await recordVariant("protected");
        const { dependsOn } = find(resources, "NetworkPolicy", "site-web-allow-gateway");
        assert.ok(dependsOn.includes(find(resources, "Gateway", "site-public").urn));
    });
});
