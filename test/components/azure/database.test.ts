import assert from "node:assert/strict";
import { get } from "../../../simulator/paths.ts";
import { inspect, run } from "../../../tools/offline/mocks.ts";
import { buildDatabase, DEV, NAME, PROD, type SiteArgs, databaseOf } from "./support.ts";

const SERVER = "azure-native:dbforpostgresql:Server";
const CONFIGURATION = "azure-native:dbforpostgresql:Configuration";

function withDatabase(site: SiteArgs, database: Partial<SiteArgs["database"]>): SiteArgs {
    return { ...site, database: { ...site.database, ...database } };
}

async function serverOf(site: SiteArgs) {
    return (await databaseOf(site)).one(SERVER);
}

describe("the database on Azure", () => {
    it("lies in the delegated subnet, with a name in the linked zone, and waits for the link (G1.45)", async () => {
        const recorded = await databaseOf(DEV);
        const server = recorded.one(SERVER);
        const link = recorded.one("azure-native:privatedns:VirtualNetworkLink");
        assert.deepEqual(server.inputs["network"], {
            delegatedSubnetResourceId: recorded.one(
                "azure-native:network:Subnet",
                `${NAME}-database`,
            ).id,
            privateDnsZoneArmResourceId: recorded.one("azure-native:privatedns:PrivateZone").id,
        });
        assert.ok(server.options.dependencies.includes(link.urn));
        assert.deepEqual(recorded.result.database.cidrs, ["10.20.192.0/20"]);
    });

    it("waits for no cluster", async () => {
        const recorded = await databaseOf(PROD);
        assert.deepEqual(recorded.names("azure-native:containerservice:ManagedCluster"), []);
    });

    it("has a standby in another zone and distant backups in prod only (G1.44)", async () => {
        const prod = (await serverOf(PROD)).inputs;
        assert.deepEqual(prod["highAvailability"], {
            mode: "ZoneRedundant",
            standbyAvailabilityZone: "2",
        });
        assert.equal(prod["availabilityZone"], "1");
        assert.deepEqual(prod["backup"], {
            backupRetentionDays: 14,
            geoRedundantBackup: "Enabled",
        });
        const dev = (await serverOf(DEV)).inputs;
        assert.equal(get(dev, "highAvailability.mode"), "Disabled");
        assert.deepEqual(dev["backup"], { backupRetentionDays: 7, geoRedundantBackup: "Disabled" });
    });

    it("asks for no distant backups where the region has none", async () => {
        for (const region of ["polandcentral", "brazilsouth", "westus3"]) {
            const server = await serverOf({ ...PROD, region });
            assert.equal(get(server.inputs, "backup.geoRedundantBackup"), "Disabled", region);
        }
    });

    it("takes the machines that the region has", async () => {
        const server = await serverOf({ ...PROD, region: "eastus2" });
        assert.equal(get(server.inputs, "sku.name"), "Standard_D2ds_v4");
    });

    it("stays where a failover has put it, and moves only with its network", async () => {
        const { options } = await serverOf(PROD);
        assert.deepEqual(options.ignoreChanges, [
            "availabilityZone",
            "highAvailability.standbyAvailabilityZone",
        ]);
        assert.deepEqual(options.replaceOnChanges, ["network.delegatedSubnetResourceId"]);
    });

    it("does not replace the server when deletion protection is switched off", async () => {
        const open = withDatabase(PROD, { deletionProtection: false });
        const [on, off] = [await serverOf(PROD), await serverOf(open)];
        assert.deepEqual(off.inputs["backup"], on.inputs["backup"]);
        assert.deepEqual([on.options.protect, off.options.protect], [true, false]);
    });

    it("gets the size, storage, version and window that were asked for (G1.43, G13.9)", async () => {
        const { inputs } = await serverOf(PROD);
        assert.deepEqual(inputs["sku"], { name: "Standard_D2ds_v5", tier: "GeneralPurpose" });
        assert.deepEqual(inputs["storage"], {
            type: "Premium_LRS",
            storageSizeGB: 32,
            autoGrow: "Enabled",
        });
        assert.equal(inputs["version"], "17");
        assert.deepEqual(inputs["maintenanceWindow"], {
            customWindow: "Enabled",
            dayOfWeek: 0,
            startHour: 4,
            startMinute: 0,
        });
    });

    it("demands TLS and logs no data, one parameter after the other", async () => {
        const recorded = await databaseOf(DEV);
        const all = recorded.all(CONFIGURATION);
        const values = Object.fromEntries(
            all.map(({ inputs }) => [inputs["configurationName"], inputs["value"]]),
        );
        assert.deepEqual(values, {
            require_secure_transport: "on",
            ssl_min_protocol_version: "TLSv1.2",
            log_checkpoints: "on",
            log_connections: "on",
            log_disconnections: "on",
            log_lock_waits: "on",
            log_min_duration_statement: "1000",
            log_statement: "ddl",
        });
        const inFrontOf = all.map(
            ({ options }) => all.filter(({ urn }) => options.dependencies.includes(urn)).length,
        );
        assert.deepEqual(inFrontOf.sort(), [0, 1, 1, 1, 1, 1, 1, 1]);
    });

    it("keeps its generated password secret, and only in the store (G1.7)", async () => {
        const recorded = await databaseOf(DEV);
        const secret = recorded.one("azure-native:keyvault:Secret");
        const password = recorded.one("random:index/randomPassword:RandomPassword");
        assert.ok(recorded.one(SERVER).isSecret("administratorLoginPassword"));
        assert.ok(secret.isSecret("properties.value"));
        assert.equal(password.inputs["overrideSpecial"], "-_.~");
        assert.equal(password.inputs["length"], 32);
        const document = JSON.parse(String(get(secret.inputs, "properties.value"))) as object;
        assert.deepEqual(document, {
            username: "appadmin",
            password: password.outputs["result"],
            host: recorded.one(SERVER).outputs["fullyQualifiedDomainName"],
            port: "5432",
            dbname: "orders",
        });
        const { credentials } = recorded.result.database;
        assert.deepEqual(credentials.fields, ["username", "password", "host", "port", "dbname"]);
        assert.equal((await inspect(credentials.key)).value, secret.outputs["name"]);
        assert.equal(secret.name, `${NAME}-orders-credentials`);
    });

    it("locks the server where deletion protection is on", async () => {
        const recorded = await databaseOf(PROD);
        const lock = recorded.one(
            "azure-native:authorization:ManagementLockByScope",
            `${NAME}-orders-lock`,
        );
        assert.equal(lock.inputs["scope"], recorded.one(SERVER).id);
        assert.equal(recorded.one("azure-native:dbforpostgresql:Database").options.protect, true);
    });

    const refused: [string, Partial<SiteArgs["database"]>, RegExp][] = [
        [
            "a standby of a burstable size",
            { size: "small", highAvailability: true },
            /size: small is a burstable size/,
        ],
        [
            "a size of storage that Azure does not sell",
            { storage: "100 GiB" },
            /storage: 100 GiB is not a size/,
        ],
        [
            "a retention below seven days",
            { backupRetention: "1 day" },
            /backupRetention: 1 day is not between 7 and 35/,
        ],
        ["a retention above 35 days", { backupRetention: "36 days" }, /backupRetention: 36 days/],
        ["a reserved user's name", { username: "admin" }, /username: admin is reserved/],
        [
            "a user's name that begins with pg_",
            { username: "pg_app" },
            /username: pg_app is reserved/,
        ],
    ];
    for (const [what, database, message] of refused) {
        it(`rejects ${what}`, async () => {
            await assert.rejects(
                run(() => buildDatabase(withDatabase(DEV, database))),
                message,
            );
        });
    }
});
