/**
 * Google Cloud, through the bridged Terraform provider: what it refuses, computes and takes how long for.
 *
 * @see https://www.pulumi.com/registry/packages/gcp/
 */
import type { Provider } from "../table.ts";
import { clusterTypes } from "./gcp/cluster.ts";
import { dataTypes } from "./gcp/data.ts";
import { textAt } from "./gcp/common.ts";
import { networkTypes } from "./gcp/network.ts";
import { getProject, projectTypes } from "./gcp/project.ts";

/** The simulated Google Cloud. */
export const gcp: Provider = {
    name: "gcp",
    scope: (config) => ({
        account: textAt(config, "project") ?? "",
        region: textAt(config, "region") ?? "",
    }),
    types: { ...projectTypes, ...networkTypes, ...clusterTypes, ...dataTypes },
    invokes: { "gcp:organizations/getProject:getProject": getProject },
};
