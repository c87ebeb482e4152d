import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import type { StackOutputs } from "../index.ts";
import { inspect, type Recorded, type RecordedResource } from "../tools/offline/mocks.ts";
import { runStack, stackConfig } from "../tools/offline/stack.ts";
import { wholeStack } from "./support/stacks.ts";

const STATEFUL = [
    "aws:rds/instance:Instance",
    "aws:eks/cluster:Cluster",
    "aws:ecr/repository:Repository",
    "azure-native:dbforpostgresql:Server",
    "azure-native:containerservice:ManagedCluster",
    "azure-native:containerregistry:Registry",
    "azure-native:keyvault:Vault",
    "gcp:sql/databaseInstance:DatabaseInstance",
    "gcp:container/cluster:Cluster",
    "gcp:artifactregistry/repository:Repository",
];

/** The file with the URNs of a stack, which users' states hold. */
function urnsFile(stack: string): URL {
    return new URL(`urns/${stack}.txt`, import.meta.url);
}

function providerOf({ options }: RecordedResource): string {
    return (
        /::pulumi:providers:([a-z-]+)::/.exec(`::${options.provider.split("$").at(-1)}`)?.[1] ?? ""
    );
}

for (const stack of ["dev", "prod"]) {
    describe(`the ${stack} stack`, () => {
        let known: Recorded<StackOutputs>;
        before(async () => {
            known = await wholeStack(stack);
        });

        it("makes the same resources whether outputs are known or not", async () => {
            const preview = await wholeStack(stack, { preview: true });
            assert.deepEqual(preview.urns(), known.urns());
        });

        it("keeps every URN that users' states hold, or covers it with an alias", async () => {
            const urns = known.urns();
            if (process.env["UPDATE_DOCS"]) {
                await writeFile(urnsFile(stack), `${urns.join("\n")}\n`);
            }
            const promised = (await readFile(urnsFile(stack), "utf8")).trim().split("\n");
            const aliases = known.resources.flatMap(({ options }) => options.aliases);
            const covered = new Set([...urns, ...aliases]);
            assert.deepEqual(
                promised.filter((urn) => !covered.has(urn)),
                [],
                "lost: add an alias",
            );
            assert.deepEqual(
                urns.filter((urn) => !promised.includes(urn)),
                [],
                "new: run `npm run urns`",
            );
        });

        it("uses no default provider, and the provider of each resource's own package", () => {
            const wrong = known.resources.filter(({ type, custom, options }) => {
                if (!custom || type.startsWith("pulumi:providers:")) return false;
                return !options.provider.includes(`pulumi:providers:${type.split(":")[0]}::`);
            });
            assert.deepEqual(
                wrong.map((resource) => `${resource.type} ${providerOf(resource)}`),
                [],
            );
        });

        it("gives every resource a parent", () => {
            const loose = known.resources.filter(({ parent }) => parent === "");
            assert.deepEqual(
                loose.map(({ type }) => type).filter((type) => !type.endsWith(":Site")),
                [],
            );
        });

        it("shows no secret in its outputs but the kubeconfigs, which are marked", async () => {
            const { sites, kubeconfigs } = known.result;
            for (const [site, kubeconfig] of Object.entries(kubeconfigs)) {
                assert.equal((await inspect(kubeconfig)).secret, true, site);
            }
            assert.equal((await inspect(sites)).secret, false);
        });

        it(`${stack === "prod" ? "protects" : "leaves deletable"} what holds data`, () => {
            const stateful = known.resources.filter(({ type }) => STATEFUL.includes(type));
            const sites = Object.keys(known.result.sites).length;
            assert.ok(stateful.length >= 3 * sites);
            for (const { type, options } of stateful) {
                assert.equal(options.protect, stack === "prod", type);
            }
        });

        it("lets no database wait for a cluster", () => {
            const clusters = known.resources.filter(({ type }) => /:(Managed)?Cluster$/.test(type));
            const urns = new Set(clusters.map(({ urn }) => urn));
            const byUrn = new Map(known.resources.map((resource) => [resource.urn, resource]));
            const waits = (urn: string, seen = new Set<string>()): boolean => {
                if (urns.has(urn)) return true;
                if (seen.has(urn)) return false;
                seen.add(urn);
                return (byUrn.get(urn)?.options.dependencies ?? []).some((on) => waits(on, seen));
            };
            const databases = known.resources.filter(({ type }) =>
                /rds\/instance:|dbforpostgresql:Server$|sql\/databaseInstance:/.test(type),
            );
            assert.equal(databases.length, Object.keys(known.result.sites).length);
            for (const { urn } of databases) assert.equal(waits(urn), false, urn);
        });
    });
}

describe("broken settings", () => {
    it("rejects everything at once and registers nothing", async () => {
        const config = {
            ...(await stackConfig("dev")),
            "platform:cluster": { version: "1.30" },
            "platform:databses": {},
        };
        await assert.rejects(runStack("dev", { config }), (error: Error) => {
            assert.match(error.message, /cluster\.version/);
            assert.match(error.message, /databses.*databases/s);
            return true;
        });
    });
});
