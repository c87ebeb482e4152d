import type { ApplicationSettings } from "../../types.ts";
import type { SiteContext } from "../../site-context.ts";
import type { ApplicationCheck } from "./index.ts";

/** Containers of one pod share its ports. */
export const checkPorts: ApplicationCheck = ({ add }, key, application) => {
    const at = `applications.${key}`;
    const { port, ports, sidecars } = application;
    const seen = new Map<number, string>(port === undefined ? [] : [[port, "port"]]);
    const further = [
        ...Object.entries(ports).map(([name, number]) => [`ports.${name}`, number] as const),
        ...Object.entries(sidecars).map(
            ([name, one]) => [`sidecars.${name}.port`, one.port] as const,
        ),
    ];
    for (const [place, number] of further) {
        if (number === undefined) continue;
        const other = seen.get(number);
        seen.set(number, place);
        if (other === undefined) continue;
        const message = `is taken by ${other}, and the containers of a pod share their ports`;
        const involves = [`${at}.${other}`];
        add({ at: `${at}.${place}`, involves, value: number, message, fix: "Choose another one" });
    }
    for (const name of Object.keys(sidecars)) {
        const taken = new Map([
            [key, "the application's own container"],
            ["http", "the application's own port"],
            ["metrics", "the port of its metrics"],
        ]).get(name);
        if (taken === undefined) continue;
        const message = `is the name of ${taken}`;
        add({ at: `${at}.sidecars.${name}`, message, fix: "Give it another name" });
    }
    for (const name of ["http", "metrics", ...Object.keys(sidecars)]) {
        if (!Object.hasOwn(ports, name)) continue;
        if (name === "metrics" && ports[name] === application.metrics?.port) continue;
        const message =
            "is the name of the application's own port, of its metrics' or of a sidecar's";
        add({ at: `${at}.ports.${name}`, message, fix: "Give it another name" });
    }
};

/** True if one path is the other or lies in it. */
const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}/`);

/** Where something is mounted already. */
const TAKEN = ["/tmp", "/etc/platform", "/proc", "/sys", "/dev"];

/** Every mount of the application by its place in the settings. */
function mountsOf({ volumes, files }: ApplicationSettings): readonly (readonly [string, string])[] {
    return [
        ...Object.entries(volumes).map(
            ([name, { path }]) => [`volumes.${name}.path`, path] as const,
        ),
        ...Object.keys(files).map((path) => [`files["${path}"]`, path] as const),
    ];
}

/** One folder is one mount of a pod, which would wait for ever for a second one. */
function checkShared(add: SiteContext["add"], at: string, { volumes }: ApplicationSettings): void {
    const seen = new Map<string, string>();
    for (const [name, { files }] of Object.entries(volumes)) {
        if (files === undefined) continue;
        const other = seen.get(files);
        seen.set(files, name);
        if (other === undefined) continue;
        const message = `is the folder of volume ${other}, and a pod mounts it once`;
        add({ at: `${at}.volumes.${name}.files`, value: files, message, fix: "Use one volume" });
    }
}

/** What a ConfigMap takes, less what its keys and its metadata need. */
const MOST_BYTES = 1_000_000;

/** All files together lie in one ConfigMap. */
function checkFiles(add: SiteContext["add"], at: string, { files }: ApplicationSettings): void {
    const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (bytes <= MOST_BYTES) return;
    add({
        at: `${at}.files`,
        value: `${bytes} bytes`,
        message: `are more than the ${MOST_BYTES} that Kubernetes takes together`,
        fix: "Put what is large into the image, a bucket or shared files",
    });
}

/** Folders and files that do not hide each other, each of a kind that fits. */
export const checkVolumes: ApplicationCheck = ({ add }, key, application) => {
    const at = `applications.${key}`;
    const { kind, volumes } = application;
    for (const [name, volume] of Object.entries(volumes)) {
        const place = `${at}.volumes.${name}`;
        if ((volume.path as string | undefined) === undefined) {
            add({ at: `${place}.path`, message: "is missing", fix: "Write where it is mounted" });
        }
        if (volume.kind === "shared" && volume.files === undefined) {
            const fix = "Name the site's shared files, like files: media";
            add({ at: `${place}.files`, message: "is missing, and the volume is shared", fix });
        }
        if (volume.kind !== "shared" && volume.files !== undefined) {
            const message = `means nothing for a ${volume.kind} volume`;
            add({
                at: `${place}.files`,
                value: volume.files,
                message,
                fix: "Write kind: shared, or remove it",
            });
        }
        if (volume.kind === "shared" && volume.size !== undefined) {
            const message = "means nothing for a shared volume: its files have the size";
            add({ at: `${place}.size`, value: volume.size, message, fix: "Remove it" });
        }
        if (volume.kind === "block" && (kind === "job" || kind === "pipeline")) {
            const message = `is for pods that stay: a ${kind} gets a new pod for each run`;
            add({ at: `${place}.kind`, value: "block", message, fix: "Write temporary or shared" });
        }
        if (name === "tmp" || name === "files" || name === "work" || name.startsWith("ca-")) {
            const message = "is the name of a volume that every pod may have";
            add({ at: place, message, fix: "Give it another name" });
        }
    }
    checkShared(add, at, application);
    checkFiles(add, at, application);
    // The type says that a path is there; what the user wrote may lack it.
    const mounts = mountsOf(application).filter(
        ([, path]) => (path as string | undefined) !== undefined,
    );
    mounts.forEach(([place, path], index) => {
        const other = [
            ...TAKEN.map((taken) => [taken, taken] as const),
            ...mounts.slice(0, index),
        ].find(([, earlier]) => isWithin(path, earlier) || isWithin(earlier, path));
        if (other === undefined) return;
        const message = `lies in or around ${other[1]}, where something is mounted already`;
        add({ at: `${at}.${place}`, value: path, message, fix: "Choose another path" });
    });
};
