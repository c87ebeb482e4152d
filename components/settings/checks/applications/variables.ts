import { POD_VARIABLES, SERVICE_VARIABLES } from "../../../lib/reserved.ts";
import type { SiteContext } from "../../site-context.ts";
import type { ApplicationSettings } from "../../types.ts";
import { isSecretText, namesSecret } from "../../words.ts";
import type { ApplicationCheck } from "./index.ts";

const variableOf = (key: string) => key.toUpperCase().replaceAll("-", "_");

/** A variable, where in the application's settings it comes from, and what was written there in a list. */
type Source = readonly [place: string, variable: string, value?: string];

/** The variables that follow from what the application uses. */
function sourcesOf(application: ApplicationSettings): readonly Source[] {
    const { database, cache, queue, stream, search, buckets, calls, secrets } = application;
    const uses = { database, cache, queue, stream, search };
    const services = Object.entries(uses).flatMap(([use, value]): Source[] =>
        value === undefined
            ? []
            : SERVICE_VARIABLES[use as keyof typeof uses].map((variable) => [use, variable]),
    );
    return [
        ...POD_VARIABLES.map((variable): Source => ["the pod", variable]),
        ...services,
        ...Object.keys(buckets).flatMap((key): Source[] => [
            [`buckets.${key}`, `BUCKET_${variableOf(key)}`],
            [`buckets.${key}`, `BUCKET_${variableOf(key)}_ENDPOINT`],
        ]),
        ...[...new Set(calls)].map((call): Source => [
            "calls",
            `${variableOf(call.replace(":", "-"))}_URL`,
            call,
        ]),
        ...Object.keys(secrets).map((name): Source => [`secrets.${name}`, name]),
    ];
}

/** Two things that would set one variable: one of them would be lost. */
function checkTwice({ add }: SiteContext, at: string, sources: readonly Source[]): void {
    const seen = new Map<string, string>();
    for (const [place, variable, value] of sources) {
        const other = seen.get(variable);
        seen.set(variable, value === undefined ? place : JSON.stringify(value));
        if (other === undefined) continue;
        const isOwn = place.startsWith("secrets.");
        const message = isOwn
            ? "is a variable that the platform sets itself"
            : `sets the variable ${variable}, which ${other} sets too`;
        const fix = isOwn ? "Give it another name" : "Rename one of them";
        add({ at: `${at}.${place}`, value, message, fix });
    }
}

/** Plain variables of one container: no credential, and none that the platform sets. */
function checkEnv(
    { add }: SiteContext,
    at: string,
    env: Readonly<Record<string, string>>,
    taken: ReadonlySet<string>,
): void {
    for (const [name, value] of Object.entries(env)) {
        if (taken.has(name)) {
            const message = "is a variable that the platform sets itself";
            add({ at: `${at}.${name}`, message, fix: "Remove it, or give it another name" });
        } else if (namesSecret(name) || isSecretText(value)) {
            add({
                at: `${at}.${name}`,
                message:
                    "looks like a credential, and plain variables stand in the state and in the cluster for all to read",
                fix: "Write it under secrets:, or name the database, the cache or the queue that it is for",
            });
        }
    }
}

/** Variables that hold no credential and stand in the way of none of the platform's. */
export const checkVariables: ApplicationCheck = (context, key, application) => {
    const at = `applications.${key}`;
    const sources = sourcesOf(application);
    const taken = new Set(sources.map(([, variable]) => variable));
    checkTwice(context, at, sources);
    checkEnv(context, `${at}.env`, application.env, taken);
    for (const [step, { env }] of Object.entries(application.steps)) {
        checkEnv(context, `${at}.steps.${step}.env`, env, taken);
    }
    // Sidecars get none of the application's credentials.
    const own = new Set<string>(POD_VARIABLES);
    for (const [sidecar, { env }] of Object.entries(application.sidecars)) {
        checkEnv(context, `${at}.sidecars.${sidecar}.env`, env, own);
    }
    checkSecrets(context, at, application);
};

/** A secret is made, or is somebody's. */
function checkSecrets({ add }: SiteContext, at: string, { secrets }: ApplicationSettings): void {
    for (const [name, { generate, from }] of Object.entries(secrets)) {
        if ((generate === undefined) !== (from === undefined)) continue;
        add({
            at: `${at}.secrets.${name}`,
            involves: ["generate", "from"].map((part) => `${at}.secrets.${name}.${part}`),
            message:
                from === undefined
                    ? "says neither where its value is nor that it is to be made"
                    : "is to be made and is in the store already",
            fix: "Write from: and the secret's key in the site's store, or generate: and a number of characters",
        });
    }
}
