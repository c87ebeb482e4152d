import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { githubWorkflow } from "./github.ts";
import { gitlabPipeline } from "./gitlab.ts";
import { readPins } from "./pins.ts";
import type { Delivery } from "./place.ts";
import type { Runtime } from "./runtime.ts";

/** The forges whose pipelines can be written. */
export const FORGES = ["github", "gitlab"] as const;

/** A forge whose pipelines can be written. */
export type Forge = (typeof FORGES)[number];

const PIPELINES = { github: ".github/workflows/deliver.yaml", gitlab: ".gitlab-ci.yml" } as const;

const IMAGES = join(import.meta.dirname, "images");

/** What a service's repository is made for. */
export interface Service {
    readonly runtime: Runtime;
    readonly forge: Forge;
    /** The port that it listens on. @default - none: it answers nobody */
    readonly port?: number;
    readonly delivery: Delivery;
}

/** The names of the files that a service's repository gets. */
export function serviceFiles(forge: Forge): readonly string[] {
    return ["Dockerfile", ".dockerignore", PIPELINES[forge]];
}

/** What a service's repository gets, by the names of the files. */
export async function serviceTexts(service: Service): Promise<ReadonlyMap<string, string>> {
    const { runtime, forge, port, delivery } = service;
    const image = await readFile(join(IMAGES, `${runtime}.Dockerfile`), "utf8");
    const pipeline =
        forge === "github" ? githubWorkflow(delivery, await readPins()) : gitlabPipeline(delivery);
    const texts = [
        withPort(image, port),
        await readFile(join(IMAGES, "ignored.txt"), "utf8"),
        pipeline,
    ];
    return new Map(serviceFiles(forge).map((name, index) => [name, texts[index]!]));
}

/** Fills in the port; without one, what speaks of it is left out. */
function withPort(image: string, port: number | undefined): string {
    if (port !== undefined) return image.replaceAll("{{port}}", String(port));
    return image.replaceAll(/^.*\{\{port\}\}.*\n/gm, "");
}
