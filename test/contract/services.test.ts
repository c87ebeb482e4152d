import assert from "node:assert/strict";
import { CLOUDS } from "../../components/contracts/cloud.ts";
import type { Recorded } from "../../tools/offline/mocks.ts";
import { baseServices, buildServices, type SeenServices } from "./support/services.ts";

/** Services with everything that they can have. */
const RICH = {
    ...baseServices(),
    edge: { ...baseServices().edge, gateway: "cloud", firewall: true },
} as const;

describe("the services of every cloud", function () {
    this.timeout(60_000);

    for (const cloud of CLOUDS) {
        let built: Recorded<SeenServices>;
        before(async () => {
            built = await buildServices(cloud, RICH);
        });

        it(`${cloud} makes the same resources whether outputs are known or not`, async () => {
            const unknown = await buildServices(cloud, RICH, { preview: true });
            assert.deepEqual(unknown.urns(), built.urns());
        });

        it(`${cloud} gives everything a parent and an explicit provider`, () => {
            const loose = built.resources.filter(
                ({ type, parent, custom, options }) =>
                    custom &&
                    !type.startsWith("pulumi:providers:") &&
                    (parent === "" || options.provider === ""),
            );
            assert.deepEqual(
                loose.map(({ urn }) => urn),
                [],
            );
        });
    }
});
