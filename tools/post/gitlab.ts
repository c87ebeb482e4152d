import { Api, needed, textOf } from "./api.ts";
import type { Forge } from "./forge.ts";

/** GitLab, as a job's environment describes it. */
export function gitlab(env: NodeJS.ProcessEnv): Forge {
    const base = needed(env, "CI_API_V4_URL", "GitLab's runners set it.");
    const project = needed(env, "CI_PROJECT_ID", "GitLab's runners set it.");
    const why = "A job's own token may not write notes: docs/continuous-integration.md.";
    const headers = { "private-token": needed(env, "GITLAB_TOKEN", why) };
    const api = new Api(`${base}/projects/${project}`, headers);
    // Anybody may write what begins like a note of the pipeline's, and change it once it is trusted.
    const own = async (path: string) => {
        const me = textOf(await new Api(base, headers).get("/user"), "id");
        return (await api.list(path)).filter((row) => textOf(row, "author", "id") === me);
    };
    const notes = () => {
        const iid = needed(env, "CI_MERGE_REQUEST_IID", "Only a merge request's pipeline has it.");
        return `/merge_requests/${iid}/notes`;
    };
    return {
        most: 1_000_000,
        notes: async () =>
            (await own(notes())).map((row) => ({
                id: textOf(row, "id"),
                body: textOf(row, "body"),
            })),
        addNote: (body) => api.send("POST", notes(), { body }),
        changeNote: (id, body) => api.send("PUT", `${notes()}/${id}`, { body }),
        issues: async (label) =>
            (await own(`/issues?state=opened&labels=${encodeURIComponent(label)}`)).map((row) => ({
                id: textOf(row, "iid"),
                body: textOf(row, "description"),
            })),
        openIssue: ({ title, body, label }) =>
            api.send("POST", "/issues", { title, description: body, labels: label }),
        changeIssue: (id, body) => api.send("PUT", `/issues/${id}`, { description: body }),
        closeIssue: (id) => api.send("PUT", `/issues/${id}`, { state_event: "close" }),
    };
}
