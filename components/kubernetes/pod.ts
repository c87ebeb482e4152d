import type { input } from "@pulumi/kubernetes/types/index.js";
import { cpuQuantity, memoryQuantity } from "../lib/quantities.ts";
import { POD_VARIABLES } from "../lib/reserved.ts";
import type { ApplicationSettings } from "../settings/types.ts";

type PodSpec = input.core.v1.PodSpec;
type Container = input.core.v1.Container;

/** The name of the port that the container listens on. */
export const PORT_NAME = "http";

/** The user and group that the container runs as, whatever its image says. */
const USER = 10001;

/** Seconds between "no longer an endpoint" and the signal to stop: load balancing needs them to notice. */
const DRAIN_SECONDS = 5;

/** What a pod is made of. */
export interface PodArgs {
    readonly application: string;
    readonly settings: ApplicationSettings;
    /** Variables whose values are in a Secret of the namespace. */
    readonly secretEnv: readonly SecretVariable[];
}

/** A variable that reads one key of a Secret. */
export interface SecretVariable {
    readonly name: string;
    readonly secret: string;
    readonly key: string;
}

/** Where each of the pod's own variables comes from. */
const OWN_FIELDS = {
    POD_NAME: "metadata.name",
    POD_IP: "status.podIP",
} as const satisfies Record<(typeof POD_VARIABLES)[number], string>;

/** The pod of an application: restricted in the sense of Pod Security, spread over zones and nodes. */
export function podSpec(args: PodArgs, selector: Readonly<Record<string, string>>): PodSpec {
    return {
        serviceAccountName: args.application,
        automountServiceAccountToken: false,
        // The variables of every Service in the namespace would reach the container, and change as Services come.
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 30,
        securityContext: {
            runAsNonRoot: true,
            runAsUser: USER,
            runAsGroup: USER,
            fsGroup: USER,
            seccompProfile: { type: "RuntimeDefault" },
        },
        topologySpreadConstraints: spread(selector),
        containers: [container(args)],
        volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }],
    };
}

/** Spreads the pods of each revision over zones and nodes, as far as there are some with room. */
function spread(
    selector: Readonly<Record<string, string>>,
): input.core.v1.TopologySpreadConstraint[] {
    return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: "ScheduleAnyway",
        nodeTaintsPolicy: "Honor",
        labelSelector: { matchLabels: selector },
        matchLabelKeys: ["pod-template-hash"],
    }));
}

function container({ application, settings, secretEnv }: PodArgs): Container {
    return {
        name: application,
        image: settings.image,
        imagePullPolicy: "IfNotPresent",
        ports: [{ name: PORT_NAME, containerPort: settings.port, protocol: "TCP" }],
        env: variables(settings.env, secretEnv),
        resources: resources(settings.resources),
        ...probes(settings.health),
        lifecycle: { preStop: { sleep: { seconds: DRAIN_SECONDS } } },
        securityContext: {
            allowPrivilegeEscalation: false,
            privileged: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
    };
}

/** The user's variables, the pod's own (G3.6), and the ones that a Secret holds. Sorted, so that order is no change. */
function variables(
    env: Readonly<Record<string, string>>,
    secretEnv: readonly SecretVariable[],
): input.core.v1.EnvVar[] {
    const plain = Object.entries(env)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => ({ name, value }));
    const own = POD_VARIABLES.map((name) => ({
        name,
        valueFrom: { fieldRef: { fieldPath: OWN_FIELDS[name] } },
    }));
    const secret = secretEnv.map(({ name, secret, key }) => ({
        name,
        valueFrom: { secretKeyRef: { name: secret, key } },
    }));
    return [...plain, ...own, ...secret];
}

/**
 * Memory is reserved in full, so that a pod is never ended for what another one uses; a CPU can be shared, so twice
 * the request is allowed.
 */
function resources(asked: ApplicationSettings["resources"]): input.core.v1.ResourceRequirements {
    const memory = memoryQuantity(asked.memory);
    return {
        requests: { cpu: cpuQuantity(asked.cpu), memory, "ephemeral-storage": "512Mi" },
        limits: { cpu: cpuQuantity(asked.cpu, 2), memory, "ephemeral-storage": "1Gi" },
    };
}

/** Up to 150 seconds to start, in place of long delays (G3.8, G3.9); then liveness and readiness at their own pace. */
function probes({
    live,
    ready,
}: ApplicationSettings["health"]): Pick<
    Container,
    "startupProbe" | "livenessProbe" | "readinessProbe"
> {
    const get = (path: string) => ({ httpGet: { path, port: PORT_NAME } });
    return {
        startupProbe: { ...get(live), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 30 },
        livenessProbe: { ...get(live), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
        readinessProbe: { ...get(ready), periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
    };
}
