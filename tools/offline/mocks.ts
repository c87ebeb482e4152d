/**
 * Runs program code under mocks that answer from the simulated clouds' tables, without an engine.
 *
 *     const recorded = await run(() => new AwsNetwork("net", args, { providers }));
 *     assert.deepEqual(recorded.names("aws:ec2/subnet:Subnet"), ["net-private-a", "net-private-b"]);
 *     const vpc = recorded.one("aws:ec2/vpc:Vpc");
 *     assert.equal(vpc.inputs.cidrBlock, "10.0.0.0/16");
 *     assert.ok(recorded.one("aws:rds/instance:Instance").isSecret("password"));
 *     assert.equal((await inspect(recorded.result.kubeconfig)).secret, true);
 *
 * What the tables refuse (a missing input, a bad name, an id that does not stand) rejects with the cloud's words. With
 * `preview: true` everything a cloud computes is unknown. Resources must use an explicit provider.
 */
import * as pulumi from "@pulumi/pulumi";
import { getMonitor } from "@pulumi/pulumi/runtime/settings.js";

import { lighten } from "./lighten.ts";
import { Monitor } from "./monitor.ts";
import type { Recorded } from "./recorded.ts";
import type { Provider } from "../../simulator/table.ts";

export { UNKNOWN } from "../../simulator/table.ts";
export { RefusedError } from "./monitor.ts";
export { Recorded, type RecordedResource } from "./recorded.ts";

/** How a run differs from the usual. */
export interface RunOptions {
    /** True to see the program as a preview does: everything a cloud computes is unknown. @default false */
    readonly preview?: boolean;
    /**
     * True to make unknown, besides, what the simulated clouds make up in a preview: the results of provider functions, and
     * names that the program leaves to the provider.
     *
     * @default false
     */
    readonly inventNothing?: boolean;
    /** True to draw random values the same in every run, so that two runs can be compared. @default false */
    readonly repeatable?: boolean;
    /** True to record where the program makes each resource. @default false */
    readonly sources?: boolean;
    /** @default "project" */
    readonly project?: string;
    /** @default "stack" */
    readonly stack?: string;
    /** The stack's configuration: full keys, values as text or as anything that JSON can say. */
    readonly config?: Readonly<Record<string, unknown>>;
    /** True to keep stack traces, which take half the time of a run. @default false */
    readonly traces?: boolean;
    /**
     * True to keep the former tokens that a provider gives its types as aliases: dozens for a type of azure-native, which take
     * half the time of a run. Aliases that the program gives are always kept.
     *
     * @default false
     */
    readonly formerTypes?: boolean;
    /** The keys of the configuration that hold encrypted values. @default none */
    readonly secretKeys?: readonly string[];
    /** Tables to answer from instead of those in simulator/types, by the provider's name. */
    readonly tables?: readonly Provider[];
    /** True to let resources without an explicit provider pass. @default false */
    readonly defaultProviders?: boolean;
}

/** Builds, waits until everything is registered, and returns what was. Rejects with everything that was refused. */
export async function run<T>(
    build: () => T | Promise<T>,
    options: RunOptions = {},
): Promise<Recorded<T>> {
    const project = options.project ?? "project";
    const stack = options.stack ?? "stack";
    const nothing = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };
    const monitor = new Monitor({ ...options, project, stack });
    const restore = lighten(options);
    await pulumi.runtime.setMocks(nothing, project, stack, options.preview ?? false);
    monitor.takeOver(getMonitor());
    pulumi.runtime.setAllConfig(configTexts(options.config ?? {}), [...(options.secretKeys ?? [])]);
    try {
        const result = await build();
        await pulumi.runtime.disconnect();
        monitor.throwRefusals();
        return monitor.recorded(result);
    } catch (error) {
        await pulumi.runtime.disconnect();
        monitor.throwRefusals();
        throw error;
    } finally {
        restore();
        pulumi.runtime.setAllConfig({});
        monitor.close();
    }
}

/** What is in an output once everything is resolved. An unknown value is undefined. */
export async function inspect<T>(
    output: pulumi.Input<T>,
): Promise<{ value: T; known: boolean; secret: boolean }> {
    const lifted = pulumi.output(output) as pulumi.Output<T> & {
        promise(): Promise<T>;
        readonly isKnown: Promise<boolean>;
        readonly isSecret: Promise<boolean>;
    };
    const [value, known, secret] = await Promise.all([
        lifted.promise(),
        lifted.isKnown,
        lifted.isSecret,
    ]);
    return { value, known, secret };
}

function configTexts(config: Readonly<Record<string, unknown>>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(config).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );
}
