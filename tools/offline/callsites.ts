/** A frame of a stack, as the SDK takes it: empty where it has no place in a file. */
export interface Callsite {
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
}

/** A frame with the name of its function, and one without, as every arrow function inside a call has it. */
const FRAME = /^\s*at (?:.*? \((?<named>.*)\)|(?:async )?(?<nameless>.*))$/;
const PLACE = /^(?<file>.*):(?<line>\d+):(?<column>\d+)$/;

/**
 * The calls that led here, innermost first, which is this function. Takes the place of the SDK's own
 * `Resource.callsites`, which passes over frames without a name, and so takes a resource for made where `map` was
 * called, or in another file.
 */
export function callsites(): readonly Callsite[] {
    const { stackTraceLimit } = Error;
    try {
        Error.stackTraceLimit = Number.POSITIVE_INFINITY;
        return readStack(new Error().stack ?? "");
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}

/** The frames of an error's stack, one for each line behind the message, so that they can be counted. */
export function readStack(stack: string): readonly Callsite[] {
    return stack.split("\n").slice(1).map(readFrame);
}

function readFrame(frame: string): Callsite {
    const { named, nameless = "" } = FRAME.exec(frame)?.groups ?? {};
    const { file, line, column } = PLACE.exec(named ?? nameless)?.groups ?? {};
    if (file === undefined || file.startsWith("node:")) return {};
    return { file, line: Number(line), column: Number(column) };
}
