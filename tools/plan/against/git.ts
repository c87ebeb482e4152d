import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../../lib/user-error.ts";
import { compare } from "../order.ts";

const run = promisify(execFile);

/** Set inside hooks, where they would lead git to the user's tree and index instead of to the folder it is started in. */
const LOCAL = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];

/** Hooks of the repository are not ours to run, and files kept elsewhere are not needed. */
const QUIET = ["-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false"];

/** A commit of the repository that a folder lies in. */
export interface Commit {
    readonly hash: string;
    /** The folder's path from the top of the repository, with a slash at the end; empty at the top. */
    readonly prefix: string;
}

/** Finds the commit that a user names. */
export async function findCommit(revision: string, folder: string): Promise<Commit> {
    const prefix = await git(["rev-parse", "--show-prefix"], folder).catch((error: unknown) => {
        throw new UserError(
            isMissing(error)
                ? "--against needs git, and there is none on the PATH."
                : `--against needs a git repository, and ${folder} lies in none that git would read.`,
            2,
        );
    });
    const asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
    const hash = await git(asked, folder).catch(() => {
        throw new UserError(
            `There is no revision "${revision}" here. A clone that holds only the newest commit, as CI makes them, ` +
                `has to fetch it first: git fetch --depth=1 origin ${revision}, then --against FETCH_HEAD.`,
            2,
        );
    });
    return { hash, prefix };
}

/** Checks a commit out into a new folder, beside the user's tree and index. */
export async function addWorktree(hash: string, path: string, folder: string): Promise<void> {
    await git(["worktree", "add", "--detach", "--quiet", path, hash], folder);
}

/**
 * The files below a folder that are not what a commit has there, new ones among them, in order. Paths begin at the
 * project's folder. The index is left as it is.
 */
export async function changedFiles(
    hash: string,
    folder: string,
    below: string,
): Promise<readonly string[]> {
    const quiet = ["--no-optional-locks", "--literal-pathspecs"];
    const diff = ["diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z"];
    const fresh = ["ls-files", "--others", "--exclude-standard", "-z"];
    const lists = await Promise.all([
        git([...quiet, ...diff, hash, "--", below], folder),
        git([...quiet, ...fresh, "--", below], folder),
    ]);
    return [...new Set(lists.flatMap((list) => list.split("\0")))].filter(Boolean).sort(compare);
}

/** Makes git forget a worktree. Synchronous, as it runs while the process ends; quiet if git never knew it. */
export function forgetWorktree(path: string, folder: string): void {
    try {
        const args = [...QUIET, "worktree", "remove", "--force", "--force", path];
        execFileSync("git", args, { cwd: folder, env: environment(), stdio: "ignore" });
    } catch {
        // Nothing is left to be forgotten, or git says so itself with its next command.
    }
}

async function git(args: readonly string[], cwd: string): Promise<string> {
    const { stdout } = await run("git", [...QUIET, ...args], { cwd, env: environment() });
    return stdout.trim();
}

function environment(): NodeJS.ProcessEnv {
    const kept = Object.entries(process.env).filter(([name]) => !LOCAL.includes(name));
    return { ...Object.fromEntries(kept), GIT_LFS_SKIP_SMUDGE: "1" };
}

function isMissing(error: unknown): boolean {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
}
