import type { SearchBackup } from "../../contracts/search.ts";
import type { ServiceLimits } from "../../contracts/services.ts";
import { snapshotProblems } from "../../kubernetes/services/problems.ts";
import type { SiteContext } from "../site-context.ts";
import { checkNamed } from "./applications/uses.ts";

/** The volumes of applications that are these shared files, as "applications.<name>.volumes.<name>". */
function volumesOf({ effective }: SiteContext, files: string): string[] {
    return Object.entries(effective.applications).flatMap(([application, { volumes }]) =>
        Object.entries(volumes)
            .filter(([, volume]) => volume.files === files)
            .map(([volume]) => `applications.${application}.volumes.${volume}`),
    );
}

/** Where everybody who mounts the files sees all of them, an application would read every index. */
function checkAlone(context: SiteContext, at: string, { files }: SearchBackup): void {
    const [shared] = volumesOf(context, files);
    if (shared === undefined) return;
    context.add({
        at,
        involves: [`${shared}.files`],
        value: files,
        message: `is mounted as ${shared} too, and on ${context.facts?.title ?? "the cloud"} all who mount files see everything in them`,
        fix: "Name shared files of its own",
    });
}

/** Snapshots of search clusters need shared files of their site, which nobody reads them from. */
export function checkSearchBackups(context: SiteContext, { sharedFiles }: ServiceLimits): void {
    for (const [key, { backup }] of Object.entries(context.effective.searches)) {
        if (backup === undefined) continue;
        const at = `searches.${key}.backup`;
        for (const { path, ...found } of snapshotProblems(`${at}.retention`, backup.retention)) {
            context.add({ at: path, ...found });
        }
        // The type says that files are named; what the user wrote may lack them.
        if ((backup.files as string | undefined) === undefined) {
            const fix = "Name the shared files that hold the snapshots, like files: archive";
            context.add({ at: `${at}.files`, message: "is missing", fix });
        } else if (checkNamed(context, at, "sharedFiles", backup.files) && !sharedFiles.apart) {
            checkAlone(context, at, backup);
        }
    }
}
