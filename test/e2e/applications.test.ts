import assert from "node:assert/strict";
import { assertSame, changedInClouds, known, standing } from "./support/compare.ts";
import { Stage } from "./support/stage.ts";

/** What runs on dev already. */
const PODINFO = {
    image: "ghcr.io/stefanprodan/podinfo:6.9.2",
    port: 9898,
    health: { live: "/healthz", ready: "/readyz" },
    database: "main",
};

/** Another application, with what runs once per release. */
const ORDERS = {
    ...PODINFO,
    env: { LOG_LEVEL: "info" },
    release: { command: ["./migrate"] },
};

/** `update Deployment orders`: what a run changed, with the kinds and names that a reader knows. */
function told(lines: readonly string[]): string[] {
    return lines.map((line) => {
        const [, op, kind, name] = /^(\S+) .*:(\w+)::(?:myapp-dev-)?(\S+)$/.exec(line) ?? [];
        return `${op} ${kind} ${name?.replace(/-[0-9a-f]{8}$/, "-#")}`;
    });
}

/** Without what belongs to one application. */
const others = (lines: readonly string[], application: string) =>
    lines.filter((line) => !line.includes(`-${application}`));

/** Brings the stack to other settings, and insists that clouds and state hold the same afterwards. */
async function change(
    stage: Stage,
    path: readonly string[],
    value: Readonly<Record<string, unknown>>,
): Promise<string[]> {
    await stage.edit((set) => set([...path], value));
    const up = await stage.succeed("up");
    assertSame(standing(stage), known(await stage.state()));
    return told(changedInClouds(up));
}

const APPLICATIONS = ["platform:applications"];
const OWN = [...APPLICATIONS, "orders"];

/** What the Job of the site's server was told at last. */
function script(stage: Stage): string {
    const [config, ...more] = stage
        .instances()
        .filter(({ urn }) => /ConfigMap::myapp-dev-aws-databases-main-\w+$/.test(urn));
    assert.deepEqual(more, []);
    return String((config?.inputs.data as Record<string, unknown>)["databases.sql"]);
}

/** What the databases' part of a site does whenever what is wanted of its server changes. */
const DATABASES_CHANGE = [
    "create ConfigMap aws-databases-main-#",
    "create Job aws-databases-main-#",
    "delete ConfigMap aws-databases-main-#",
    "delete Job aws-databases-main-#",
];

describe("the life of an application", () => {
    let stage: Stage;
    afterEach(() => stage.dispose());

    it("comes, changes, grows and goes, and touches no other", async () => {
        stage = await Stage.standing("dev");
        const added = await change(stage, OWN, ORDERS);
        assert.deepEqual(others(added, "orders").sort(), [
            ...DATABASES_CHANGE,
            "update RolePolicy aws-databases-secrets",
        ]);
        const own = added.filter((line) => line.includes("-orders"));
        assert.ok(own.includes("create Job aws-orders-release-#"));
        assert.deepEqual(
            own.filter((line) => !line.startsWith("create ")),
            [],
        );
        assert.match(script(stage), /COMMENT ON ROLE "orders" IS 'platform: drop'/);

        const release = [
            "create Job aws-orders-release-#",
            "delete Job aws-orders-release-#",
            "update Deployment aws-orders",
        ];
        const debug = { ...ORDERS, env: { LOG_LEVEL: "debug" } };
        assert.deepEqual(await change(stage, OWN, debug), release);
        const next = { ...debug, image: "ghcr.io/stefanprodan/podinfo:6.9.3" };
        assert.deepEqual(await change(stage, OWN, next), release);
        const larger = { ...next, resources: { memory: "256Mi" } };
        assert.deepEqual(await change(stage, OWN, larger), ["update Deployment aws-orders"]);
        const scaled = { ...larger, replicas: { min: 2, max: 5 } };
        assert.deepEqual(await change(stage, OWN, scaled), [
            "update HorizontalPodAutoscaler aws-orders",
            "update ResourceQuota aws-orders-pods",
        ]);

        const removed = await change(stage, APPLICATIONS, { podinfo: PODINFO });
        assertSame(
            removed.filter((line) => line.includes("-orders")),
            own.map((line) => line.replace("create ", "delete ")),
        );
        assertSame(others(removed, "orders"), others(added, "orders"));
        assert.ok(!script(stage).includes("orders"), "nobody wants its database any more");
    });

    it("keeps its database where the settings say so", async () => {
        stage = await Stage.standing("dev");
        const kept = { ...PODINFO, database: { server: "main", onRemoval: "keep" } };
        assertSame(await change(stage, [...APPLICATIONS, "podinfo"], kept), DATABASES_CHANGE);
        assert.match(script(stage), /COMMENT ON ROLE "podinfo" IS 'platform: keep'/);
    });

    it("moves to another site", async () => {
        stage = await Stage.standing("dev");
        await stage.edit((set) =>
            set(["platform:sites", "west"], {
                cloud: "aws",
                region: "eu-west-1",
                account: "123456789012",
            }),
        );
        await change(stage, OWN, { ...ORDERS, sites: ["aws"] });
        const moved = await change(stage, OWN, { ...ORDERS, sites: ["west"] });
        const at = (site: string) => moved.filter((line) => line.includes(` ${site}-orders`));
        assert.ok(at("aws").length > 20);
        assertSame(
            at("west"),
            at("aws").map((line) => line.replace(/^delete /, "create ").replace(" aws-", " west-")),
        );
        assert.deepEqual(
            others(moved, "orders").filter((line) => !/-databases-/.test(line)),
            [],
        );
    });
});

describe("a service that an application uses", () => {
    let stage: Stage;
    afterEach(() => stage.dispose());

    it("cannot be removed before the application lets go of it, and goes then with all that it brought", async () => {
        stage = await Stage.standing("dev");
        const before = standing(stage);
        await stage.edit((set) => set(["platform:caches"], { sessions: {} }));
        await change(stage, APPLICATIONS, { podinfo: { ...PODINFO, cache: "sessions" } });
        const used = standing(stage);
        assert.ok(used.length > before.length + 20);

        await stage.edit((set) => set(["platform:caches"], {}));
        const { code, text } = await stage.tryIt([]);
        assert.equal(code, 2, text);
        assert.match(text, /applications\.podinfo\.cache: "sessions" is not a cache of the site/);
        assertSame(standing(stage), used);

        await change(stage, APPLICATIONS, { podinfo: PODINFO });
        assertSame(standing(stage), before);
    });
});
