import type * as pulumi from "@pulumi/pulumi";
import { IAMAuditConfig } from "@pulumi/gcp/projects/iamauditConfig.js";

/**
 * Has the project write down who reads and writes what a Google service holds, which Google does only if asked.
 *
 * Google knows this per project only, so it stays when the stack is destroyed: another site may rely on it. It takes the
 * place of what else the project asked of this service, such as members that are left out.
 *
 * @see https://docs.cloud.google.com/logging/docs/audit/configure-data-access
 */
export function auditData(
    name: string,
    { project, service }: { readonly project: string; readonly service: string },
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
    return new IAMAuditConfig(
        name,
        {
            project,
            service,
            auditLogConfigs: [{ logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
        },
        { ...opts, retainOnDelete: true },
    );
}
