import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { failIf, holds, not, or, some, type Truth } from "../../runtime/truth.ts";
import { POD_TYPES, podCheck, podsOf } from "../pods.ts";
import { forTypes, on, type Check, type Context, type Rule, type StackVerdict } from "../rule.ts";
import { imagesOf, unreadImages } from "./images.ts";
import { parseImage, placeOf } from "./image-name.ts";

const ECR = "aws:ecr/repository:Repository";
const ACR = "azure-native:containerregistry:Registry";
const GAR = "gcp:artifactregistry/repository:Repository";
const REGISTRIES: readonly string[] = [ECR, ACR, GAR];

/** The hosts of registries that a stack can create, by the type that does. */
const HOSTS: readonly (readonly [type: string, host: RegExp])[] = [
    [ECR, /^\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/],
    [ACR, /^[a-z0-9-]+(?:\.[a-z0-9-]+)?\.azurecr\.(?:io|cn|us)$/],
    [GAR, /^(?:[a-z0-9-]+-docker\.pkg\.dev|(?:[a-z]+\.)?gcr\.io)$/],
];

const makerOf = (host: string) => HOSTS.find(([, pattern]) => pattern.test(host))?.[0];

const FOREIGN = "comes from a registry that is not on the list";

/** Up to a slash, as `registry.example` would otherwise allow `registry.example.evil.com` too. */
function isBelow(place: string, prefix: string): boolean {
    return place === prefix || place.startsWith(`${prefix}/`);
}

/** What an entry of the list allows: a registry, or a part of one. */
function prefixOf(entry: string): string {
    const { host, repository } = placeOf(`${entry.replace(/\/+\*?$/, "")}/`);
    return `${host}/${repository}`.replace(/\/+$/, "");
}

function isListed(image: Value, { options }: Context): Truth {
    return holds(
        image,
        image.text(),
        (text) => {
            const { host, repository } = parseImage(text);
            return some(options.get("allowed"), (entry) =>
                holds(
                    entry,
                    entry.text(),
                    (it) => isBelow(`${host}/${repository}`, prefixOf(it)),
                    false,
                ),
            );
        },
        true,
    );
}

/** Whether only the rest of the stack can tell: the name is not known yet, or a stack could have made the registry. */
function isForStack(image: Value): boolean {
    const text = image.text();
    if (text.state !== "known") return text.state === "unknown";
    return makerOf(parseImage(text.value).host) !== undefined;
}

/** Public registries are no resources of any stack, so the pod alone tells. */
const foreign: Check = podCheck((pod, context) => [
    ...unreadImages(pod),
    ...imagesOf(pod)
        .filter((image) => !isForStack(image))
        .flatMap((image) => failIf(not(isListed(image, context)), image, FOREIGN)),
]);

/** The registries of a stack, as images name them. */
interface Own {
    readonly places: ReadonlySet<string>;
    /** A registry whose name is not known yet, by its type. */
    readonly unnamed: ReadonlyMap<string, Value>;
}

/** What images in a registry begin with; undefined while that is not known. */
function placeIn({ type, inputs }: StackResource): string | undefined {
    const parts = {
        [ECR]: ["repositoryUrl"],
        [ACR]: ["loginServer"],
        [GAR]: ["location", "project", "repositoryId"],
    }[type]!.map((name) => inputs.get(name).text());
    const texts = parts.flatMap((part) => (part.state === "known" ? [part.value] : []));
    if (texts.length < parts.length) return undefined;
    if (type !== GAR) return texts[0];
    const [location, ...rest] = texts;
    return [`${location}-docker.pkg.dev`, ...rest].join("/");
}

function ownRegistries(stack: Stack): Own {
    const places = new Set<string>();
    const unnamed = new Map<string, Value>();
    for (const registry of stack.all(...REGISTRIES)) {
        const place = placeIn(registry);
        if (place === undefined) unnamed.set(registry.type, registry.inputs);
        else places.add(place);
    }
    return { places, unnamed };
}

function isOwn(image: Value, { places, unnamed }: Own): Truth {
    return holds(
        image,
        image.text(),
        (text) => {
            const { host, repository } = parseImage(text);
            const [first = "", second = ""] = repository.split("/");
            const names = [host, `${host}/${repository}`, `${host}/${first}/${second}`];
            if (names.some((name) => places.has(name))) return true;
            return unnamed.has(makerOf(host) ?? "") ? { unknown: image.path } : false;
        },
        true,
    );
}

/** While a registry's address is unknown, so is the image's name; but the reference from one to the other is there. */
function refersToRegistry(stack: Stack, workload: StackResource, image: Value): boolean {
    const input = image.path.split(/[.[]/, 1)[0] ?? "";
    return (
        image.state === "unknown" &&
        stack.targets(workload, input).some(({ type }) => REGISTRIES.includes(type))
    );
}

function foreignInStack(stack: Stack, context: Context): readonly StackVerdict[] {
    const own = ownRegistries(stack);
    return stack.all(...POD_TYPES).flatMap((workload) =>
        podsOf(workload)
            .flatMap(imagesOf)
            .filter((image) => isForStack(image) && !refersToRegistry(stack, workload, image))
            .flatMap((image) => {
                const isKept = or(isListed(image, context), isOwn(image, own));
                return on(workload, failIf(not(isKept), image, FOREIGN));
            }),
    );
}

/** Images come from places that somebody looks after. */
export const imageApprovedRegistry: Rule = {
    id: "k8s-image-approved-registry",
    title: "Images come from the stack's own registries, or from one on the list.",
    why: "Anybody can push to a public registry, under names that look alike; nobody scans or keeps what is pulled from there.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: { "CIS EKS": ["5.1.4"], "CIS AKS": ["5.1.4"] },
    analogies: { "SOC 2": ["CC6.8"] },
    remediation:
        "Push the image to the site's registry and name it there, or add the registry, or a part of it, to the option `allowed`.",
    see: "https://kubernetes.io/docs/concepts/containers/images/",
    options: {
        properties: {
            allowed: {
                type: "array",
                items: { type: "string" },
                default: [
                    "registry.k8s.io",
                    "public.ecr.aws/docker/library/postgres",
                    "docker.elastic.co/elasticsearch/elasticsearch",
                    "ghcr.io/stefanprodan/podinfo",
                ],
                description:
                    "Registries, or repositories in them with all below, that images may come from besides the stack's own: " +
                    "registry.company.com, docker.io/myorg. By default the Kubernetes project's, PostgreSQL's, whose client prepares databases, Elasticsearch's, in which snapshots are set up, and the sample application.",
            },
        },
    },
    checks: forTypes(POD_TYPES, foreign),
    stack: { judges: POD_TYPES, reads: REGISTRIES, check: foreignInStack },
    note:
        "What a public registry's name settles is found at the pod, before it is made; names of registries that a stack " +
        "can create are compared with those of the stack. Entries are compared up to a slash.",
};
