import assert from "node:assert/strict";
import { CLOUDS } from "../../components/contracts/cloud.ts";
import { inspect, type Recorded } from "../../tools/offline/mocks.ts";
import { baseArgs, build, type Built } from "./support/build.ts";

describe("every cloud", () => {
    for (const cloud of CLOUDS) {
        let built: Recorded<Built>;
        before(async () => {
            built = await build(cloud);
        });

        it(`${cloud} makes the same resources whether outputs are known or not`, async () => {
            const unknown = await build(cloud, baseArgs(cloud), { preview: true });
            assert.deepEqual(unknown.urns(), built.urns());
        });

        it(`${cloud} gives every output that the layers above need`, async () => {
            const { outputs } = built.result;
            for (const [name, output] of Object.entries(outputs)) {
                const { value, known } = await inspect(output);
                assert.ok(known && value, `${name} is ${JSON.stringify(value)}`);
            }
        });

        it(`${cloud} keeps the kubeconfig secret and holds no token in it (G1.9)`, async () => {
            const { cluster } = built.result;
            const { value, secret } = await inspect(cluster.kubeconfig);
            const config = JSON.parse(value) as { users: { user: Record<string, unknown> }[] };
            assert.equal(secret, true);
            assert.deepEqual(
                config.users.map(({ user }) => Object.keys(user)),
                [["exec"]],
            );
        });

        it(`${cloud} sends what is put into the secret store as a secret only`, async () => {
            const holders = built.resources.filter((resource) =>
                JSON.stringify(resource.inputs).includes("t0p-s3cret"),
            );
            assert.equal(holders.length, 1);
            assert.equal(holders[0]!.secrets.length, 1);
            const outputs = Object.values(built.result.outputs);
            const shown = await Promise.all(outputs.map((output) => inspect(output)));
            assert.ok(!JSON.stringify(shown).includes("t0p-s3cret"));
        });

        it(`${cloud} puts the database's generated password nowhere but into marked inputs`, () => {
            const password = built.one("random:index/randomPassword:RandomPassword").outputs[
                "result"
            ] as string;
            assert.match(password, /^[A-Za-z0-9._~-]{32}$/);
            const holders = built.resources.filter(
                ({ inputs, custom }) => custom && JSON.stringify(inputs).includes(password),
            );
            assert.equal(holders.length, 2, "the server or its user, and the secret");
            for (const holder of holders) {
                assert.equal(holder.secrets.length, 1, `${holder.type} ${holder.name}`);
            }
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
