import assert from "node:assert/strict";
import type { ResourceChange } from "../../tools/plan/against/model.ts";
import type { PlannedResource } from "../../tools/plan/model.ts";
import { compare, resource, urn, VPC } from "./against-support.ts";

const AWS = "pulumi:providers:aws";
const GCP = "pulumi:providers:gcp";
const BUCKET = "gcp:storage/bucket:Bucket";

type Tags = Readonly<Record<string, string>>;

/** As the SDK sends what is nested in a provider's configuration. */
const aws = (tags: Tags | undefined): PlannedResource =>
    resource(AWS, "p", tags === undefined ? {} : { defaultTags: JSON.stringify({ tags }) });

const inAws = { provider: urn(AWS, "p") };
const net = (tags?: Tags, more = {}) =>
    resource(VPC, "net", tags && { tags }, { ...inAws, ...more });

/** What differs in the resources that the provider makes. */
async function changes(
    base: readonly PlannedResource[],
    head: readonly PlannedResource[],
): Promise<readonly unknown[]> {
    const { resources } = await compare(base, head);
    return resources
        .filter(({ token }) => !token.startsWith("pulumi:"))
        .map(({ kind, certainty, changes: all, because }: ResourceChange) => [
            kind,
            certainty,
            all.map((one) => [one.path, one.kind, one.old, one.new]),
            because,
        ]);
}

describe("the default tags of a provider that differ", () => {
    it("change all that the provider tags, because of it", async () => {
        const old = aws({ Owner: "a", Gone: "x", Same: "s" });
        const now = aws({ Owner: "b", New: "y", Same: "s" });
        const tags = [
            ["tagsAll.Gone", "delete", "x", undefined],
            ["tagsAll.New", "add", undefined, "y"],
            ["tagsAll.Owner", "update", "a", "b"],
        ];
        assert.deepEqual(await changes([old, net()], [now, net()]), [
            ["changed", "will", tags, [urn(AWS, "p")]],
        ]);
        const { counts } = await compare([old, net()], [now, net()]);
        assert.deepEqual([counts.changed, counts.unchanged], [2, 0]);
    });

    it("are told where they are new altogether, and as labels on Google Cloud", async () => {
        assert.deepEqual(await changes([aws(undefined), net()], [aws({ Owner: "b" }), net()]), [
            ["changed", "will", [["tagsAll.Owner", "add", undefined, "b"]], [urn(AWS, "p")]],
        ]);
        const gcp = (owner: string) => resource(GCP, "p", { defaultLabels: { owner } });
        const bucket = resource(BUCKET, "b", {}, { provider: urn(GCP, "p") });
        assert.deepEqual(await changes([gcp("a"), bucket], [gcp("b"), bucket]), [
            ["changed", "will", [["effectiveLabels.owner", "update", "a", "b"]], [urn(GCP, "p")]],
        ]);
    });

    it("leave alone what says the tag itself, ignores it, takes none, or has another provider", async () => {
        const entry = resource(
            "aws:eks/accessEntry:AccessEntry",
            "own",
            { tags: { Owner: "c" } },
            inAws,
        );
        const policy = resource("aws:iam/rolePolicy:RolePolicy", "none", {}, inAws);
        const ignoring = net(undefined, { ignoreChanges: ["tagsAll"] });
        const other = resource(VPC, "other", {}, { provider: urn(AWS, "q") });
        const all = [entry, policy, ignoring, other];
        assert.deepEqual(
            await changes([aws({ Owner: "a" }), ...all], [aws({ Owner: "b" }), ...all]),
            [],
        );
    });

    it("may change what says tags that nobody knows yet", async () => {
        const hidden = resource(
            VPC,
            "net",
            { tags: "[unknown]" },
            { ...inAws, unknowns: ["tags"] },
        );
        const [change] = await changes(
            [aws({ Owner: "a" }), hidden],
            [aws({ Owner: "b" }), hidden],
        );
        assert.deepEqual(change, [
            "changed",
            "may",
            [["tagsAll.Owner", "update", "a", "b"]],
            [urn(AWS, "p")],
        ]);
    });
});
