import type { Reading } from "../../runtime/reader.ts";
import type { Resource } from "../rule.ts";
import { awsReaders } from "./aws.ts";
import { azureReaders } from "./azure.ts";
import { googleReaders } from "./google.ts";
import type { Ingress } from "./ingress.ts";

export type { Ingress } from "./ingress.ts";

const READERS = { ...awsReaders, ...azureReaders, ...googleReaders };

/** The types that open a way in. */
export const INGRESS_TYPES: readonly string[] = Object.keys(READERS);

/** The ways in that a resource opens; unknown where the list of them is. */
export function ingressOf(resource: Resource): Reading<readonly Ingress[]> {
    return READERS[resource.type]?.(resource.inputs) ?? { state: "absent" };
}
