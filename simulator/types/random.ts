/**
 * The random provider: values that live in the state only.
 *
 * @see https://www.pulumi.com/registry/packages/random/
 */
import type { Draft, Properties, Provider, Refusal, TypeRule } from "../table.ts";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** The classes of characters: the switch, the least number of them, and the characters. */
const CLASSES = [
    { on: "lower", least: "minLower", characters: LOWER },
    { on: "upper", least: "minUpper", characters: UPPER },
    { on: "numeric", least: "minNumeric", characters: DIGITS },
    { on: "special", least: "minSpecial", characters: SPECIAL },
] as const;

const PETS = ["ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen", "jay", "owl", "ray", "yak"];
const MOODS = ["bold", "calm", "deft", "easy", "fair", "glad", "keen", "kind", "neat", "wise"];

/** A text of the wanted length with at least so many of each class, in an order that tells nothing. */
function text(draft: Draft): string {
    const { inputs } = draft;
    const classes = CLASSES.filter(({ on }) => inputs[on] !== false).map(
        ({ on, least, characters }) => ({
            least: Number(inputs[least] ?? 0),
            characters:
                on === "special" ? String(inputs["overrideSpecial"] || SPECIAL) : characters,
        }),
    );
    const least = classes.map((one) => draft.random(one.least, one.characters)).join("");
    const all = classes.map(({ characters }) => characters).join("");
    return shuffle(draft, least + draft.random(Number(inputs["length"]) - least.length, all));
}

function shuffle(draft: Draft, characters: string): string {
    const order = draft.random(characters.length * 8);
    return [...characters]
        .map((character, index) => ({ character, key: order.slice(index * 8, index * 8 + 8) }))
        .sort((left, right) => left.key.localeCompare(right.key))
        .map(({ character }) => character)
        .join("");
}

function checkText({ inputs }: Draft): Refusal[] {
    const length = inputs["length"];
    if (typeof length !== "number") return [];
    const least = CLASSES.reduce((sum, one) => sum + Number(inputs[one.least] ?? 0), 0);
    if (length >= 1 && length >= least) return [];
    return [
        {
            property: "length",
            reason: `Attribute length value must be at least 1 and at least the sum of the minimums (${least}), got: ${length}`,
        },
    ];
}

/** The inputs of a text; all of them make it anew. */
const TEXT_INPUTS = [
    "keepers",
    "length",
    "lower",
    "upper",
    "numeric",
    "special",
    "overrideSpecial",
    "minLower",
    "minUpper",
    "minNumeric",
    "minSpecial",
];

const password: TypeRule = {
    required: ["length"],
    immutable: TEXT_INPUTS,
    check: checkText,
    id: () => "none",
    outputs: (draft) => ({
        result: text(draft),
        bcryptHash: `$2a$10$${draft.random(53, LOWER + UPPER + DIGITS)}`,
        ...textDefaults(draft.inputs),
    }),
    secrets: ["result", "bcryptHash"],
    seconds: { create: 0 },
};

const string: TypeRule = {
    ...password,
    id: text,
    outputs: (draft, _world, id) => ({ result: id, ...textDefaults(draft.inputs) }),
    secrets: [],
};

function textDefaults(inputs: Properties): Properties {
    const switches = CLASSES.map(({ on }) => [on, inputs[on] ?? true] as const);
    const minimums = CLASSES.map(({ least }) => [least, inputs[least] ?? 0] as const);
    return Object.fromEntries([...switches, ...minimums]);
}

const bytes: TypeRule = {
    required: ["byteLength"],
    immutable: ["byteLength", "keepers", "prefix"],
    id: (draft) =>
        Buffer.from(draft.random(Number(draft.inputs["byteLength"]) * 2), "hex").toString(
            "base64url",
        ),
    outputs({ inputs }, _world, id) {
        const value = Buffer.from(id, "base64url");
        const prefix = String(inputs["prefix"] ?? "");
        return {
            hex: prefix + value.toString("hex"),
            b64Std: prefix + value.toString("base64"),
            b64Url: prefix + id,
            dec: prefix + BigInt(`0x${value.toString("hex")}`).toString(),
        };
    },
    seconds: { create: 0 },
};

const pet: TypeRule = {
    immutable: ["keepers", "length", "prefix", "separator"],
    defaults: { length: 2, separator: "-" },
    id({ inputs, random }) {
        const count = Number(inputs["length"]);
        const words = Array.from({ length: count }, (_, index) => {
            const list = index === count - 1 ? PETS : MOODS;
            const digits = random((index + 1) * 4).slice(-4);
            return list[Number.parseInt(digits, 16) % list.length];
        });
        const prefix = inputs["prefix"];
        const parts = typeof prefix === "string" && prefix !== "" ? [prefix, ...words] : words;
        return parts.join(String(inputs["separator"]));
    },
    seconds: { create: 0 },
};

const uuid: TypeRule = {
    immutable: ["keepers"],
    id({ random }) {
        const digits = random(32);
        const variant = "89ab"[Number.parseInt(digits.slice(16, 17), 16) % 4];
        const parts = [
            digits.slice(0, 8),
            digits.slice(8, 12),
            `4${digits.slice(13, 16)}`,
            `${variant}${digits.slice(17, 20)}`,
            digits.slice(20),
        ];
        return parts.join("-");
    },
    outputs: (_draft, _world, id) => ({ result: id }),
    seconds: { create: 0 },
};

/** The random provider. */
export const random: Provider = {
    name: "random",
    scope: () => ({ account: "", region: "" }),
    stateless: true,
    types: {
        "random:index/randomPassword:RandomPassword": password,
        "random:index/randomString:RandomString": string,
        "random:index/randomId:RandomId": bytes,
        "random:index/randomPet:RandomPet": pet,
        "random:index/randomUuid:RandomUuid": uuid,
    },
    invokes: {},
};
