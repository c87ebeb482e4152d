import * as pulumi from "@pulumi/pulumi";
import type { Message } from "./model.ts";

type Tell = typeof pulumi.log.info;

/** Listens to what a program tells with `pulumi.log`, which prints it where there is no engine. */
export class Listener {
    readonly #told: { severity: Message["severity"]; text: string; resource?: pulumi.Resource }[] =
        [];
    readonly #before = { ...pulumi.log };

    constructor() {
        const noting =
            (severity: Message["severity"]): Tell =>
            (text, resource) => {
                this.#told.push({ severity, text, ...(resource && { resource }) });
                return Promise.resolve();
            };
        // The module is an object of CommonJS, and the SDK itself calls its functions through it.
        Object.assign(pulumi.log, {
            info: noting("info"),
            warn: noting("warning"),
            error: noting("error"),
        });
    }

    stop(): void {
        Object.assign(pulumi.log, this.#before);
    }

    /** What was told, each once. To be asked when everything is registered, as URNs are not known earlier. */
    async messages(): Promise<readonly Message[]> {
        const messages = await Promise.all(
            this.#told.map(async ({ severity, text, resource }): Promise<Message> => {
                const urn = resource ? await urnOf(resource) : "";
                return { severity, text, urn };
            }),
        );
        return [...new Map(messages.map((one) => [JSON.stringify(one), one])).values()];
    }
}

function urnOf({ urn }: pulumi.Resource): Promise<string> {
    return new Promise((resolve) => urn.apply(resolve));
}
