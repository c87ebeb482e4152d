import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { Client } from "../../../../components/contracts/client.ts";
import type {
    SecretReader,
    SecretReference,
    SecretStore,
} from "../../../../components/contracts/secret-store.ts";
import type { Authority } from "../../../../components/kubernetes/operators/authority.ts";
import type { ServiceArgs } from "../../../../components/kubernetes/services/service.ts";
import { reaches } from "../reachability.ts";
import type { End, Policy, Target } from "../reachability.ts";
import { record } from "../record.ts";
import type { Recorded } from "../record.ts";
import { validate } from "../schemas.ts";
import { FakeCluster, reading, TAGS } from "../site.ts";

/** A resource of a cloud, for the fakes: a URN, and perhaps a document. */
export class CloudThing extends pulumi.CustomResource {
    constructor(
        type: string,
        name: string,
        opts?: pulumi.CustomResourceOptions,
        document: Readonly<Record<string, pulumi.Input<string>>> = {},
    ) {
        super(`cloud:index:${type}`, name, { ...document }, opts);
    }
}

/** An output whose value is unknown in the preview of the first run. */
export const unknown = <T>(): pulumi.Output<T> => pulumi.output(pulumi.unknown) as pulumi.Output<T>;

/** A store that remembers who may read what. */
export class StoringStore extends pulumi.ComponentResource implements SecretStore {
    readonly readers: { namespace: string; documents: readonly string[] }[] = [];
    readonly #unknown: boolean;

    constructor(name: string, isUnknown: boolean) {
        super("platform:fake:SecretStore", name);
        this.#unknown = isUnknown;
        this.registerOutputs({});
    }

    put(name: string, fields: Readonly<Record<string, pulumi.Input<string>>>): SecretReference {
        const resource = new CloudThing("Secret", name, { parent: this }, fields);
        const key = this.#unknown ? unknown<string>() : pulumi.output(name);
        return { key, fields: Object.keys(fields), name, id: key, resource };
    }

    existing(): never {
        throw new Error("nothing else is stored here");
    }

