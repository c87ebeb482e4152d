import { aws, azure, database, rejectsEach } from "./support.ts";

describe("settings of databases and registries that are wrong", () => {
    rejectsEach([
        [
            "PostgreSQL out of support, and one that does not exist",
            { databases: { a: { version: "14" }, b: { version: "27" } } },
            [
                'databases.a.version: "14" is out of support as a version of PostgreSQL (standard support ends: 2027-02-28 on AWS). Write "15", "16", "17" or "18".',
                'databases.b.version: "27" is not a supported version of PostgreSQL. Write "15", "16", "17" or "18".',
            ],
        ],
        [
            "storage that no cloud or this cloud does not sell",
            {
                databases: { a: { storage: "20 GB" }, b: { storage: "10 GiB" } },
                sites: {
                    main: aws(),
                    other: azure({ databases: { a: null, b: { storage: "48 GiB" } } }),
                },
            },
            [
                'databases.a.storage: "20 GB" is not a size in whole GiB. Write the unit, with a blank before it, like 20 GiB.',
                'databases.b.storage: "10 GiB" is not a size that AWS sells: 20 to 65536 GiB. Write 20 GiB.',
                'sites.other.databases.b.storage: "48 GiB" is not a size that Azure sells: 32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16384 or 32767 GiB. Write 64 GiB.',
            ],
        ],
        [
            "a ceiling below the storage, or where there is none",
            {
                databases: { main: { storage: "100 GiB", maxStorage: "109 GiB" } },
                sites: {
                    main: aws(),
                    other: azure({ databases: { main: { storage: "128 GiB" } } }),
                },
            },
            [
                'databases.main.maxStorage: "109 GiB" leaves no room above storage 100 GiB. Write 110 GiB or more.',
                'databases.main.maxStorage: "109 GiB" cannot be kept on Azure, where growth has no ceiling. Write it only in the sites on AWS and Google Cloud.',
            ],
        ],
        [
            "a ceiling that has no effect",
            database({ maxStorage: "200 GiB", storageAutoGrow: false }),
            [
                'databases.main.maxStorage: "200 GiB" has no effect while storageAutoGrow is false. Remove it, or set storageAutoGrow to true.',
            ],
        ],
        [
            "a retention above 35 days",
            database({ backupRetention: "36 days" }),
            [
                'databases.main.backupRetention: "36 days" is not what AWS can do: 1 to 35 days. Write 35 days.',
            ],
        ],
        [
            "a retention below what Azure keeps",
            { sites: { main: azure(database({ backupRetention: "6 days" })) } },
            [
                'sites.main.databases.main.backupRetention: "6 days" is not what Azure can do: 7 to 35 days. Write 7 days.',
            ],
        ],
        [
            "a retention without a unit",
            database({ backupRetention: 7 }),
            [
                "databases.main.backupRetention: 7 is not a period in whole days. Write the unit, with a blank before it, like 7 days.",
            ],
        ],
        [
            "a standby that Azure does not have at the size",
            { sites: { main: azure(database({ highAvailability: true, size: "small" })) } },
            [
                "sites.main.databases.main.highAvailability: true is not possible on Azure at size small. Choose medium, large or xlarge, or set highAvailability to false.",
            ],
        ],
        [
            "a reserved user and a reserved database",
            {
                databases: {
                    a: { username: "admin" },
                    b: { databaseName: "postgres" },
                    c: { username: "pg_x" },
                },
            },
            [
                'databases.a.username: "admin" is reserved by AWS. Choose another name, like dbadmin.',
                'databases.b.databaseName: "postgres" is a database that the cloud or PostgreSQL makes itself. Choose another name.',
                'databases.c.username: "pg_x" is reserved by PostgreSQL or a cloud. Choose another name, like dbadmin.',
            ],
        ],
        [
            "a repository twice, and a registry with none",
            { registries: { a: { repositories: ["x1", "x1"] }, b: { repositories: [] }, c: {} } },
            [
                "registries.c.repositories: is missing. List the images it holds, like [shop].",
                'registries.a.repositories: holds "x1" more than once. Keep it once.',
                "registries.b.repositories: is empty. List the images it holds, like [shop].",
            ],
        ],
        [
            "copies of images in the site's own region or in none, and in two registries",
            {
                registries: {
                    a: { repositories: ["web"], replicateTo: ["eu-central-1"] },
                    b: { repositories: ["jobs"], replicateTo: ["eu-west-1"] },
                },
            },
            [
                'registries.a.replicateTo: names "eu-central-1", which is no other region of AWS. Write another region of AWS, like eu-west-1.',
                "registries.b.replicateTo: is a second registry with copies, and an account has one configuration. Put the images into one registry.",
            ],
        ],
        [
            "copies of images on Azure",
            {
                sites: {
                    main: azure({
                        registries: { a: { repositories: ["web"], replicateTo: ["northeurope"] } },
                    }),
                },
            },
            [
                "sites.main.registries.a.replicateTo: is not what Azure can do with a registry. Write it only in the sites on AWS.",
            ],
        ],
    ]);
});
