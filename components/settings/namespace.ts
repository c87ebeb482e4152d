import { distance } from "fastest-levenshtein";

/** The namespace of the settings in a stack file: the project's name in Pulumi.yaml. */
export const NAMESPACE = "platform";

/** How many letters of the namespace may be wrong for it still to be meant. */
const MISSPELT = 2;

/**
 * What the settings call a key of the stack's configuration: `owner` of `platform:owner`; undefined for others' keys.
 *
 * Under a misspelt namespace it is the whole key, which no setting has: Pulumi would ignore it in silence.
 */
export function settingOf(key: string): string | undefined {
    const at = key.indexOf(":");
    // Without a namespace the engine reads the project's.
    if (at < 0) return key;
    const namespace = key.slice(0, at);
    if (namespace === NAMESPACE) return key.slice(at + 1);
    return distance(namespace, NAMESPACE) <= MISSPELT ? key : undefined;
}
