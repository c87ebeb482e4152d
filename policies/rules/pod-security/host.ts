import { and, each, failIf, failIfOn, holds, not, some } from "../../runtime/truth.ts";
import { containerCheck, POD_TYPES, podCheck } from "../pods.ts";
import { forTypes, type Rule } from "../rule.ts";

const HOST_SWITCHES = ["hostNetwork", "hostPID", "hostIPC"] as const;

const noHostNamespaces = podCheck(({ spec }) =>
    HOST_SWITCHES.flatMap((name) => failIfOn(spec.get(name), "shares it with the node")),
);

/** No pod is in the node's network, among its processes, or in its shared memory. */
export const hostNamespaces: Rule = {
    id: "k8s-no-host-namespaces",
    title: "No pod shares the node's network, processes or shared memory.",
    why: "In the node's namespaces a pod sees other pods' traffic and processes, and no network policy applies to it.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: {
        "CIS EKS": ["4.2.2", "4.2.3", "4.2.4"],
        "CIS AKS": ["4.2.2", "4.2.3", "4.2.4"],
        NSA: ["C-0038", "C-0041"],
        PSS: ["Baseline"],
    },
    remediation:
        "Remove hostNetwork, hostPID and hostIPC; reach the node through a Service or an API.",
    see: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    checks: forTypes(POD_TYPES, noHostNamespaces),
};

const noHostPorts = containerCheck(({ at }, _, { options }) =>
    each(at.get("ports"), (port) => {
        const hostPort = port.get("hostPort");
        if (hostPort.state === "absent") return [];
        const number = hostPort.number();
        const isAllowed = some(options.get("allowed"), (entry) => {
            const allowed = entry.number();
            return (
                number.state === "known" && holds(entry, allowed, (n) => n === number.value, false)
            );
        });
        const isTaken = holds(hostPort, number, (it) => it !== 0, false);
        return failIf(and(isTaken, not(isAllowed)), hostPort, "opens a port on the node itself");
    }),
);

/** No container opens a port on its node. */
export const hostPorts: Rule = {
    id: "k8s-no-host-ports",
    title: "No container opens a port on its node.",
    why: "A port of the node is reached past Services and network policies, and only one pod per node can have it.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "medium",
    requirements: { NSA: ["C-0044"], PSS: ["Baseline"] },
    remediation:
        "Remove hostPort and put a Service before the pods; name a port that has to stay in the option `allowed`.",
    see: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    options: {
        properties: {
            allowed: {
                type: "array",
                items: { type: "number" },
                default: [],
                description: "Ports of the node that containers may open.",
            },
        },
    },
    checks: forTypes(POD_TYPES, noHostPorts),
};
