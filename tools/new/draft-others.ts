import { nearest } from "../../components/settings/nearest.ts";
import { isMapping } from "../../components/settings/shape.ts";
import { oneOf } from "../../components/settings/words.ts";
import { isOfSite } from "./application.ts";
import type { ImageAnswers, SiteAnswers } from "./arguments.ts";
import { isThere, type Draft } from "./draft.ts";
import { siteSettings } from "./site.ts";
import type { Change } from "./stack/edit.ts";
import { checkChanged, type StackText } from "./stack.ts";

/** A further site. */
export function draftSite(answers: SiteAnswers, stack: StackText, today?: string): Draft {
    const name = answers.name ?? "";
    const { sites } = stack.raw;
    const isTaken = isMapping(sites) && Object.hasOwn(sites, name);
    const taken = isTaken ? [isThere(`sites.${name}`)] : [];
    const changes: readonly Change[] = [{ at: ["sites", name], value: siteSettings(answers) }];
    const { problems: wrong } = checkChanged(stack, changes, today);
    return {
        title: `site ${name}`,
        changes,
        files: [],
        problems: [...taken, ...wrong],
    };
}

/** Another image of an application. */
export function draftImage(answers: ImageAnswers, stack: StackText, today?: string): Draft {
    const { application = "", image = "", registry } = answers;
    const entries = isMapping(stack.raw["applications"]) ? stack.raw["applications"] : {};
    const there = entries[application];
    if (!isMapping(there)) return unknownApplication(application, Object.keys(entries));
    const at = ["applications", application];
    const changes: readonly Change[] = [
        ...(there["image"] === image ? [] : [{ at: [...at, "image"], value: image }]),
        ...(registry === undefined || !isOfSite(image) || there["registry"] === registry
            ? []
            : [{ at: [...at, "registry"], value: registry }]),
    ];
    const { problems } = checkChanged(stack, changes, today);
    return { title: `image of ${application}`, changes, files: [], problems };
}

function unknownApplication(name: string, known: readonly string[]): Draft {
    const meant = nearest(name, known);
    const fix =
        known.length === 0
            ? "Make it first: npm run new -- application"
            : `Write ${meant ?? oneOf(known)}`;
    const message = "names no application that the stack's file has for all sites";
    const problem = { path: "--application", message, fix };
    return { title: `image of ${name}`, changes: [], files: [], problems: [problem] };
}
