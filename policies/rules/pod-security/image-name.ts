/** The parts of an image's name, as container runtimes read it. */
export interface ImageName {
    /** `registry.company.com:5000`; `docker.io` where the name has none. */
    readonly host: string;
    /** `library/nginx`. */
    readonly repository: string;
    readonly tag: string | undefined;
    readonly digest: string | undefined;
}

const DOCKER_HUB = "docker.io";

/** All names that Docker Hub answers to. */
const DOCKER_HUB_NAMES: readonly string[] = [
    DOCKER_HUB,
    "index.docker.io",
    "registry-1.docker.io",
    "registry.hub.docker.com",
];

/** Takes an image's name apart. Never throws; nonsense gives parts that match nothing. */
export function parseImage(text: string): ImageName {
    const [name = "", digest] = split(text, text.indexOf("@"));
    const colon = name.lastIndexOf(":");
    const hasTag = colon > name.lastIndexOf("/");
    const [path = "", tag] = split(name, hasTag ? colon : -1);
    const { host, repository } = placeOf(path);
    const isOfficial = host === DOCKER_HUB && !repository.includes("/");
    return {
        host,
        repository: isOfficial ? `library/${repository}` : repository,
        tag: tag || undefined,
        digest,
    };
}

/** Host and repository of a name without tag, or of the beginning of one that ends in a slash. */
export function placeOf(path: string): Pick<ImageName, "host" | "repository"> {
    const [first = "", rest] = split(path, path.indexOf("/"));
    // A runtime takes what stands before the first slash for a host if it looks like one, and else for an account of
    // Docker Hub.
    const isHost = rest !== undefined && (first === "localhost" || /[.:]/.test(first));
    if (!isHost) return { host: DOCKER_HUB, repository: path };
    const host = first.toLowerCase();
    return { host: DOCKER_HUB_NAMES.includes(host) ? DOCKER_HUB : host, repository: rest };
}

/** What stands before and after a character. */
function split(text: string, at: number): readonly string[] {
    return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
