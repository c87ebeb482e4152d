import type { ObjectAccess } from "../contracts/object-store.ts";
import { KINDS } from "../contracts/application-kind.ts";
import type { ApplicationKind } from "../contracts/application-kind.ts";
import { APPLICATION_SIZES } from "./application-types.ts";
import type { ApplicationSize, PodShare, ScheduleSettings } from "./application-types.ts";
import type { ExposeSettings } from "./expose-types.ts";
import { applicationKey } from "./forms.ts";
import type { HealthSettings } from "./health-types.ts";
import { adviseOneOf, choice, leaf, range, text } from "./leaf.ts";
import type { Leaf } from "./shape.ts";
import { isSecretText } from "./words.ts";

export const kind: Leaf<ApplicationKind> = choice(KINDS);
export const podSize: Leaf<ApplicationSize> = choice(
    Object.keys(APPLICATION_SIZES) as ApplicationSize[],
);
export const reach: Leaf<ExposeSettings["reach"]> = choice([
    "none",
    "cluster",
    "internal",
    "public",
]);
export const access: Leaf<ObjectAccess> = choice(["read", "write"]);
export const onRemoval: Leaf<"keep" | "drop"> = choice(["keep", "drop"]);
export const volumeKind: Leaf<"temporary" | "block" | "shared"> = choice([
    "temporary",
    "block",
    "shared",
]);
export const architecture: Leaf<"amd64" | "arm64"> = choice(["amd64", "arm64"]);
export const zones: Leaf<"prefer" | "require"> = choice(["prefer", "require"]);
export const overlap: Leaf<ScheduleSettings["overlap"]> = choice(["forbid", "replace", "allow"]);
export const askedBy: Leaf<HealthSettings["by"]> = choice(["http", "grpc", "tcp"]);
export const unitOfTime: Leaf<"second" | "minute" | "hour"> = choice(["second", "minute", "hour"]);

