import pulumi from "@pulumi/pulumi";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";

import { callsites as allCallsites } from "./callsites.ts";

/** The parts of the SDK that are replaced for a run: one of its own, and those without a type. */
const sdk = pulumi as { mergeOptions: typeof pulumi.mergeOptions };
const promises = debuggable as unknown as { debuggablePromise: <P>(promise: P) => P };
const resources = pulumi.Resource as unknown as { callsites: () => readonly unknown[] };

/** The SDK's own, which prints where there is no engine; a listener puts another in its place. */
const printInfo = pulumi.log.info;

/** What a run wants the SDK to keep. */
export interface Kept {
    readonly traces?: boolean;
    readonly sources?: boolean;
    readonly formerTypes?: boolean;
}

/**
 * Spares the SDK the work that takes most of a run and that the run does not ask for, until the function returned is called:
 * a note and a stack trace for every promise, the place of every resource in the program, and every token that a type ever
 * had. Nor does it print what the program only tells, where nobody listens.
 */
export function lighten({ traces, sources, formerTypes }: Kept): () => void {
    const { stackTraceLimit } = Error;
    const { mergeOptions } = sdk;
    const { callsites } = resources;
    const { debuggablePromise } = promises;
    // Not even the line with the message is formatted where the limit is no number.
    if (!traces) Object.assign(Error, { stackTraceLimit: undefined });
    if (!traces) promises.debuggablePromise = (promise) => promise;
    if (sources) resources.callsites = allCallsites;
    else if (!traces) resources.callsites = () => [];
    if (!formerTypes) {
        sdk.mergeOptions = (one?: pulumi.ResourceOptions, two?: pulumi.ResourceOptions) => {
            const former = two?.aliases?.every((alias) => Object.keys(alias).join() === "type");
            return mergeOptions(one, former ? { ...two, aliases: [] } : two);
        };
    }
    const { info } = pulumi.log;
    if (info === printInfo) Object.assign(pulumi.log, { info: () => Promise.resolve() });
    return () => {
        Object.assign(pulumi.log, { info });
        Error.stackTraceLimit = stackTraceLimit;
        promises.debuggablePromise = debuggablePromise;
        sdk.mergeOptions = mergeOptions;
        resources.callsites = callsites;
    };
}
