import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { parse, parseAllDocuments } from "yaml";
import { makePlan } from "../../tools/plan/make.ts";
import { INCOMPLETE } from "../../tools/plan/manifests/render.ts";
import { manifestsOf } from "../../tools/plan/manifests/write.ts";
import { planOf, resource } from "./against-support.ts";
import { validate } from "../components/kubernetes/schemas.ts";
import { cluster, HIDDEN, network, plan, wholePlan, withProject } from "./support.ts";

interface KubernetesObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly [key: string]: unknown;
}

describe("manifests", () => {
    let files: ReadonlyMap<string, string>;

    before(() =>
        withProject({ small: "" }, async (root) => {
            const made = await makePlan({ stack: "small", root, program: cluster });
            const [only, ...others] = manifestsOf([made]);
            assert.equal(only?.cluster, "tiny");
            assert.deepEqual(others, []);
            files = new Map(only.files.map(({ name, text }) => [name, text]));
        }),
    );

    const object = (name: string) => parse(files.get(name) ?? "") as KubernetesObject;

    it("stand in the order in which they can be applied", () => {
        assert.deepEqual(
            [...files.keys()],
            [
                "001-namespace-shop.yaml",
                "002-configmap-made-up.yaml",
                "003-serviceaccountpatch-shop-default.patch.yaml.txt",
                "004-secret-shop-login.yaml",
                "005-release-shop-operator.values.yaml.txt",
                "006-deployment-shop-web.yaml",
            ],
        );
    });

    it("keep that order by name, as kubectl reads it, however many there are", () => {
        const objects = Array.from({ length: 1000 }, (_, index) =>
            resource("kubernetes:core/v1:ConfigMap", `c${String(index).padStart(4, "0")}`),
        );
        const names = manifestsOf([planOf(objects)]).flatMap(({ files: own }) =>
            own.map(({ name }) => name),
        );
        assert.deepEqual(names, names.toSorted());
        assert.deepEqual(
            [names[0], names.at(-1)],
            ["0001-configmap-c0000.yaml", "1000-configmap-c0999.yaml"],
        );
    });

    it("are the objects that the program sends", () => {
        const text = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n";
        assert.equal(files.get("001-namespace-shop.yaml"), text);
    });

    it("leave a secret's place empty so that kubectl refuses the object", () => {
        const text = files.get("004-secret-shop-login.yaml") ?? "";
        assert.match(text, /^# .*\n# {3}stringData \(secret\)\n/);
        const { stringData, metadata } = object("004-secret-shop-login.yaml");
        // Kubernetes wants a map here, and allows no such key of an annotation.
        assert.equal(stringData, "[secret]");
        assert.deepEqual(metadata.annotations, { [INCOMPLETE]: "" });
        assert.doesNotMatch(INCOMPLETE, /^([a-z0-9.-]+\/)?[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/);
    });

    it("mark what only the update tells, and refuse to be applied with the mark", () => {
        const text = files.get("006-deployment-shop-web.yaml") ?? "";
        const hole = "spec.template.spec.containers[0].env[0].value (known only after the update)";
        assert.ok(text.includes(`\n#   ${hole}\n`), text);
        assert.ok(
            INCOMPLETE in (object("006-deployment-shop-web.yaml").metadata.annotations ?? {}),
        );
    });

    it("ask for the name that a provider would make up", () => {
        const { metadata } = object("002-configmap-made-up.yaml");
        assert.equal(metadata.name, "[unknown]");
        assert.ok(INCOMPLETE in (metadata.annotations ?? {}));
    });

    it("quote what an older YAML takes for something else", () => {
        assert.match(files.get("002-configmap-made-up.yaml") ?? "", /^ {2}flag: "on"$/m);
    });

    it("give a release's values with the command that installs it", () => {
        const text = files.get("005-release-shop-operator.values.yaml.txt") ?? "";
        const words =
            "helm upgrade --install operator operator --repo https://charts.example.com --version 1.2.3 --namespace shop --values FILE";
        assert.ok(text.includes(`\n#   ${words}\n`), text);
        assert.ok(text.includes("\n#   values.vpc (known only after the update)\n"), text);
        assert.deepEqual(parse(text), { replicas: 2, vpc: "[unknown]" });
    });

    it("hold no secret", () => {
        for (const [name, text] of files) assert.ok(!text.includes(HIDDEN), name);
    });
});

describe("the manifests of a program that means harm", () => {
    /** Ends a comment, and begins something that YAML or a shell would take. */
    const HARM = "x\nevil: true\u2028$(touch evil) 'y";

    function hostile(): void {
        const provider = new Provider("../../up/..", { kubeconfig: pulumi.secret(HIDDEN) });
        const values = { [HARM]: pulumi.secret(HIDDEN) };
        new Release("release", { chart: HARM, name: "it", values }, { provider });
        const metadata = { name: "map" };
        new ConfigMap("map", { metadata, data: { [HARM]: pulumi.secret(HIDDEN) } }, { provider });
    }

    it("lead nowhere out of the folder", async () => {
        await withProject({ small: "" }, async (root) => {
            const folder = join(root, "deep", "er", "out");
            const args = ["--stack", "small", "--manifests", folder];
            const { code, text } = await plan(args, { root, program: hostile });
            assert.equal(code, 0, text);
            assert.deepEqual((await readdir(root)).sort(), [
                "Pulumi.small.yaml",
                "Pulumi.yaml",
                "deep",
            ]);
            assert.deepEqual((await readdir(folder)).sort(), [
                ".npm-run-plan",
                "README.md",
                "up-..",
            ]);
        });
    });

    it("keep every name in its comment, and in its word of a command", async () => {
        await withProject({ small: "" }, async (root) => {
            const made = await makePlan({ stack: "small", root, program: hostile });
            const files = manifestsOf([made]).flatMap((cluster) => cluster.files);
            assert.equal(files.length, 2);
            for (const { text, open } of files) {
                assert.ok(!("evil" in (parse(text) as object)), text);
                assert.doesNotMatch(open, /[\n\u2028]/);
            }
            const release = files.find(({ name }) => name.includes("release"));
            const chart = String.raw`'x evil: true $(touch evil) '\''y'`;
            assert.ok(release?.open.startsWith(`helm upgrade --install it ${chart} `));
        });
    });
});

describe("the manifests of the platform's own stacks", () => {
    for (const stack of ["dev", "prod"]) {
        it(`are what Kubernetes takes, for ${stack}`, async () => {
            const made = await wholePlan(stack);
            const clusters = manifestsOf([made]);
            assert.equal(clusters.length, made.sites.length);
            const refused: string[] = [];
            for (const { cluster: name, files } of clusters) {
                for (const file of files.filter((one) => one.name.endsWith(".yaml"))) {
                    const documents = parseAllDocuments(file.text, { version: "1.1" });
                    assert.equal(documents.length, 1, file.name);
                    assert.deepEqual(documents[0]?.errors, [], file.name);
                    const object = documents[0]?.toJS() as KubernetesObject;
                    const isOpen = INCOMPLETE in (object.metadata.annotations ?? {});
                    assert.equal(isOpen, file.open !== "", file.name);
                    if (isRefused(object)) refused.push(`${name} ${file.name}`);
                }
            }
            // Its provider is unknown as a whole where it is made of an answer of the cloud.
            assert.deepEqual(
                refused.filter((one) => !/-secretstore-/.test(one)),
                [],
            );
        });
    }
});

function isRefused(object: KubernetesObject): boolean {
    const api = object.apiVersion === "v1" ? "core/v1" : object.apiVersion;
    try {
        validate(`kubernetes:${api}:${object.kind}`, object);
        return false;
    } catch {
        return true;
    }
}

describe("npm run plan -- --manifests", () => {
    it("writes a folder for each cluster, which kubectl can load as a whole", async () => {
        await withProject({ small: "" }, async (root) => {
            const folder = join(root, "out");
            const args = ["--stack", "small", "--manifests", folder];
            const { code, text } = await plan(args, { root, program: cluster });
            assert.equal(code, 0, text);
            assert.match(text, /\nWritten: .+\/out\/tiny \(6 objects\)\n$/);
            const names = await readdir(join(folder, "tiny"));
            assert.equal(names.filter((name) => /\.(ya?ml|json)$/.test(name)).length, 4);
            const readme = await readFile(join(folder, "README.md"), "utf8");
            assert.match(readme, /^6 files, 1 of which can be applied as they are/m);
            for (const name of await readdir(folder, { recursive: true })) {
                const text = await readFile(join(folder, name), "utf8").catch(() => "");
                assert.ok(!text.includes(HIDDEN), name);
            }
        });
    });

    it("takes away what it wrote before, and nothing else", async () => {
        await withProject({ small: "" }, async (root) => {
            const folder = join(root, "out");
            const args = ["--stack", "small", "--manifests", folder];
            await plan(args, { root, program: cluster });
            await writeFile(join(folder, "tiny", "mine.txt"), "mine");
            const { code } = await plan(args, { root, program: network });
            assert.equal(code, 0);
            assert.deepEqual(await readdir(join(folder, "tiny")), ["mine.txt"]);
        });
    });

    it("refuses a folder with something in it that it did not write", async () => {
        await withProject({ small: "" }, async (root) => {
            const folder = join(root, "out");
            await mkdir(folder);
            await writeFile(join(folder, "mine.txt"), "mine");
            const args = ["--stack", "small", "--manifests", folder];
            const { code, text } = await plan(args, { root, program: cluster });
            assert.equal(code, 2);
            assert.match(text, /is not empty and was not written by npm run plan/);
            assert.deepEqual(await readdir(folder), ["mine.txt"]);
        });
    });

    it("refuses two clusters of the same name", async () => {
        await withProject({ a: "", b: "" }, async (root) => {
            const args = ["--all", "--manifests", join(root, "out")];
            const { code, text } = await plan(args, { root, program: cluster });
            assert.equal(code, 2);
            assert.match(text, /Two stacks have a cluster tiny/);
        });
    });
});
