import type { Json } from "../../../policies/examples/example.ts";
import type { Mutation } from "./mutation.ts";

const POD = "spec.template.spec";
const ONE = `${POD}.containers[0]`;

type Set = Readonly<Record<string, Json | undefined>>;

/** Something done to the first of prod's Deployments. */
function mutation(
    rule: string,
    title: string,
    set: Set,
    at: string,
    more: Pick<Mutation, "also" | "options"> = {},
): Mutation {
    return { rule, title, do: [{ type: "kubernetes:apps/v1:Deployment", set }], at, ...more };
}

const security: readonly Mutation[] = [
    mutation(
        "k8s-no-privileged",
        "a container of the application is privileged",
        { [`${ONE}.securityContext.privileged`]: true },
        `${ONE}.securityContext.privileged`,
    ),
    mutation(
        "k8s-no-host-namespaces",
        "the application sees the processes of its node",
        { [`${POD}.hostPID`]: true },
        `${POD}.hostPID`,
    ),
    mutation(
        "k8s-no-privilege-escalation",
        "nobody forbids the application to gain rights",
        { [`${ONE}.securityContext.allowPrivilegeEscalation`]: undefined },
        `${ONE}.securityContext.allowPrivilegeEscalation`,
    ),
    mutation(
        "k8s-run-as-non-root",
        "the image decides whether the application is root",
        { [`${POD}.securityContext.runAsNonRoot`]: undefined },
        `${ONE}.securityContext.runAsNonRoot`,
    ),
    mutation(
        "k8s-run-as-user-not-0",
        "a container asks for user 0",
        { [`${ONE}.securityContext.runAsUser`]: 0 },
        `${ONE}.securityContext.runAsUser`,
    ),
    mutation(
        "k8s-drop-all-capabilities",
        "the application may change owners of files",
        { [`${ONE}.securityContext.capabilities.add`]: ["CHOWN"] },
        `${ONE}.securityContext.capabilities.add[0]`,
    ),
    mutation(
        "k8s-seccomp-runtime-default",
        "all system calls are open to the application",
        { [`${POD}.securityContext.seccompProfile`]: undefined },
        `${ONE}.securityContext.seccompProfile.type`,
    ),
    mutation(
        "k8s-proc-mount-default",
        "a pod with users of its own sees all of /proc",
        { [`${POD}.hostUsers`]: false, [`${ONE}.securityContext.procMount`]: "Unmasked" },
        `${ONE}.securityContext.procMount`,
    ),
    mutation(
        "k8s-restricted-volumes",
        "the application mounts a file server by itself",
        { [`${POD}.volumes[0]`]: { name: "tmp", nfs: { server: "files", path: "/" } } },
        `${POD}.volumes[0].nfs`,
    ),
    mutation(
        "k8s-no-host-ports",
        "the application takes a port of its node",
        { [`${ONE}.ports[0].hostPort`]: 9898 },
        `${ONE}.ports[0].hostPort`,
    ),
    mutation(
        "k8s-baseline-rest",
        "a probe makes the node call another host",
        { [`${ONE}.livenessProbe.httpGet.host`]: "169.254.169.254" },
        `${ONE}.livenessProbe.httpGet.host`,
    ),
    mutation(
        "k8s-read-only-rootfs",
        "the application can change its own program",
        { [`${ONE}.securityContext.readOnlyRootFilesystem`]: false },
        `${ONE}.securityContext.readOnlyRootFilesystem`,
    ),
];

const workloads: readonly Mutation[] = [
    mutation(
        "k8s-resources-set",
        "the application may use all memory of its node",
        { [`${ONE}.resources.limits.memory`]: undefined },
        `${ONE}.resources.limits.memory`,
    ),
    mutation(
        "k8s-probes",
        "nobody asks the application whether it can serve",
        { [`${ONE}.readinessProbe`]: undefined },
        `${ONE}.readinessProbe`,
    ),
    mutation(
        "k8s-image-pinned",
        "the image has no tag",
        { [`${ONE}.image`]: "ghcr.io/stefanprodan/podinfo" },
        `${ONE}.image`,
    ),
    mutation(
        "k8s-image-approved-registry",
        "the image is from a registry whose name only begins like an allowed one",
        { [`${ONE}.image`]: "registry.k8s.io.example.net/podinfo:6.9.2" },
        `${ONE}.image`,
    ),
    mutation(
        "k8s-image-approved-registry",
        "the image is from a registry like the stack's own, but of another account",
        { [`${ONE}.image`]: "999999999999.dkr.ecr.eu-central-1.amazonaws.com/podinfo:6.9.2" },
        `${ONE}.image`,
    ),
    mutation(
        "k8s-no-secret-env",
        "the database's password is written out",
        { [`${ONE}.env[6]`]: { name: "PGPASSWORD", value: "Sample-Value-0123" } },
        `${ONE}.env[6].value`,
        // The value stands in the program and the state in plain text too.
        { also: ["secret-not-plaintext"] },
    ),
    mutation(
        "k8s-no-secret-env",
        "a secret is a variable where files are asked for",
        { [`${ONE}.env[0].valueFrom`]: { secretKeyRef: { name: "database", key: "mode" } } },
        `${ONE}.env[0].valueFrom.secretKeyRef`,
        { options: { "k8s-no-secret-env": { files: true } } },
    ),
    {
        rule: "k8s-sa-token-not-automounted",
        title: "the application gets a key to the API server from its account, unasked",
        do: [
            {
                type: "kubernetes:apps/v1:Deployment",
                set: { [`${POD}.automountServiceAccountToken`]: undefined },
            },
            {
                type: "kubernetes:core/v1:ServiceAccount",
                name: "myapp-prod-aws-podinfo",
                set: { automountServiceAccountToken: true },
            },
        ],
        at: `${POD}.automountServiceAccountToken`,
    },
    mutation(
        "k8s-no-default-sa",
        "the application runs under everybody's account",
        { [`${POD}.serviceAccountName`]: "default" },
        `${POD}.serviceAccountName`,
    ),
    {
        rule: "k8s-no-default-namespace",
        title: "settings of an application are in the default namespace",
        do: [],
        add: [
            {
                type: "kubernetes:core/v1:ConfigMap",
                name: "settings",
                inputs: { metadata: { name: "settings", namespace: "default" }, data: {} },
            },
        ],
        at: "metadata.namespace",
    },
];

export const podSecurityMutations: readonly Mutation[] = [...security, ...workloads];
