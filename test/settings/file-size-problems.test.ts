import assert from "node:assert/strict";
import { aws, azure, gcp, rejectsEach, settingsOf, stack } from "./support.ts";

const sized = (size: string) => ({ sharedFiles: { media: { size } } });

describe("settings of shared files' size", () => {
    rejectsEach([
        [
            "sizes that a cloud does not sell, or that mean nothing there",
            {
                sites: {
                    main: aws(sized("100 GiB")),
                    small: azure(sized("50 GiB")),
                    odd: gcp(sized("1100 GiB")),
                    large: gcp(sized("20480 GiB")),
                },
            },
            [
                'sites.main.sharedFiles.media.size: "100 GiB" means nothing on AWS, where files grow by themselves. Write it in the other sites only.',
                'sites.small.sharedFiles.media.size: "50 GiB" is not a size that a file system on Azure can have: 100 to 102400 GiB. Write 100 GiB.',
                'sites.odd.sharedFiles.media.size: "1100 GiB" is not a size that a file system on Google Cloud can have: 1024 to 9984 GiB in steps of 256 GiB. Write 1280 GiB.',
                'sites.large.sharedFiles.media.size: "20480 GiB" is not a size that a file system on Google Cloud can have: 1024 to 9984 GiB in steps of 256 GiB. Write 9984 GiB.',
            ],
        ],
    ]);

    it("takes one that the cloud sells, and none", () => {
        const { sites } = settingsOf(
            stack({
                sites: {
                    one: azure(sized("101 GiB")),
                    two: gcp(sized("2048 GiB")),
                    three: gcp({ sharedFiles: { media: {} } }),
                },
            }),
        );
        assert.deepEqual(
            sites.map(({ sharedFiles }) => sharedFiles["media"]?.size),
            ["101 GiB", "2048 GiB", undefined],
        );
    });
});
