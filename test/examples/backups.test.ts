import assert from "node:assert/strict";
import { parse } from "yaml";
import type { StackOutputs } from "../../index.ts";
import type { Recorded } from "../../tools/offline/mocks.ts";
import { runStack } from "../../tools/offline/stack.ts";
import { runExample, textOf } from "./support.ts";

const SITES = ["aws", "azure", "gcp"] as const;
const SCHEDULE = "kubernetes:snapscheduler.backube/v1:SnapshotSchedule";
const CLASS = "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass";
const RELEASE = "kubernetes:helm.sh/v3:Release";

/** The shop, whose stream keeps its backups for as long as is said here. */
async function shop(backupRetention: string): Promise<Recorded<StackOutputs>> {
    const { config } = parse(await textOf("shop", "Pulumi.shop.yaml")) as {
        config: Record<string, unknown>;
    };
    const { events } = config["platform:streams"] as { events: object };
    const streams = { events: { ...events, backupRetention } };
    return runStack("shop", { config: { ...config, "platform:streams": streams } });
}

/** Types and names of everything in a stack, without what a site's name begins with. */
function lines(stack: Recorded<StackOutputs>, site: string): string[] {
    const begin = `shop-dev-${site}-`;
    return stack.resources
        .filter(({ name }) => name.startsWith(begin))
        .map(({ type, name }) => `${type.split(":").at(-1)} ${name.slice(begin.length)}`)
        .sort();
}

describe("the backups of the shop, which is in dev", function () {
    this.timeout(60_000);
    let stack: Recorded<StackOutputs>;
    let without: Recorded<StackOutputs>;
    before(async () => {
        stack = await runExample("shop");
        without = await shop("none");
    });

    for (const site of SITES) {
        it(`are of the stream that asks for them on ${site}, and not of the queue`, () => {
            const here = stack
                .all(SCHEDULE)
                .filter(({ name }) => name.startsWith(`shop-dev-${site}-`));
            assert.deepEqual(
                here.map(({ name }) => name),
                [`shop-dev-${site}-stream-events-daily`],
            );
            const [schedule] = here;
            const operator = stack.one(RELEASE, `shop-dev-${site}-snapscheduler`);
            const snapshots = stack.one(CLASS, `shop-dev-${site}-block`);
            for (const { urn } of [operator, snapshots]) {
                assert.ok(schedule?.options.dependencies.includes(urn), urn);
            }
        });

        it(`are all that goes on ${site} when there shall be none`, () => {
            const left = lines(without, site);
            const before = lines(stack, site);
            assert.deepEqual(
                left.filter((line) => !before.includes(line)),
                [],
            );
            assert.deepEqual(
                before.filter((line) => !left.includes(line)),
                [
                    "LimitRange snapscheduler",
                    "Namespace snapscheduler",
                    "NetworkPolicy snapscheduler-allow-apis",
                    "NetworkPolicy snapscheduler-allow-dns",
                    "NetworkPolicy snapscheduler-default-deny",
                    "Release snapscheduler",
                    "ResourceQuota snapscheduler-pods",
                    "SnapshotSchedule stream-events-daily",
                    "VolumeSnapshotClass block",
                ],
            );
        });
    }

    it("need the controller of snapshots on AWS, which stands before anything asks for it", () => {
        const addon = stack.one("aws:eks/addon:Addon", "shop-dev-aws-snapshot-controller");
        const snapshots = stack.one(CLASS, "shop-dev-aws-block");
        assert.ok(snapshots.options.dependencies.includes(addon.urn));
        assert.equal(
            without.all("aws:eks/addon:Addon").length,
            stack.all("aws:eks/addon:Addon").length,
        );
    });
});
