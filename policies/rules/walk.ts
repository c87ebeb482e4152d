import type { Value } from "../runtime/reader.ts";
import { isCredential } from "./credentials.ts";

/** What rules look for in a resource wherever it stands. */
export interface Walk {
    /** Texts that are credentials, by their form or by what they are called. */
    readonly credentials: readonly Value[];
    /** Whatever is called a security context. */
    readonly securityContexts: readonly Value[];
}

const SECURITY_CONTEXT = /securityContext$/i;
const SHORTEST_NAME = "securityContext".length;

/** Nearly all names are shorter, so nearly none is looked at more closely. */
function isSecurityContext(name: string): boolean {
    return name.length >= SHORTEST_NAME && SECURITY_CONTEXT.test(name);
}

const walks = new WeakMap<Value, Walk>();

/** Everything that is in a resource is looked at once for all rules; the first of them pays for the walk. */
export function walkOf(inputs: Value): Walk {
    let walk = walks.get(inputs);
    if (walk === undefined) {
        const { texts, named } = inputs.search({ text: isCredential, name: isSecurityContext });
        walks.set(inputs, (walk = { credentials: texts, securityContexts: named }));
    }
    return walk;
}
