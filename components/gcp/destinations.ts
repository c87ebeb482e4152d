import { type Destination, type OutsideDestination, PUBLIC_TLS } from "../contracts/destination.ts";
import { type Ranges, endpointAddress } from "./ranges.ts";

/**
 * What gives pods their cloud identity. With Dataplane V2, network policies see it at this address.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
 */
const METADATA_SERVER: OutsideDestination = { cidrs: ["169.254.169.254/32"], ports: [80] };

/** Where pods have to be let out to, to use Google's APIs with an identity of their own. */
export function googleApis(ranges: Ranges, privateEndpoints: boolean): readonly Destination[] {
    const apis: OutsideDestination = privateEndpoints
        ? { cidrs: [`${endpointAddress(ranges)}/32`], ports: [443] }
        : PUBLIC_TLS;
    return [apis, METADATA_SERVER];
}
