import assert from "node:assert/strict";
import { aws, azure, gcp, problemsOf, rejectsEach, settingsOf, siteOf, stack } from "./support.ts";

const image = "ghcr.io/acme/api:1.0.0";
const mounts = { uploads: { path: "/uploads", kind: "shared", files: "archive" } };

describe("backups of a search cluster", () => {
    it("are none unless the settings say where they go", () => {
        const { searches } = siteOf(stack({ searches: { texts: {} } }));
        assert.equal(searches["texts"]?.backup, undefined);
    });

    it("go into the shared files that are named, for 30 days", () => {
        const sharedFiles = { archive: {} };
        const { searches } = siteOf(
            stack({ sharedFiles, searches: { texts: { backup: "archive" } } }),
        );
        assert.deepEqual(searches["texts"]?.backup, { files: "archive", retention: "30 days" });
    });

    it("are kept as long as one site says, and as the stack says elsewhere", () => {
        const { sites } = settingsOf(
            stack({
                sharedFiles: { archive: {} },
                searches: { texts: { backup: { files: "archive", retention: "10 days" } } },
                sites: {
                    one: aws({ searches: { texts: { backup: { retention: "5 days" } } } }),
                    two: azure(),
                },
            }),
        );
        assert.deepEqual(
            sites.map(({ searches }) => searches["texts"]?.backup),
            [
                { files: "archive", retention: "5 days" },
                { files: "archive", retention: "10 days" },
            ],
        );
    });

    it("go where applications keep files too, if each has a part of its own", () => {
        const { sites } = settingsOf(
            stack({
                sharedFiles: { archive: {} },
                searches: { texts: { backup: "archive" } },
                applications: { api: { image, volumes: mounts } },
                sites: { one: aws(), two: azure() },
            }),
        );
        assert.equal(sites.length, 2);
    });

    it("are kept for a week in prod at least, or that is accepted", () => {
        const short = {
            environment: "prod",
            sharedFiles: { archive: {} },
            searches: { a: { backup: { files: "archive", retention: "6 days" } }, b: {} },
        };
        assert.deepEqual(problemsOf(stack(short)), [
            'searches.a.backup.retention: "6 days" is less than the 7 days that prod\'s backups are kept. Write 7 days or more, or accept it with acknowledge: [short-backups-prod].',
        ]);
        settingsOf(stack({ ...short, acknowledge: ["short-backups-prod"] }));
    });

    rejectsEach([
        [
            "backups into files that there are not",
            {
                sharedFiles: { archive: {} },
                searches: { a: { backup: "archiv" }, b: { backup: { retention: "7 days" } } },
            },
            [
                'searches.a.backup: "archiv" is not a file system of the site. Did you mean "archive"?',
                "searches.b.backup.files: is missing. Name the shared files that hold the snapshots, like files: archive.",
            ],
        ],
        [
            "backups into files that a site drops",
            {
                sharedFiles: { archive: {} },
                searches: { a: { backup: "archive" } },
                sites: { one: aws(), two: azure({ sharedFiles: { archive: null } }) },
            },
            [
                'searches.a.backup: "archive" is not a file system of the site. Add it under sharedFiles, like archive: {}.',
            ],
        ],
        [
            "periods that snapshots are not kept for",
            {
                sharedFiles: { archive: {} },
                searches: { a: { backup: { files: "archive", retention: "366 days" } } },
            },
            [
                'searches.a.backup.retention: "366 days" is not a period that daily snapshots are kept for: 1 to 365 days. Write 365 days or less.',
            ],
        ],
        [
            "backups that an application could read on Google Cloud",
            {
                sharedFiles: { archive: {} },
                searches: { a: { backup: "archive" } },
                applications: { api: { image, volumes: mounts } },
                sites: { one: gcp() },
            },
            [
                'searches.a.backup: "archive" is mounted as applications.api.volumes.uploads too, and on Google Cloud all who mount files see everything in them. Name shared files of its own.',
            ],
        ],
    ]);
});
