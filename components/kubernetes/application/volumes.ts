import type { input } from "@pulumi/kubernetes/types/index.js";
import { shortHash } from "../../lib/names.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import { blockClass } from "../storage-classes.ts";
import type { Binding } from "./binding.ts";

type Volume = input.core.v1.Volume;
type Claim = input.core.v1.PersistentVolumeClaim;

/** Where a volume is seen in a container. */
export interface Mount {
    readonly name: string;
    readonly mountPath: string;
    readonly subPath?: string;
    readonly readOnly?: boolean;
}

/** The ConfigMap with the application's files, and the volume made of it. */
export const FILES = "files";

/** How much of a file's own name stands in its key: a ConfigMap takes 253 characters. */
const LONGEST_NAME = 200;

/** A file's key in the ConfigMap: its own name for people, and a hash of its path because names repeat. */
function fileKey(path: string): string {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return `${shortHash(path)}-${name.replaceAll(/[^\w.-]/g, "-").slice(-LONGEST_NAME)}`;
}

/** The files of an application, as a ConfigMap holds them. */
export function fileData(files: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(files).map(([path, content]) => [fileKey(path), content]),
    );
}

/** The claim of a shared folder in the application's namespace. */
export const claimName = (name: string) => `shared-${name}`;

/** The volumes of the application's pods. Block volumes are claims of the StatefulSet, not of the pod. */
export function podVolumes(settings: ApplicationSettings, bindings: readonly Binding[]): Volume[] {
    return [
        { name: "tmp", emptyDir: { sizeLimit: "256Mi" } },
        ...(Object.keys(settings.files).length > 0
            ? [{ name: FILES, configMap: { name: FILES } }]
            : []),
        ...Object.entries(settings.volumes).flatMap(([name, volume]): Volume[] => {
            if (volume.kind === "block") return [];
            if (volume.kind === "shared") {
                return [{ name, persistentVolumeClaim: { claimName: claimName(name) } }];
            }
            return [{ name, emptyDir: { sizeLimit: volume.size ?? "1Gi" } }];
        }),
        ...bindings.flatMap(({ name, certificate }): Volume[] =>
            certificate
                ? [
                      {
                          name: `ca-${name}`,
                          secret: {
                              secretName: name,
                              defaultMode: 0o444,
                              items: [{ key: certificate.field, path: certificate.name }],
                          },
                      },
                  ]
                : [],
        ),
    ];
}

/** Where the application sees its volumes. */
export function podMounts(settings: ApplicationSettings, bindings: readonly Binding[]): Mount[] {
    return [
        { name: "tmp", mountPath: "/tmp" },
        ...Object.keys(settings.files).map((path) => ({
            name: FILES,
            mountPath: path,
            subPath: fileKey(path),
            readOnly: true,
        })),
        ...Object.entries(settings.volumes).map(([name, { path }]) => ({ name, mountPath: path })),
        ...bindings.flatMap(({ name, certificate }) =>
            certificate
                ? [{ name: `ca-${name}`, mountPath: certificate.folder, readOnly: true }]
                : [],
        ),
    ];
}

/** The settings as pods that run once see them: a block volume belongs to one pod that stays. */
export function withoutBlocks(settings: ApplicationSettings): ApplicationSettings {
    const volumes = Object.entries(settings.volumes).filter(([, { kind }]) => kind !== "block");
    return { ...settings, volumes: Object.fromEntries(volumes) };
}

/** The claims of a StatefulSet: a volume of its own for each pod. `keep` says whether the volumes outlive their claims. */
export function blockClaims(settings: ApplicationSettings, keep: boolean): Claim[] {
    return Object.entries(settings.volumes).flatMap(([name, { kind, size }]) =>
        kind === "block"
            ? [
                  {
                      metadata: { name },
                      spec: {
                          accessModes: ["ReadWriteOnce"],
                          storageClassName: blockClass(keep),
                          resources: { requests: { storage: size ?? "10Gi" } },
                      },
                  },
              ]
            : [],
    );
}

/** True if each pod has a volume of its own, so that a StatefulSet runs them. */
export function hasBlockVolumes({ volumes }: Pick<ApplicationSettings, "volumes">): boolean {
    return Object.values(volumes).some(({ kind }) => kind === "block");
}
