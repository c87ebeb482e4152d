import assert from "node:assert/strict";
import { CACHE_AUTHORITY, CACHE_FIELDS } from "../../components/contracts/cache.ts";
import { CLOUDS, type CloudName } from "../../components/contracts/cloud.ts";
import { cacheBinding } from "../../components/kubernetes/application/bindings.ts";
import { get } from "../../simulator/paths.ts";
import type { Recorded } from "../../tools/offline/mocks.ts";
import { baseServices, buildServices, type SeenServices } from "./support/services.ts";

/** Whose caches are signed by an authority that no image knows. */
const OWN_AUTHORITY: readonly CloudName[] = ["gcp"];

/** Where each cloud's secret store takes a document. */
const DOCUMENT = {
    aws: ["aws:secretsmanager/secretVersion:SecretVersion", "secretString"],
    azure: ["azure-native:keyvault:Secret", "properties.value"],
    gcp: ["gcp:secretmanager/secretVersion:SecretVersion", "secretData"],
} as const satisfies Record<CloudName, readonly [type: string, path: string]>;

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

        it(`${cloud} stores a cache's document with no empty field, and pods mount what is in it only`, () => {
            const [type, path] = DOCUMENT[cloud];
            const { cache } = built.result;
            const fields = OWN_AUTHORITY.includes(cloud)
                ? [...CACHE_FIELDS, CACHE_AUTHORITY]
                : [...CACHE_FIELDS];
            const document = JSON.parse(String(get(built.one(type).inputs, path))) as object;
            assert.deepEqual(Object.keys(document), fields);
            assert.ok(Object.values(document).every((value) => value !== ""));
            assert.deepEqual(cache.credentials.fields, fields);
            const { certificate, env } = cacheBinding(cache);
            assert.equal(certificate?.field, fields[CACHE_FIELDS.length]);
            assert.equal("REDIS_CA_FILE" in env, certificate !== undefined);
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
