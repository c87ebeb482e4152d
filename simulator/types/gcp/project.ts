import type { Draft, InvokeRule, TypeRule } from "../../table.ts";
import {
    apiError,
    isEnabled,
    needs,
    notEnabled,
    projectNumber,
    projectOf,
    refuseIf,
    textAt,
} from "./common.ts";

export const IDENTITY = "gcp:projects/serviceIdentity:ServiceIdentity";

/** Domains of the accounts that Google's services act with. */
const AGENTS: Readonly<Record<string, string>> = {
    "artifactregistry.googleapis.com": "gcp-sa-artifactregistry",
    "container.googleapis.com": "container-engine-robot",
    "redis.googleapis.com": "cloud-redis",
    "secretmanager.googleapis.com": "gcp-sa-secretmanager",
    "sqladmin.googleapis.com": "gcp-sa-cloud-sql",
};

function agentOf(draft: Draft): string {
    const domain = AGENTS[String(draft.inputs["service"])];
    return `service-${projectNumber(projectOf(draft))}@${domain}.iam.gserviceaccount.com`;
}

const service: TypeRule = {
    repeatable: true,
    required: ["service"],
    immutable: ["service", "project"],
    defaults: { disableOnDestroy: false },
    check: ({ inputs }) => {
        const name = textAt(inputs, "service");
        return refuseIf(
            name !== undefined && !/^[a-z0-9.-]+\.googleapis\.com$/.test(name),
            "service",
            apiError(404, `Not found or permission denied for service(s): ${name}.`, "notFound"),
        );
    },
    id: (draft) => `${projectOf(draft)}/${String(draft.inputs["service"])}`,
    outputs: (draft) => ({ project: projectOf(draft) }),
    seconds: { create: 30, update: 1, delete: 1 },
};

const serviceIdentity: TypeRule = {
    repeatable: true,
    required: ["service"],
    immutable: ["service", "project"],
    admit: (draft, world) => {
        const api = String(draft.inputs["service"]);
        if (!isEnabled(api, projectOf(draft), world)) {
            return [{ reason: notEnabled(api, projectOf(draft)) }];
        }
        const words = `Service ${api} does not support service identities`;
        return refuseIf(!(api in AGENTS), "service", apiError(400, words, "badRequest"));
    },
    id: (draft) => `projects/${projectOf(draft)}/services/${String(draft.inputs["service"])}`,
    outputs: (draft) => ({
        project: projectOf(draft),
        email: agentOf(draft),
        member: `serviceAccount:${agentOf(draft)}`,
    }),
    seconds: { create: 3, delete: 0 },
};

/** Which calls of a service are written down: one setting for the whole project, which a second one takes over. */
const auditConfig: TypeRule = {
    repeatable: true,
    required: ["project", "service", "auditLogConfigs", "auditLogConfigs[].logType"],
    immutable: ["project", "service"],
    id: (draft) => `${projectOf(draft)}/audit_config/${String(draft.inputs["service"])}`,
    outputs: ({ random }) => ({ etag: random(12) }),
    seconds: { create: 5, delete: 5 },
};

/** APIs, the agents that act for them, and what the project writes down of their use. */
export const projectTypes: Readonly<Record<string, TypeRule>> = {
    "gcp:projects/service:Service": service,
    [IDENTITY]: serviceIdentity,
    "gcp:projects/iAMAuditConfig:IAMAuditConfig": needs(
        "cloudresourcemanager.googleapis.com",
        auditConfig,
    ),
};

/** The project itself: only its number is of interest. */
export const getProject: InvokeRule = (args, scope, world) => {
    const project = typeof args["projectId"] === "string" ? args["projectId"] : scope.account;
    const api = "cloudresourcemanager.googleapis.com";
    if (!isEnabled(api, project, world)) throw new Error(notEnabled(api, project));
    return {
        id: `projects/${project}`,
        projectId: project,
        name: project,
        number: projectNumber(project),
    };
};
