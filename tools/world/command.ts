import { Store, worldFile } from "../../simulator/store.ts";
import { Refused } from "../../simulator/words.ts";
import { readCommandLine } from "../lib/options.ts";
import { UserError } from "../lib/user-error.ts";
import { oneOf, type Call } from "./call.ts";
import { change, empty, take } from "./drift.ts";
import { fail, faults, heal } from "./faults.ts";
import { events, list, show } from "./look.ts";

const HELP = `Looks into the simulated clouds, and changes them behind the program's back.

    npm run world -- list [WHAT] [--ids]        what stands, counted by place and type, or one by one
    npm run world -- show WHAT                  everything about one thing; secrets are masked
    npm run world -- edit WHAT PATH=VALUE …     changes properties by hand: drift. VALUE is JSON or plain text;
                                                an empty one takes the property away
    npm run world -- delete WHAT                takes one thing away by hand, whatever needs it
    npm run world -- fail KIND WHAT [options]   makes operations on WHAT go wrong:
        fail        refused, before anything is made
        throttle    refused as too many requests; the provider tries again by itself
        break       done, but reported as failed
        crash       the provider's process ends in the middle of the work
        --on create|update|delete|any           which operations (default: create)
        --times N                               how often; for crash, on which one (default: 1)
        --message TEXT                          the error's words (default: the cloud's own)
    npm run world -- faults                     what is still to go wrong
    npm run world -- heal                       takes all of that away
    npm run world -- events [WHAT]              every operation so far, in order
    npm run world -- clear                      empties the world

WHAT is an id, or a type, a URN or a logical name, in which * stands for any text; quote it, or the shell reads the *.
The world lies in the file that SIM_WORLD names, or else in .local/world.sqlite.

    npm run world -- list '*podinfo*' --ids
    npm run world -- edit '*Instance::myapp-dev-aws-main' backupRetentionPeriod=1
    npm run world -- fail throttle aws:ec2/subnet:Subnet --times 3

Exit codes: 0 done · 1 not done, and the message says why.`;

const COMMANDS: Readonly<Record<string, (call: Call) => void>> = {
    list,
    show,
    edit: change,
    delete: take,
    fail,
    faults,
    heal,
    events,
    clear: empty,
};

/**
 * `npm run world`: looks into the simulated world, changes it by hand, and makes things go wrong in it. Returns the exit
 * code: 0, or 1 with a message on `complain`.
 */
export function worldCommand(
    argv: readonly string[],
    print: (text: string) => void,
    complain: (text: string) => void,
    file: string = worldFile(),
): number {
    try {
        const { values, positionals } = readCommandLine("world", argv, {
            help: { type: "boolean", short: "h" },
            ids: { type: "boolean" },
            on: { type: "string" },
            times: { type: "string" },
            message: { type: "string" },
        });
        const [name, ...words] = positionals;
        if (values.help || name === undefined) {
            print(HELP);
            return 0;
        }
        const command = COMMANDS[oneOf(Object.keys(COMMANDS), name, "command")];
        const store = Store.open(file);
        try {
            command?.({ words, options: values, store, print });
        } finally {
            store.close();
        }
        return 0;
    } catch (error) {
        if (!isForPeople(error)) throw error;
        complain(error.message);
        return 1;
    }
}

/** True for what the user can act on: a mistake, a refusal, or what the operating system says, which bears a code. */
function isForPeople(error: unknown): error is Error {
    return (
        error instanceof UserError ||
        error instanceof Refused ||
        (error instanceof Error && "code" in error)
    );
}
