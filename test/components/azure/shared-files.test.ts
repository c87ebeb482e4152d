import assert from "node:assert/strict";
import { get } from "../../../simulator/paths.ts";
import type { Json } from "../../../simulator/table.ts";
import { inspect, run, type Recorded } from "../../../tools/offline/mocks.ts";
import { buildFiles, filesOf } from "./services-support.ts";
import { DEV, NAME, PROD } from "./support.ts";

const ACCOUNT = "azure-native:storage:StorageAccount";
const SHARE = "azure-native:storage:FileShare";
const WORKFLOW = "azure-native:logic:Workflow";
const ROLE = "azure-native:authorization:RoleAssignment";
const FILES = `${NAME}-uploads`;

/** A part of what the nightly workflow does. */
function actionOf(recorded: Recorded<unknown>, path: string): Json | undefined {
    return get(recorded.one(WORKFLOW).inputs, `definition.actions.${path}`);
}

describe("shared files on Azure", () => {
    it("are premium shares for NFS, which take mounts over TLS only", async () => {
        const recorded = await filesOf(DEV);
        const account = recorded.one(ACCOUNT, FILES).inputs;
        const share = recorded.one(SHARE).inputs;
        assert.equal(account["kind"], "FileStorage");
        assert.equal(account["enableHttpsTrafficOnly"], true);
        assert.equal(account["allowSharedKeyAccess"], false);
        assert.equal(share["enabledProtocols"], "NFS");
        assert.equal(share["shareQuota"], 100);
    });

    for (const [highAvailability, sku] of [
        [true, "Premium_ZRS"],
        [false, "Premium_LRS"],
    ] as const) {
        it(`lie in ${highAvailability ? "three zones" : "one zone"}, and are new ones when that changes`, async () => {
            const recorded = await run(() => buildFiles(DEV, { highAvailability }));
            const { inputs, options } = recorded.one(ACCOUNT, FILES);
            assert.deepEqual(inputs["sku"], { name: sku });
            assert.deepEqual(options.replaceOnChanges, ["sku"]);
        });
    }

    it("are reached through their endpoint only, which mounts wait for", async () => {
        const recorded = await filesOf(PROD);
        const { inputs, id } = recorded.one(ACCOUNT, FILES);
        const endpoint = recorded.one("azure-native:network:PrivateEndpoint", `${FILES}-endpoint`);
        assert.equal(inputs["publicNetworkAccess"], "Disabled");
        assert.deepEqual(endpoint.inputs["privateLinkServiceConnections"], [
            { name: "sharedFiles", privateLinkServiceId: id, groupIds: ["file"] },
        ]);
        const { mountable } = recorded.result.files;
        const urns = await Promise.all(
            mountable.map(async ({ urn }) => (await inspect(urn)).value),
        );
        assert.ok(urns.includes(endpoint.urn));
        assert.equal(urns.length, 3);
    });

    it("listen to the nodes' subnets only, without private endpoints", async () => {
        const recorded = await filesOf(DEV);
        const { inputs } = recorded.one(ACCOUNT, FILES);
        assert.equal(get(inputs, "networkRuleSet.defaultAction"), "Deny");
        assert.equal((get(inputs, "networkRuleSet.virtualNetworkRules") as Json[]).length, 3);
    });

    it("give each namespace a share of its own, and the same namespace the same", async () => {
        const recorded = await run(() => {
            const { files, volume } = buildFiles(DEV);
            const again = files.volume("again", "web");
            const other = files.volume(`${NAME}-shop-uploads`, "shop");
            return { volume, again, other };
        });
        const { volume, again, other } = recorded.result;
        const handle = async (one: typeof volume) => (await inspect(one.volumeHandle)).value;
        assert.deepEqual(recorded.names(SHARE).sort(), [
            `${NAME}-shop-uploads`,
            `${NAME}-web-uploads`,
        ]);
        assert.equal(await handle(volume), await handle(again));
        assert.notEqual(await handle(volume), await handle(other));
    });

    it("have names that Azure takes, however short the namespace's", async () => {
        const recorded = await run(() => buildFiles(DEV).files.volume("short", "ui"));
        assert.deepEqual(recorded.one(SHARE, "short").inputs["shareName"], "files-ui");
    });

    it("tell the driver where they are, and to encrypt", async () => {
        const recorded = await filesOf(DEV);
        const { volume } = recorded.result;
        const account = String(recorded.one(ACCOUNT, FILES).inputs["accountName"]);
        const group = recorded.one("azure-native:resources:ResourceGroup").outputs["name"];
        const attributes = Object.entries(volume.volumeAttributes).map(
            async ([key, value]) => [key, (await inspect(value)).value] as const,
        );
        assert.equal(volume.driver, "file.csi.azure.com");
        assert.equal((await inspect(volume.volumeHandle)).value, `${account}_files-web`);
        assert.deepEqual(Object.fromEntries(await Promise.all(attributes)), {
            resourceGroup: group,
            storageAccount: account,
            shareName: "files-web",
            protocol: "nfs",
            encryptInTransit: "true",
        });
        assert.equal(volume.capacity, "100 GiB");
    });

    it("have a snapshot of every share taken each night, and old ones deleted", async () => {
        const recorded = await run(() => buildFiles(DEV, { backupRetention: "30 days" }));
        const account = recorded.one(ACCOUNT, FILES);
        const { inputs } = recorded.one(WORKFLOW);
        const manager = "https://management.azure.com";
        const version = "api-version=2024-01-01";
        assert.equal(inputs["state"], "Enabled");
        assert.deepEqual(get(inputs, "definition.triggers.nightly.recurrence.schedule"), {
            hours: ["1"],
            minutes: [0],
        });
        assert.equal(
            actionOf(recorded, "list.inputs.uri"),
            `${manager}${account.id}/fileServices/default/shares?${version}&$expand=snapshots`,
        );
        assert.equal(
            actionOf(recorded, "take.actions.snapshot.inputs.uri"),
            `@{concat('${manager}', items('take')?['id'], '?${version}&$expand=snapshots')}`,
        );
        assert.match(String(actionOf(recorded, "old.inputs.where")), /addDays\(utcNow\(\), -30\)/);
        assert.equal(actionOf(recorded, "prune.actions.delete.inputs.method"), "DELETE");
        // Without the header it would be the share itself that goes.
        assert.deepEqual(actionOf(recorded, "prune.actions.delete.inputs.headers"), {
            "x-ms-snapshot": "@{items('prune')?['properties']?['snapshotTime']}",
        });
        assert.match(String(actionOf(recorded, "old.inputs.where")), /not\(empty\(/);
    });

    it("let the workflow do so on their own account, and nothing else", async () => {
        const recorded = await filesOf(DEV);
        const definition = recorded.one("azure-native:authorization:RoleDefinition");
        const { inputs } = recorded.one(ROLE, `${FILES}-backups`);
        const shares = "Microsoft.Storage/storageAccounts/fileServices/shares";
        assert.deepEqual(definition.inputs["permissions"], [
            {
                actions: [`${shares}/read`, `${shares}/write`, `${shares}/delete`],
                notActions: [],
            },
        ]);
        assert.equal(inputs["roleDefinitionId"], definition.id);
        assert.equal(inputs["scope"], recorded.one(ACCOUNT, FILES).id);
        assert.equal(
            inputs["principalId"],
            get(recorded.one(WORKFLOW).outputs, "identity.principalId"),
        );
    });

    it("log what the workflow did", async () => {
        const recorded = await filesOf(DEV);
        const { inputs } = recorded.one(
            "azure-native:monitor:DiagnosticSetting",
            `${FILES}-backups-logs`,
        );
        assert.equal(inputs["resourceUri"], recorded.one(WORKFLOW).id);
    });

    it("are protected where they are to be, by Pulumi and not by a lock", async () => {
        const held = await run(() => buildFiles(DEV, { deletionProtection: true }));
        assert.equal(held.one(ACCOUNT, FILES).options.protect, true);
        assert.equal(held.one(SHARE).options.protect, true);
        assert.deepEqual(held.names("azure-native:authorization:ManagementLockByScope"), []);
        assert.equal((await filesOf(DEV)).one(ACCOUNT, FILES).options.protect, false);
    });

    it("leave a share as large as somebody made it, where the program does not say", async () => {
        const { options } = (await filesOf(DEV)).one(SHARE);
        assert.deepEqual(options.ignoreChanges, ["shareQuota"]);
    });

    it("have the size that is asked for, which claims on them need not know", async () => {
        const recorded = await run(() => buildFiles(DEV, { size: "512 GiB" }));
        const { inputs, options } = recorded.one(SHARE);
        assert.equal(inputs["shareQuota"], 512);
        assert.deepEqual(options.ignoreChanges, []);
        assert.equal(recorded.result.volume.capacity, "100 GiB");
    });

    it("have the same resources while nothing is known yet", async () => {
        const preview = await run(() => buildFiles(PROD), { preview: true, inventNothing: true });
        const urns = ({ resources }: typeof preview) => resources.map(({ urn }) => urn).sort();
        assert.deepEqual(urns(preview), urns(await filesOf(PROD)));
    });

    for (const [size, next] of [
        ["99 GiB", 100],
        ["102401 GiB", 102_400],
    ] as const) {
        it(`rejects shares of ${size}`, async () => {
            await assert.rejects(
                run(() => buildFiles(DEV, { size })),
                new RegExp(
                    `size: ${size} is not a size that a share on Azure can have: 100 to 102400 GiB. Write ${next} GiB.`,
                ),
            );
        });
    }

    for (const backupRetention of ["0 days", "200 days"] as const) {
        it(`rejects backups to be kept ${backupRetention}`, async () => {
            await assert.rejects(
                run(() => buildFiles(DEV, { backupRetention })),
                new RegExp(`backupRetention: ${backupRetention} is not between 1 and 199 days`),
            );
        });
    }
});
