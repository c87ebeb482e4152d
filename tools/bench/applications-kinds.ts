import { applicationSettings } from "../new/application.ts";
import type { ApplicationAnswers } from "../new/arguments.ts";
import { block } from "../new/stack/render.ts";
import { makePlan } from "../plan/make.ts";
import { render } from "../plan/manifests/render.ts";
import { manyApplications } from "./applications.ts";
import type { Figure } from "./figure.ts";

/** The site whose objects are counted: they are alike on every one. */
const SITE = "aws";

/** An application of each kind, as somebody would ask for it. */
const KINDS: readonly ApplicationAnswers[] = [
    { kind: "web", database: "main", cache: "sessions", slo: "99.9" },
    { kind: "service", database: "main", cache: "sessions", slo: "99.9" },
    { kind: "worker", queue: "mail", replicas: "0..5", messages: "20" },
    { kind: "job", database: "main", schedule: "30 2 * * *" },
    {
        kind: "pipeline",
        database: "main",
        bucket: ["exports=write"],
        schedule: "0 3 * * *",
        step: ["extract=python3 extract.py", "load=python3 load.py"],
    },
];

/** How many objects an application of each kind gets, and how many lines of YAML stand behind a line of settings. */
export async function kindFigures(): Promise<Figure[]> {
    const all = KINDS.map(({ kind = "", ...answers }) => {
        const given = { kind, image: "shop:1.4.2", ...answers };
        return [kind, applicationSettings(given, "images", refuse)] as const;
    });
    const config = {
        ...manyApplications(0),
        "platform:applications": Object.fromEntries(all) as unknown,
    };
    // The file's place is all that is taken from it.
    const plan = await makePlan({ stack: "dev", config });
    return all.map(([kind, settings]) => {
        const own = plan.resources.filter(
            ({ site, component, token }) =>
                site === SITE &&
                token.startsWith("kubernetes:") &&
                component.some((one) => isApplication(one, kind)),
        );
        const lines = block(kind, settings, { indent: 8, step: 4, open: 1 }).length;
        const yaml = own.reduce((sum, one) => sum + linesIn(render(one).text), 0);
        return {
            name: `lines of YAML for a line of settings, ${kind}`,
            value: yaml / lines,
            unit: "×",
            detail: `${own.length} objects of ${yaml} lines on each site, from ${lines} lines`,
        };
    });
}

/** True for the component of an application, without those of the services that it uses. */
function isApplication(component: string, key: string): boolean {
    return (
        component.startsWith("platform:kubernetes:Application ") && component.endsWith(`-${key}`)
    );
}

function linesIn(text: string): number {
    return text.trimEnd().split("\n").length;
}

function refuse(option: string, message: string): never {
    throw new Error(`--${option} ${message}`);
}
