import { OUT_OF_SIGHT, section, type Framework } from "./framework.ts";

/** The controls of the NSA and CISA hardening guide, by the numbers of Kubescape. Only those that rules name. */
export const nsa: Framework = {
    name: "nsa",
    standard: "NSA",
    title: "NSA and CISA Kubernetes hardening, Kubescape's controls",
    list: "Only the controls that rules name. The guide has more; Kubescape adds some of its own.",
    outside: OUT_OF_SIGHT,
    controls: [
        ...section("Workloads", [
            ["C-0012", "No credentials stand in configuration"],
            ["C-0013", "Containers run as another user than root"],
            ["C-0016", "Processes cannot gain privileges"],
            ["C-0017", "The root file system is read-only"],
            ["C-0034", "Tokens of service accounts are mounted where needed only"],
            ["C-0038", "Pods share no process or IPC namespace with the host"],
            ["C-0041", "Pods share no network with the host"],
            ["C-0044", "Containers open no port of the host"],
            ["C-0046", "Containers have no dangerous capabilities"],
            ["C-0055", "Seccomp, AppArmor, SELinux or capabilities confine containers"],
            ["C-0057", "No container is privileged"],
            ["C-0058", "Volumes give no way to the host by symbolic links"],
            ["C-0270", "CPU use is limited"],
            ["C-0271", "Memory use is limited"],
        ]),
        ...section("Cluster", [
            ["C-0030", "Traffic in and out is blocked unless allowed"],
            ["C-0035", "Administrative roles are rare"],
            ["C-0054", "Namespaces are segmented by network policies"],
            ["C-0059", "Ingress controllers take no snippets of configuration"],
            ["C-0068", "Pods are admitted by the Pod Security Standards"],
            ["C-0292", "The ingress controller is one that is maintained"],
        ]),
    ],
};

/** The Pod Security Standards. Each level is one control, as a pod either keeps it or does not. */
export const podSecurity: Framework = {
    name: "pss",
    standard: "PSS",
    title: "Kubernetes Pod Security Standards",
    list: "Both levels that restrict. Whether rules check every field of a level, docs/policies.md says.",
    outside: OUT_OF_SIGHT,
    controls: section("Levels", [
        ["Baseline", "Pods have none of the known ways to gain privileges"],
        ["Restricted", "Pods are hardened by current practice"],
    ]),
};
