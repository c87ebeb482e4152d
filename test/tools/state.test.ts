import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { copyFiles, findStack } from "../../tools/stack/files.ts";
import { layoutOf } from "../../tools/stack/layout.ts";
import { leftovers } from "../../tools/stack/recover.ts";
import { nameOf, placeOf, readState, typeOf } from "../../tools/stack/state.ts";
import { CLUSTER, EKS, PARENTS, PREFIX, RDS, SITE, STACK, resource } from "./support.ts";

describe("a URN", () => {
    it("gives its name, even one with colons, and its own type without its parents'", () => {
        assert.equal(nameOf(`${PREFIX}a:b:C::my::name`), "my::name");
        assert.equal(typeOf(EKS), "aws:eks/cluster:Cluster");
    });

    it("is placed in its site and in the site's part by its parents", () => {
        const parentOf = (urn: string) => PARENTS[urn];
        assert.deepEqual(placeOf(EKS, parentOf), {
            site: "myapp-dev-aws",
            part: "platform:aws:Cluster",
            partUrn: CLUSTER,
        });
        assert.deepEqual(placeOf(SITE, parentOf), { site: "myapp-dev-aws" });
        assert.equal(placeOf(STACK, parentOf), undefined);
    });
});

describe("the files of a local run", () => {
    let folder: string;
    beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "platform-files-"))));
    afterEach(() => rm(folder, { recursive: true, force: true }));

    async function write(path: string, text: string): Promise<string> {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
        return join(folder, path);
    }

    it("finds a stack by its name, by its file and by a folder with one stack", async () => {
        const dev = await write("Pulumi.dev.yaml", "");
        const small = await write("examples/small/Pulumi.small.yaml", "");
        assert.deepEqual(await findStack("dev", folder), { stack: "dev", file: dev });
        assert.deepEqual(await findStack(small, folder), { stack: "small", file: small });
        assert.deepEqual(await findStack("examples/small", folder), {
            stack: "small",
            file: small,
        });
    });

    it("rejects a stack that is not there, and lists those that are", async () => {
        await write("Pulumi.dev.yaml", "");
        await write("examples/small/Pulumi.small.yaml", "");
        await assert.rejects(findStack("live", folder), {
            message: 'There is no stack "live". There are: dev, examples/small.',
        });
    });

    it("copies the stack's file and keeps the salt that the state is encrypted with", async () => {
        const layout = layoutOf(join(folder, ".local"));
        await write("Pulumi.yaml", "name: platform\nmain: index.ts\n");
        const file = await write("Pulumi.dev.yaml", "config: {a:b: 1}\n");
        await write(".local/project/Pulumi.dev.yaml", "config: {}\nencryptionsalt: v1:old\n");
        await copyFiles({ stack: "dev", file }, layout);
        assert.equal(
            await readFile(join(layout.project, "Pulumi.dev.yaml"), "utf8"),
            "config: {a:b: 1}\nencryptionsalt: v1:old\n",
        );
        assert.match(
            await readFile(join(layout.project, "Pulumi.yaml"), "utf8"),
            /^main: "\/.*index\.ts"$/m,
        );
    });

    it("rejects a second run beside one that is alive, wherever it is", async () => {
        const layout = layoutOf(folder);
        const lock = (pid: number, host: string) =>
            write(
                "state/.pulumi/locks/organization/platform/dev/x.json",
                JSON.stringify({ pid, hostname: host, username: "ada", timestamp: "noon" }),
            );
        await lock(process.pid, hostname());
        await assert.rejects(leftovers(layout, "platform", "dev"), {
            message: `Process ${process.pid} has worked on dev since noon. Wait for it, or stop it with Ctrl-C.`,
        });
        await lock(1, "elsewhere.example");
        await assert.rejects(leftovers(layout, "platform", "dev"), /ada on elsewhere\.example/);
        await lock(999_999_999, hostname());
        assert.deepEqual(await leftovers(layout, "platform", "dev"), {
            staleLock: true,
            pending: [],
        });
    });

    it("reads what stands and what was under way from the state's file", async () => {
        const pending = [{ type: "creating", resource: resource(EKS) }];
        const latest = { resources: [resource(RDS)], pending_operations: pending };
        await write(
            "state/.pulumi/stacks/platform/dev.json",
            JSON.stringify({ checkpoint: { latest } }),
        );
        assert.deepEqual(await readState(layoutOf(folder), "platform", "dev"), {
            resources: [resource(RDS)],
            pending,
        });
        assert.deepEqual(await readState(layoutOf(folder), "platform", "none"), {
            resources: [],
            pending: [],
        });
    });
});
