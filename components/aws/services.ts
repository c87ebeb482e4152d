import type { CloudServices } from "../contracts/services.ts";
import { AwsCache } from "./cache.ts";
import type { AwsCluster } from "./cluster.ts";
import { AwsDnsZone } from "./dns-zone.ts";
import { AwsEdge } from "./edge.ts";
import type { AwsFoundation } from "./foundation.ts";
import type { AwsNetwork } from "./network.ts";
import { AwsObjectStore } from "./object-store.ts";
import type { AwsSecretStore } from "./secret-store.ts";
import { AwsSharedFiles } from "./shared-files.ts";

/** Amazon Web Services: S3, ElastiCache, EFS, Route 53, and Elastic Load Balancing with its firewall. */
export const services = {
    ObjectStore: AwsObjectStore,
    Cache: AwsCache,
    SharedFiles: AwsSharedFiles,
    DnsZone: AwsDnsZone,
    Edge: AwsEdge,
} satisfies CloudServices<AwsFoundation, AwsNetwork, AwsCluster, AwsSecretStore>;
