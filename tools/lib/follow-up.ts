import { shellWord } from "./shell.ts";

/** What a command was about, which one that follows from it has to say again to mean the same. */
export interface Subject {
    /** The stack as the user called it: its name, its file or its folder. @default - the command's own */
    readonly stack?: string | undefined;
    /** Levels and options of the guardrails, of a profile or of a file; one of the two at most. @default - the rules' own */
    readonly profile?: string | undefined;
    readonly policyConfig?: string | undefined;
}

/** A command to copy that is about the same stack, and judges it by the same levels. */
export function followUp(
    command: string,
    { stack, profile, policyConfig }: Subject,
    ...options: readonly string[]
): string {
    const said = { stack, profile, "policy-config": policyConfig };
    const words = Object.entries(said).flatMap(([name, value]) =>
        value === undefined ? [] : [`--${name}`, shellWord(value)],
    );
    const all = [...words, ...options];
    return [`npm run ${command}`, ...(all.length > 0 ? ["--", ...all] : [])].join(" ");
}
