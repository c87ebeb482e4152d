import type * as pulumi from "@pulumi/pulumi";
import { Service } from "@pulumi/gcp/projects/service.js";
import { ServiceIdentity } from "@pulumi/gcp/projects/serviceIdentity.js";
import { getProjectServiceAccountOutput } from "@pulumi/gcp/storage/getProjectServiceAccount.js";
import { auditData } from "./audit.ts";

/** The Google APIs that only some sites use, by the name this folder calls them. */
const APIS = {
    backups: "backupdr.googleapis.com",
    files: "file.googleapis.com",
    redis: "redis.googleapis.com",
    storage: "storage.googleapis.com",
} as const;

/** The name of such an API. */
export type OnDemandApi = keyof typeof APIS;

/**
 * What a project has once for all data services of a kind, made when the first of them asks for it.
 *
 * Names and parents are the foundation's, so that it does not matter who asks first.
 */
export class OnDemand {
    readonly #name: string;
    readonly #project: string;
    readonly #opts: pulumi.CustomResourceOptions;
    readonly #apis = new Map<OnDemandApi, Service>();
    #redisAgent?: pulumi.Output<string>;
    #storageAgent?: pulumi.Output<string>;
    #storageAudit?: pulumi.Resource;

    constructor(name: string, project: string, opts: pulumi.CustomResourceOptions) {
        this.#name = name;
        this.#project = project;
        this.#opts = opts;
    }

    /** The API, enabled. It stays so when the stack is destroyed, for others in the project may use it. */
    api(api: OnDemandApi): Service {
        const known = this.#apis.get(api);
        if (known !== undefined) return known;
        const service = APIS[api];
        const enabled = new Service(
            `${this.#name}-${service}`,
            { service, disableOnDestroy: false },
            this.#opts,
        );
        this.#apis.set(api, enabled);
        return enabled;
    }

    /** The IAM member that Memorystore acts as. */
    redisAgent(): pulumi.Output<string> {
        return (this.#redisAgent ??= new ServiceIdentity(
            `${this.#name}-${APIS.redis}`,
            { service: APIS.redis },
            { ...this.#opts, dependsOn: [this.api("redis")] },
        ).member);
    }

    /** The IAM member that Cloud Storage acts as. Asking for it makes it; it is no service agent like the others. */
    storageAgent(): pulumi.Output<string> {
        return (this.#storageAgent ??= getProjectServiceAccountOutput(
            { project: this.#project },
            { ...this.#opts, dependsOn: [this.api("storage")] },
        ).member);
    }

    /**
     * Has the project write down who reads and writes objects. The older usage logs of a bucket would need a grant to a
     * group of Google's own, which organizations that restrict grants to their domain refuse.
     */
    storageAudit(): pulumi.Resource {
        return (this.#storageAudit ??= auditData(
            `${this.#name}-${APIS.storage}`,
            { project: this.#project, service: APIS.storage },
            { ...this.#opts, dependsOn: [this.api("storage")] },
        ));
    }
}
