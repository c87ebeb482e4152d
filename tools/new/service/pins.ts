import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../stack/layout.ts";

/** Where the project's own pipelines name the actions that they use. */
const OWN = ["ci/github/workflows/pull-request.yaml", "ci/github/actions/setup/action.yaml"];

/** What only the pipelines of services use; docs/continuous-integration.md lists it with the others. */
const FURTHER =
    "uses: actions/create-github-app-token@bcd2ba49218906704ab6c1aa796996da409d3eb1 # v3.2.0";

/** Names an action by the digest that the project's own pipelines name it by, with its version behind it. */
export type Pin = (action: string) => string;

/** Reads the digests, so that whoever renews them renews them once. */
export async function readPins(): Promise<Pin> {
    const files = await Promise.all(OWN.map((file) => readFile(join(ROOT, file), "utf8")));
    const pins = new Map(
        [...[...files, FURTHER].join("\n").matchAll(/uses: (([\w./-]+)@[\da-f]{40} # v\S+)/g)].map(
            ([, pin = "", action = ""]) => [action, pin],
        ),
    );
    return (action) => {
        const pin = pins.get(action);
        if (pin === undefined) throw new Error(`No pipeline of the project names ${action}.`);
        return pin;
    };
}
