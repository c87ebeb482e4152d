import { Secret } from "@pulumi/policy";
import { unwrapped } from "./raw.ts";
import { childPath, Value } from "./reader.ts";

const NO_SECRETS: ReadonlySet<string> = new Set();

/**
 * What the pack remembers between the engine's calls.
 *
 * Two things are told only in passing. Which inputs are secret is shown to remediations and to nobody else; and stack
 * policies get outputs, which are empty as long as the configuration of a resource's provider is unknown, as it is for
 * everything inside a cluster that the same preview creates. Both are noted here by URN when they come by.
 */
export class Ledger {
    readonly #secrets = new Map<string, ReadonlySet<string>>();
    readonly #inputs = new Map<string, object>();
    readonly #parents = new Map<string, string>();

    /** Notes which inputs are secret. Takes the properties that a remediation gets. */
    recordSecrets(urn: string, props: object): void {
        const paths = secretPaths(unwrapped(props));
        this.#secrets.set(urn, paths.length === 0 ? NO_SECRETS : new Set(paths));
    }

    /** Keeps the inputs for stack rules. */
    recordInputs(urn: string, props: object): void {
        this.#inputs.set(urn, unwrapped(props));
    }

    /** Notes where a resource stands; the engine tells parents to validations only by option. */
    recordParent(urn: string, parent: string | undefined): void {
        if (parent !== undefined) this.#parents.set(urn, parent);
    }

    /** The URN of a resource's parent; empty at the top. */
    parentOf(urn: string): string {
        return this.#parents.get(urn) ?? "";
    }

    /** A resource's inputs, with what is known of their secrecy. */
    read(urn: string, props: object): Value {
        return new Value(props, this.#secrets.get(urn));
    }

    /** What the program gave: the noted inputs, or outputs where none were noted. */
    readGiven(urn: string, outputs: object): Value {
        return this.read(urn, this.#inputs.get(urn) ?? outputs);
    }

    /** What stack rules read: outputs, or the noted inputs where there are no outputs. */
    readStack(urn: string, outputs: object): Value {
        const isEmpty = Object.keys(outputs).length === 0;
        return this.read(urn, isEmpty ? (this.#inputs.get(urn) ?? outputs) : outputs);
    }
}

/** The paths of all secrets, without going into them: what stands in a secret is secret. */
function secretPaths(root: object): readonly string[] {
    const found: string[] = [];
    const steps: (string | number)[] = [];
    const enter = (place: object): void => {
        for (const [key, value] of Array.isArray(place) ? place.entries() : Object.entries(place)) {
            if (typeof value !== "object" || value === null) continue;
            steps.push(key);
            if (value instanceof Secret) found.push(steps.reduce<string>(childPath, ""));
            else enter(value as object);
            steps.pop();
        }
    };
    enter(root);
    return found;
}
