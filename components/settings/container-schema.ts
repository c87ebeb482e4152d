import * as form from "./forms.ts";
import * as own from "./application-forms.ts";
import * as kubernetes from "./kubernetes-forms.ts";
import { entries, field, list, section } from "./shape.ts";

/** What a container needs: CPU and memory. */
export const resources = (what: string) =>
    field(
        section({
            cpu: field(kubernetes.cpu, "CPU requested"),
            memory: field(kubernetes.memory, "Memory requested"),
            limits: field(
                section({
                    cpu: field(
                        kubernetes.cpu,
                        "CPU that it may use: twice what it requests, if nothing is said",
                    ),
                    memory: field(
                        kubernetes.memory,
                        "Memory that it may use: what it requests, if nothing is said. What lies between is not reserved, and a full node ends its pods",
                    ),
                }),
                "What it may use at most",
            ),
        }),
        what,
    );

/** What a container runs. */
export const command = {
    command: field(list(own.argument), "The command, in place of the image's own"),
    args: field(list(own.argument), "The command's arguments, in place of the image's own"),
};

/** Variables of a container, by name. */
export const env = field(
    entries(form.variable, form.variableValue),
    "Plain variables, never a credential",
);

/** A container beside the application's own. */
export const sidecar = section({
    image: field(form.image, "The image, pinned"),
    ...command,
    env,
    resources: resources("What it needs"),
    port: field(form.port, "The port it listens on, which its probe asks"),
});

/** What runs once per release. */
export const release = section({
    ...command,
    deadline: field(own.seconds(10, 86_400), "Seconds it may take"),
});

/** One step of a pipeline. */
export const step = section({
    after: field(own.partKey, "The step before it. The first has none"),
    image: field(form.image, "The step's image, if it is not the application's"),
    ...command,
    env,
    resources: resources("What it needs"),
});
