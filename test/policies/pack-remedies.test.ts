import assert from "node:assert/strict";
import { UNKNOWN } from "./judge.ts";
import { givePlatformPack, type RunningPack, secret, type Sent } from "./pack.ts";

describe("the pack policies/platform over gRPC", function () {
    let pack: RunningPack;
    givePlatformPack((started) => (pack = started));

    describe("at level remediate", () => {
        const ESCALATION = "k8s-no-privilege-escalation";
        const container = { name: "app", image: "app", env: [{ name: "TOKEN", value: UNKNOWN }] };
        const deployment: Sent = {
            type: "kubernetes:apps/v1:Deployment",
            name: "app",
            inputs: {
                metadata: { annotations: secret("canary-91") },
                spec: { template: { spec: { containers: [container] } } },
            },
        };
        const pod: Sent = {
            type: "kubernetes:core/v1:Pod",
            name: "pod",
            inputs: { spec: { containers: [container] } },
        };
        const mended = { ...container, securityContext: { allowPrivilegeEscalation: false } };

        it("mends what breaks the rule, and leaves secrets secret and unknown values unknown", async () => {
            await pack.configure({ [ESCALATION]: "remediate" });
            assert.deepEqual(await pack.remediate(deployment), [
                {
                    policy: ESCALATION,
                    properties: {
                        metadata: { annotations: secret("canary-91") },
                        spec: { template: { spec: { containers: [mended] } } },
                    },
                },
            ]);
        });

        it("changes nothing that keeps the rule, and nothing at another level", async () => {
            await pack.configure({ [ESCALATION]: "remediate" });
            const good = { spec: { template: { spec: { containers: [mended] } } } };
            assert.deepEqual(await pack.remediate({ ...deployment, inputs: good }), []);
            await pack.configure({ [ESCALATION]: "mandatory" });
            assert.deepEqual(await pack.remediate(deployment), []);
        });

        it("mends for production what holds in production only, as far as the option says", async () => {
            const rule = "kms-deletion-window";
            const key: Sent = {
                type: "aws:kms/key:Key",
                name: "key",
                inputs: { deletionWindowInDays: 7 },
            };
            await pack.configure({ [rule]: "remediate" });
            assert.equal((await pack.remediate(key)).length, 1);
            await pack.configure({ [rule]: "remediate" }, { [rule]: { stacks: ["live"] } });
            assert.deepEqual(await pack.remediate(key), []);
        });

        it("replaces a resource only where the user allows it by name", async () => {
            await pack.configure({ [ESCALATION]: "remediate" });
            assert.deepEqual(await pack.remediate(pod), []);
            const [finding] = await pack.judge(pod, ESCALATION);
            assert.equal(finding?.level, "mandatory");
            await pack.configure(
                { [ESCALATION]: "remediate" },
                { [ESCALATION]: { allowReplacement: true } },
            );
            const [repair] = await pack.remediate(pod);
            assert.deepEqual(repair?.properties, { spec: { containers: [mended] } });
        });
    });
});
