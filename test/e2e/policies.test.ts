import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import platform from "../../index.ts";
import { bundle } from "../../tools/bundle/bundle.ts";
import { PLATFORM_PACK } from "../../tools/stack/local-stack.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { assertSame, standing } from "./support/compare.ts";
import { Stage, type Program } from "./support/stage.ts";

const ALL = { policyPacks: [PLATFORM_PACK] };

/** A key that is never turned, on a simulated AWS. */
const carelessKey: Program = async () => {
    const { Key } = await import("@pulumi/aws/kms/key.js");
    const { Provider } = await import("@pulumi/aws/provider.js");
    const provider = new Provider("aws", { region: "eu-central-1" });
    const tags = { owner: "platform-team", "cost-centre": "cc-1000" };
    new Key("careless", { enableKeyRotation: false, tags }, { provider });
    return {};
};

/** A database that everybody reaches. */
const publicDatabase: Program = async () => {
    const { Instance } = await import("@pulumi/aws/rds/instance.js");
    const { Provider } = await import("@pulumi/aws/provider.js");
    const provider = new Provider("aws", { region: "eu-central-1" });
    new Instance(
        "careless",
        {
            engine: "postgres",
            instanceClass: "db.t4g.micro",
            allocatedStorage: 20,
            username: "dbadmin",
            manageMasterUserPassword: true,
            publiclyAccessible: true,
        },
        { provider },
    );
    return {};
};

/** The platform, and a namespace beside it to which everybody may talk. */
const bareNamespace: Program = async () => {
    const outputs = await platform();
    const { Provider } = await import("@pulumi/kubernetes/provider.js");
    const { Namespace } = await import("@pulumi/kubernetes/core/v1/namespace.js");
    const [kubeconfig] = Object.values(outputs.kubeconfigs);
    const provider = new Provider("beside", { kubeconfig: kubeconfig! });
    new Namespace("bare", { metadata: { name: "bare" } }, { provider });
    return {};
};

describe("the guardrails in a real run", () => {
    let stage: Stage;
    beforeEach(async () => {
        stage = await Stage.empty("dev");
    });
    afterEach(() => stage.dispose());

    /** A file of levels and options beside the stack's own. */
    async function levels(config: object): Promise<string> {
        const file = join(stage.folder, "levels.json");
        await writeFile(file, JSON.stringify(config));
        return file;
    }

    for (const action of ["preview", "up"] as const) {
        it(`refuse the ${action} of a public database, and say what to do`, async () => {
            const { error, progress } = await stage.run(action, {
                ...ALL,
                program: publicDatabase,
            });
            assert.ok(error !== undefined, "the run went through");
            const found = progress.findings.find(({ policy }) => policy === "db-no-public-access");
            assert.ok(found?.mandatory);
            assert.match(found.urn ?? "", /::careless$/);
            assert.match(found.text, /^publiclyAccessible: /m);
            assert.match(found.text, /^Set publiclyAccessible to false\.$/m);
            assertSame(standing(stage), []);
        });
    }

    it("mend what is safe to mend where they are told to, and only there", async () => {
        const told = { ...ALL, policyPackConfigs: [await levels({ "kms-rotation": "remediate" })] };
        const keys = async () =>
            (await stage.state()).resources
                .filter(({ type }) => type === "aws:kms/key:Key")
                .map(({ inputs }) => inputs?.enableKeyRotation);
        assert.equal((await stage.run("up", { ...ALL, program: carelessKey })).error, undefined);
        assert.deepEqual(await keys(), [false]);
        let mended = "";
        const { error } = await stage.run("up", {
            ...told,
            program: carelessKey,
            onEvent: (event) => {
                if ("policyRemediationEvent" in event) mended += JSON.stringify(event);
            },
        });
        assert.equal(error, undefined);
        assert.deepEqual(await keys(), [true]);
        assert.match(mended, /kms-rotation/);
    });

    it("judge what is inside a cluster that the same preview makes", async () => {
        const { progress } = await stage.run("preview", { ...ALL, program: bareNamespace });
        const open = progress.findings.filter(
            ({ policy }) => policy === "k8s-namespace-default-deny",
        );
        assert.deepEqual(
            open.map(({ urn }) => urn?.split("::").at(-1)),
            ["bare"],
        );
    });

    it("take a profile, also for a pack that holds only some of its rules", async () => {
        const { error, progress } = await stage.run("preview", {
            policyPacks: [join(ROOT, "policies", "security")],
            policyPackConfigs: [join(ROOT, "policies", "profiles", "pci.json")],
            program: carelessKey,
        });
        const rotation = progress.findings.find(({ policy }) => policy === "kms-rotation");
        assert.ok(rotation?.mandatory, "the profile makes it mandatory");
        assert.ok(error !== undefined);
    });
});

describe("a bundled pack", () => {
    let stage: Stage;
    let folder: string;
    before(async () => {
        stage = await Stage.empty("dev");
        folder = join(await mkdtemp(join(tmpdir(), "platform-bundle-")), "pack");
    });
    after(async () => {
        await stage.dispose();
        await rm(join(folder, ".."), { recursive: true, force: true });
    });

    it("judges another program from a folder of its own, without this repository", async () => {
        await bundle("platform", folder);
        const args = ["ci", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline"];
        const installed = spawnSync("npm", args, { cwd: folder, encoding: "utf8" });
        assert.equal(installed.status, 0, installed.stderr);
        const { error, progress } = await stage.run("preview", {
            policyPacks: [folder],
            program: publicDatabase,
        });
        assert.ok(error !== undefined, "the run went through");
        assert.ok(progress.findings.some(({ policy }) => policy === "db-no-public-access"));
    });

    it("is not written over something else", async () => {
        await assert.rejects(bundle("platform", folder), /is not empty/);
    });
});
