import type { input } from "@pulumi/kubernetes/types/index.js";
import { cpuQuantity, memoryQuantity } from "../../lib/quantities.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import type { BlockClass } from "../storage-classes.ts";
import { mostPods } from "./quota-problems.ts";

/**
 * The bounds of an application's namespace: what its settings say, and twice its pods.
 *
 * Pods that end count until they are gone. For their number there is room; for CPU and memory there is what the settings
 * leave, and where that is little, an update waits with its next pod until an old one is gone. Volumes of its own are
 * counted by their class, because claims on shared files name a size that nobody pays for.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function quotaSpec(
    settings: ApplicationSettings,
    volumes: BlockClass,
): input.core.v1.ResourceQuotaSpec {
    const { cpu, memory, storage } = settings.quota;
    return {
        hard: {
            pods: String(2 * mostPods(settings)),
            "requests.cpu": cpuQuantity(cpu),
            "requests.memory": memoryQuantity(memory),
            [`${volumes}.storageclass.storage.k8s.io/requests.storage`]: memoryQuantity(storage),
        },
    };
}
