import type { Input } from "@pulumi/pulumi";
import type { input } from "@pulumi/kubernetes/types/index.js";
import { POD_VARIABLES } from "../../lib/reserved.ts";
import type { ApplicationSettings, SidecarSettings } from "../../settings/application-types.ts";
import { CLOSED_CONTAINER } from "../restricted.ts";
import type { Binding } from "./binding.ts";
import { containerResources, ownResources } from "./needs.ts";
import { PORT_NAME, furtherPorts } from "./ports.ts";
import { STARTUP_PERIOD, probes } from "./probes.ts";
import type { Mount } from "./volumes.ts";

type Container = input.core.v1.Container;
type EnvVar = input.core.v1.EnvVar;

/** Seconds between "no longer an endpoint" and the signal to stop: load balancing needs them to notice. */
export const DRAIN_SECONDS = 5;

/** Where each of the pod's own variables comes from. */
const OWN_FIELDS = {
    POD_NAME: "metadata.name",
    POD_IP: "status.podIP",
} as const satisfies Record<(typeof POD_VARIABLES)[number], string>;

const byName = <T>([a]: readonly [string, T], [b]: readonly [string, T]) => (a < b ? -1 : 1);

/** The user's variables and those of what it uses, the pod's own (G3.6), and the ones that Secrets hold. Sorted, so that order is no change. */
export function variables(
    env: Readonly<Record<string, Input<string>>>,
    bindings: readonly Binding[],
): EnvVar[] {
    const plain = Object.entries({
        ...env,
        ...Object.assign({}, ...bindings.map((binding) => binding.env)),
    } as Record<string, Input<string>>)
        .sort(byName)
        .map(([name, value]) => ({ name, value }));
    const own = POD_VARIABLES.map((name) => ({
        name,
        valueFrom: { fieldRef: { fieldPath: OWN_FIELDS[name] } },
    }));
    const secret = bindings.flatMap(({ name: from, secret }) =>
        Object.entries(secret?.variables ?? {}).map(([name, key]) => ({
            name,
            valueFrom: { secretKeyRef: { name: from, key } },
        })),
    );
    return [...plain, ...own, ...secret];
}

/** What the application's own containers share: image, command, variables, folders. */
export interface ContainerArgs {
    readonly application: string;
    readonly settings: ApplicationSettings;
    readonly image: Input<string>;
    /** Variables besides the settings' own. */
    readonly env: Readonly<Record<string, Input<string>>>;
    readonly bindings: readonly Binding[];
    readonly mounts: readonly Mount[];
}

/** Only words that were given: an empty list would run nothing. */
function words(name: "command" | "args", list: readonly string[]) {
    return list.length === 0 ? {} : { [name]: [...list] };
}

/** A container without ports and probes: a job, a step, a release. */
export function bareContainer(
    name: string,
    args: ContainerArgs,
    run: { readonly command: readonly string[]; readonly args: readonly string[] },
): Container {
    const { settings, bindings, mounts, image, env } = args;
    return {
        name,
        image,
        imagePullPolicy: "IfNotPresent",
        ...words("command", run.command),
        ...words("args", run.args),
        env: variables({ ...settings.env, ...env }, bindings),
        resources: ownResources(settings),
        securityContext: CLOSED_CONTAINER,
        volumeMounts: mounts.map((mount) => ({ ...mount })),
    };
}

/** The container of an application that runs all the time. */
export function mainContainer(args: ContainerArgs): Container {
    const { application, settings } = args;
    const { port } = settings;
    const bare = bareContainer(application, args, settings);
    const named = { ...(port !== undefined && { [PORT_NAME]: port }), ...furtherPorts(settings) };
    return {
        ...bare,
        ...(Object.keys(named).length > 0 && {
            ports: Object.entries(named).map(([name, containerPort]) => ({
                name,
                containerPort,
                protocol: "TCP",
            })),
        }),
        ...probes(settings),
        ...(port !== undefined && {
            lifecycle: { preStop: { sleep: { seconds: DRAIN_SECONDS } } },
        }),
    };
}

/** A sidecar as Kubernetes has them: a container that starts before the application and stops after it. */
export function sidecar(name: string, settings: SidecarSettings): Container {
    const { port } = settings;
    return {
        name,
        image: settings.image,
        imagePullPolicy: "IfNotPresent",
        restartPolicy: "Always",
        ...words("command", settings.command),
        ...words("args", settings.args),
        env: variables(settings.env, []),
        resources: containerResources(settings.resources),
        securityContext: CLOSED_CONTAINER,
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
        ...(port !== undefined && {
            ports: [{ name, containerPort: port, protocol: "TCP" }],
            startupProbe: {
                tcpSocket: { port: name },
                periodSeconds: STARTUP_PERIOD,
                failureThreshold: 30,
            },
        }),
    };
}
