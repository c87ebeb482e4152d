import assert from "node:assert/strict";
import { AWS_SERVICE_LIMITS } from "../../components/aws/limits.ts";
import { AZURE_SERVICE_LIMITS } from "../../components/azure/limits.ts";
import { ddosProblems, isAdvanced } from "../../components/contracts/ddos.ts";
import type { AdvancedDdos } from "../../components/contracts/ddos.ts";
import type { EdgeArgs, GatewayKind } from "../../components/contracts/edge.ts";
import { GCP_SERVICE_LIMITS } from "../../components/gcp/limits.ts";
import { describeProblem } from "../../components/lib/problem.ts";

const ADVANCED: Pick<EdgeArgs, "gateway" | "reaches" | "firewall" | "ddosProtection"> = {
    gateway: "envoy",
    reaches: ["internal", "public"],
    firewall: false,
    ddosProtection: "advanced",
};

const refused = (change: Partial<typeof ADVANCED>, possible: AdvancedDdos) =>
    ddosProblems({ ...ADVANCED, ...change }, { possible, cloud: "Azure" }).map(describeProblem);

const POSSIBLE: AdvancedDdos = { envoy: "always", cloud: "with firewall" };

describe("the paid protection from floods", () => {
    for (const [cloud, { edge }, standing] of [
        ["AWS", AWS_SERVICE_LIMITS, ["envoy", "cloud", "cloud with firewall"]],
        ["Azure", AZURE_SERVICE_LIMITS, ["envoy"]],
        ["Google Cloud", GCP_SERVICE_LIMITS, ["envoy", "cloud with firewall"]],
    ] as const) {
        it(`stands on ${cloud} before ${standing.join(", ")}`, () => {
            const ways: [string, GatewayKind, boolean][] = [
                ["envoy", "envoy", false],
                ["cloud", "cloud", false],
                ["cloud with firewall", "cloud", true],
            ];
            const possible = ways.filter(
                ([, gateway, firewall]) =>
                    refused({ gateway, firewall }, edge.advancedDdos).length === 0,
            );
            assert.deepEqual(
                possible.map(([way]) => way),
                standing,
            );
        });
    }

    it("is refused before a gateway whose address is the cloud's", () => {
        assert.deepEqual(refused({ gateway: "cloud" }, { ...POSSIBLE, cloud: "never" }), [
            "ddosProtection: advanced guards a site's own addresses, and Azure's own gateway has none. Choose the gateway envoy, or leave ddosProtection out.",
        ]);
    });

    it("is refused without the firewall that it is a part of", () => {
        assert.deepEqual(refused({ gateway: "cloud" }, POSSIBLE), [
            "ddosProtection: advanced is a part of Azure's firewall, and there is none. Set firewall to true, or leave ddosProtection out.",
        ]);
    });

    it("is refused where nothing is public, but not where there is no gateway at all", () => {
        assert.deepEqual(refused({ reaches: ["internal"] }, POSSIBLE), [
            "ddosProtection: advanced guards public gateways, and there is none. Add the reach public, or leave ddosProtection out.",
        ]);
        assert.deepEqual(refused({ reaches: [] }, POSSIBLE), []);
    });

    it("asks for nothing where it is left out", () => {
        const never: AdvancedDdos = { envoy: "never", cloud: "never" };
        assert.deepEqual(refused({ ddosProtection: "standard", reaches: ["internal"] }, never), []);
    });

    it("is there for public gateways only", () => {
        assert.equal(isAdvanced(ADVANCED), true);
        assert.equal(isAdvanced({ ...ADVANCED, reaches: [] }), false);
        assert.equal(isAdvanced({ ...ADVANCED, ddosProtection: "standard" }), false);
    });
});
