import type { ApplicationSettings } from "../../settings/application-types.ts";
import { instanceLabels } from "../labels.ts";
import type { ApplicationArgs } from "./application.ts";
import { variableOf } from "./bindings.ts";
import type { Peer } from "./network.ts";

/** An application among those of its site. */
interface Neighbours {
    readonly application: string;
    readonly settings: ApplicationSettings;
    readonly site: { readonly applications: Readonly<Record<string, ApplicationSettings>> };
}

/** The pods of an application as others see them. */
function peerOf(key: string, ports: readonly number[]): Peer {
    return { namespace: key, pods: instanceLabels(key), ports };
}

/** The port of a call: the named one, or the application's own. */
function portOf(settings: ApplicationSettings | undefined, port: string | undefined) {
    return port === undefined ? settings?.port : settings?.ports[port];
}

/** Applications that it calls, and the variables that hold their addresses. */
export function callsOf({ settings, site }: Neighbours): ApplicationArgs["calls"] {
    const calls = settings.calls.flatMap((call) => {
        const [key = "", port] = call.split(":");
        const number = portOf(site.applications[key], port);
        if (number === undefined) return [];
        const suffix = port === undefined ? "" : `:${number}`;
        const address = `http://${key}.${key}.svc.cluster.local${suffix}`;
        const variable = `${variableOf(call.replace(":", "-"))}_URL`;
        return [[call.replace(":", "-"), { ...peerOf(key, [number]), variable, address }] as const];
    });
    return Object.fromEntries(calls);
}

/** Applications of the site that call it. */
export function callersOf({
    application,
    settings,
    site,
}: Neighbours): Readonly<Record<string, Peer>> {
    const callers = Object.entries(site.applications).flatMap(([key, other]) => {
        const ports = other.calls.flatMap((call) => {
            const [callee, port] = call.split(":");
            const number = callee === application ? portOf(settings, port) : undefined;
            return number === undefined ? [] : [number];
        });
        return ports.length === 0 ? [] : [[key, peerOf(key, ports)] as const];
    });
    return Object.fromEntries(callers);
}
