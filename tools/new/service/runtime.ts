import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** What an application is written in. */
export const RUNTIMES = ["node", "python", "go", "java", "static"] as const;

export type Runtime = (typeof RUNTIMES)[number];

/** The file by which a repository shows what it is written in. */
const SIGNS: readonly (readonly [file: string, runtime: Runtime])[] = [
    ["package.json", "node"],
    ["requirements.txt", "python"],
    ["go.mod", "go"],
    ["pom.xml", "java"],
];

/** A service's repository: where `--into` says, from the project's folder on, or beside the project. */
export function folderOf(root: string, name: string, into: string | undefined): string {
    return resolve(root, into ?? join("..", name));
}

/** What a repository is written in, if it shows that. */
export function runtimeOf(folder: string): Runtime | undefined {
    return SIGNS.find(([file]) => existsSync(join(folder, file)))?.[1];
}
