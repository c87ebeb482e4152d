import { NODE_SERVICES } from "../../../contracts/destination.ts";
import { contains } from "../../../lib/cidr.ts";
import type { ApplicationCheck } from "./index.ts";

/** Ways out that lead to where nodes get their credentials: whoever asks there acts as the node. */
export const checkEgress: ApplicationCheck = ({ add }, key, { egress }) => {
    for (const [name, { cidrs }] of Object.entries(egress)) {
        // The type says that blocks are there; what the user wrote may lack them.
        for (const cidr of (cidrs as typeof cidrs | undefined) ?? []) {
            if (!NODE_SERVICES.some((service) => contains(service, cidr))) continue;
            add({
                at: `applications.${key}.egress.${name}.cidrs`,
                value: cidr,
                message: "is where nodes get their own credentials, which are no application's",
                fix: "Remove it: what it may do in the cloud follows from the services that it names",
            });
        }
    }
};
