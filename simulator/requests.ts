import type { Path } from "./paths.ts";
import type { Standing } from "./store.ts";
import type { Properties } from "./table.ts";

/** A resource as requests name it. */
export interface Address {
    readonly type: string;
    readonly urn: string;
}

/** What a resource is to be. */
export interface Wanted {
    readonly inputs: Properties;
    /** Where the program's secrets stand in the inputs. */
    readonly secrets: readonly Path[];
}

/** Work the cloud has begun. */
export interface Begun {
    readonly instance: Standing;
    /** How long the real thing takes. */
    readonly seconds: number;
    /** Milliseconds since 1970 when it ends here. */
    readonly until: number;
}
