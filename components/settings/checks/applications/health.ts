import { RUNNING } from "../../../contracts/application-kind.ts";
import type { SiteContext } from "../../site-context.ts";
import type { ApplicationSettings } from "../../types.ts";
import { isGiven } from "../../written.ts";
import { isBehindGateway } from "./exposure.ts";
import type { ApplicationCheck } from "./index.ts";

/** What is asked at a port. */
const AT_PORT = ["by", "live", "ready", "readiness"] as const;

/** What of it is written, where there is no port to ask. */
function checkWithoutPort(context: SiteContext, at: string, { health }: ApplicationSettings): void {
    if (health.command.length === 0) {
        context.add({
            at,
            message: "is asked for at its port, and it has none",
            fix: "Give it a port, name a command: to run in its container, or remove it",
        });
        return;
    }
    for (const part of AT_PORT.filter((one) => isGiven(context, `${at}.${one}`))) {
        const message = "is about its port, and it has none";
        context.add({ at: `${at}.${part}`, message, fix: "Remove it, or give it a port" });
    }
}

function checkAtPort(context: SiteContext, at: string, application: ApplicationSettings): void {
    const { by, command } = application.health;
    const { effective, add } = context;
    if (command.length > 0) {
        const message = "is for what has no port, and it is asked at its port";
        add({ at: `${at}.command`, message, fix: "Remove it" });
    }
    if (by === "http") return;
    for (const part of ["live", "ready"].filter((one) => isGiven(context, `${at}.${one}`))) {
        const message = `is a path, and ${by} asks for none`;
        add({ at: `${at}.${part}`, message, fix: "Remove it, or write by: http" });
    }
    if (isBehindGateway(application) && effective.gateway.kind === "cloud") {
        add({
            at: `${at}.by`,
            involves: ["gateway.kind"],
            value: by,
            message: "is not how the cloud's own gateway asks: it wants a path over HTTP",
            fix: "Write by: http, or set the site's gateway.kind to envoy",
        });
    }
}

/** Its health, asked in a way that it can answer. */
export const checkHealth: ApplicationCheck = (context, key, application) => {
    const at = `applications.${key}.health`;
    if (!RUNNING.includes(application.kind) || !isGiven(context, at)) return;
    if (application.port === undefined) checkWithoutPort(context, at, application);
    else checkAtPort(context, at, application);
};
