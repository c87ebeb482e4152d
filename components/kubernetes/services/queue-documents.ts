import * as pulumi from "@pulumi/pulumi";
import type { Access } from "../../contracts/client.ts";
import type { QueueArgs } from "../../contracts/queue.ts";
import { PORTS } from "../operators/places.ts";
import type { Within } from "../platform-namespace.ts";
import * as rabbitmq from "./rabbitmq.ts";
import { ownSecrets, password, users } from "./service.ts";
import type { ServiceArgs, ServiceSpace, User } from "./service.ts";

type Args = QueueArgs & ServiceArgs;

/** What the store holds: a document for each user. */
export interface Documents {
    readonly users: readonly User[];
    readonly administrator: Access["credentials"];
    readonly autoscaler: Access["credentials"];
}

/** Makes a password for each user, and stores what it belongs to. */
export function storeDocuments(
    name: string,
    { key, clients, secretStore, authority }: Args,
    namespace: string,
    parent: pulumi.Resource,
): Documents {
    const host = rabbitmq.rabbitmqHost(namespace);
    const ca = authority.certificate;
    const own = (
        username: string,
        more: (secret: pulumi.Output<string>) => Fields = () => ({}),
    ) => {
        const secret = password(`${name}-${username}`, parent);
        const fields = { username, password: secret, ...more(secret) };
        return secretStore.put(`${name}-${username}`, fields);
    };
    return {
        administrator: own(rabbitmq.ADMINISTRATOR),
        autoscaler: own(rabbitmq.AUTOSCALER, (secret) => ({
            host: pulumi.interpolate`https://${rabbitmq.AUTOSCALER}:${secret}@${host}:${PORTS.rabbitmqManagement}`,
            ca,
            tls: "enable",
        })),
        users: users(name, clients, secretStore, parent, ({ application }, secret) => ({
            host,
            port: String(PORTS.amqps),
            username: application,
            password: secret,
            vhost: key,
            url: pulumi.interpolate`amqps://${application}:${secret}@${host}:${PORTS.amqps}/${key}`,
            ca,
        })),
    };
}

type Fields = Readonly<Record<string, pulumi.Input<string>>>;

/** What the topology operator reads of a user's document. */
const USER_TEMPLATE = { username: "{{ .username }}", password: "{{ .password }}" };

/** The Secrets of the namespace. The administrator's has the form that the operator would give to its own. */
export function bringSecrets(
    name: string,
    args: Args,
    space: ServiceSpace,
    documents: Documents,
    within: Within,
): readonly pulumi.Resource[] {
    const administrator = {
        reference: documents.administrator,
        template: {
            ...USER_TEMPLATE,
            "default_user.conf": "default_user = {{ .username }}\ndefault_pass = {{ .password }}\n",
            host: rabbitmq.rabbitmqHost(space.key),
            port: String(PORTS.amqps),
            provider: "rabbitmq",
            type: "rabbitmq",
        },
    };
    const ofUser = (reference: Access["credentials"]) => ({ reference, template: USER_TEMPLATE });
    const secrets = {
        [rabbitmq.ADMIN_SECRET]: administrator,
        [`user-${rabbitmq.AUTOSCALER}`]: ofUser(documents.autoscaler),
        ...Object.fromEntries(
            documents.users.map(({ secret, reference }) => [secret, ofUser(reference)]),
        ),
    };
    return ownSecrets(name, args, space, secrets, within);
}
