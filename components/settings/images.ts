const HOST = /^([a-z0-9-]+(\.[a-z0-9-]+)+|localhost|[a-z0-9-]+(?=:))(:\d{1,5})?$/i;
const PATH = /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;

/**
 * What to do about an image that is not pinned, or undefined if it is: it needs a tag other than `latest`, or a digest.
 *
 * The tag is what follows the last `:` behind the last `/`; a suffix check would take a registry's port for one (G5.10).
 */
export function imageFault(image: string): string | undefined {
    const [reference = "", digest, ...rest] = image.split("@");
    if (rest.length > 0) return "Write one digest, like name@sha256:…";
    const slash = reference.lastIndexOf("/");
    const colon = reference.indexOf(":", slash + 1);
    const name = colon < 0 ? reference : reference.slice(0, colon);
    const tag = colon < 0 ? undefined : reference.slice(colon + 1);
    const [first = "", ...others] = name.split("/");
    const path = others.length > 0 && HOST.test(first) ? others.join("/") : name;
    if (!PATH.test(path)) return "Write it like ghcr.io/acme/shop:1.4.2, in lower case";
    if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) return "Write a tag like :1.4.2";
    if (digest !== undefined) {
        return /^sha256:[0-9a-f]{64}$/.test(digest)
            ? undefined
            : "A digest is sha256: and 64 hexadecimal digits";
    }
    if (tag === undefined) return "Add the tag or the digest that was tested, like :1.4.2";
    if (tag === "latest") return "latest changes under your feet; name the tag that was tested";
    return undefined;
}
