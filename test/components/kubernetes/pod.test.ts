import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { Binding } from "../../../components/kubernetes/application/binding.ts";
import { runningPod } from "../../../components/kubernetes/application/pod.ts";
import type { ApplicationSettings } from "../../../components/settings/application-types.ts";
import { restrictedViolations } from "./restricted.ts";
import { SETTINGS } from "./site.ts";

type Json = Record<string, unknown>;

/** One variable from a Secret. */
const BINDING: Binding = {
    name: "database",
    env: {},
    secret: {
        reference: {
            key: pulumi.output("key"),
            fields: ["password"],
            name: "db",
            id: pulumi.output("id"),
        },
        variables: { PGPASSWORD: "password" },
    },
    destinations: [],
};

/** The pod of the application `web`, as plain JSON. */
function pod(change: Partial<ApplicationSettings> = {}): Json {
    const { spec } = runningPod({
        application: "web",
        settings: { ...SETTINGS, ...change },
        image: SETTINGS.image,
        labels: {},
        bindings: [BINDING],
        addresses: {},
        identityLabels: {},
        pools: { workers: { taints: [], spot: false } },
    });
    return JSON.parse(JSON.stringify(spec)) as Json;
}

const container = (): Json => (pod()["containers"] as Json[])[0] ?? {};

/** The pod with changes to its container's security context. */
function changed(context: Json, podFields: Json = {}): Json {
    const first = container();
    const securityContext = { ...(first["securityContext"] as Json), ...context };
    return { ...pod(), containers: [{ ...first, securityContext }], ...podFields };
}

describe("podSpec", () => {
    it("keeps every field of the restricted Pod Security profile (G3.10)", () => {
        assert.deepEqual(restrictedViolations(pod()), []);
    });

    const broken: [field: string, pod: Json][] = [
        ["hostNetwork", changed({}, { hostNetwork: true })],
        ["hostPID", changed({}, { hostPID: true })],
        ["hostIPC", changed({}, { hostIPC: true })],
        ["hostPath", changed({}, { volumes: [{ name: "host", hostPath: { path: "/" } }] })],
        ["privileged", changed({ privileged: true })],
        ["procMount", changed({ procMount: "Unmasked" })],
        ["allowPrivilegeEscalation", changed({ allowPrivilegeEscalation: undefined })],
        ["runAsNonRoot", changed({ runAsNonRoot: false })],
        ["containerRunAsUser", changed({ runAsUser: 0 })],
        ["seccompProfile", changed({ seccompProfile: { type: "Unconfined" } })],
        ["capabilities.drop", changed({ capabilities: { drop: ["NET_RAW"] } })],
        ["capabilities.add", changed({ capabilities: { drop: ["ALL"], add: ["SYS_TIME"] } })],
    ];
    for (const [field, spec] of broken) {
        it(`would be found out if it broke the profile by ${field}`, () => {
            assert.deepEqual(restrictedViolations(spec), [field]);
        });
    }

    it("runs as a user other than root with a read-only root and a small /tmp (G3.10, G3.11)", () => {
        const { securityContext, volumes } = pod();
        assert.deepEqual(securityContext, {
            runAsNonRoot: true,
            runAsUser: 10001,
            runAsGroup: 10001,
            fsGroup: 10001,
            fsGroupChangePolicy: "OnRootMismatch",
            seccompProfile: { type: "RuntimeDefault" },
        });
        assert.deepEqual(volumes, [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }]);
        assert.equal((container()["securityContext"] as Json)["readOnlyRootFilesystem"], true);
    });

    it("mounts no token, and gets no variables of other Services (G3.26)", () => {
        const { automountServiceAccountToken, enableServiceLinks, serviceAccountName } = pod();
        assert.equal(serviceAccountName, "web");
        assert.equal(automountServiceAccountToken, false);
        assert.equal(enableServiceLinks, false);
    });

    it("limits memory to the request and CPU to twice the request (G3.7)", () => {
        assert.deepEqual(container()["resources"], {
            requests: { cpu: "250m", memory: "256Mi", "ephemeral-storage": "512Mi" },
            limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "1Gi" },
        });
    });

    it("may use exactly what it says instead (G3.7, E78)", () => {
        const resources = {
            cpu: "250m",
            memory: "512Mi",
            limits: { cpu: "500m", memory: "1024Mi" },
        };
        const { containers } = pod({ resources });
        assert.deepEqual((containers as Json[])[0]?.["resources"], {
            requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "512Mi" },
            limits: { cpu: "500m", memory: "1Gi", "ephemeral-storage": "1Gi" },
        });
    });

    it("has a startup probe in place of long delays (G3.8, G3.9)", () => {
        const { startupProbe, livenessProbe, readinessProbe } = container();
        const live = { httpGet: { path: "/health", port: "http" } };
        const ready = { httpGet: { path: "/ready", port: "http" } };
        const start = { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 30 };
        assert.deepEqual(startupProbe, { ...live, ...start });
        assert.deepEqual(livenessProbe, {
            ...live,
            ...start,
            periodSeconds: 10,
            failureThreshold: 3,
        });
        assert.deepEqual(readinessProbe, {
            ...ready,
            ...start,
            timeoutSeconds: 3,
            failureThreshold: 3,
        });
    });

    it("names each variable once, and takes secret ones from the Secret", () => {
        const env = container()["env"] as { name: string; valueFrom?: Json }[];
        assert.deepEqual(
            env.map(({ name }) => name),
            ["LOG_LEVEL", "POD_NAME", "POD_IP", "PGPASSWORD"],
        );
        assert.deepEqual(env.at(-1)?.valueFrom, {
            secretKeyRef: { name: "database", key: "password" },
        });
    });

    it("spreads each revision over zones and nodes without keeping pods from running (G3.14)", () => {
        const rule = {
            maxSkew: 1,
            whenUnsatisfiable: "ScheduleAnyway",
            nodeTaintsPolicy: "Honor",
            labelSelector: { matchLabels: { "app.kubernetes.io/name": "web" } },
            matchLabelKeys: ["pod-template-hash"],
        };
        assert.deepEqual(pod()["topologySpreadConstraints"], [
            { ...rule, topologyKey: "topology.kubernetes.io/zone" },
            { ...rule, topologyKey: "kubernetes.io/hostname" },
        ]);
    });

    it("stops listening only after load balancing has noticed, and well before it is killed", () => {
        const { sleep } = (container()["lifecycle"] as { preStop: { sleep: { seconds: number } } })
            .preStop;
        assert.deepEqual(sleep, { seconds: 5 });
        assert.equal(pod()["terminationGracePeriodSeconds"], 35);
    });
});
