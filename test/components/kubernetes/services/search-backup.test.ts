import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ElasticSearch } from "../../../../components/kubernetes/services/search.ts";
import { mandatoryFindings } from "../mandatory.ts";
import { NAME, plan } from "../program.ts";
import type { End } from "../reachability.ts";
import type { Recorded } from "../record.ts";
import { restrictedViolations } from "../restricted.ts";
import {
    assertSameUnknown,
    CloudThing,
    listed,
    objectsText,
    one,
    PASSWORD,
    reachability,
    serviceOf,
    specOf,
    stored,
    unknown,
    validateAll,
    WEB,
} from "./support.ts";

const BACKUP = { files: "archive", retention: "30 days" } as const;

/** A volume of shared files, as clouds give it. */
function folder(isUnknown: boolean) {
    const volumeHandle = isUnknown ? unknown<string>() : pulumi.output("fs-1::fsap-1");
    return {
        volume: {
            driver: "efs.csi.aws.com",
            volumeHandle,
            volumeAttributes: { encryptInTransit: pulumi.output("true") },
            mountOptions: ["iam"],
            capacity: "1 GiB",
        },
        mountable: [new CloudThing("MountTarget", "files")],
    } as const;
}

/** Makes a search cluster with backups. */
function search(backup: Partial<typeof BACKUP> = {}, isUnknown = false) {
    return serviceOf("Search", { key: "catalogue", isUnknown }, (around) => {
        const resources = { cpu: "1", memory: "4Gi" };
        return new ElasticSearch("site-catalogue", {
            ...around,
            nodes: 3,
            storage: "100 GiB",
            resources,
            deletionProtection: true,
            clients: [WEB],
            backup: { ...BACKUP, ...backup, folder: folder(isUnknown) },
        });
    });
}

type Json = Readonly<Record<string, unknown>>;

const configOf = (own: readonly Recorded[]) => one(own, "ConfigMap").inputs["data"] as Json;

