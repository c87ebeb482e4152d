import assert from "node:assert/strict";
import { shortHash } from "../../../components/lib/names.ts";
import { containers, IMAGE, type Json, NAME, object, plan, pod, variables } from "./program.ts";

/** The site with the application `shop` alone. */
const shop = (settings: Readonly<Record<string, unknown>>) => plan({ shop: settings });

/** What no container may do. */
const CLOSED = {
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
};

describe("what runs beside and before an application", () => {
    const sidecars = {
        zebra: { image: "acme/zebra:1.0", env: { A: "b" } },
        proxy: {
            image: "acme/proxy:1.0",
            port: 9001,
            args: ["-v"],
            resources: { memory: "768Mi" },
        },
    };

    it("starts first and stops last, closed like the application, in one order on every machine (G3.12)", async () => {
        const { initContainers } = pod(await shop({ sidecars }), "shop", "Deployment");
        const list = initContainers as Json[];
        assert.deepEqual(
            list.map(({ name, restartPolicy }) => [name, restartPolicy]),
            [
                ["proxy", "Always"],
                ["zebra", "Always"],
            ],
        );
        const { image, args, ports, startupProbe, resources, securityContext } = list[0] ?? {};
        assert.deepEqual(securityContext, CLOSED);
        assert.deepEqual([image, args], ["acme/proxy:1.0", ["-v"]]);
        assert.deepEqual(ports, [{ name: "proxy", containerPort: 9001, protocol: "TCP" }]);
        assert.deepEqual((startupProbe as Json)["tcpSocket"], { port: "proxy" });
        assert.deepEqual((resources as Json)["limits"], {
            cpu: "100m",
            memory: "768Mi",
            "ephemeral-storage": "1Gi",
        });
    });

    it("gets none of the application's credentials", async () => {
        const made = await shop({ sidecars, secrets: { KEY: { generate: 20 } }, env: { B: "c" } });
        const all = containers(pod(made, "shop", "Deployment"));
        assert.deepEqual(Object.keys(variables(all["zebra"])), ["A", "POD_NAME", "POD_IP"]);
        assert.deepEqual(Object.keys(variables(all["shop"])), ["B", "POD_NAME", "POD_IP", "KEY"]);
    });

    const release = { command: ["migrate"], args: ["up"], deadline: 300 };
    const digest = shortHash(JSON.stringify([IMAGE, {}, {}, release]), 8);

    it("migrates once per release, before the first new pod (G3.13)", async () => {
        const made = await shop({ release });
        const job = object(made, "shop", "Job");
        const named = `shop-release-${digest}`;
        assert.equal(job.name, `${NAME}-${named}`);
        assert.equal((job.inputs["metadata"] as Json)["name"], named);
        const { template: _, ...own } = job.inputs["spec"] as Json;
        assert.deepEqual(own, {
            backoffLimit: 1,
            activeDeadlineSeconds: 300,
            podReplacementPolicy: "Failed",
        });
        const deployment = object(made, "shop", "Deployment");
        assert.ok(deployment.options.dependencies.includes(job.urn));
        const { command, args, securityContext, resources } =
            containers(pod(made, "shop", "Job"))["release"] ?? {};
        assert.deepEqual([command, args], [["migrate"], ["up"]]);
        assert.deepEqual(securityContext, CLOSED);
        assert.deepEqual((resources as Json)["limits"], {
            cpu: "200m",
            memory: "128Mi",
            "ephemeral-storage": "1Gi",
        });
    });

    it("is made anew if it failed", async () => {
        const { inputs } = object(await shop({ release }), "shop", "Job");
        const { annotations } = inputs["metadata"] as Json;
        assert.deepEqual(annotations, { "pulumi.com/replaceUnready": "true" });
    });

    it("runs again for another image, other variables or other files, and for nothing else", async () => {
        const same = {
            memory: { resources: { memory: "768Mi" } },
            pods: { replicas: { max: 2 } },
            team: { owner: "me" },
        };
        const others = {
            image: { image: "ghcr.io/acme/app:1.4.3" },
            env: { env: { A: "b" } },
            files: { files: { "/a": "b" } },
            release: { release: { ...release, args: ["down"] } },
        };
        const all = Object.entries({ shop: {}, ...same, ...others });
        const made = await plan(
            Object.fromEntries(all.map(([key, one]) => [key, { release, ...one }])),
        );
        const jobs = all.map(([key]) => [key, object(made, key, "Job")] as const);
        for (const [key, { name, options }] of jobs) {
            assert.deepEqual(options.ignoreChanges, ["spec", "metadata.labels"]);
            assert.equal(name.endsWith(`-${digest}`), !(key in others), key);
        }
    });

    it("does without the volumes that belong to pods which stay", async () => {
        const volumes = {
            data: { path: "/data", kind: "block" },
            spill: { path: "/spill" },
        };
        const made = await shop({ release, volumes });
        const { volumes: own, containers: list } = pod(made, "shop", "Job");
        assert.deepEqual(
            (own as Json[]).map(({ name }) => name),
            ["tmp", "spill"],
        );
        assert.deepEqual((list as Json[])[0]?.["volumeMounts"], [
            { name: "tmp", mountPath: "/tmp" },
            { name: "spill", mountPath: "/spill" },
        ]);
    });
});
