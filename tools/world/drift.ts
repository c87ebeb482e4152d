import { nearest } from "../../components/settings/nearest.ts";
import { clear, edit, pick, remove } from "../../simulator/inspect.ts";
import { get, parsePath } from "../../simulator/paths.ts";
import type { Json, Properties } from "../../simulator/table.ts";
import { UserError } from "../lib/user-error.ts";
import { needed, type Call } from "./call.ts";

/** `edit`: changes properties by hand, which is drift. */
export function change({ words, store, print }: Call): void {
    const [what, ...changes] = words;
    const target = needed(what, "edit", "WHAT");
    needed(changes[0], "edit", "PATH=VALUE");
    for (const assignment of changes) {
        const [, path, text] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
        if (path === undefined || text === undefined) {
            throw new UserError(
                `"${assignment}" is not PATH=VALUE, like replicas=3 or tags.owner=me.`,
            );
        }
        const { outputs } = pick(store, target);
        edit(store, target, path, text === "" ? undefined : valueOf(text, get(outputs, path)));
        print(`${target}: ${path} is ${text === "" ? "gone" : text} now${doubt(path, outputs)}`);
    }
}

/** What is said of a property that the thing did not have: it may be misspelt. */
function doubt(path: string, outputs: Properties): string {
    const [property = ""] = parsePath(path);
    if (Object.hasOwn(outputs, property)) return "";
    const meant = nearest(property, Object.keys(outputs));
    return `. It had none before${meant === undefined ? "" : `: did you mean ${meant}?`}`;
}

/** JSON where it is JSON, plain text where it is not; a text stays one, so that version=1.36 is no number. */
function valueOf(text: string, before: Json | undefined): Json {
    if (typeof before === "string") return text;
    try {
        return JSON.parse(text) as Json;
    } catch {
        return text;
    }
}

/** `delete`: takes one thing away by hand, whatever needs it. */
export function take({ words, store, print }: Call): void {
    const gone = remove(store, needed(words[0], "delete", "WHAT"));
    print(`${gone.type} ${gone.id} is gone.`);
}

/** `clear`: takes everything away, and the log and the faults with it. */
export function empty({ store, print }: Call): void {
    clear(store);
    print(
        [
            "The world is empty, and the states still name what stood in it. Delete .local/ to start over, or have a stack",
            "forget it: PULUMI_K8S_DELETE_UNREACHABLE=true npm run try -- --refresh",
        ].join("\n"),
    );
}
