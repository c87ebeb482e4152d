import * as pulumi from "@pulumi/pulumi";
import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
import { getProjectOutput } from "@pulumi/gcp/organizations/getProject.js";
import { Service } from "@pulumi/gcp/projects/service.js";
import { ServiceIdentity } from "@pulumi/gcp/projects/serviceIdentity.js";
import { Provider } from "@pulumi/gcp/provider.js";
import { Provider as RandomProvider } from "@pulumi/random/provider.js";
import { RandomId } from "@pulumi/random/randomId.js";
import type { Foundation, FoundationArgs } from "../contracts/foundation.ts";
import { toLabels } from "../lib/tags.ts";
import { OnDemand } from "./on-demand.ts";

/**
 * The Google APIs that the platform uses (G1.59), by the name its code calls them.
 *
 * First those that the longest chain waits for: Pulumi begins in this order, and only so many at a time.
 */
const APIS = {
    compute: "compute.googleapis.com",
    container: "container.googleapis.com",
    serviceNetworking: "servicenetworking.googleapis.com",
    sql: "sqladmin.googleapis.com",
    kms: "cloudkms.googleapis.com",
    cloudResourceManager: "cloudresourcemanager.googleapis.com",
    iam: "iam.googleapis.com",
    containerSecurity: "containersecurity.googleapis.com",
    binaryAuthorization: "binaryauthorization.googleapis.com",
    secretManager: "secretmanager.googleapis.com",
    artifactRegistry: "artifactregistry.googleapis.com",
    containerScanning: "containerscanning.googleapis.com",
    dns: "dns.googleapis.com",
    logging: "logging.googleapis.com",
    // Used by what runs on the nodes, not by the platform's own resources.
    iamCredentials: "iamcredentials.googleapis.com",
    monitoring: "monitoring.googleapis.com",
} as const;

/** An API's name in this folder. */
export type Api = keyof typeof APIS;

/** The services whose own accounts use the site's keys, and that make the account when asked to. */
const AGENTS = ["artifactRegistry", "container", "secretManager", "sql"] as const satisfies Api[];

/** A service that acts on the project's behalf through an account of Google's (a service agent). */
export type Agent = (typeof AGENTS)[number] | "compute";

/**
 * What stands before anything else in a project: the providers, the APIs, Google's service agents and the key ring.
 *
 * APIs stay enabled when the stack is destroyed, for others in the project may use them. The provider can only reach
 * the given project: credentials without rights there are refused by Google.
 *
 * Key rings and keys can never be deleted. Destroying the stack schedules the keys' versions for destruction, 30 days
 * later, and a new stack makes a ring with a fresh name.
 */
export class GcpFoundation extends pulumi.ComponentResource implements Foundation {
    readonly providers: readonly pulumi.ProviderResource[];
    readonly project: string;
    readonly region: string;
    /** For what the provider's default labels do not reach: nodes and databases. */
    readonly labels: Readonly<Record<string, string>>;
    readonly apis: Readonly<Record<Api, Service>>;
    /** IAM members of Google's service agents, made before they are first needed. */
    readonly agents: Readonly<Record<Agent, pulumi.Output<string>>>;
    /** The number that Google writes in identities where people write the project's id. */
    readonly projectNumber: pulumi.Output<string>;
    /** Where the site's keys lie. */
    readonly keyRing: KeyRing;
    /** What only some sites need of the project. */
    readonly onDemand: OnDemand;
    /** Random hexadecimal digits, for names that Google keeps reserved after deletion. */
    readonly suffix: pulumi.Output<string>;

    constructor(name: string, args: FoundationArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:gcp:Foundation", name, {}, opts);
        const { region, account: project } = args;
        this.project = project;
        this.region = region;
        this.labels = toLabels(args.tags);

        const provider = new Provider(
            name,
            { project, region, defaultLabels: this.labels },
            { parent: this },
        );
        const random = new RandomProvider(`${name}-random`, {}, { parent: this });
        this.providers = [provider, random];

        const within = { parent: this, provider };
        this.apis = enableApis(name, within);
        this.projectNumber = getProjectOutput(
            { projectId: project },
            { ...within, dependsOn: [this.apis.cloudResourceManager] },
        ).number;
        this.agents = {
            ...makeAgents(name, this.apis, within),
            compute: computeAgent(this.projectNumber, this.apis.compute),
        };
        this.keyRing = new KeyRing(
            name,
            { location: region },
            { ...within, dependsOn: [this.apis.kms] },
        );
        this.onDemand = new OnDemand(name, project, within);
        this.suffix = new RandomId(name, { byteLength: 3 }, { parent: this, provider: random }).hex;
        this.registerOutputs({ projectNumber: this.projectNumber });
    }
}

function enableApis(
    name: string,
    opts: pulumi.CustomResourceOptions,
): Readonly<Record<Api, Service>> {
    const enable = (api: Api) =>
        new Service(`${name}-${APIS[api]}`, { service: APIS[api], disableOnDestroy: false }, opts);
    const names = Object.keys(APIS) as Api[];
    return Object.fromEntries(names.map((api) => [api, enable(api)])) as Record<Api, Service>;
}

/** Google makes an agent when a service is first used, which is too late to grant it a key. This makes it now. */
function makeAgents(
    name: string,
    apis: Readonly<Record<Api, Service>>,
    opts: pulumi.CustomResourceOptions,
): Readonly<Record<(typeof AGENTS)[number], pulumi.Output<string>>> {
    const identify = (api: Agent) =>
        new ServiceIdentity(
            `${name}-${APIS[api]}`,
            { service: APIS[api] },
            { ...opts, dependsOn: [apis[api]] },
        ).member;
    return Object.fromEntries(AGENTS.map((api) => [api, identify(api)])) as Record<
        (typeof AGENTS)[number],
        pulumi.Output<string>
    >;
}

/** Compute Engine's agent cannot be asked for: it comes with the API, which therefore has to be enabled before. */
function computeAgent(projectNumber: pulumi.Output<string>, api: Service): pulumi.Output<string> {
    return pulumi
        .all([projectNumber, api.id])
        .apply(
            ([number]) => `serviceAccount:service-${number}@compute-system.iam.gserviceaccount.com`,
        );
}
