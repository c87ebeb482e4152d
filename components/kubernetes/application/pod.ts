import type { Input } from "@pulumi/pulumi";
import type { input } from "@pulumi/kubernetes/types/index.js";
import { chain } from "../../lib/chain.ts";
import { shortHash } from "../../lib/names.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import { instanceLabels, imageVersion, selectorLabels } from "../labels.ts";
import type { Labels } from "../labels.ts";
import { PRIORITY } from "../priorities.ts";
import { CLOSED_CONTAINER, restrictedPod } from "../restricted.ts";
import type { Binding } from "./binding.ts";
import { DRAIN_SECONDS, bareContainer, mainContainer, sidecar, variables } from "./containers.ts";
import type { ContainerArgs } from "./containers.ts";
import { containerResources, temporarySize } from "./needs.ts";
import { placement } from "./placement.ts";
import type { PlacementArgs } from "./placement.ts";
import { podMounts, podVolumes, withoutBlocks } from "./volumes.ts";

type PodSpec = input.core.v1.PodSpec;
type Template = input.core.v1.PodTemplateSpec;

/** The user and group that containers run as, whatever their image says. */
const USER = 10001;

/** What the pods of an application are made of. */
export interface PodArgs {
    readonly application: string;
    readonly settings: ApplicationSettings;
    /** The image's whole address. */
    readonly image: Input<string>;
    /** The labels of everything that belongs to the application. */
    readonly labels: Labels;
    readonly bindings: readonly Binding[];
    /** Variables with the addresses of applications that it calls. */
    readonly addresses: Readonly<Record<string, string>>;
    /** Labels that the pods' cloud identity asks for. */
    readonly identityLabels: Labels;
    readonly pools: PlacementArgs["pools"];
}

/** What every pod of the application has: no token, no root, no privilege. */
function base(args: PodArgs, selector: Labels): PodSpec {
    const { application, settings, bindings, pools } = args;
    return {
        serviceAccountName: application,
        automountServiceAccountToken: false,
        // The variables of every Service in the namespace would reach the container, and change as Services come.
        enableServiceLinks: false,
        priorityClassName: PRIORITY[settings.kind],
        securityContext: {
            ...restrictedPod(USER),
            // Large volumes would otherwise be walked through at every start.
            fsGroupChangePolicy: "OnRootMismatch",
        },
        ...placement({ settings, selector, pools }),
        volumes: podVolumes(settings, bindings),
        containers: [],
    };
}

function containerArgs(args: PodArgs): ContainerArgs {
    const { application, settings, image, bindings, addresses } = args;
    const mounts = podMounts(settings, bindings);
    return { application, settings, image, env: addresses, bindings, mounts };
}

/** The metadata of pods: whose they are, and a digest of the files that they read when they start (G3.3). */
function metadata({ settings, labels, identityLabels }: PodArgs, selector: Labels) {
    const { files } = settings;
    return {
        labels: {
            ...labels,
            ...selector,
            "app.kubernetes.io/version": imageVersion(settings.image),
            ...identityLabels,
        },
        ...(Object.keys(files).length > 0 && {
            annotations: { "platform/files": shortHash(JSON.stringify(files), 12) },
        }),
    };
}

/** The pods of an application that runs all the time. */
export function runningPod(args: PodArgs): Template {
    const { application, settings } = args;
    const selector = { ...selectorLabels(application), ...instanceLabels(application) };
    // In one order on every machine: configuration comes without one.
    const sidecars = Object.entries(settings.sidecars).sort(([a], [b]) => (a < b ? -1 : 1));
    const drain = settings.port === undefined ? 0 : DRAIN_SECONDS;
    return {
        metadata: metadata(args, selector),
        spec: {
            ...base(args, selectorLabels(application)),
            terminationGracePeriodSeconds: settings.shutdown + drain,
            ...(sidecars.length > 0 && {
                initContainers: sidecars.map(([name, one]) => sidecar(name, one)),
            }),
            containers: [mainContainer(containerArgs(args))],
        },
    };
}

/** The labels that find pods which run once: never those that the Service finds. */
function onceLabels(application: string, role: string): Labels {
    return { "app.kubernetes.io/name": `${application}-${role}`, ...instanceLabels(application) };
}

/** A pod that runs once: a job, or a release. */
export function oncePod(
    args: PodArgs,
    role: string,
    run: { readonly command: readonly string[]; readonly args: readonly string[] },
): Template {
    const settings = withoutBlocks(args.settings);
    const own = { ...args, settings };
    const selector = onceLabels(args.application, role);
    return {
        metadata: metadata(own, selector),
        spec: {
            ...base(own, selector),
            restartPolicy: "Never",
            terminationGracePeriodSeconds: settings.shutdown,
            containers: [bareContainer(role, containerArgs(own), run)],
        },
    };
}

/** Where the steps of a pipeline leave what the next one needs. */
const WORK = "/work";

/**
 * The pod of a pipeline: its steps run one after the other, as init containers and a last container, and share a folder
 * that dies with the run.
 */
export function pipelinePod(args: PodArgs): Template {
    const { application, settings, image, bindings, addresses } = args;
    const selector = onceLabels(application, "pipeline");
    const mounts = podMounts(settings, bindings);
    const hasVolume = Object.values(settings.volumes).some(({ path }) => path === WORK);
    const shared = hasVolume ? mounts : [...mounts, { name: "work", mountPath: WORK }];
    const disk = temporarySize(settings) + (hasVolume ? 0 : WORK_MEBIBYTES);
    const inOrder = chain(settings.steps).flatMap((name) => {
        const step = settings.steps[name];
        return step ? [[name, step] as const] : [];
    });
    const steps = inOrder.map(([name, step]) => ({
        name,
        image: step.image ?? image,
        imagePullPolicy: "IfNotPresent",
        ...(step.command.length > 0 && { command: [...step.command] }),
        ...(step.args.length > 0 && { args: [...step.args] }),
        env: variables({ ...settings.env, ...addresses, ...step.env }, bindings),
        resources: containerResources(step.resources, disk),
        securityContext: CLOSED_CONTAINER,
        volumeMounts: shared.map((mount) => ({ ...mount })),
    }));
    const spec = base(args, selector);
    return {
        metadata: metadata(args, selector),
        spec: {
            ...spec,
            restartPolicy: "Never",
            terminationGracePeriodSeconds: settings.shutdown,
            volumes: hasVolume
                ? spec.volumes
                : [
                      ...podVolumes(settings, bindings),
                      { name: "work", emptyDir: { sizeLimit: `${WORK_MEBIBYTES / 1024}Gi` } },
                  ],
            initContainers: steps.slice(0, -1),
            containers: steps.slice(-1),
        },
    };
}

/** The room of the folder that the steps share, unless a volume is mounted there. */
const WORK_MEBIBYTES = 2048;