    reader(
        name: string,
        { namespace, secrets }: { namespace: string; secrets: readonly SecretReference[] },
    ): SecretReader {
        this.readers.push({ namespace, documents: secrets.map((secret) => secret.name) });
        const grant = new CloudThing("Grant", `${name}-reader`, { parent: this });
        return { ...reading("azure", this.#unknown), grants: [grant] };
    }
}

/** An authority that signs nothing. */
export function fakeAuthority(isUnknown = false): Authority {
    return {
        issuer: "data-services",
        certificate: isUnknown ? unknown<string>() : pulumi.output("PEM"),
        ready: new CloudThing("Authority", "authority"),
    };
}

/** Applications that use a service. */
export const WEB: Client = {
    application: "web",
    namespace: "web",
    pods: { "app.kubernetes.io/instance": "web" },
};
export const WORKER: Client = {
    application: "worker",
    namespace: "worker",
    pods: { "app.kubernetes.io/instance": "worker" },
};

/** What every service is made with, and the store to look into. */
export function surroundings(
    key: string,
    { isUnknown = false, monitored = true } = {},
): ServiceArgs & { readonly secretStore: StoringStore; readonly operator: pulumi.Resource } {
    return {
        key,
        cluster: new FakeCluster("site", { unknown: isUnknown }),
        secretStore: new StoringStore("store", isUnknown),
        secretsOperator: new CloudThing("Operator", "external-secrets"),
        operator: new CloudThing("Operator", "operator"),
        authority: fakeAuthority(isUnknown),
        storageClass: { name: "block-retain", resource: new CloudThing("Class", "block-retain") },
        tags: TAGS,
        snapshots: [new CloudThing("Class", "snapshots")],
        ...(monitored && { monitoring: new CloudThing("Operator", "prometheus") }),
    };
}

/** Makes a service of a kind; what it made itself, everything that stands then, and the store that it wrote to. */
export async function serviceOf<T>(
    kind: string,
    { key, isUnknown }: { readonly key: string; readonly isUnknown: boolean },
    make: (around: ReturnType<typeof surroundings>) => T,
) {
    let store: StoringStore | undefined;
    let made: T | undefined;
    const all = await record(() => {
        const around = surroundings(key, { isUnknown });
        store = around.secretStore;
        made = make(around);
    }, answers);
    assert.ok(store && made);
    return { all, own: madeBy(kind, all), store, made };
}

/** Asserts that a service makes the same while nothing is known yet. */
export async function assertSameUnknown(
    make: (isUnknown: boolean) => Promise<{ readonly own: readonly Recorded[] }>,
): Promise<void> {
    const urns = async (isUnknown: boolean) => (await make(isUnknown)).own.map(({ urn }) => urn);
    assert.deepEqual((await urns(true)).sort(), (await urns(false)).sort());
}

/** What a component of that kind made itself, in order of type and name. */
export function madeBy(component: string, resources: readonly Recorded[]): Recorded[] {
    return resources.filter(({ urn }) => urn.includes(`platform:kubernetes:${component}$`));
}

/** Type and name of each, sorted. */
export function listed(resources: readonly Recorded[]): string[] {
    return resources.map(({ type, name }) => `${type.replace("kubernetes:", "")} ${name}`).sort();
}

/** The one resource of that kind and name. */
export function one(resources: readonly Recorded[], kind: string, name?: string): Recorded {
    const found = resources.filter(
        (resource) =>
            resource.type.endsWith(`:${kind}`) && (name === undefined || resource.name === name),
    );
    assert.equal(found.length, 1, `${found.length} of ${kind} ${name ?? ""}`);
    return found[0] as Recorded;
}

/** The spec of the one object of that kind and name. */
export function specOf<T>(resources: readonly Recorded[], kind: string, name?: string): T {
    return one(resources, kind, name).inputs["spec"] as T;
}

/** Validates every object that has a published schema; the others are named. */
export function validateAll(resources: readonly Recorded[], without: RegExp): void {
    for (const { type, inputs } of resources) {
        if (!type.startsWith("kubernetes:") || without.test(type)) continue;
        validate(type, inputs);
    }
}

/** What of the policies in the resources lets pass. */
export function reachability(resources: readonly Recorded[]) {
    const policies = resources
        .filter(({ type }) => type.endsWith(":NetworkPolicy"))
        .map(({ inputs }): Policy => {
            const { namespace } = inputs["metadata"] as { namespace: string };
            return { namespace, spec: inputs["spec"] as Policy["spec"] };
        });
    return (from: End, to: End, target: Target["port"]) =>
        reaches(policies, from, to, { protocol: "TCP", port: target });
}

/** A connection by title, and whether it is open. */
export type Connection = readonly [title: string, from: End, to: End, port: number, open: boolean];

/** Tests which connections the policies of a service let through. */
export function itReaches(
    make: () => Promise<{ readonly own: readonly Recorded[] }>,
    connections: readonly Connection[],
    titled = (title: string, port: number) => `${port} to ${title}`,
): void {
    let reaches: ReturnType<typeof reachability>;
    before(async () => {
        reaches = reachability((await make()).own);
    });
    for (const [title, from, to, port, open] of connections) {
        it(`${open ? "open" : "close"} ${titled(title, port)}`, () => {
            assert.equal(reaches(from, to, port), open);
        });
    }
}

/** A pod of a namespace. */
export const pod = (namespace: string, labels: Client["pods"] = {}): End => ({ namespace, labels });

/** A pod of a client. */
export const podOf = ({ namespace, pods }: Client): End => ({ namespace, labels: pods });

/** The document of that name in the store. */
export function stored(resources: readonly Recorded[], name: string): Recorded["inputs"] {
    const found = resources.find((one) => one.type === "cloud:index:Secret" && one.name === name);
    assert.ok(found, name);
    return found.inputs;
}

/** The password that everybody gets in tests. */
export const PASSWORD = "generated-password";

/** What a provider fills in: passwords. */
export const answers = { "random:index/randomPassword:RandomPassword": { result: PASSWORD } };

/** All objects of the cluster as one text. */
export function objectsText(resources: readonly Recorded[]): string {
    return JSON.stringify(resources.filter(({ type }) => type.startsWith("kubernetes:")));
}
