import type { Resource } from "../rule.ts";
import { awsReaders } from "./aws.ts";
import { azureReaders } from "./azure.ts";
import { googleReaders } from "./google.ts";
import type { Ingress, IngressReader } from "./ingress.ts";

export type { Ingress } from "./ingress.ts";

const READERS: Readonly<Record<string, IngressReader>> = {
    ...awsReaders,
    ...azureReaders,
    ...googleReaders,
};

/** The types that open a way in. */
export const INGRESS_TYPES: readonly string[] = Object.keys(READERS);

/** The ways in that a resource opens. */
export function ingressOf({ type, inputs }: Resource): readonly Ingress[] {
    return READERS[type]?.(inputs) ?? [];
}
