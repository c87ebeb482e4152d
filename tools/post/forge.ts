/** A note or an issue that stands already. */
export interface Posted {
    /** How the forge's API names it. */
    readonly id: string;
    readonly body: string;
}

/** What is asked of GitHub and GitLab alike. */
export interface Forge {
    /** How many characters a note or an issue may have. */
    readonly most: number;
    /** The notes below the pull or merge request that the pipeline is for. */
    notes(): Promise<readonly Posted[]>;
    addNote(body: string): Promise<void>;
    changeNote(id: string, body: string): Promise<void>;
    /** The open issues with a label. */
    issues(label: string): Promise<readonly Posted[]>;
    openIssue(issue: { title: string; body: string; label: string }): Promise<void>;
    changeIssue(id: string, body: string): Promise<void>;
    closeIssue(id: string): Promise<void>;
}
