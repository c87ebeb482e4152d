import assert from "node:assert/strict";
import { GcpSharedFiles, type GcpSharedFilesArgs } from "../../../components/gcp/shared-files.ts";
import { get } from "../../../simulator/paths.ts";
import { inspect } from "../../../tools/offline/mocks.ts";
import { type Parts, onSite, urnsBothWays } from "./on-site.ts";
import { DEV } from "./site.ts";

const INSTANCE = "gcp:filestore/instance:Instance";
const VAULT = "gcp:backupdisasterrecovery/backupVault:BackupVault";
const PLAN = "gcp:backupdisasterrecovery/backupPlan:BackupPlan";
const ASSOCIATION = "gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation";

type Arguments = Omit<GcpSharedFilesArgs, "foundation" | "network">;

const FILES: Arguments = {
    highAvailability: false,
    backupRetention: "7 days",
    deletionProtection: false,
};

function files(change: Partial<Arguments> = {}) {
    return ({ name, foundation, network, opts }: Parts) =>
        new GcpSharedFiles(`${name}-media`, { ...FILES, ...change, foundation, network }, opts);
}

async function instanceOf(change: Partial<Arguments> = {}) {
    return (await onSite(files(change))).one(INSTANCE);
}

describe("GcpSharedFiles", () => {
    it("lies in one zone, or in all of the region where high availability is asked for", async () => {
        const one = (await instanceOf()).inputs;
        assert.deepEqual([one["tier"], one["location"]], ["ZONAL", "europe-west3-b"]);
        const all = (await instanceOf({ highAvailability: true })).inputs;
        assert.deepEqual([all["tier"], all["location"]], ["REGIONAL", "europe-west3"]);
    });

    it("can be mounted by the site's nodes only", async () => {
        const { inputs } = await instanceOf();
        assert.deepEqual(inputs["fileShares"], {
            name: "files",
            capacityGb: 1024,
            nfsExportOptions: [
                {
                    ipRanges: ["10.30.0.0/18"],
                    accessMode: "READ_WRITE",
                    squashMode: "NO_ROOT_SQUASH",
                },
            ],
        });
    });

    it("has the size that is asked for, which claims on it need not know", async () => {
        const recorded = await onSite((parts) =>
            files({ size: "2048 GiB" })(parts).volume("shop", "shop"),
        );
        assert.equal(get(recorded.one(INSTANCE).inputs, "fileShares.capacityGb"), 2048);
        assert.equal(recorded.result.capacity, "1024 GiB");
    });

    it("rejects a size that is no step, or of another kind of instance", async () => {
        await assert.rejects(
            onSite(files({ size: "1500 GiB" })),
            /size: 1500 GiB is not a size that this file system can have: 1024 to 9984 GiB in steps of 256 GiB\. Write 1536 GiB\./,
        );
        await assert.rejects(onSite(files({ size: "10240 GiB" })), /Write 9984 GiB\./);
    });

    it("has a private address in the peered network", async () => {
        const recorded = await onSite(files());
        const { inputs, options } = recorded.one(INSTANCE);
        assert.deepEqual(inputs["networks"], [
            {
                network: recorded.one("gcp:compute/network:Network").id,
                modes: ["MODE_IPV4"],
                connectMode: "PRIVATE_SERVICE_ACCESS",
                reservedIpRange: recorded.one("gcp:compute/globalAddress:GlobalAddress").outputs[
                    "name"
                ],
            },
        ]);
        const connection = recorded.one("gcp:servicenetworking/connection:Connection");
        assert.ok(options.dependencies.includes(connection.urn));
    });

    it("is backed up every night, for as long as asked", async () => {
        const recorded = await onSite(files({ backupRetention: "30 days" }));
        const plan = recorded.one(PLAN);
        assert.equal(plan.inputs["resourceType"], "file.googleapis.com/Instance");
        assert.equal(plan.inputs["backupVault"], recorded.one(VAULT).id);
        assert.deepEqual(plan.inputs["backupRules"], [
            {
                ruleId: "daily",
                backupRetentionDays: 30,
                standardSchedule: {
                    recurrenceType: "DAILY",
                    timeZone: "UTC",
                    backupWindow: { startHourOfDay: 0, endHourOfDay: 6 },
                },
            },
        ]);
        const association = recorded.one(ASSOCIATION);
        assert.equal(association.inputs["resource"], recorded.one(INSTANCE).id);
        assert.equal(association.inputs["backupPlan"], plan.outputs["name"]);
    });

    it("leaves the vault to Google, for it cannot be emptied", async () => {
        const { inputs } = (await onSite(files())).one(VAULT);
        assert.equal(inputs["backupMinimumEnforcedRetentionDuration"], "86400s");
        assert.equal(inputs["deletionPolicy"], "ABANDON");
        assert.match(String(inputs["backupVaultId"]), /^myapp-dev-gcp-media-[0-9a-f]{6}$/);
    });

    it("gives each namespace the whole share under a handle of its own", async () => {
        const recorded = await onSite((parts) => {
            const shared = files()(parts);
            return ["shop", "blog"].map((namespace) => shared.volume(namespace, namespace));
        });
        const { id, outputs } = recorded.one(INSTANCE);
        const handles = await Promise.all(
            recorded.result.map(async ({ volumeHandle }) => (await inspect(volumeHandle)).value),
        );
        const instance = `europe-west3-b/${id.split("/").at(-1)}`;
        assert.deepEqual(handles, [
            `modeInstance/${instance}/files-shop`,
            `modeInstance/${instance}/files-blog`,
        ]);
        const [volume] = recorded.result;
        assert.ok(volume);
        assert.equal(volume.driver, "filestore.csi.storage.gke.io");
        assert.deepEqual(volume.mountOptions, ["hard", "timeo=600", "retrans=3"]);
        assert.equal(volume.capacity, "1024 GiB");
        const { ip, volume: share } = volume.volumeAttributes;
        assert.ok(ip && share);
        const [network] = outputs["networks"] as { ipAddresses: string[] }[];
        assert.deepEqual(
            [(await inspect(ip)).value, (await inspect(share)).value],
            [network?.ipAddresses[0], "files"],
        );
        assert.match((await inspect(ip)).value, /^10\.30\.80\./);
    });

    it("can be mounted on the site's cluster, which has the driver", async () => {
        const recorded = await onSite((parts) => [parts.cluster, files()(parts)]);
        const { inputs } = recorded.one("gcp:container/cluster:Cluster");
        const addons = inputs["addonsConfig"] as Record<string, unknown>;
        assert.deepEqual(addons["gcpFilestoreCsiDriverConfig"], { enabled: true });
    });

    it("is protected by Google, by the provider and by Pulumi where asked for", async () => {
        const open = await instanceOf();
        assert.equal(open.inputs["deletionProtectionEnabled"], false);
        assert.equal(open.inputs["deletionPolicy"], "DELETE");
        assert.equal(open.options.protect, false);
        const closed = await instanceOf({ deletionProtection: true });
        assert.equal(closed.inputs["deletionProtectionEnabled"], true);
        assert.equal(closed.inputs["deletionPolicy"], "PREVENT");
        assert.equal(closed.options.protect, true);
    });

    it("has the same URNs whether outputs are known or not", async () => {
        const { known, unknown } = await urnsBothWays((parts) =>
            files()(parts).volume("shop", "shop"),
        );
        assert.deepEqual(unknown, known);
    });

    it("rejects a retention that Backup and DR does not offer", async () => {
        await assert.rejects(
            onSite(files({ backupRetention: "91 days" })),
            /backupRetention: 91 days is outside the 1 to 90 days that Backup and DR keeps daily backups\. Choose a period within that\./,
        );
    });

    it("rejects a network whose share for Google's services one database takes", async () => {
        await assert.rejects(
            onSite(files(), { ...DEV, network: { ...DEV.network, cidr: "10.30.0.0/20" } }),
            /network\.cidr: 10\.30\.0\.0\/20 leaves 10\.30\.5\.0\/24/,
        );
    });
});
