import { join, relative, resolve } from "node:path";
import type { Problem } from "../../components/lib/problem.ts";
import { nearest } from "../../components/settings/nearest.ts";
import { isMapping } from "../../components/settings/shape.ts";
import type { Settings as Effective } from "../../components/settings/types.ts";
import { oneOf } from "../../components/settings/words.ts";
import { applicationSettings, portOf, repositoryOf, serviceChanges } from "./application.ts";
import type { ApplicationAnswers } from "./arguments.ts";
import { isThere, type Draft } from "./draft.ts";
import { alreadyThere, type Target } from "./files.ts";
import { FORGES, serviceFiles, serviceTexts, type Forge } from "./service/files.ts";
import type { Delivery } from "./service/place.ts";
import { folderOf, RUNTIMES, runtimeOf, type Runtime } from "./service/runtime.ts";
import type { Change } from "./stack/edit.ts";
import { checkChanged, groupsOf, keysOf, placesOf, type StackText } from "./stack.ts";
import { notes, type Note } from "./words.ts";

/** An application's settings and, unless they alone are wanted, its service's repository. */
export async function draftApplication(
    answers: ApplicationAnswers,
    stack: StackText,
    { root, today }: { readonly root: string; readonly today?: string },
): Promise<Draft> {
    const { problems, note } = notes();
    const name = answers.name ?? "";
    const registry = registryOf(answers, stack, note);
    const taken = placesOf(stack.raw, "applications", name).map(isThere);
    const changes = changesFor({ ...answers, name }, stack, registry, note);
    const { settings, problems: found } = checkChanged(stack, changes, today);
    const wrong = proposeServices(found, answers);
    const folder = folderOf(root, name, answers.into);
    const wanted = answers["settings-only"] ? undefined : serviceOf(answers, folder, note);
    if (wanted !== undefined && folder === resolve(root)) {
        const fix = `Name the service's own, such as ../${name}, or leave it alone by --settings-only`;
        note("into", "is the platform's repository", fix);
    }
    const there = wanted === undefined ? [] : filesThere(wanted.forge, folder, root);
    const all = [...taken, ...there, ...problems, ...wrong];
    if (all.length > 0 || wanted === undefined || settings === undefined) {
        return { title: `application ${name}`, changes, files: [], problems: all };
    }
    const sites = sitesOf(settings, name);
    const place = { registry: registry ?? "", repository: repositoryOf(name, answers.image) };
    const delivery = { application: name, ...place, stack: stack.asked, sites };
    const files = await filesFor(wanted, answers, folder, delivery);
    return { title: `application ${name}`, changes, files, problems: all };
}

/** Says of each service that the stack lacks, too, that `--add-services` adds it. */
function proposeServices(
    problems: readonly Problem[],
    answers: ApplicationAnswers,
): readonly Problem[] {
    if (answers["add-services"]) return problems;
    const lacking = serviceChanges(answers, () => false).map(({ at }) => at.at(-1));
    return problems.map((problem) =>
        problem.message.endsWith(" of the site") &&
        lacking.some((key) => problem.value === JSON.stringify(key))
            ? {
                  ...problem,
                  fix: `${problem.fix}${problem.fix.endsWith("?") ? " Else" : ", or"} say --add-services`,
              }
            : problem,
    );
}

function changesFor(
    answers: ApplicationAnswers & { readonly name: string },
    { raw }: StackText,
    registry: string | undefined,
    note: Note,
): readonly Change[] {
    const { name } = answers;
    const value = applicationSettings(answers, registry, note);
    const has = (kind: string, key: string) => placesOf(raw, kind, key).length > 0;
    return [
        ...(answers["add-services"] ? serviceChanges(answers, has) : []),
        ...(registry === undefined
            ? []
            : repositoryChanges(raw, registry, repositoryOf(name, answers.image))),
        { at: ["applications", name], value },
    ];
}

/** Adds the application's repository to a registry, wherever the file lists what that holds. */
function repositoryChanges(raw: StackText["raw"], registry: string, repository: string): Change[] {
    return groupsOf(raw, "registries").flatMap(({ at, entries }) => {
        const own = entries[registry];
        const held = isMapping(own) ? own["repositories"] : undefined;
        if (!Array.isArray(held) || held.includes(repository)) return [];
        return [{ at: [...at, registry, "repositories"], item: repository }];
    });
}

/** The registry that the pipeline pushes to: the one that was named, or the only one. */
function registryOf(
    { registry, "settings-only": settingsOnly }: ApplicationAnswers,
    { raw }: StackText,
    note: Note,
): string | undefined {
    const known = keysOf(raw, "registries");
    if (registry === undefined && known.length === 1) return known[0];
    if (registry !== undefined && known.includes(registry)) return registry;
    if (registry === undefined && settingsOnly) return undefined;
    const meant = nearest(registry ?? "", known);
    const fix =
        known.length === 0
            ? "Add one under registries, or leave the repository alone by --settings-only"
            : `Write ${meant ?? oneOf(known)}`;
    note("registry", registry === undefined ? "is missing" : "names none of the stack", fix);
    return undefined;
}

/** What a service's repository is to be made for. */
interface Wanted {
    readonly forge: Forge;
    readonly runtime: Runtime;
}

function serviceOf(answers: ApplicationAnswers, folder: string, note: Note): Wanted {
    const forge = FORGES.find((known) => known === (answers.forge ?? "github"));
    const runtime = RUNTIMES.find((known) => known === (answers.runtime ?? runtimeOf(folder)));
    if (forge === undefined) note("forge", "is none that is known", `Write ${oneOf(FORGES)}`);
    if (runtime === undefined) {
        const message = answers.runtime ? "is none that is known" : "is missing: no file shows it";
        note("runtime", message, `Write ${oneOf(RUNTIMES)}`);
    }
    if (runtime === "static" && portOf(answers) === undefined) {
        const fix = "Choose kind: web or service, or another runtime";
        note("runtime", "serves pages, and the application answers nobody", fix);
    }
    return { forge: forge ?? "github", runtime: runtime ?? "node" };
}

function filesThere(forge: Forge, folder: string, root: string): readonly Problem[] {
    const targets = serviceFiles(forge).map((name) => ({ path: join(folder, name) }));
    return alreadyThere(targets).map((file) => ({
        path: relative(root, file),
        message: "is there already",
        fix: "Move it away, or leave the repository alone by --settings-only",
    }));
}

async function filesFor(
    wanted: Wanted,
    answers: ApplicationAnswers,
    folder: string,
    delivery: Delivery,
): Promise<readonly Target[]> {
    const texts = await serviceTexts({ ...wanted, port: portOf(answers), delivery });
    return [...texts].map(([name, text]) => ({ path: join(folder, name), text }));
}

/** The sites that run an application. */
function sitesOf({ sites }: Effective, name: string): Delivery["sites"] {
    return sites
        .filter(({ applications }) => Object.hasOwn(applications, name))
        .map(({ site, cloud, region }) => ({ site, cloud, region }));
}