describe("a search cluster with backups", () => {
    let made: Awaited<ReturnType<typeof search>>;
    before(async () => (made = await search()));

    it("makes the volume, the user and the Job, and what goes with them", () => {
        const digest = one(made.own, "Job").name.slice("site-catalogue-backup-".length);
        assert.match(digest, /^[0-9a-f]{8}$/);
        const backups = listed(made.own).filter((line) => /backup/.test(line));
        assert.deepEqual(backups, [
            `batch/v1:Job site-catalogue-backup-${digest}`,
            `core/v1:ConfigMap site-catalogue-backup-${digest}`,
            "core/v1:PersistentVolume site-catalogue-volume-backup-archive",
            "core/v1:PersistentVolumeClaim site-catalogue-volume-backup-archive",
            "core/v1:ServiceAccount site-catalogue-backup",
            "external-secrets.io/v1:ExternalSecret site-catalogue-user-platform-backup",
            "networking.k8s.io/v1:NetworkPolicy site-catalogue-search-catalogue-allow-backup",
            "networking.k8s.io/v1:NetworkPolicy site-catalogue-search-catalogue-allow-from-backup",
            "random:index/randomPassword:RandomPassword site-catalogue-platform-backup-password",
        ]);
    });

    it("makes the same while nothing is known yet", () =>
        assertSameUnknown((isUnknown) => search({}, isUnknown)));

    it("makes objects that the published schemas know and no mandatory rule finds fault with", () => {
        validateAll(made.own, /^$/);
        assert.deepEqual(mandatoryFindings(made.all), []);
    });

    it("mounts the files on every node, where snapshots may go", () => {
        const { nodeSets } = specOf<{ nodeSets: Json[] }>(made.own, "Elasticsearch");
        const [nodes] = nodeSets as [{ config: Json; podTemplate: { spec: Json } }];
        const { volumes, containers, securityContext } = nodes.podTemplate.spec;
        assert.deepEqual(securityContext, {
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
            runAsUser: 1000,
            runAsGroup: 1000,
            fsGroup: 1000,
            fsGroupChangePolicy: "OnRootMismatch",
        });
        assert.deepEqual(nodes.config["path.repo"], ["/usr/share/elasticsearch/backup"]);
        assert.deepEqual(volumes, [
            {
                name: "backup",
                persistentVolumeClaim: { claimName: "shared-backup-archive" },
            },
        ]);
        const [container] = containers as [Json];
        assert.deepEqual(container["volumeMounts"], [
            { name: "backup", mountPath: "/usr/share/elasticsearch/backup" },
        ]);
        const { dependsOn } = one(made.own, "Elasticsearch");
        assert.ok(dependsOn.some((urn) => urn.endsWith("::site-catalogue-volume-backup-archive")));
    });

    it("claims the volume of its own namespace", () => {
        const shape = { accessModes: ["ReadWriteMany"], storageClassName: "" };
        assert.deepEqual(specOf(made.own, "PersistentVolume"), {
            ...shape,
            capacity: { storage: "1Gi" },
            mountOptions: ["iam"],
            persistentVolumeReclaimPolicy: "Retain",
            csi: {
                driver: "efs.csi.aws.com",
                volumeHandle: "fs-1::fsap-1",
                volumeAttributes: { encryptInTransit: "true" },
            },
            claimRef: { namespace: "search-catalogue", name: "shared-backup-archive" },
        });
        assert.deepEqual(specOf(made.own, "PersistentVolumeClaim"), {
            ...shape,
            volumeName: "search-catalogue.backup-archive",
            resources: { requests: { storage: "1Gi" } },
        });
    });

    it("has a user for snapshots that reads no index, and that no application gets", () => {
        const secret = specOf<{ target: { template: Json } }>(
            made.own,
            "ExternalSecret",
            "site-catalogue-user-platform-backup",
        );
        assert.deepEqual(secret.target.template, {
            engineVersion: "v2",
            type: "kubernetes.io/basic-auth",
            data: {
                username: "{{ .username }}",
                password: "{{ .password }}",
                roles: "platform-backup",
                "roles.yml":
                    '{"platform-backup":{"cluster":["create_snapshot","cluster:admin/repository/put","cluster:admin/slm/*","cluster:admin/snapshot/restore"]}}',
                "curl.conf": 'user = "{{ .username }}:{{ .password }}"',
                "ca.crt": "{{ .ca }}",
            },
        });
        const { auth } = specOf<{ auth: Json }>(made.own, "Elasticsearch");
        const users = [{ secretName: "user-web" }, { secretName: "user-platform-backup" }];
        assert.deepEqual(auth, { disableElasticUser: true, fileRealm: users, roles: users });
        assert.deepEqual(Object.keys(made.made.access), ["web"]);
        assert.equal(stored(made.all, "site-catalogue-platform-backup")["password"], PASSWORD);
        assert.deepEqual(made.store.readers, [
            {
                namespace: "search-catalogue",
                documents: ["site-catalogue-web", "site-catalogue-platform-backup"],
            },
        ]);
        assert.equal(objectsText(made.all).includes(PASSWORD), false);
    });

    it("sends a repository of its own and a daily policy", () => {
        const { "register.sh": _, ...sent } = configOf(made.own);
        assert.deepEqual(
            Object.fromEntries(
                Object.entries(sent).map(([key, text]) => [key, JSON.parse(String(text))]),
            ),
            {
                "repository.json": {
                    type: "fs",
                    settings: { location: "/usr/share/elasticsearch/backup/search-catalogue" },
                },
                "policy.json": {
                    schedule: "0 30 22 * * ?",
                    name: "<daily-{now/d}>",
                    repository: "platform",
                    config: { indices: ["*"], include_global_state: true },
                    retention: { expire_after: "30d", min_count: 1, max_count: 60 },
                },
            },
        );
    });

    it("runs the Job once all stands, restricted, with the image of the nodes and no token", () => {
        const job = one(made.own, "Job");
        const { template, ...spec } = job.inputs["spec"] as { template: { spec: Json } };
        assert.deepEqual(spec, {
            backoffLimit: 0,
            activeDeadlineSeconds: 1980,
            podFailurePolicy: {
                rules: [
                    {
                        action: "Ignore",
                        onPodConditions: [{ type: "DisruptionTarget", status: "True" }],
                    },
                ],
            },
        });
        assert.deepEqual(restrictedViolations(template.spec), []);
        const [container] = template.spec["containers"] as [Json];
        assert.deepEqual(
            [
                template.spec["automountServiceAccountToken"],
                container["image"],
                container["command"],
            ],
            [
                false,
                "docker.elastic.co/elasticsearch/elasticsearch:9.5.4",
                ["sh", "/scripts/register.sh"],
            ],
        );
        assert.deepEqual((template.spec["volumes"] as Json[])[1], {
            name: "secrets",
            secret: {
                secretName: "user-platform-backup",
                defaultMode: 0o440,
                items: [
                    { key: "curl.conf", path: "curl.conf" },
                    { key: "ca.crt", path: "ca.crt" },
                ],
            },
        });
        for (const end of [
            "Elasticsearch::site-catalogue",
            "ExternalSecret::site-catalogue-user-platform-backup",
            "NetworkPolicy::site-catalogue-search-catalogue-allow-from-backup",
        ]) {
            assert.ok(
                job.dependsOn.some((urn) => urn.endsWith(end)),
                end,
            );
        }
    });

    it("runs the Job again for another period and for other files, and else not", async () => {
        const nameOf = async (...args: Parameters<typeof search>) =>
            one((await search(...args)).own, "Job").name;
        const name = one(made.own, "Job").name;
        const other = "vault" as typeof BACKUP.files;
        const shorter = "7 days" as typeof BACKUP.retention;
        const others = [await nameOf({ retention: shorter }), await nameOf({ files: other })];
        assert.equal(new Set([name, ...others]).size, 3);
        assert.equal(await nameOf(), name);
    });

    it("rejects a period that nobody keeps snapshots for", async () => {
        const years = "366 days" as typeof BACKUP.retention;
        await assert.rejects(
            search({ retention: years }),
            /searches\.catalogue\.backup\.retention: 366 days is not a period that daily snapshots are kept for: 1 to 365 days/,
        );
    });
});

