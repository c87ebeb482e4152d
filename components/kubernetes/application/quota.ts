import type { input } from "@pulumi/kubernetes/types/index.js";
import { cpuQuantity, memoryQuantity } from "../../lib/quantities.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import type { BlockClass } from "../storage-classes.ts";
import { mostPods } from "./quota-problems.ts";

/**
 * The bounds of an application's namespace: what its settings say, and twice its pods, since pods that end count until
 * they are gone.
 *
 * Volumes of its own are counted by their class, because claims on shared files name a size that nobody pays for.
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
