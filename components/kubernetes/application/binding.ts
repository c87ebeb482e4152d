import type { Input } from "@pulumi/pulumi";
import type { Destination } from "../../contracts/destination.ts";
import type { SecretReference } from "../../contracts/secret-store.ts";

/** A document of the site's secret store, as variables. */
export interface SecretBinding {
    readonly reference: SecretReference;
    /** The document's fields by the variable that each becomes. */
    readonly variables: Readonly<Record<string, string>>;
}

/** A field of a document that pods read as a file. */
export interface FileBinding {
    readonly field: string;
    readonly folder: string;
    readonly name: string;
}

/** What an application gets from something that it uses: variables, credentials, and the way there. */
export interface Binding {
    /** Distinct within the application: the Secret, the volume and the network policy have this name. */
    readonly name: string;
    /** Plain variables. */
    readonly env: Readonly<Record<string, Input<string>>>;
    readonly secret?: SecretBinding;
    /** The certificate authority of the service, from the same document. */
    readonly certificate?: FileBinding;
    readonly destinations: readonly Destination[];
}
