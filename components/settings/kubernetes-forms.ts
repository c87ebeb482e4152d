import type { Taint } from "../contracts/cluster.ts";
import { leaf, quantity } from "./leaf.ts";
import type { Leaf } from "./shape.ts";

/** Kubernetes' quantities, in the few units that people mean. */
export const cpu: Leaf<string> = leaf("an amount of CPU", "250m", (value) => {
    const written = typeof value === "number" ? String(value) : value;
    return typeof written === "string" &&
        /^([1-9]\d{0,7}m|\d{1,5}(\.\d{1,3})?)$/.test(written) &&
        Number.parseFloat(written) > 0
        ? written
        : undefined;
});

export const memory: Leaf<string> = {
    ...quantity<string>("an amount of memory in Mi or Gi", "256Mi", /^[1-9]\d{0,5}[MG]i$/),
    advise: (value) => {
        const [, number, unit] = /^(\d+)\s*([kmg])/i.exec(String(value)) ?? [];
        if (!number || !unit || unit.toLowerCase() === "k") return undefined;
        const advice =
            unit === "m" ? "In Kubernetes m means thousandths of a byte; write" : "Write";
        return `${advice} ${number}${unit.toUpperCase()}i`;
    },
};

const LABEL_KEY =
    /^([a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/;

/** Prefixes that Kubernetes and the clouds keep for themselves; kubelets and node pools refuse them. */
const RESERVED_LABELS =
    /^([\w.-]+\.)?(kubernetes\.io|k8s\.io|cloud\.google\.com|kubernetes\.azure\.com|eks\.amazonaws\.com)\//;

export const labelKey: Leaf<string> = leaf(
    "the key of a node label: letters, digits, -, _ and ., with a prefix of your own if any",
    "example.com/team",
    (value) =>
        typeof value === "string" && LABEL_KEY.test(value) && !RESERVED_LABELS.test(value)
            ? value
            : undefined,
);

export const labelValue: Leaf<string> = leaf("the value of a label", '"batch"', (value) => {
    const written = typeof value === "string" ? value : String(value);
    return typeof value !== "object" && LABEL_VALUE.test(written) ? written : undefined;
});

/** Written as kubectl writes it. */
export const taint: Leaf<Taint> = leaf(
    "a taint",
    "dedicated=batch:NoSchedule",
    (value) => {
        const parts = /^([^=:\s]+)(?:=([^=:\s]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(
            typeof value === "string" ? value : "",
        );
        const [, name = "", content = "", effect] = parts ?? [];
        return effect !== undefined && labelKey.read(name) && LABEL_VALUE.test(content)
            ? { key: name, value: content, effect: effect as Taint["effect"] }
            : undefined;
    },
    () => "Write key=value:effect; the effect is NoSchedule, PreferNoSchedule or NoExecute",
);