/** The keys of what belongs to an application: the names of containers, volumes and ports. */
export const partKey: Leaf<string> = text(
    "a name: 1 to 15 lower-case letters, digits and single hyphens, a letter first",
    "proxy",
    /^(?=.{1,15}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
);

/** Becomes part of names in the cloud's store and in the namespace, which know no case and no underscores. */
export const secretVariable: Leaf<string> = text(
    "the name of a variable with a secret: capital letters, digits and single underscores, a letter first, 40 characters at most",
    "STRIPE_KEY",
    /^(?=.{1,40}$)[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/,
);

/** The least that the three clouds take. */
export const storedKey: Leaf<string> = {
    ...text(
        "the key of a secret: letters, digits and hyphens, 80 at most",
        "stripe",
        /^[A-Za-z0-9-]{1,80}$/,
    ),
    hidden: true,
    advise: () =>
        "Put the secret itself into the site's secret store, and write here what it is called there, like stripe",
};

/** A key of a Secret. A dot would be read as a path into the document. */
export const documentField: Leaf<string> = text(
    "the name of a field: letters, digits, - and _, 80 at most",
    "key",
    /^[\w-]{1,80}$/,
);

/** A word of a command. YAML's numbers and booleans become text. */
export const argument: Leaf<string> = leaf("a word of a command", "--verbose", (value) =>
    (typeof value === "string" || typeof value === "number" || typeof value === "boolean") &&
    String(value).length <= 4096 &&
    !isSecretText(String(value))
        ? String(value)
        : undefined,
);

export const filePath: Leaf<string> = text(
    "an absolute path of a file or folder, without ..",
    "/app/config/app.yaml",
    /^(?!.*\/\.\.(\/|$))(?!.*\/\/)\/[\w.@/-]{0,253}[\w.@-]$/,
);

/** What a ConfigMap takes, less what its other keys need. */
const LONGEST_FILE = 500_000;

export const fileContent: Leaf<string> = leaf(
    "the text of a file, without a credential",
    "'debug: false'",
    (value) =>
        typeof value === "string" && value.length <= LONGEST_FILE && !isSecretText(value)
            ? value
            : undefined,
);

/** A storage size as Kubernetes writes it. */
export const size: Leaf<string> = text("a size in Mi or Gi", "10Gi", /^[1-9]\d{0,5}[MG]i$/);

export const percent: Leaf<number> = range(10, 95);
export const seconds = (min: number, max: number): Leaf<number> => range(min, max);
export const count = (max: number): Leaf<number> => range(1, max);
/** A number of pods or a share of them, as Kubernetes writes it. */
export const podShare: Leaf<PodShare> = leaf<PodShare>(
    "a number of pods, or a share of them in per cent",
    "25%",
    (value) => {
        const [, number, isShare] = /^(\d{1,3})(%?)$/.exec(String(value)) ?? [];
        if (number === undefined || (isShare && Number(number) > 100)) return undefined;
        return isShare ? `${Number(number)}%` : Number(number);
    },
);

/** A worker may have none while there is nothing to do. */
export const fewest: Leaf<number> = range(0, 500);
export const generated: Leaf<number> = range(16, 128);

/** Per cent with decimals, for objectives. */
export const share = (min: number, max: number): Leaf<number> =>
    leaf(
        `a number from ${min} to ${max}, in per cent`,
        String(max > 99.9 ? 99.9 : max),
        (value) => {
            const number =
                typeof value === "string" && /^\d{1,2}(\.\d{1,4})?$/.test(value)
                    ? Number(value)
                    : value;
            return typeof number === "number" && number >= min && number <= max
                ? number
                : undefined;
        },
    );

/** A label of DNS or `*.` before them, lower case. */
const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

export const host: Leaf<string> = text("a host's name in lower case", "shop.example.com", HOST);

export const origin: Leaf<string> = text(
    "an origin",
    "https://www.example.com",
    /^https?:\/\/(\*\.)?[a-z0-9.-]{1,250}(:\d{1,5})?$/,
);

export const address: Leaf<string> = text(
    "an address that begins with https://",
    "https://login.example.com",
    /^https:\/\/[^\s@]{1,500}$/,
);

/** Where a redirect leads: a path of the same host, or another address. */
export const target: Leaf<string> = text(
    "a path, or an address that begins with https://",
    "/new",
    /^(\/[\w\-./~%]{0,199}|https:\/\/[^\s@]{1,300})$/,
);

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export const method: Leaf<string> = leaf(
    `one of ${METHODS.join(", ")}`,
    "GET",
    (value) => {
        const written = String(value).toUpperCase();
        return METHODS.includes(written) ? written : undefined;
    },
    adviseOneOf(METHODS),
);

export const header: Leaf<string> = text(
    "the name of a header",
    "authorization",
    /^[A-Za-z][A-Za-z0-9-]{0,63}$/,
);

export const word = (what: string, example: string): Leaf<string> =>
    text(what, example, /^\S{1,200}$/);

/** An application of the same site, with one of its ports if it is not the first. */
export const call: Leaf<string> = leaf(
    "an application's name, with a port's name behind a colon if it is not its own port",
    "api:metrics",
    (value) => {
        const [name = "", port, ...rest] = typeof value === "string" ? value.split(":") : [];
        return rest.length === 0 &&
            applicationKey.read(name) !== undefined &&
            (port === undefined || partKey.read(port) !== undefined)
            ? String(value)
            : undefined;
    },
);

const FIELDS = [
    { min: 0, max: 59 },
    { min: 0, max: 23 },
    { min: 1, max: 31 },
    { min: 1, max: 12 },
    // Sunday is 0: Kubernetes refuses 7.
    { min: 0, max: 6 },
] as const;

/** True if one of cron's fields holds only numbers of its range: `*`, lists, ranges and steps. */
function isCronField(field: string, { min, max }: { min: number; max: number }): boolean {
    return field.split(",").every((part) => {
        const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/([1-9]\d?))?$/.exec(part);
        if (!match) return false;
        const [from, to] = [Number(match[1] ?? min), Number(match[2] ?? match[1] ?? max)];
        return from >= min && to <= max && from <= to;
    });
}

export const cron: Leaf<string> = leaf(
    "a schedule in cron's five fields: minute, hour, day, month, weekday",
    '"30 2 * * *"',
    (value) => {
        const fields = typeof value === "string" ? value.trim().split(/\s+/) : [];
        const right =
            fields.length === FIELDS.length &&
            FIELDS.every((range, at) => isCronField(fields[at] ?? "", range));
        return right ? fields.join(" ") : undefined;
    },
    (value) => {
        const sunday = /^(.*\s)7\s*$/.exec(String(value))?.[1];
        return sunday && `In Kubernetes Sunday is 0; write "${sunday}0"`;
    },
);

const KNOWN_ZONES: ReadonlySet<string> = new Set([
    ...Intl.supportedValuesOf("timeZone"),
    "Etc/UTC",
]);

export const timeZone: Leaf<string> = leaf("the name of a time zone", "Europe/Berlin", (value) =>
    typeof value === "string" && KNOWN_ZONES.has(value) ? value : undefined,
);

export const metricName: Leaf<string> = text(
    "the name of a metric or a label",
    "http_requests_total",
    /^[a-zA-Z_][a-zA-Z0-9_]{0,99}$/,
);
