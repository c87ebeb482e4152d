import { Api, needed, textOf, type Row } from "./api.ts";
import type { Forge } from "./forge.ts";

/** GitHub, as a workflow's environment describes it. */
export function github(env: NodeJS.ProcessEnv): Forge {
    const base = needed(env, "GITHUB_API_URL", "GitHub's runners set it.");
    const token = needed(env, "GITHUB_TOKEN", "Give the step GITHUB_TOKEN: ${{ github.token }}.");
    const repository = needed(env, "GITHUB_REPOSITORY", "GitHub's runners set it.");
    const api = new Api(`${base}/repos/${repository}`, {
        authorization: `Bearer ${token}`,
        accept: "application/vnd.github+json",
        "x-github-api-version": "2022-11-28",
    });
    const request = () => {
        const number = /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? "")?.[1] ?? "";
        const why = "Only a workflow that runs on pull_request has one to comment on.";
        return needed({ number }, "number", why);
    };
    // Anybody may write what begins like a comment of the pipeline's, and change it once it is trusted.
    const byBot = (row: Row) => textOf(row, "user", "type") === "Bot";
    return {
        most: 65_536,
        notes: async () =>
            (await api.list(`/issues/${request()}/comments`)).filter(byBot).map((row) => ({
                id: textOf(row, "id"),
                body: textOf(row, "body"),
            })),
        addNote: (body) => api.send("POST", `/issues/${request()}/comments`, { body }),
        changeNote: (id, body) => api.send("PATCH", `/issues/comments/${id}`, { body }),
        issues: async (label) =>
            (await api.list(`/issues?state=open&labels=${encodeURIComponent(label)}`))
                .filter(byBot)
                .map((row) => ({ id: textOf(row, "number"), body: textOf(row, "body") })),
        openIssue: ({ title, body, label }) =>
            api.send("POST", "/issues", { title, body, labels: [label] }),
        changeIssue: (id, body) => api.send("PATCH", `/issues/${id}`, { body }),
        closeIssue: (id) => api.send("PATCH", `/issues/${id}`, { state: "closed" }),
    };
}
