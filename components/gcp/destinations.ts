import { type Destination, PUBLIC_TLS } from "../contracts/destination.ts";
import { type Ranges, endpointAddress } from "./ranges.ts";

/** Where pods have to be let out to, to use Google's APIs. */
export function googleApis(ranges: Ranges, privateEndpoints: boolean): Destination {
    return privateEndpoints
        ? { cidrs: [`${endpointAddress(ranges)}/32`], ports: [443] }
        : PUBLIC_TLS;
}
