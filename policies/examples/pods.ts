import type { Example, Inputs, StackExample } from "./example.ts";

const PODS: Record<string, (spec: Inputs) => Inputs> = {
    "kubernetes:core/v1:Pod": (spec) => ({ spec }),
    "kubernetes:core/v1:PodTemplate": (spec) => ({ template: { spec } }),
    "kubernetes:batch/v1:CronJob": (spec) => ({
        spec: { jobTemplate: { spec: { template: { spec } } } },
    }),
};

const TEMPLATED = [
    "kubernetes:core/v1:ReplicationController",
    "kubernetes:apps/v1:Deployment",
    "kubernetes:apps/v1:DeploymentPatch",
    "kubernetes:extensions/v1beta1:Deployment",
    "kubernetes:apps/v1:ReplicaSet",
    "kubernetes:apps/v1:StatefulSet",
    "kubernetes:apps/v1:DaemonSet",
    "kubernetes:batch/v1:Job",
    "kubernetes:argoproj.io/v1alpha1:Rollout",
];
for (const type of TEMPLATED) PODS[type] = (spec) => ({ spec: { template: { spec } } });

const LISTS = ["containers", "initContainers", "ephemeralContainers"];

function workload(type: string, wrap: (spec: Inputs) => Inputs): readonly Example[] {
    const container = (name: string) => ({
        name,
        image: "registry.k8s.io/pause:3.10",
        securityContext: { privileged: false },
    });
    const spec = Object.fromEntries(
        LISTS.map((list) => [list, [container("one"), container("two")]]),
    );
    const good = wrap(spec);
    const path = pathOf(wrap({}));
    return [
        {
            type,
            good,
            breaks: LISTS.map((list) => ({
                title: `one of its ${list} is privileged`,
                set: [`${path}.${list}[1].securityContext.privileged`, true],
                at: [`${path}.${list}[1].securityContext.privileged`],
            })),
            undecided: `${path}.containers[0].securityContext.privileged`,
        },
    ];
}

/** The path to the innermost object. */
function pathOf(inputs: Inputs): string {
    const [entry] = Object.entries(inputs);
    if (entry === undefined) return "";
    const below = pathOf(entry[1] as Inputs);
    return below === "" ? entry[0] : `${entry[0]}.${below}`;
}

export const podExamples: Record<string, readonly Example[]> = {
    "k8s-no-privileged": [
        ...Object.entries(PODS).flatMap(([type, wrap]) => workload(type, wrap)),
        ...Object.entries(PODS)
            .filter(([type]) => !/Patch$|extensions/.test(type))
            .flatMap(([type, wrap]) =>
                workload(`${type}List`, (spec) => ({ items: [wrap(spec)] })).map(listed),
            ),
        {
            type: "kubernetes:helm.sh/v3:Release",
            good: { chart: "agent", values: { agent: { containerSecurityContext: {} } } },
            breaks: [
                {
                    title: "a chart is asked for a privileged container",
                    set: ["values.agent.containerSecurityContext.privileged", true],
                    at: ["values.agent.containerSecurityContext.privileged"],
                },
            ],
            undecided: "values.agent.containerSecurityContext",
        },
        {
            type: "kubernetes:keda.sh/v1alpha1:ScaledJob",
            good: {
                spec: { jobTargetRef: { template: { spec: { containers: [{ name: "work" }] } } } },
            },
            breaks: [
                {
                    title: "a custom resource makes a privileged container",
                    set: [
                        "spec.jobTargetRef.template.spec.containers[0].securityContext",
                        { privileged: true },
                    ],
                    at: [
                        "spec.jobTargetRef.template.spec.containers[0].securityContext.privileged",
                    ],
                },
            ],
        },
    ],
};

/** The path through a list has an index, which the innermost object's path lacks. */
function listed(example: Example): Example {
    const index = (path: string) => path.replace(/^items\.0/, "items[0]");
    return {
        ...example,
        breaks: example.breaks.map((it) => ({
            ...it,
            ...(it.set && { set: [index(it.set[0]), it.set[1]] as const }),
            at: it.at.map(index),
        })),
        undecided: index(example.undecided!),
    };
}

export const podStackExamples: Record<string, readonly StackExample[]> = {};
