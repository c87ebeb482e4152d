/** A cloud with one type for each thing that a table can say. */
import type { Provider } from "../../../simulator/table.ts";

export const NETWORK = "toy:net:Network";
export const SUBNET = "toy:net:Subnet";
export const DISK = "toy:data:Disk";
export const VAULT = "toy:data:Vault";
export const POLICY = "toy:data:Policy";

export const toy: Provider = {
    name: "toy",
    version: "1.2.3",
    scope: (config) => ({
        account: String(config["account"] ?? "a"),
        region: String(config["region"] ?? "r"),
    }),
    checkConfig: (config) => (config["bad"] ? [{ property: "bad", reason: "no bad ones" }] : []),
    types: {
        [NETWORK]: {
            required: ["cidr"],
            name: { property: "name", pattern: /[a-z][a-z0-9-]*/, max: 30 },
            immutable: ["cidr"],
            defaults: { tags: { by: "toy" }, dns: true },
            check: ({ inputs }) =>
                inputs["cidr"] === "bad" ? [{ property: "cidr", reason: "malformed" }] : [],
            id: ({ random }) => `net-${random(8)}`,
            outputs: ({ inputs }, _world, id) => ({
                arn: `arn:${id}`,
                twice: `${inputs["size"]}2`,
            }),
            takesAlong: (network, world) =>
                world.all(POLICY).filter(({ inputs }) => inputs["network"] === network.id),
            seconds: { create: 10, update: 2, delete: 4 },
        },
        [SUBNET]: {
            required: ["networkId", "rules[].port", "?range.max"],
            references: [{ path: "networkId", to: [NETWORK] }],
            immutable: ["networkId", "rules[].port", "labels.*"],
            deleteBeforeReplace: true,
            admit: ({ inputs }, world) =>
                world.all(SUBNET).some((other) => other.inputs["cidr"] === inputs["cidr"])
                    ? [{ property: "cidr", reason: `Conflict: ${String(inputs["cidr"])} overlaps` }]
                    : [],
            id: ({ random }) => `subnet-${random(8)}`,
            seconds: { create: 1 },
        },
        [DISK]: {
            name: {
                property: "name",
                pattern: /[a-z0-9]+/,
                max: 24,
                separator: "",
                from: (logicalName) => logicalName.replaceAll("-", ""),
                unique: "global",
                words: (name) => `The disk name ${name} is no good`,
                taken: (name) => `The disk name ${name} is taken`,
            },
            references: [{ path: "vaults[]", to: [VAULT], by: "key", blocks: false }],
            id: ({ inputs }) => `disks/${String(inputs["name"])}`,
            outputs: ({ random }) => ({ accessKey: random(20) }),
            secrets: ["accessKey"],
            seconds: { create: 1 },
        },
        [VAULT]: {
            name: {
                property: "name",
                pattern: /[a-z]+/,
                max: 9,
                auto: false,
                unique: "path:group",
            },
            id: ({ inputs }) => `${String(inputs["group"])}/${String(inputs["name"])}`,
            outputs: (_draft, _world, id) => ({ key: `key:${id}` }),
            refuseDelete: ({ inputs }) => (inputs["locked"] ? "the vault is locked" : undefined),
            seconds: { create: 1 },
        },
        [POLICY]: {
            references: [{ path: "network", to: [NETWORK] }],
            id: ({ random }) => `policy-${random(4)}`,
            seconds: { create: 1 },
        },
    },
    invokes: {
        "toy:net:getZones": ({ fail }, scope) => {
            if (fail) throw new Error("AccessDenied");
            return { names: [`${scope.region}a`, `${scope.region}b`] };
        },
    },
};

/** The URN of a toy resource. */
export function urnOf(type: string, name: string): string {
    return `urn:pulumi:dev::test::${type}::${name}`;
}
