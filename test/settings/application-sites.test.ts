import assert from "node:assert/strict";
import { api, app, aws, problemsOf, settingsOf, stack } from "./support.ts";

describe("applications on several sites", () => {
    const other = (more: object = {}) => aws({ account: "210987654321", ...more });

    it("run on all of them, or on those that they name", () => {
        const { sites } = settingsOf(
            stack({
                sites: { one: aws(), two: other() },
                applications: { ...app({ sites: ["two"] }), api },
            }),
        );
        const names = sites.map(({ applications }) => Object.keys(applications).sort());
        assert.deepEqual(names, [["api"], ["api", "shop"]]);
    });

    it("differ where a site says so, key by key, and lose what it drops", () => {
        const { sites, origins } = settingsOf(
            stack({
                databases: { main: {} },
                sites: {
                    one: aws(),
                    two: other({
                        applications: {
                            shop: {
                                replicas: { max: 9 },
                                env: { A: null },
                                secrets: { KEY: null },
                            },
                            api: null,
                        },
                    }),
                },
                applications: {
                    ...app({ env: { A: "1", B: "2" }, secrets: { KEY: "key" }, calls: [] }),
                    api,
                },
            }),
        );
        const [one, two] = sites.map(({ applications }) => applications);
        assert.deepEqual(one?.shop?.replicas, { min: 1, max: 3 });
        assert.deepEqual(two?.shop?.replicas, { min: 1, max: 9 });
        assert.deepEqual(one?.shop?.env, { A: "1", B: "2" });
        assert.deepEqual(two?.shop?.env, { B: "2" });
        assert.deepEqual(two?.shop?.secrets, {});
        assert.deepEqual(Object.keys(two ?? {}), ["shop"]);
        const at = (place: string) => origins[`sites.two.applications.shop.${place}`];
        assert.deepEqual(["replicas.max", "replicas.min", "env.B", "scaling.cpu"].map(at), [
            "site",
            "profile",
            "stack",
            "default",
        ]);
    });

    it("may be of another kind on a site, with that kind's defaults", () => {
        const { sites } = settingsOf(
            stack({
                sites: { one: aws(), two: other({ applications: { shop: { kind: "worker" } } }) },
                applications: app(),
            }),
        );
        assert.deepEqual(
            sites.map(({ applications }) => [
                applications.shop?.expose.reach,
                applications.shop?.port,
            ]),
            [
                ["cluster", 8080],
                ["none", undefined],
            ],
        );
    });
});

describe("a hundred applications", () => {
    it("that all call those before them are checked at once", () => {
        const names = Array.from({ length: 100 }, (_, at) => `app-${at}`);
        const applications = Object.fromEntries(
            names.map((name, at) => [name, { ...api, calls: names.slice(0, at) }]),
        );
        assert.deepEqual(problemsOf(stack({ applications })), []);
    });
});
