import assert from "node:assert/strict";
import type { Recorded, RecordedResource, RunOptions } from "../../../tools/offline/mocks.ts";
import { runStack } from "../../../tools/offline/stack.ts";

/** Sites that differ in their cloud only. */
export const SITES = {
    aws: { cloud: "aws", region: "eu-central-1", account: "123456789012" },
    azure: {
        cloud: "azure",
        region: "westeurope",
        subscription: "00000000-0000-4000-8000-000000000000",
    },
    gcp: { cloud: "gcp", region: "europe-west3", project: "my-project-id" },
} as const;

type Raw = Readonly<Record<string, unknown>>;

/** The image of every application that a test does not give another one. */
export const IMAGE = "ghcr.io/acme/app:1.4.2";

/** Runs the whole program for one site with these applications, and what else a test says. */
export function plan(
    applications: Readonly<Record<string, Raw>>,
    {
        cloud = "gcp",
        preview = false,
        ...more
    }: Raw & { readonly cloud?: keyof typeof SITES } & Pick<RunOptions, "preview"> = {},
): Promise<Recorded> {
    const settings = {
        environment: "dev",
        owner: "team",
        costCentre: "cc-1",
        sites: { main: SITES[cloud] },
        apiAccess: { cidrs: ["203.0.113.0/24"] },
        ...more,
        applications: Object.fromEntries(
            Object.entries(applications).map(([key, one]) => [key, { image: IMAGE, ...one }]),
        ),
    };
    const config = Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [`platform:${key}`, value]),
    );
    return runStack("dev", {
        preview,
        config: { "pulumi:disable-default-providers": ["*"], ...config },
    });
}

/** What all names in the site begin with. */
export const NAME = "myapp-dev-main";

/** The objects of one application. */
export function objectsOf({ resources }: Recorded, application: string): RecordedResource[] {
    const parent = `$platform:kubernetes:Application::${NAME}-${application}`;
    return resources.filter((one) => one.parent.endsWith(parent));
}

/** The same as "type name", sorted, without what all of them have. */
export function listOf(recorded: Recorded, application: string): string[] {
    return objectsOf(recorded, application)
        .map(({ type, name }) => {
            const kind = type.replace(/^kubernetes:(.*\/)?/, "").replace(/^[^:]*:/, "");
            return `${kind} ${name.slice(NAME.length + 1)}`;
        })
        .sort();
}

/** A JSON object whose fields are looked at one by one. */
export type Json = Readonly<Record<string, unknown>>;

/** The one object of an application of that kind, by its name in the cluster if there are several. */
export function object(
    recorded: Recorded,
    application: string,
    kind: string,
    name?: string,
): RecordedResource {
    const found = objectsOf(recorded, application).filter(
        ({ type, inputs }) =>
            type.endsWith(`:${kind}`) &&
            (name === undefined || (inputs["metadata"] as Json)["name"] === name),
    );
    assert.equal(found.length, 1, `${found.length} of ${kind} ${name ?? ""}`);
    return found[0] as RecordedResource;
}

/** What an object of an application says it wants. */
export function spec(recorded: Recorded, application: string, kind: string, name?: string): Json {
    return object(recorded, application, kind, name).inputs["spec"] as Json;
}

/** The pod of a Deployment, a StatefulSet or a Job, or of a CronJob's jobs. */
export function pod(recorded: Recorded, application: string, kind: string): Json {
    const own = spec(recorded, application, kind) as {
        jobTemplate?: { spec: { template: { spec: Json } } };
        template?: { spec: Json };
    };
    const template = own.jobTemplate?.spec.template ?? own.template;
    assert.ok(template);
    return template.spec;
}

/** Its containers by name, those that start before it included. */
export function containers(podSpec: Json): Readonly<Record<string, Json>> {
    const all = [
        ...((podSpec["initContainers"] ?? []) as Json[]),
        ...(podSpec["containers"] as Json[]),
    ];
    return Object.fromEntries(all.map((one) => [String(one["name"]), one]));
}

/** The variables of a container by name: their value, or where it stands. */
export function variables(container: Json | undefined): Readonly<Record<string, unknown>> {
    const list = (container?.["env"] ?? []) as { name: string; value?: string; valueFrom?: Json }[];
    return Object.fromEntries(list.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}
