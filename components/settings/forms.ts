import type { DatabaseSize } from "../contracts/database.ts";
import { DATABASE_SIZES } from "../contracts/database.ts";
import type { NodeSize } from "../contracts/cluster.ts";
import { NODE_SIZES } from "../contracts/cluster.ts";
import type { CloudName } from "../contracts/cloud.ts";
import { CLOUDS } from "../contracts/cloud.ts";
import type { Cidr } from "../lib/cidr.ts";
import { isCidr, networkOf } from "../lib/cidr.ts";
import type { Days, Gibibytes } from "../lib/units.ts";
import type { Acknowledgement } from "./acknowledgements.ts";
import { ACKNOWLEDGEMENTS } from "./acknowledgements.ts";
import { imageFault } from "./images.ts";
import { choice, leaf, quantity, range, text } from "./leaf.ts";
import type { Leaf } from "./shape.ts";
import type { Environment } from "./types.ts";
import { isSecretText } from "./words.ts";

export const environment: Leaf<Environment> = choice(["dev", "staging", "prod"], {
    development: "dev",
    production: "prod",
});

export const cloud: Leaf<CloudName> = choice(CLOUDS);

export const target: Leaf<CloudName | "all"> = choice([...CLOUDS, "all"]);

export const acknowledgement: Leaf<Acknowledgement> = choice(
    Object.keys(ACKNOWLEDGEMENTS) as Acknowledgement[],
);

export const nodeSize: Leaf<NodeSize> = choice(NODE_SIZES);

export const databaseSize: Leaf<DatabaseSize> = choice(DATABASE_SIZES);

export const toggle: Leaf<boolean> = leaf("true or false", "true", (value) =>
    typeof value === "boolean"
        ? value
        : value === "true" || value === "false"
          ? value === "true"
          : undefined,
);

/** Versions may be written without quotes: YAML's number is turned back into the text. */
const version = (example: string): Leaf<string> =>
    leaf("a version", example, (value) => {
        const written = typeof value === "number" ? String(value) : value;
        return typeof written === "string" && /^v?\d+(\.\d+){0,2}$/.test(written)
            ? written.replace(/^v/, "")
            : undefined;
    });

export const kubernetesVersion = version('"1.36"');
export const postgresVersion = version('"17"');

/** Keys whose text becomes part of names in every cloud. */
const key = (what: string, max: number): Leaf<string> =>
    leaf(
        `${what}: lower-case letters, digits and single hyphens, a letter first, ${max} characters at most`,
        "orders",
        (value) =>
            typeof value === "string" &&
            value.length <= max &&
            /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value)
                ? value
                : undefined,
        (value) => {
            const plain = String(value)
                .toLowerCase()
                .replaceAll(/[^a-z0-9]+/g, "-")
                .replaceAll(/^[-0-9]+|-+$/g, "")
                .slice(0, max)
                .replace(/-$/, "");
            return plain === "" ? undefined : `Write it like ${plain}`;
        },
    );

export const projectName: Leaf<string> = key("a project's name", 16);
export const siteKey: Leaf<string> = key("a site's name", 16);
export const databaseKey: Leaf<string> = key("a database's name", 20);
export const registryKey: Leaf<string> = key("a registry's name", 20);
export const applicationKey: Leaf<string> = key("an application's name", 30);

export const poolKey: Leaf<string> = text(
    "a node pool's name: 1 to 10 lower-case letters and digits, a letter first",
    "workers",
    /^[a-z][a-z0-9]{0,9}$/,
);

/** A text whose form the cloud decides: checked again once the cloud is known. */
const word = (what: string, example: string): Leaf<string> => text(what, example, /^\S{1,600}$/);

export const region = word("a region's name without blanks", "eu-central-1");
export const account = word("an account's id in quotes", '"123456789012"');
export const subscription = word("a subscription's id", "12345678-9abc-4def-8123-456789abcdef");
export const cloudProject = word("a project's id", "my-project-id");
export const administrator = word(
    "an administrator without blanks",
    "group:platform-team@example.com",
);
export const viewer = word("an identity without blanks", "user:jane@example.com");

