import type { Destination } from "./destination.ts";
import type { SecretReference } from "./secret-store.ts";

/** An application that uses a service of the cluster: whom the service lets in, and whom it makes credentials for. */
export interface Client {
    /** The application's key, which becomes the user's name. */
    readonly application: string;
    readonly namespace: string;
    /** Labels of the application's pods. */
    readonly pods: Readonly<Record<string, string>>;
}

/** What a service gives to one application: its credentials and the way to it. */
export interface Access {
    /** A document in the site's secret store: address, user and password of this application alone. */
    readonly credentials: SecretReference;
    /** Where its pods have to be let out to. */
    readonly destinations: readonly Destination[];
}
