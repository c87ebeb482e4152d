import * as form from "./forms.ts";
import * as own from "./application-forms.ts";
import { field, list, section } from "./shape.ts";

const pace = (what: string) =>
    field(
        section({
            period: field(own.seconds(1, 300), "Seconds between two questions"),
            timeout: field(own.seconds(1, 300), "Seconds until an answer"),
            failures: field(own.count(100), "Questions in a row that may fail"),
        }),
        what,
    );

/** How an application's health is asked for. */
export const health = section({
    by: field(
        own.askedBy,
        "What its port is asked by: a path over HTTP, gRPC's own health service, or a connection",
    ),
    live: field(form.urlPath, "Asked to know whether to restart a pod"),
    ready: field(form.urlPath, "Asked to know whether to send it requests"),
    command: field(
        list(own.argument),
        "Run in the container to know whether to restart a pod, where there is no port",
    ),
    start: field(own.seconds(10, 1800), "Seconds it may take to start"),
    liveness: pace("How often it is asked whether to restart a pod"),
    readiness: pace("How often it is asked whether to send it requests"),
});
