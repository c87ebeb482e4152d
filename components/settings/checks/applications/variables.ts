import { POD_VARIABLES, SERVICE_VARIABLES } from "../../../lib/reserved.ts";
import type { ApplicationSettings } from "../../types.ts";
import { isSecretText, namesSecret } from "../../words.ts";
import type { ApplicationCheck } from "./index.ts";

const variableOf = (key: string) => key.toUpperCase().replaceAll("-", "_");

/** The variables that follow from what the application uses. */
function ownVariables(application: ApplicationSettings): ReadonlySet<string> {
    const { database, cache, queue, stream, search, buckets, calls, secrets } = application;
    const uses = { database, cache, queue, stream, search };
    return new Set([
        ...POD_VARIABLES,
        ...Object.entries(uses).flatMap(([use, value]) =>
            value === undefined ? [] : SERVICE_VARIABLES[use as keyof typeof uses],
        ),
        ...Object.keys(buckets).flatMap((key) => [
            `BUCKET_${variableOf(key)}`,
            `BUCKET_${variableOf(key)}_ENDPOINT`,
        ]),
        ...calls.map((call) => `${variableOf(call.replace(":", "-"))}_URL`),
        ...Object.keys(secrets),
    ]);
}

/** Plain variables that hold no credential and stand in the way of none of the platform's. */
export const checkVariables: ApplicationCheck = ({ add }, key, application) => {
    const taken = ownVariables(application);
    const parts = [
        [`applications.${key}.env`, application.env] as const,
        ...Object.entries(application.steps).map(
            ([step, { env }]) => [`applications.${key}.steps.${step}.env`, env] as const,
        ),
        ...Object.entries(application.sidecars).map(
            ([sidecar, { env }]) => [`applications.${key}.sidecars.${sidecar}.env`, env] as const,
        ),
    ];
    for (const [at, env] of parts) {
        for (const [name, value] of Object.entries(env)) {
            if (taken.has(name)) {
                const message = "is a variable that the platform sets itself";
                const fix = "Remove it, or give it another name";
                add({ at: `${at}.${name}`, message, fix });
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
    checkSecrets({ add }, key, application);
};

/** A secret is made, or is somebody's. */
function checkSecrets(
    { add }: Pick<Parameters<ApplicationCheck>[0], "add">,
    key: string,
    { secrets }: ApplicationSettings,
): void {
    for (const [name, { generate, from }] of Object.entries(secrets)) {
        if ((generate === undefined) !== (from === undefined)) continue;
        add({
            at: `applications.${key}.secrets.${name}`,
            message:
                from === undefined
                    ? "says neither where its value is nor that it is to be made"
                    : "is to be made and is in the store already",
            fix: "Write from: and the secret's key in the site's store, or generate: and a number of characters",
        });
    }
}
