/**
 * Google Cloud, through the bridged Terraform provider: what it refuses, computes and takes how long for.
 *
 * @see https://www.pulumi.com/registry/packages/gcp/
 */
import type { Provider } from "../table.ts";
import { accessTypes } from "./gcp/access.ts";
import { backupTypes } from "./gcp/backups.ts";
import { clusterTypes } from "./gcp/cluster.ts";
import { textAt } from "./gcp/common.ts";
import { dnsTypes } from "./gcp/dns.ts";
import { edgeTypes } from "./gcp/edge.ts";
import { filestoreTypes } from "./gcp/filestore.ts";
import { iamTypes } from "./gcp/iam.ts";
import { keyAndLogTypes } from "./gcp/keys-and-logs.ts";
import { networkEdgeTypes } from "./gcp/network-edge.ts";
import { networkTypes } from "./gcp/network.ts";
import { nodePoolTypes } from "./gcp/node-pool.ts";
import { getProject, projectTypes } from "./gcp/project.ts";
import { redisTypes } from "./gcp/redis.ts";
import { registryTypes } from "./gcp/registry.ts";
import { secretTypes } from "./gcp/secrets.ts";
import { sqlTypes } from "./gcp/sql.ts";
import { getProjectServiceAccount, storageTypes } from "./gcp/storage.ts";
import { withWords } from "./gcp/words.ts";

/** The simulated Google Cloud. */
export const gcp: Provider = {
    name: "gcp",
    scope: (config) => ({
        account: textAt(config, "project") ?? "",
        region: textAt(config, "region") ?? "",
    }),
    types: withWords({
        ...projectTypes,
        ...iamTypes,
        ...keyAndLogTypes,
        ...networkTypes,
        ...accessTypes,
        ...dnsTypes,
        ...edgeTypes,
        ...networkEdgeTypes,
        ...clusterTypes,
        ...nodePoolTypes,
        ...sqlTypes,
        ...secretTypes,
        ...registryTypes,
        ...storageTypes,
        ...redisTypes,
        ...filestoreTypes,
        ...backupTypes,
    }),
    invokes: {
        "gcp:organizations/getProject:getProject": getProject,
        "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": getProjectServiceAccount,
    },
};