describe("the network policies of a search cluster with backups", () => {
    const pod = (namespace: string, labels = {}): End => ({ namespace, labels });
    const node = pod("search-catalogue", {
        "elasticsearch.k8s.elastic.co/cluster-name": "elasticsearch",
    });
    const job = pod("search-catalogue", { "app.kubernetes.io/component": "backup" });
    const cases: [title: string, from: End, to: End, port: number, open: boolean][] = [
        ["the Job", job, node, 9200, true],
        ["the Job, of the nodes' own port to others", job, pod("shop"), 9300, false],
        ["the Job, of the internet", job, { address: "203.0.113.1" }, 443, false],
        ["such a pod of another namespace", pod("shop", job), node, 9200, false],
    ];
    let reaches: ReturnType<typeof reachability>;
    before(async () => (reaches = reachability((await search()).own)));
    for (const [title, from, to, port, open] of cases) {
        it(`${open ? "open" : "close"} ${port} to ${title}`, () => {
            assert.equal(reaches(from, to, port), open);
        });
    }
});

describe("a site whose search cluster has backups, and whose files nothing else uses", () => {
    /** What a cloud makes for the files, before they can be mounted. */
    const PARTS = {
        aws: ["aws:efs/accessPoint:AccessPoint", "aws:efs/mountTarget:MountTarget"],
        azure: ["azure-native:storage:FileShare"],
        gcp: ["gcp:filestore/instance:Instance"],
    } as const;
    for (const cloud of ["aws", "azure", "gcp"] as const) {
        it(`makes the files and mounts them on ${cloud}`, async () => {
            const made = await plan(
                {},
                {
                    cloud,
                    sharedFiles: { archive: { highAvailability: true } },
                    searches: { texts: { backup: "archive" } },
                },
            );
            const volume = made.one(
                "kubernetes:core/v1:PersistentVolume",
                `${NAME}-search-texts-volume-backup-archive`,
            );
            assert.deepEqual((volume.inputs["spec"] as Json)["claimRef"], {
                namespace: "search-texts",
                name: "shared-backup-archive",
            });
            const parts = PARTS[cloud].flatMap((type) => made.all(type));
            assert.equal(parts.length, cloud === "aws" ? 4 : 1);
            for (const { urn } of parts) {
                assert.ok(volume.options.dependencies.includes(urn), urn);
            }
            assert.ok(volume.parent.endsWith(`:Search::${NAME}-search-texts`));
        });
    }
});
