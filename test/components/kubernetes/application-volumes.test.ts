import assert from "node:assert/strict";
import { containers, type Json, NAME, object, objectsOf, plan, pod, spec } from "./program.ts";

type Raw = Readonly<Record<string, unknown>>;

const shop = (settings: Raw, more: Raw = {}) => plan({ shop: settings }, more);

describe("block volumes of an application", () => {
    const volumes = {
        data: { path: "/data", kind: "block", size: "20Gi" },
        spill: { path: "/spill", size: "3Gi" },
    };

    it("belong to one pod each, so that a StatefulSet runs them and is scaled", async () => {
        const made = await shop({ volumes });
        const { volumeClaimTemplates, persistentVolumeClaimRetentionPolicy, ...rest } = spec(
            made,
            "shop",
            "StatefulSet",
        );
        assert.deepEqual(volumeClaimTemplates, [
            {
                metadata: { name: "data" },
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    storageClassName: "block",
                    resources: { requests: { storage: "20Gi" } },
                },
            },
        ]);
        // A StatefulSet that is replaced, because a volume was added, finds its data again.
        assert.deepEqual(persistentVolumeClaimRetentionPolicy, {
            whenDeleted: "Retain",
            whenScaled: "Retain",
        });
        assert.deepEqual(
            [rest["podManagementPolicy"], rest["updateStrategy"], rest["serviceName"]],
            ["Parallel", { type: "RollingUpdate" }, "shop"],
        );
        assert.deepEqual(spec(made, "shop", "HorizontalPodAutoscaler")["scaleTargetRef"], {
            apiVersion: "apps/v1",
            kind: "StatefulSet",
            name: "shop",
        });
        assert.deepEqual(
            objectsOf(made, "shop").filter(({ type }) => type.endsWith(":Deployment")),
            [],
        );
    });

    it("are mounted where the settings say, and what is temporary counts as disk of the node", async () => {
        const own = pod(await shop({ volumes }), "shop", "StatefulSet");
        const { volumeMounts, resources } = containers(own)["shop"] ?? {};
        assert.deepEqual(volumeMounts, [
            { name: "tmp", mountPath: "/tmp" },
            { name: "data", mountPath: "/data" },
            { name: "spill", mountPath: "/spill" },
        ]);
        assert.deepEqual((resources as { limits: Json }).limits["ephemeral-storage"], "4Gi");
        assert.deepEqual((own["volumes"] as Json[])[1], {
            name: "spill",
            emptyDir: { sizeLimit: "3Gi" },
        });
    });

    it("outlive the application in prod only", async () => {
        const classes = { block: "Delete", "block-retain": "Retain" };
        for (const [environment, name] of [
            ["staging", "block"],
            ["prod", "block-retain"],
        ] as const) {
            const shop = { volumes, quota: { storage: "200Gi" } };
            const made = await plan({ shop }, { environment });
            const bounds = made.one(
                "kubernetes:core/v1:ResourceQuota",
                `myapp-${environment}-main-shop-pods`,
            ).inputs["spec"] as Json;
            const key = `${name}.storageclass.storage.k8s.io/requests.storage`;
            assert.equal((bounds["hard"] as Json)[key], "200Gi");
            const templates = made
                .all("kubernetes:apps/v1:StatefulSet")
                .flatMap(
                    ({ inputs }) => (inputs["spec"] as Json)["volumeClaimTemplates"] as Json[],
                );
            assert.deepEqual(
                templates.map((claim) => (claim["spec"] as Json)["storageClassName"]),
                [name],
            );
            const found = made
                .all("kubernetes:storage.k8s.io/v1:StorageClass")
                .filter(({ inputs }) => (inputs["metadata"] as Json)["name"] === name)
                .map(({ inputs }) => inputs["reclaimPolicy"]);
            assert.deepEqual(found, [classes[name]]);
        }
    });
});

describe("shared volumes of an application", () => {
    const volumes = { media: { path: "/media", kind: "shared", files: "uploads" } };
    const more = { sharedFiles: { uploads: {} }, cloud: "aws" } as const;

    it("are a volume and a claim that name each other and nothing else", async () => {
        const made = await shop({ volumes }, more);
        const volume = object(made, "shop", "PersistentVolume");
        assert.equal(volume.name, `${NAME}-shop-volume-media`);
        // Volumes belong to the cluster, and no key holds a dot.
        assert.equal((volume.inputs["metadata"] as Json)["name"], "shop.media");
        const { csi, ...own } = volume.inputs["spec"] as Json;
        assert.deepEqual(own, {
            accessModes: ["ReadWriteMany"],
            storageClassName: "",
            capacity: { storage: "1Gi" },
            mountOptions: ["iam"],
            persistentVolumeReclaimPolicy: "Retain",
            claimRef: { namespace: "shop", name: "shared-media" },
        });
        assert.equal((csi as Json)["driver"], "efs.csi.aws.com");
        assert.deepEqual(spec(made, "shop", "PersistentVolumeClaim", "shared-media"), {
            accessModes: ["ReadWriteMany"],
            storageClassName: "",
            volumeName: "shop.media",
            resources: { requests: { storage: "1Gi" } },
        });
    });

    it("are seen by every pod of the application, those of releases too", async () => {
        const made = await shop({ volumes, release: { command: ["migrate"] } }, more);
        for (const [kind, container] of [
            ["Deployment", "shop"],
            ["Job", "release"],
        ] as const) {
            const own = pod(made, "shop", kind);
            assert.deepEqual((own["volumes"] as Json[])[1], {
                name: "media",
                persistentVolumeClaim: { claimName: "shared-media" },
            });
            assert.deepEqual((containers(own)[container]?.["volumeMounts"] as Json[])[1], {
                name: "media",
                mountPath: "/media",
            });
        }
    });

    it("of two applications never have one name, whatever their keys", async () => {
        const volume = (name: string) => ({
            [name]: { path: "/media", kind: "shared", files: "uploads" },
        });
        const made = await plan(
            { a: { volumes: volume("b-c") }, "a-b": { volumes: volume("c") } },
            more,
        );
        const names = made
            .all("kubernetes:core/v1:PersistentVolume")
            .map(({ inputs }) => (inputs["metadata"] as Json)["name"])
            .sort();
        assert.deepEqual(names, ["a-b.c", "a.b-c"]);
        assert.equal(new Set(made.urns()).size, made.urns().length);
    });
});
