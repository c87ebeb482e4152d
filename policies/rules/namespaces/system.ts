/** The namespaces that a cluster comes with, whose pods its cloud looks after. */
export const SYSTEM_NAMESPACES: readonly string[] = [
    "kube-system",
    "kube-public",
    "kube-node-lease",
];
