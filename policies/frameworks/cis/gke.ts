import { OUT_OF_SIGHT, section, type Framework } from "../framework.ts";

/** CIS GKE Benchmark 1.9.0. Every number was compared with kube-bench's files for this version. */
export const cisGke: Framework = {
    name: "cis-gke",
    standard: "CIS GKE",
    cloud: "gcp",
    title: "CIS Google Kubernetes Engine Benchmark 1.9.0",
    list: "All recommendations that kube-bench lists for this version.",
    outside: [...OUT_OF_SIGHT, "Files on nodes."],
    controls: [
        ...section("3 Nodes", [
            ["3.1.1", "Few may read the kubelet's kubeconfig", "runtime"],
            ["3.1.2", "The kubelet's kubeconfig belongs to root", "runtime"],
            ["3.1.3", "Few may read the kubelet's configuration", "runtime"],
            ["3.1.4", "The kubelet's configuration belongs to root", "runtime"],
        ]),
        ...section("4.1 RBAC and service accounts", [
            ["4.1.1", "cluster-admin is bound only where it has to be"],
            ["4.1.2", "Few may read secrets"],
            ["4.1.3", "Roles name what they allow, without wildcards"],
            ["4.1.4", "Default service accounts are not used"],
            ["4.1.5", "Tokens of service accounts are mounted where needed only"],
            ["4.1.6", "Nobody is in the group system:masters"],
            ["4.1.7", "Few may bind, impersonate or escalate"],
            ["4.1.8", "Nothing is bound to system:anonymous"],
            ["4.1.9", "Nothing of one's own is bound to system:unauthenticated"],
            ["4.1.10", "Nothing of one's own is bound to system:authenticated"],
        ]),
        ...section("4.2 Pod security", [
            ["4.2.1", "Every namespace enforces the level Baseline or a stricter one"],
        ]),
        ...section("4.3 Network policies", [
            ["4.3.1", "The network plugin enforces network policies"],
            ["4.3.2", "Every namespace has network policies"],
        ]),
        ...section("4.4 Secrets", [
            ["4.4.1", "Secrets are mounted as files, not put into the environment"],
            ["4.4.2", "Secrets are kept outside of the cluster"],
        ]),
        ...section("4.5 Admission", [
            ["4.5.1", "The origin of images is checked when pods are admitted"],
        ]),
        ...section("4.6 General", [
            ["4.6.1", "Namespaces draw administrative boundaries", "paper"],
            ["4.6.2", "Pods have the runtime's seccomp profile"],
            ["4.6.3", "Pods and containers have a security context"],
            ["4.6.4", "The default namespace is not used"],
        ]),
        ...section("5.1 Images", [
            ["5.1.1", "Images are scanned for vulnerabilities"],
            ["5.1.2", "Few users have access to the registry"],
            ["5.1.3", "The cluster may only read from the registry"],
            ["5.1.4", "Only trusted images run"],
        ]),
        ...section("5.2 Identity", [
            ["5.2.1", "Nodes do not run as the default service account"],
            ["5.2.2", "Workloads have identities of their own"],
        ]),
        ...section("5.3 Keys", [["5.3.1", "Secrets are encrypted with a key in Cloud KMS"]]),
        ...section("5.4 Metadata", [["5.4.1", "Nodes have GKE's metadata server"]]),
        ...section("5.5 Nodes", [
            ["5.5.1", "Nodes run Container-Optimized OS"],
            ["5.5.2", "Nodes are repaired automatically"],
            ["5.5.3", "Nodes are upgraded automatically"],
            ["5.5.4", "Clusters follow a release channel"],
            ["5.5.5", "Nodes are shielded"],
            ["5.5.6", "The integrity of nodes is monitored"],
            ["5.5.7", "Nodes start by secure boot"],
        ]),
        ...section("5.6 Cluster network", [
            ["5.6.1", "Flow logs and visibility inside of nodes are on"],
            ["5.6.2", "Clusters are native to their VPC"],
            ["5.6.3", "Networks have to be authorised for the control plane"],
            ["5.6.4", "The endpoint is private, and not public"],
            ["5.6.5", "Nodes are private"],
            ["5.6.6", "Firewalls protect nodes"],
            ["5.6.7", "Google manages the certificates of load balancers"],
        ]),
        ...section("5.7 Logs", [
            ["5.7.1", "Logging and monitoring are on"],
            ["5.7.2", "Nodes log by auditd", "runtime"],
        ]),
        ...section("5.8 Sign-in", [
            ["5.8.1", "Client certificates do not sign in"],
            ["5.8.2", "Google Groups hold those whom RBAC names"],
            ["5.8.3", "Attribute-based authorisation is off"],
        ]),
        ...section("5.9 Storage", [
            ["5.9.1", "Persistent disks have a key of the customer"],
            ["5.9.2", "Boot disks have a key of the customer"],
        ]),
        ...section("5.10 Other", [
            ["5.10.1", "The dashboard is off"],
            ["5.10.2", "No alpha cluster is in production"],
            ["5.10.3", "Workloads that are not trusted run in a sandbox"],
            ["5.10.4", "The security posture is watched"],
        ]),
    ],
};
