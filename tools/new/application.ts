import { SERVING } from "../../components/contracts/application-kind.ts";
import type { ApplicationAnswers } from "./arguments.ts";
import type { Change } from "./stack/edit.ts";
import type { Note } from "./words.ts";
import { given, numberOr, pairsOf } from "./words.ts";

/** How many characters of a generated secret. */
const GENERATED = 32;

/** The key of a secret in a store. Credentials seldom look like this, so none is taken for its name. */
const STORED = /^(?=.{1,63}(#|$))[a-z][a-z0-9]*([-_/.][a-z0-9]+)*(#[a-zA-Z][\w-]{0,62})?$/;

/** True for an image that is below a registry of the site: its name begins with no host. */
export function isOfSite(image: string): boolean {
    return !/^([^/]*[.:][^/]*|localhost)\//.test(image);
}

/** The repository of an application's image in the registries of its sites: its own name, unless its image says another. */
export function repositoryOf(name: string, image: string | undefined): string {
    return image !== undefined && isOfSite(image) ? image.replace(/[:@][^/]*$/, "") : name;
}

/** The settings of an application, in the order in which people read them, as short as they can be written. */
export function applicationSettings(
    answers: ApplicationAnswers,
    registry: string | undefined,
    note: Note,
): Record<string, unknown> {
    const { kind, image, live, ready, stream, produces = [], consumes = [], reach, host } = answers;
    const exposed = given({ reach, hosts: host });
    return given({
        kind,
        image,
        registry: image !== undefined && isOfSite(image) ? registry : undefined,
        port: numberOr(answers.port),
        replicas: replicasOf(answers, note),
        scaling: given({ messages: numberOr(answers.messages), lag: numberOr(answers.lag) }),
        health: given({ live, ready }),
        env: Object.fromEntries(pairsOf("env", answers.env, "LOG_LEVEL=info", note)),
        secrets: secretsOf(answers, note),
        database: answers.database,
        cache: answers.cache,
        queue: answers.queue,
        stream: stream === undefined ? undefined : given({ name: stream, produces, consumes }),
        search: answers.search,
        buckets: Object.fromEntries(pairsOf("bucket", answers.bucket, "pictures=write", note)),
        calls: answers.calls,
        expose: host === undefined ? reach : exposed,
        slo: numberOr(answers.slo),
        schedule: answers.schedule,
        steps: stepsOf(answers, note),
        sites: answers.site,
        owner: answers.owner,
    });
}

function replicasOf({ replicas }: ApplicationAnswers, note: Note): unknown {
    if (replicas === undefined) return undefined;
    const [, min, max] = /^(\d{1,4})(?:\.\.(\d{1,4}))?$/.exec(replicas) ?? [];
    if (min === undefined) {
        note("replicas", "is neither a number nor two", "Write it like 2..6");
        return undefined;
    }
    return { min: Number(min), max: Number(max ?? min) };
}

function secretsOf({ secret, generate = [] }: ApplicationAnswers, note: Note): unknown {
    const like = "STRIPE_KEY=stripe#key";
    const stored = pairsOf("secret", secret, like, note).flatMap(([name, value]) => {
        const [from, field] = value.split("#");
        if (STORED.test(value)) return [[name, field === undefined ? from : { from, field }]];
        note("secret", `names no key of a secret store for ${name}`, `Write it like ${like}`);
        return [];
    });
    const made = generate.map((name) => [name, { generate: GENERATED }]);
    return Object.fromEntries([...stored, ...made]) as unknown;
}

function stepsOf({ step }: ApplicationAnswers, note: Note): unknown {
    const steps = pairsOf("step", step, `extract="python extract.py"`, note);
    return Object.fromEntries(
        steps.map(([name, command], index) => {
            const words = command.split(/\s+/).filter(Boolean);
            // In the order in which they were given.
            return [name, given({ after: steps[index - 1]?.[0], command: words })];
        }),
    );
}

/** The port that it listens on: what was said, or what its kind gives it. */
export function portOf({ kind, port }: ApplicationAnswers): number | undefined {
    if (port !== undefined) return Number(port);
    return SERVING.some((serving) => serving === kind) ? 8080 : undefined;
}

/** What the stack's file has to say of a service that the application names, if it does not say it yet. */
interface Needed {
    /** The settings of the kind. */
    readonly kind: string;
    readonly key: string;
    readonly value: unknown;
}

function needed(answers: ApplicationAnswers): readonly Needed[] {
    const { database, cache, queue, search, stream, bucket = [] } = answers;
    const { produces = [], consumes = [] } = answers;
    const topics = Object.fromEntries([...produces, ...consumes].map((topic) => [topic, {}]));
    const all: readonly (readonly [kind: string, key: string | undefined, value: unknown])[] = [
        ["databases", database, {}],
        ["caches", cache, {}],
        ["queues", queue, {}],
        ["searches", search, {}],
        ["streams", stream, given({ topics })],
        ...bucket.map((one) => ["objectStores", one.split("=")[0], {}] as const),
    ];
    return all.flatMap(([kind, key, value]) => (key ? [{ kind, key, value }] : []));
}

/** Adds the services that the application names and the stack lacks. */
export function serviceChanges(
    answers: ApplicationAnswers,
    has: (kind: string, key: string) => boolean,
): readonly Change[] {
    return needed(answers)
        .filter(({ kind, key }) => !has(kind, key))
        .map(({ kind, key, value }) => ({ at: [kind, key], value }));
}
