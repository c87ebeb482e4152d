import { extname } from "node:path";
import type { Plan } from "../model.ts";
import { renderPage, type PageInput } from "./page.ts";

/** Pages by the file that each belongs in. Of several stacks, each has a file that bears its name. */
export function pagesOf(
    inputs: readonly PageInput[],
    file: string,
    several: boolean,
): ReadonlyMap<string, string> {
    return new Map(
        inputs.map((input) => {
            return [several ? nameFor(file, input.plan) : file, renderPage(input)];
        }),
    );
}

/** `plan.html` becomes `plan.prod.html`. */
function nameFor(file: string, { stack }: Plan): string {
    const ending = extname(file);
    return `${file.slice(0, file.length - ending.length)}.${stack}${ending}`;
}
