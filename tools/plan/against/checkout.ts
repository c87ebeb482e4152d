import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../lib/user-error.ts";
import { ROOT } from "../../stack/layout.ts";
import { addWorktree, findCommit, forgetWorktree } from "./git.ts";

/** Another revision of the project, on disk. */
export interface Checkout {
    /** The project's folder in it. */
    readonly root: string;
    readonly commit: string;
    /** True if it has packages of its own. */
    readonly installed: boolean;
    readonly notes: readonly string[];
    /** Aborted when the user interrupts. */
    readonly signal: AbortSignal;
}

export interface CheckoutOptions {
    /** The project's folder. */
    readonly root: string;
    /** True to install the packages that the other revision names. */
    readonly install: boolean;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Checks a revision out into a temporary folder, which is gone afterwards, whatever happens. */
export async function withCheckout<T>(
    revision: string,
    options: CheckoutOptions,
    use: (checkout: Checkout) => Promise<T>,
): Promise<T> {
    const commit = await findCommit(revision, options.root);
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "platform-plan-")));
    const tree = join(folder, "tree");
    const { signal, off } = removing(() => {
        rmSync(folder, { recursive: true, force: true });
        forgetWorktree(tree, options.root);
    });
    try {
        await addWorktree(commit.hash, tree, options.root);
        const root = join(tree, commit.prefix);
        const notes = await givePackages(root, options, signal);
        const { install: installed } = options;
        return await use({ root, commit: commit.hash, installed, notes, signal });
    } finally {
        off();
    }
}

/** Calls `remove` once: when it is told to, or when the process ends before. */
function removing(remove: () => void): { signal: AbortSignal; off: () => void } {
    const controller = new AbortController();
    const off = () => {
        process.off("exit", off);
        SIGNALS.forEach((name) => process.off(name, interrupt));
        remove();
    };
    const interrupt = (name: NodeJS.Signals) => {
        controller.abort();
        off();
        // Nobody listens any more: the process ends as it would have.
        process.kill(process.pid, name);
    };
    process.on("exit", off);
    SIGNALS.forEach((name) => process.on(name, interrupt));
    return { signal: controller.signal, off };
}

/** Installs the revision's packages, or lends it those of this one. Says what a reader has to know. */
async function givePackages(
    root: string,
    options: CheckoutOptions,
    signal: AbortSignal,
): Promise<readonly string[]> {
    if (options.install) {
        await install(root, signal);
        return [];
    }
    const own = join(options.root, "node_modules");
    const packages = existsSync(own) ? own : join(ROOT, "node_modules");
    const place = join(root, "node_modules");
    if (!existsSync(place)) await symlink(packages, place, "junction");
    const locks = [root, options.root].map((at) => readFile(join(at, "package-lock.json"), "utf8"));
    const [theirs, ours] = await Promise.all(locks.map((text) => text.catch(() => "")));
    if (theirs === ours) return [];
    return [
        "package-lock.json differs: the other revision ran with the packages that are installed here. With --install it " +
            "gets its own.",
    ];
}

async function install(root: string, signal: AbortSignal): Promise<void> {
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    const shell = process.platform === "win32";
    // What npm says goes where it disturbs nobody who reads the plan as JSON.
    const npm = spawn("npm", args, { cwd: root, signal, shell, stdio: ["ignore", 2, 2] });
    const [code] = (await once(npm, "close")) as [number | null];
    if (code === 0) return;
    throw new UserError(
        "The packages of the other revision cannot be installed: npm ci failed.",
        2,
    );
}
