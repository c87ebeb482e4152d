import { cpuQuantity, gibibytes, memoryQuantity } from "../../lib/quantities.ts";
import type { ApplicationSettings, ContainerSize } from "../../settings/application-types.ts";

/** Room on the node's disk for logs and what is written into the container, in MiB. */
const SCRATCH = { request: 512, limit: 1024 };

/** MiB as the API server writes them. */
const mebibytes = (amount: number): string => memoryQuantity(`${amount}Mi`);

/** The sizes of the volumes that lie on the node's disk, in MiB. */
export function temporarySize({ volumes }: Pick<ApplicationSettings, "volumes">): number {
    return Object.values(volumes)
        .filter(({ kind }) => kind === "temporary")
        .reduce((sum, { size = "0Mi" }) => sum + Math.ceil((gibibytes(size) ?? 0) * 1024), 0);
}

/**
 * What a container asks for and may use.
 *
 * Unless it says otherwise, memory is reserved in full, so that a pod is never ended for what another one uses; a CPU can
 * be shared, so twice the request is allowed.
 */
export function containerResources(asked: ContainerSize, disk = 0) {
    const { limits = {} } = asked;
    return {
        requests: {
            cpu: cpuQuantity(asked.cpu),
            memory: memoryQuantity(asked.memory),
            "ephemeral-storage": mebibytes(SCRATCH.request + disk),
        },
        limits: {
            cpu: limits.cpu === undefined ? cpuQuantity(asked.cpu, 2) : cpuQuantity(limits.cpu),
            memory: memoryQuantity(limits.memory ?? asked.memory),
            "ephemeral-storage": mebibytes(SCRATCH.limit + disk),
        },
    };
}

/** The application's own container: its temporary volumes count as what it writes. */
export function ownResources(settings: ApplicationSettings) {
    return containerResources(settings.resources, temporarySize(settings));
}
