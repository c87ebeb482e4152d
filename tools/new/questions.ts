import { KINDS, RUNNING, SERVING } from "../../components/contracts/application-kind.ts";
import { CLOUDS } from "../../components/contracts/cloud.ts";
import { applicationKey, image, port, siteKey } from "../../components/settings/forms.ts";
import { isMapping, type Leaf } from "../../components/settings/shape.ts";
import type { Thing } from "./arguments.ts";
import { FORGES } from "./service/files.ts";
import { folderOf, RUNTIMES, runtimeOf } from "./service/runtime.ts";
import type { Settings } from "./stack/edit.ts";
import { keysOf } from "./stack.ts";

/** Answers by option. */
export type Answers = Readonly<Record<string, unknown>>;

/** Where something is made. */
export interface Project {
    readonly root: string;
    /** The settings of the stack's file. */
    readonly raw: Settings;
}

/** An option, and how to ask for it. */
export interface Question {
    readonly option: string;
    readonly text: string;
    /** True if nothing can be made without it. @default false */
    readonly required?: boolean | ((answers: Answers) => boolean);
    /** The only answers that there are. */
    readonly choices?: readonly string[];
    /** True if an answer may be a new one beside the choices. @default false */
    readonly isOpen?: boolean;
    /** What the settings take. Anything else is asked again, with what to write instead. */
    readonly form?: Leaf;
    /** What no answer stands for, where that is not nothing. */
    readonly otherwise?: string;
    /** What the project makes of it once it is asked; undefined if there is nothing to ask. @default - itself */
    readonly here?: (project: Project, answers: Answers) => Partial<Question> | undefined;
    /** False where other answers make it meaningless. */
    readonly when?: (answers: Answers) => boolean;
    /** True if the answer is a list, in one line. */
    readonly many?: boolean;
}

const kindIn = (kinds: readonly string[]) => (answers: Answers) =>
    kinds.includes(String(answers["kind"] ?? ""));
const bySchedule = (answers: Answers) => kindIn(KINDS)(answers) && !kindIn(RUNNING)(answers);
/** To be chosen from what the stack has, to which `--add-services` adds. */
const ofStack =
    (kind: string): Question["here"] =>
    ({ raw }, answers) => {
        const choices = keysOf(raw, kind);
        const isOpen = answers["add-services"] === true;
        return choices.length > 0 || isOpen ? { choices, isOpen } : undefined;
    };

/** Those of one site only have their image there, and it is changed by hand. */
const sharedApplications: Question["here"] = ({ raw: { applications } }) =>
    isMapping(applications) ? { choices: Object.keys(applications) } : undefined;

/** The only registry of a stack needs no name. */
const oneOfRegistries: Question["here"] = ({ raw }) => {
    const choices = keysOf(raw, "registries");
    return choices.length > 1 ? { choices, required: true } : undefined;
};

/** What the repository shows already, or else what nothing can be written without. */
const runtimeHere: Question["here"] = ({ root }, { name, into }) => {
    const shown = runtimeOf(folderOf(root, String(name), into === undefined ? into : String(into)));
    return shown === undefined ? { required: true } : { otherwise: shown };
};

const withRepository = (answers: Answers) => answers["settings-only"] !== true;

/** What is asked for each thing, in this order. */
export const QUESTIONS: Readonly<Record<Thing, readonly Question[]>> = {
    application: [
        { option: "name", text: "Its name", required: true, form: applicationKey },
        { option: "kind", text: "Its kind", required: true, choices: KINDS },
        { option: "image", text: "Its first image, with a tag", required: true, form: image },
        {
            option: "port",
            text: "Its port",
            otherwise: "8080",
            when: kindIn(SERVING),
            form: port,
        },
        {
            option: "schedule",
            text: "When it runs, in cron's five fields",
            required: bySchedule,
            when: bySchedule,
        },
        {
            option: "step",
            text: "Its steps, like extract=python extract.py, with ; between them",
            required: kindIn(["pipeline"]),
            when: kindIn(["pipeline"]),
            many: true,
        },
        {
            option: "database",
            text: "The database server that it uses",
            here: ofStack("databases"),
        },
        { option: "cache", text: "The cache that it uses", here: ofStack("caches") },
        { option: "queue", text: "The queue that it uses", here: ofStack("queues") },
        {
            option: "registry",
            text: "The registry that its pipeline pushes to",
            here: oneOfRegistries,
            when: withRepository,
        },
        {
            option: "runtime",
            text: "What it is written in",
            choices: RUNTIMES,
            here: runtimeHere,
            when: withRepository,
        },
        {
            option: "forge",
            text: "Where its repository is",
            choices: FORGES,
            otherwise: "github",
            when: withRepository,
        },
    ],
    site: [
        { option: "name", text: "Its name", required: true, form: siteKey },
        { option: "cloud", text: "Its cloud", required: true, choices: CLOUDS },
        { option: "region", text: "Its region", required: true },
        { option: "account", text: "Its account, subscription or project", required: true },
        {
            option: "administrator",
            text: "Who administers its cluster, with ; between them",
            many: true,
        },
        {
            option: "cidr",
            text: "Public blocks that may reach its API, with ; between them",
            many: true,
        },
    ],
    image: [
        {
            option: "application",
            text: "The application",
            required: true,
            here: sharedApplications,
        },
        { option: "image", text: "Its new image", required: true, form: image },
    ],
};
