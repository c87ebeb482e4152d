import assert from "node:assert/strict";
import { CLOUDS, type CloudName } from "../../components/contracts/cloud.ts";
import { rules } from "../../policies/rules/index.ts";
import { levelOf } from "../../policies/rules/rule.ts";
import { Judge } from "../../policies/runtime/judge.ts";
import { Settings, type PackConfig } from "../../policies/runtime/settings.ts";
import { run } from "../../tools/offline/mocks.ts";
import { assertFound, Mutable } from "../policies/mutate.ts";
import { buildProd, findings } from "./guardrails.ts";
import { serviceMutations } from "./service-mutations.ts";

/** What belongs to a service, what one puts into the secret store, and the identity of what uses them. */
const OF_SERVICES =
    /platform:\w+:(?:ObjectStore|Cache|SharedFiles|DnsZone|Edge|SecretStore)\$|::myapp-dev-one-web$/;

/** Advice that stands for a reason. */
const STANDING: Readonly<Record<CloudName, readonly string[]>> = {
    aws: [
        // The controller makes the balancers that write into it, so the program does not show that it takes logs, which
        // they write under S3's own key only, and whose own log would be one without end.
        "bucket-access-logging myapp-dev-one-edge-access-logs ",
        "bucket-encrypted-cmk myapp-dev-one-edge-access-logs rules",
        // Passwords never change by themselves, like a database's: a pod that read one at its start would fail.
        "secret-cmk-rotation myapp-dev-one-sessions-credentials ",
    ],
    azure: [
        // Microsoft's keys encrypt what Azure keeps here, as docs/data-services.md says.
        "bucket-encrypted-cmk myapp-dev-one-media encryption.keySource",
        "bucket-encrypted-cmk myapp-dev-one-uploads encryption.keySource",
        // The gateway answers on port 80 with a redirect, which shows in its routes and not in the group.
        "net-no-plain-http-ingress myapp-dev-one-edge-gateways securityRules[0]",
    ],
    gcp: [],
};

function judgeWith(options: PackConfig = {}): Judge {
    return new Judge(rules, { settings: new Settings(rules, options), today: "2026-11-21" });
}

for (const cloud of CLOUDS) {
    describe(`the services of ${cloud} under the guardrails`, () => {
        const judge = judgeWith();
        let stack: Mutable;
        let standing: readonly string[];

        before(async () => {
            stack = new Mutable((await run(await buildProd(cloud), { stack: "prod" })).resources);
            standing = stack.findings(judge);
        });

        for (const preview of [true, false]) {
            it(`have no finding in production but advice that stands, ${preview ? "while they are previewed" : "once everything is known"}`, async () => {
                const recorded = await run(await buildProd(cloud), { stack: "prod", preview });
                assert.deepEqual(findings(recorded, OF_SERVICES), STANDING[cloud]);
            });
        }

        it("leave nothing mandatory standing", () => {
            const named = STANDING[cloud].map((finding) => finding.split(" ")[0]);
            const mandatory = rules.filter((rule) => levelOf(rule) === "mandatory");
            assert.deepEqual(
                mandatory.map(({ id }) => id).filter((id) => named.includes(id)),
                [],
            );
        });

        for (const mutation of serviceMutations[cloud]) {
            const { rule, title, options } = mutation;
            it(`are found by ${rule}, and by nothing else, if ${title}`, () => {
                const own = options === undefined ? judge : judgeWith(options);
                const before = options === undefined ? standing : stack.findings(own);
                assertFound(stack.findingsAfter(own, mutation, before), mutation);
            });
        }
    });
}
