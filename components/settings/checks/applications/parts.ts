import type { ApplicationSettings } from "../../types.ts";
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
    const mounts = mountsOf(application);
    mounts.forEach(([place, path], index) => {
        if ((path as string | undefined) === undefined) return;
        const other = [
            ...TAKEN.map((taken) => [taken, taken] as const),
            ...mounts.slice(0, index),
        ].find(([, earlier]) => isWithin(path, earlier) || isWithin(earlier, path));
        if (other === undefined) return;
        const message = `lies in or around ${other[1]}, where something is mounted already`;
        add({ at: `${at}.${place}`, value: path, message, fix: "Choose another path" });
    });
};
