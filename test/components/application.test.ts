import assert from "node:assert/strict";
import { applicationSettings } from "../../components/application.ts";
import type { RawApplication } from "../../components/settings/schema.ts";
import { app, siteOf, stack } from "../settings/support.ts";

describe("applicationSettings", () => {
    const said = {
        kind: "worker",
        replicas: { max: 4 },
        volumes: { spill: { path: "/spill" } },
    } as const;

    it("comes to what the settings of a stack come to", () => {
        for (const environment of ["dev", "staging", "prod"] as const) {
            const { applications } = siteOf(stack({ environment, applications: app(said) }));
            const { image } = app().shop;
            assert.deepEqual(
                applicationSettings("shop", environment, { ...said, image }),
                applications.shop,
            );
        }
    });

    it("refuses all that is wrong at once, a missing image too", () => {
        const wrong = { kind: "lambda", prot: 80 } as unknown as RawApplication;
        assert.throws(() => applicationSettings("shop", "dev", wrong), {
            message: [
                "Application shop has 2 problems; nothing was created:",
                '  1. applications.shop.kind: "lambda" is not one of web, service, worker, job, pipeline. Choose one of these.',
                '  2. applications.shop.prot: is not a setting. Did you mean "port"?',
            ].join("\n"),
        });
        assert.throws(() => applicationSettings("shop", "dev", { port: 8080 }), {
            message: [
                "Application shop has 1 problem; nothing was created:",
                "  1. applications.shop.image: is missing. Name the image that was tested, like ghcr.io/acme/shop:1.4.2.",
            ].join("\n"),
        });
    });
});
