import { CACHE_SIZES } from "../contracts/cache.ts";
import type { CacheSize, Eviction } from "../contracts/cache.ts";
import { DDOS_PROTECTIONS } from "../contracts/ddos.ts";
import type { DdosProtection } from "../contracts/ddos.ts";
import type { GatewayKind } from "../contracts/edge.ts";
import type { BackupRetention } from "../contracts/queue.ts";
import { host } from "./application-forms.ts";
import { days } from "./forms.ts";
import { choice, leaf, quantity, range, text } from "./leaf.ts";
import type { CertificateIssuer } from "./service-types.ts";
import type { Leaf } from "./shape.ts";

export { origin } from "./application-forms.ts";

export const placement: Leaf<"cloud" | "cluster"> = choice(["cloud", "cluster"]);
export const cacheSize: Leaf<CacheSize> = choice(CACHE_SIZES);
export const eviction: Leaf<Eviction> = choice(["least-recently-used", "none"]);
export const cleanup: Leaf<"delete" | "compact"> = choice(["delete", "compact"]);
export const gatewayKind: Leaf<GatewayKind> = choice(["envoy", "cloud"]);
export const issuer: Leaf<CertificateIssuer> = choice([
    "letsencrypt",
    "letsencrypt-staging",
    "private",
]);
export const ddosProtection: Leaf<DdosProtection> = choice(DDOS_PROTECTIONS);
export const domain: Leaf<string> = {
    ...host,
    what: "a domain in lower case",
    example: "aws.example.com",
};

const odd = (what: string, sizes: readonly number[]): Leaf<number> =>
    leaf(what, String(sizes[1]), (value) => {
        const number = typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : value;
        return typeof number === "number" && sizes.includes(number) ? number : undefined;
    });

/** Members of a quorum: an even one more would add nothing. */
export const members: Leaf<number> = odd("1, 3 or 5", [1, 3, 5]);

/** Two could neither elect nor copy. */
export const brokers: Leaf<number> = odd("1, or a whole number from 3 to 30", [
    1,
    ...Array.from({ length: 28 }, (_, at) => at + 3),
]);

/** Days, or that there are no backups: nothing else could take away what a profile gives. */
export const backupRetention: Leaf<BackupRetention> = {
    ...quantity<BackupRetention>(
        "a period in whole days, or none",
        "7 days",
        /^([1-9]\d{0,4} days|1 day|none)$/,
    ),
    ...(days.advise && { advise: days.advise }),
};

export const partitions: Leaf<number> = range(1, 1000);

export const topicKey: Leaf<string> = text(
    "a topic's name: lower-case letters, digits, - and ., 100 characters at most",
    "orders",
    /^(?=.{1,100}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
);

export const email: Leaf<string> = text(
    "an e-mail address",
    "platform@example.com",
    /^[\w.+-]{1,64}@[a-z0-9.-]{3,190}$/i,
);
