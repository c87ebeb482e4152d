import assert from "node:assert/strict";
import { arrange } from "../../tools/plan/html/topology/arrange.ts";
import { box, flatten, type Topology } from "../../tools/plan/html/topology/boxes.ts";
import { CLUSTERS, DATABASES } from "../../tools/plan/html/topology/facts.ts";
import { Lanes } from "../../tools/plan/html/topology/lanes.ts";
import { anchors, cut, wrapAll, type Placed } from "../../tools/plan/html/topology/layout.ts";
import { topologyOf } from "../../tools/plan/html/topology/site.ts";
import { Index } from "../../tools/plan/html/words.ts";
import { makePlan } from "../../tools/plan/make.ts";
import type { Json, PlannedResource } from "../../tools/plan/model.ts";
import { DATABASE, resource } from "./against-support.ts";
import { prodPlan } from "./html-support.ts";
import { TODAY } from "./support.ts";

async function topologies(): Promise<Readonly<Record<string, Topology>>> {
    const plan = await prodPlan();
    const index = new Index(plan);
    return Object.fromEntries(plan.sites.map((site) => [site.key, topologyOf(site, index)]));
}

function boxesOf({ network, outside }: Topology) {
    return { network: network ? [network] : [], outside };
}

/** The titles of the boxes, each below the one that it stands in. */
function outline({ network, outside }: Topology): readonly string[] {
    const lines = (boxes: readonly Placed["box"][], depth: number): readonly string[] =>
        boxes.flatMap(({ title, rows }) => [
            `${"  ".repeat(depth)}${title}`,
            ...lines(rows.flat(), depth + 1),
        ]);
    return lines([...(network ? [network] : []), ...outside], 0);
}

function reaches(topology: Topology): readonly string[] {
    const { network, outside } = boxesOf(topology);
    const names = new Map(flatten([...network, ...outside]).map((one) => [one.id, one.title]));
    return topology.reaches
        .map(({ from, to, words }) => `${names.get(from)} → ${names.get(to)}: ${words.join(", ")}`)
        .sort();
}

describe("the topology of a site", function () {
    this.timeout(60_000);

    it("sets the cluster and the database in the subnets that they are given", async () => {
        const { aws } = await topologies();
        assert.deepEqual(aws && outline(aws), [
            "Network 10.205.0.0/16",
            ...["public", "private"].flatMap((tier) => [
                `  ${tier} subnets`,
                ...["a", "b", "c"].map((zone) => `    ${tier}-${zone}`),
            ]),
            "    Cluster",
            "      Nodes workers",
            "      podinfo",
            "      Logical databases",
            "      cluster-autoscaler",
            "      external-secrets",
            "  database subnets",
            ...["a", "b", "c"].map((zone) => `    database-${zone}`),
            "    Database main",
            "Registry images",
            "Secret store",
        ]);
    });

    it("knows the node pools of every cloud, those within the cluster too", async () => {
        const all = await topologies();
        const pools = Object.entries(all).map(([site, { network }]) => {
            const boxes = flatten(network ? [network] : []).filter(({ kind }) => kind === "pool");
            return [site, boxes.map(({ title, lines }) => [title, ...lines].join(", ")).sort()];
        });
        const azure = ["1", "2", "3"];
        assert.deepEqual(pools, [
            ["aws", ["Nodes workers, 3–10 nodes, m6i.xlarge"]],
            [
                "azure",
                [
                    "Nodes system-2, 1–3 nodes, D2s_v5, zone 2",
                    "Nodes system-3, 1–3 nodes, D2s_v5, zone 3",
                    "Nodes system1, 1–3 nodes, D2s_v5, zone 1",
                    ...azure.map((zone) => {
                        return `Nodes workers-${zone}, 1–${zone === "1" ? 4 : 3} nodes, D4s_v5, zone ${zone}`;
                    }),
                ],
            ],
            ["gcp", ["Nodes workers, 3–10 nodes, e2-standard-4"]],
        ]);
    });

    it("tells who reaches whom, by policies of the network and by references", async () => {
        const { aws, azure, gcp } = await topologies();
        const images = "Cluster → Registry images: images";
        const keeps = "Database main → Secret store: keeps credentials";
        const prepares = "Logical databases → Database main: port 5432";
        const hands = "Logical databases → Secret store: keeps and reads credentials";
        const own = ["podinfo → Database main: port 5432", "podinfo → Secret store: credentials"];
        assert.deepEqual(aws && reaches(aws), [images, keeps, prepares, hands, ...own]);
        const servers = `${prepares}, credentials`;
        for (const site of [azure, gcp]) {
            assert.deepEqual(site && reaches(site), [images, keeps, servers, hands, ...own]);
        }
    });
});

describe("the topology of a site with services", function () {
    this.timeout(60_000);

    let aws: Topology;
    let azure: Topology;
    before(async () => {
        const plan = await makePlan({ stack: "examples/shop", today: TODAY });
        const index = new Index(plan);
        const read = (key: string) => {
            const site = plan.sites.find((one) => one.key === key);
            assert.ok(site);
            return topologyOf(site, index);
        };
        [aws, azure] = [read("aws"), read("azure")];
    });

    it("draws what every line comes from and leads to", () => {
        for (const line of [...reaches(aws), ...reaches(azure)]) {
            assert.doesNotMatch(line, /undefined/);
        }
        assert.deepEqual(
            reaches(aws).filter((line) => /^(?:cache-sessions|Capabilities|Gateways) /.test(line)),
            [
                "Capabilities → Dns zone: uses",
                "Capabilities → Secret store: keeps and reads credentials",
                "Gateways → Dns zone: uses",
                "cache-sessions → Secret store: keeps and reads credentials",
            ],
        );
    });

    it("sets the charts of a part into its box, and says how far it scales", () => {
        const lines = outline(aws);
        const from = lines.indexOf("      cache-sessions");
        assert.deepEqual(lines.slice(from, from + 3), [
            "      cache-sessions",
            "        valkey",
            "      Capabilities",
        ]);
        const all = flatten(aws.network ? [aws.network] : []);
        const inventory = all.find(({ title }) => title === "inventory");
        assert.equal(inventory?.lines[0], "Deployment, 0–6 pods");
    });

    it("shows no part that a cloud makes nothing of", () => {
        assert.ok(outline(aws).includes("Edge"));
        assert.ok(!outline(azure).includes("Edge"));
    });
});

