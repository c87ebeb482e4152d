import { resolve } from "node:path";
import { exitCodeOf } from "../lib/exit-code.ts";
import { notThere } from "../lib/not-there.ts";
import { readOptions } from "../lib/options.ts";
import type { Output } from "../lib/output.ts";
import { UserError } from "../lib/user-error.ts";
import { bundle, PACKS, type PackFolder } from "./bundle.ts";

const HELP = `npm run bundle -- --out FOLDER [options]

Bundles a policy pack into a folder that runs elsewhere, for any Pulumi program, without this repository.

  --out FOLDER   where to; a folder that is not there yet, or an empty one
  --pack NAME    ${PACKS.join(", ")} (the default is platform)
  --help         this text

Exit codes: 0 the folder is written · 2 options are wrong.`;

/** `npm run bundle`. Returns the exit code. */
export function bundleCommand(
    args: readonly string[],
    out: Output,
    errors: Output,
): Promise<number> {
    return exitCodeOf(() => execute(args, out), errors);
}

async function execute(args: readonly string[], out: Output): Promise<number> {
    const values = readOptions("bundle", args, {
        out: { type: "string" },
        pack: { type: "string", default: "platform" },
        help: { type: "boolean", short: "h", default: false },
    });
    if (values.help) {
        out.write(`${HELP}\n`);
        return 0;
    }
    const folder = values.out;
    if (folder === undefined) throw new UserError(`Say where to: --out FOLDER.`, 2);
    await bundle(packNamed(values.pack), resolve(folder));
    out.write(
        `The pack is in ${folder}.\n` +
            `Next     npm ci --prefix ${folder}  installs the two packages that it needs, as locked\n` +
            `         pulumi preview --policy-pack ${folder}  runs it over any program\n`,
    );
    return 0;
}

function packNamed(name: string): PackFolder {
    const found = PACKS.find((pack) => pack === name);
    if (found !== undefined) return found;
    throw notThere("pack", name, PACKS);
}