/** The strictest of the clouds: a label of Google Cloud has 63 characters. */
const tag = (example: string): Leaf<string> =>
    leaf("a text of 1 to 63 letters, digits, blanks and _ . : / = + - @", example, (value) => {
        const written = typeof value === "number" ? String(value) : value;
        return typeof written === "string" &&
            /^[\p{L}\p{N} _.:/=+@-]{1,63}$/u.test(written) &&
            !isSecretText(written)
            ? written
            : undefined;
    });

export const tagValue = tag("checkout");
export const owner = tag("platform-team");
export const costCentre = tag("cc-1000");

export const tagKey: Leaf<string> = text(
    "the name of a tag: 1 to 63 letters, digits, - and _, a letter first",
    "Team",
    /^[A-Za-z][A-Za-z0-9_-]{0,62}$/,
);

const block = (example: string): Leaf<Cidr> =>
    leaf(
        "an IPv4 block",
        example,
        (value) => (typeof value === "string" && isCidr(value) ? value : undefined),
        (value) => {
            const network = typeof value === "string" ? networkOf(value) : undefined;
            return network ? `Its host bits are set; write ${network}` : undefined;
        },
    );

export const networkBlock = block("10.20.0.0/16");
export const callerBlock = block("203.0.113.0/24");

const wrongUnit = (value: unknown, unit: string): string | undefined => {
    const number = /^(\d+)/.exec(String(value))?.[1];
    return number ? `Write the unit, with a blank before it, like ${number} ${unit}` : undefined;
};

export const gibibytes: Leaf<Gibibytes> = {
    ...quantity<Gibibytes>("a size in whole GiB", "50 GiB", /^[1-9]\d{0,5} GiB$/),
    advise: (value) => wrongUnit(value, "GiB"),
};

export const days: Leaf<Days> = {
    ...quantity<Days>("a period in whole days", "7 days", /^([1-9]\d{0,4} days|1 day)$/),
    advise: (value) => wrongUnit(value, String(value).startsWith("1 ") ? "day" : "days"),
};

export const nodeCount: Leaf<number> = range(0, 1000);
/** Below 1024 only root may listen, and no container runs as root. */
export const port: Leaf<number> = range(1024, 65535);
/** A port of somebody else's. */
export const anyPort: Leaf<number> = range(1, 65535);
export const replicas: Leaf<number> = range(1, 500);
export const imageCount: Leaf<number> = range(1, 10000);

export const image: Leaf<string> = leaf(
    "a pinned image",
    "ghcr.io/acme/shop:1.4.2",
    (value) => (typeof value === "string" && imageFault(value) === undefined ? value : undefined),
    (value) => (typeof value === "string" ? imageFault(value) : undefined),
);

export const urlPath: Leaf<string> = text("a path", "/healthz", /^\/[\w\-./~%]{0,199}$/);

export const repository: Leaf<string> = text(
    "a repository's name: lower-case letters, digits, - and /, 2 to 100 characters",
    "shop/cart",
    /^(?=.{2,100}$)[a-z][a-z0-9]*([-/][a-z0-9]+)*$/,
);

export const variable: Leaf<string> = text(
    "the name of a variable: letters, digits and underscores, a letter first",
    "LOG_LEVEL",
    /^[A-Za-z][A-Za-z0-9_]{0,99}$/,
);

/** YAML's numbers and booleans become the text that a process sees. */
export const variableValue: Leaf<string> = leaf(
    "a text, a number or a boolean",
    '"info"',
    (value) =>
        typeof value === "string" || typeof value === "number" || typeof value === "boolean"
            ? String(value)
            : undefined,
);

/** PostgreSQL folds and limits names; what needs quoting is refused. */
export const sqlName: Leaf<string> = text(
    "a name for PostgreSQL: lower-case letters, digits and underscores, a letter first, 63 at most",
    "orders",
    /^[a-z][a-z0-9_]{0,62}$/,
);
