import type * as pulumi from "@pulumi/pulumi";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import type { Cluster } from "../../contracts/cluster.ts";
import type { Database } from "../../contracts/database.ts";
import type { SecretReference, SecretStore } from "../../contracts/secret-store.ts";
import type { Tags } from "../../lib/tags.ts";
import { applicationLabels } from "../labels.ts";
import type { Labels } from "../labels.ts";
import { allowDns, DENY_ALL } from "../network-policies.ts";
import { toDestination } from "../openings.ts";
import { platformNamespace } from "../platform-namespace.ts";
import type { Within } from "../platform-namespace.ts";
import { storedSecrets } from "../stored-secrets.ts";

/** The namespace in which databases are prepared. */
export const DATABASES_NAMESPACE = "databases";

/** The Secret with the credentials of a server's administrator. */
export const serverSecret = (server: string) => `server-${server}`;

/** The Secret with what a server keeps of an application's password. */
export const roleSecret = (application: string) => `role-${application}`;

/** What the namespace is made from. */
export interface PlaceArgs<C extends Cluster> {
    readonly cluster: C;
    readonly secretStore: SecretStore<C>;
    /** The operator that fetches secrets. */
    readonly secretsOperator: pulumi.Resource;
    readonly tags: Tags;
    /** The site's servers by key. */
    readonly servers: Readonly<Record<string, Database>>;
}

/** The namespace, with every document that Jobs read. */
export interface Place {
    readonly namespace: pulumi.Output<string>;
    readonly labels: Labels;
    readonly ready: readonly pulumi.Resource[];
}

/** Makes the namespace; `verifiers` are what servers keep of passwords, by application. */
export function makePlace<C extends Cluster>(
    name: string,
    { cluster, secretStore, secretsOperator: operator, tags, servers }: PlaceArgs<C>,
    verifiers: Readonly<Record<string, SecretReference>>,
    within: Within,
): Place {
    const { name: namespace, ready } = platformNamespace(
        name,
        {
            namespace: DATABASES_NAMESPACE,
            version: cluster.version,
            tags,
            // A Job of each server, the one before it, and their second tries.
            pods: 4 * Math.max(1, Object.keys(servers).length),
            policies: policiesFor(servers),
        },
        within,
    );
    const labels = applicationLabels(DATABASES_NAMESPACE, tags);
    const secrets = secretsOf(servers, verifiers);
    const references = Object.values(secrets).map(({ reference }) => reference);
    const readers = { cluster, namespace: DATABASES_NAMESPACE, secrets: references };
    const reader = secretStore.reader(`${name}-${DATABASES_NAMESPACE}`, readers);
    const stored = storedSecrets(
        `${name}-${DATABASES_NAMESPACE}`,
        { namespace, labels, reader, operator, secrets },
        within,
    );
    const account = new ServiceAccount(
        `${name}-${DATABASES_NAMESPACE}`,
        {
            metadata: { name: DATABASES_NAMESPACE, namespace, labels },
            automountServiceAccountToken: false,
        },
        within,
    );
    return {
        namespace,
        labels,
        ready: [...cluster.nodes, ...ready, account, ...Object.values(stored)],
    };
}

/** The documents by the names of their Secrets. */
function secretsOf(
    servers: Readonly<Record<string, Database>>,
    verifiers: Readonly<Record<string, SecretReference>>,
): Readonly<Record<string, { readonly reference: SecretReference }>> {
    const administrators = Object.entries(servers).map(([server, { credentials }]) => [
        serverSecret(server),
        { reference: credentials },
    ]);
    const roles = Object.entries(verifiers).map(([application, reference]) => [
        roleSecret(application),
        { reference },
    ]);
    return Object.fromEntries([...administrators, ...roles]);
}

/** Out to the servers and to DNS, and nothing in. */
function policiesFor(servers: Readonly<Record<string, Database>>) {
    const egress = Object.values(servers).flatMap(({ cidrs, port }) =>
        toDestination({ cidrs, ports: [port] }),
    );
    return {
        "default-deny": DENY_ALL,
        "allow-dns": allowDns(),
        "allow-servers": { podSelector: {}, policyTypes: ["Egress"], egress },
    };
}