describe("the facts of a resource", () => {
    const server = (multiAz: Json, unknowns: readonly string[] = []): PlannedResource =>
        resource(DATABASE, "main", { multiAz, engine: "postgres" }, { unknowns });
    const eks = "aws:eks/cluster:Cluster";
    const cluster = (vpcConfig: Json, unknowns: readonly string[] = []): PlannedResource =>
        resource(eks, "main", { vpcConfig }, { unknowns });

    it("say yes and no only of what is known", () => {
        assert.deepEqual(
            [server(true), server(false), server("[unknown]", ["multiAz"])].map((one) =>
                DATABASES[DATABASE]?.(one).at(-1),
            ),
            ["standby in another zone", "no standby", "standby not known yet"],
        );
        assert.deepEqual(
            [
                cluster({}),
                cluster({ publicAccessCidrs: ["0.0.0.0/0"] }),
                cluster({ publicAccessCidrs: ["203.0.113.0/24"] }),
                cluster("[unknown]", ["vpcConfig"]),
            ].map((one) => CLUSTERS[eks]?.(one).at(-1)),
            [
                "API on the Internet too",
                "API on the Internet too",
                "API on the Internet too, for named addresses",
                "API's reach not known yet",
            ],
        );
    });
});

describe("lanes for lines", () => {
    it("keep lines apart that run side by side, and take up again what is free", () => {
        const lanes = new Lanes(3);
        assert.deepEqual(
            [lanes.take(0, 100), lanes.take(90, 50), lanes.take(200, 300), lanes.take(80, 250)],
            [0, 1, 0, 2],
        );
    });

    it("are shared where they are too few, by those that have the least in common", () => {
        const lanes = new Lanes(2);
        assert.deepEqual([lanes.take(0, 100), lanes.take(0, 50), lanes.take(40, 90)], [0, 1, 1]);
    });

    it("are not used on a phone by more lines than can be told apart", () => {
        const reaches = Array.from({ length: 8 }, () => ({ from: "a", to: "b", words: [] }));
        const boxes = { network: [box("a", "network", "a")], outside: [box("b", "store", "b")] };
        assert.equal(arrange({ ...boxes, reaches }, "narrow").lanes, 0);
        assert.equal(arrange({ ...boxes, reaches: reaches.slice(1) }, "narrow").lanes, 7);
    });
});

describe("the picture of a site", function () {
    this.timeout(60_000);

    it("keeps boxes apart and within those that hold them, wide and narrow", async () => {
        for (const topology of Object.values(await topologies())) {
            for (const width of ["wide", "narrow"] as const) {
                const { reaches } = topology;
                const { placed, height } = arrange({ ...boxesOf(topology), reaches }, width);
                const most = width === "wide" ? 1120 : 340;
                checkInside({ x: 0, y: 0, width: most, height }, placed);
                const at = anchors(placed);
                for (const { from, to } of reaches) assert.ok(at.has(from) && at.has(to));
            }
        }
    });

    it("leaves room for words however many applications there are", () => {
        const apps = Array.from({ length: 40 }, (_, place) =>
            box(`app ${place}`, "workload", `shop-${place}`),
        );
        const network = [box("network", "network", "Network", { rows: apps.map((one) => [one]) })];
        const outside = [box("store", "store", "Secret store")];
        const reaches = apps.map(({ id }) => ({ from: id, to: "store", words: ["credentials"] }));
        for (const [width, least] of [
            ["wide", 500],
            ["narrow", 240],
        ] as const) {
            const { placed } = arrange({ network, outside, reaches }, width);
            assert.ok((placed[0]?.width ?? 0) > least, width);
        }
    });

    it("goes on in the next line, and cuts a word that is too long in its middle", () => {
        assert.deepEqual(wrapAll(["one two three", "x"], 60), ["one two", "three", "x"]);
        assert.equal(cut("abcdefghij", 10), "abcdefghij");
        assert.equal(cut("abcdefghijk", 10), "abcde…hijk");
    });
});

type Area = Pick<Placed, "x" | "y" | "width" | "height">;

function checkInside(outer: Area, placed: readonly Placed[]): void {
    placed.forEach((one, place) => {
        const words = one.box.title;
        assert.ok(one.x >= outer.x && one.y >= outer.y, words);
        assert.ok(one.x + one.width <= outer.x + outer.width + 0.01, words);
        assert.ok(one.y + one.height <= outer.y + outer.height + 0.01, words);
        for (const other of placed.slice(place + 1)) assert.ok(apart(one, other), words);
        checkInside(one, one.inner);
    });
}

function apart(one: Area, other: Area): boolean {
    return (
        one.x + one.width <= other.x ||
        other.x + other.width <= one.x ||
        one.y + one.height <= other.y ||
        other.y + other.height <= one.y
    );
}
