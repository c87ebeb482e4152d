import { readFile } from "node:fs/promises";
import { exitCodeOf } from "../lib/exit-code.ts";
import { readOptions } from "../lib/options.ts";
import type { Output } from "../lib/output.ts";
import { UserError } from "../lib/user-error.ts";
import type { Forge, Posted } from "./forge.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { fence, fit, marker, ownMarker } from "./text.ts";

const HELP = `npm run post -- [options]

Tells people what a pipeline found, on GitHub or GitLab, in one place that is brought up to date instead of many.

  --comment NAME   a comment of that name on the pull or merge request that the pipeline is for
  --issue TITLE    an open issue of that title; there is one at most
  --label NAME     the issue's label, by which it is found again (default: drift)
  --file FILE      what to say, as Markdown
  --text           FILE is the output of a command, to be shown as it is
  --close          closes the issue, if there is one
  --help           this text

Exit codes: 0 all is well · 2 it could not be told, or options are wrong.`;

/** `npm run post`. Returns the exit code. */
export function postCommand(
    args: readonly string[],
    out: Output,
    errors: Output,
    env: NodeJS.ProcessEnv,
): Promise<number> {
    return exitCodeOf(() => execute(args, out, env), errors);
}

async function execute(
    args: readonly string[],
    out: Output,
    env: NodeJS.ProcessEnv,
): Promise<number> {
    const request = readArguments(args);
    out.write(`${request.help ? HELP : await post(request, forgeOf(env))}\n`);
    return 0;
}

type Request = ReturnType<typeof readArguments>;

/** Reads the command line. */
export function readArguments(args: readonly string[]) {
    const request = readOptions("post", args, {
        comment: { type: "string" },
        issue: { type: "string" },
        label: { type: "string", default: "drift" },
        file: { type: "string" },
        text: { type: "boolean", default: false },
        close: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
    });
    const { comment, issue, file, close, help } = request;
    if (help) return request;
    if ((comment === undefined) === (issue === undefined)) {
        throw new UserError("Give either --comment NAME or --issue TITLE.", 2);
    }
    if (close ? comment !== undefined || file !== undefined : file === undefined) {
        throw new UserError("Give --file FILE, or --issue TITLE with --close.", 2);
    }
    return request;
}

function forgeOf(env: NodeJS.ProcessEnv): Forge {
    if (env.GITHUB_ACTIONS === "true") return github(env);
    if (env.GITLAB_CI === "true") return gitlab(env);
    throw new UserError("This is for pipelines of GitHub and GitLab, and here is neither.", 2);
}

async function post(request: Request, forge: Forge): Promise<string> {
    const { comment, issue = "", label } = request;
    if (request.close) return close(issue, label, forge);
    const { mark, body } = markUp(request, await read(request), forge.most);
    if (comment !== undefined) {
        const there = (await forge.notes()).find(begins(mark));
        if (there === undefined) await forge.addNote(body);
        else await forge.changeNote(there.id, body);
        return `Comment ${comment}: ${there === undefined ? "written" : "brought up to date"}.`;
    }
    const there = (await forge.issues(label)).find(begins(mark));
    if (there === undefined) await forge.openIssue({ title: issue, body, label });
    else await forge.changeIssue(there.id, body);
    return `Issue "${issue}": ${there === undefined ? "opened" : "brought up to date"}.`;
}

/** What is posted, and the line by which it is found again: a comment's own, if it begins with one. */
function markUp({ comment, issue = "", ...request }: Request, text: string, most: number) {
    const own = comment === undefined || request.text ? undefined : ownMarker(text);
    if (own !== undefined) return { mark: own, body: fit(text, most) };
    const mark = marker(comment ?? issue);
    const shown = request.text ? fence(text, most - mark.length) : text;
    return { mark, body: fit(`${mark}\n${shown}`, most) };
}

function begins(mark: string): (posted: Posted) => boolean {
    return ({ body }) => body.startsWith(mark);
}

async function close(title: string, label: string, forge: Forge): Promise<string> {
    const there = (await forge.issues(label)).find(begins(marker(title)));
    if (there === undefined) return `Issue "${title}": none is open.`;
    await forge.closeIssue(there.id);
    return `Issue "${title}": closed.`;
}

async function read({ file = "" }: Request): Promise<string> {
    return readFile(file, "utf8").catch(() => {
        throw new UserError(`There is no file ${file} to post.`, 2);
    });
}
