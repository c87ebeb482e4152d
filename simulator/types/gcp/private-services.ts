import type { Draft, Refusal, World } from "../../table.ts";
import { addressIn } from "./addresses.ts";
import { CONNECTION } from "./access.ts";
import { apiError, numberAt, refuseIf, textAt } from "./common.ts";

export const ADDRESS_RANGE = "gcp:compute/globalAddress:GlobalAddress";
const SQL = "gcp:sql/databaseInstance:DatabaseInstance";

/** What a service in Google's own network needs: the peering, and addresses that databases have not taken. */
export function admitPrivateAccess(
    network: string | undefined,
    range: string | undefined,
    property: string,
    world: World,
): Refusal[] {
    const peered = world.all(CONNECTION).some((one) => one.inputs["network"] === network);
    return [
        ...refuseIf(
            !peered,
            property,
            apiError(
                400,
                "Google private service access is not enabled. Enable private service access and try again.",
                "failedPrecondition",
            ),
        ),
        ...refuseIf(
            isTaken(range, world),
            property,
            apiError(
                400,
                `Couldn't find free blocks in allocated IP ranges. Please allocate new ranges for this service provider: ${range}`,
                "resourceExhausted",
            ),
        ),
    ];
}

/** Cloud SQL takes a /24 in each region as soon as it has an instance there. */
function isTaken(range: string | undefined, world: World): boolean {
    const standing = world.find([ADDRESS_RANGE], range ?? null, "name");
    const byDatabases = world
        .all(SQL)
        .some(
            ({ inputs }) => textAt(inputs, "settings.ipConfiguration.allocatedIpRange") === range,
        );
    return byDatabases && (numberAt(standing?.outputs, "prefixLength") ?? 0) >= 24;
}

/** An address in the range; the last digits differ from resource to resource. */
export function addressInRange(range: string | undefined, draft: Draft, world: World): string {
    const standing = world.find([ADDRESS_RANGE], range ?? null, "name");
    const address = textAt(standing?.outputs, "address") ?? "10.0.0.0";
    const block = `${address}/${numberAt(standing?.outputs, "prefixLength") ?? 24}`;
    return addressIn(block, 2 + (Number.parseInt(draft.random(2), 16) % 250));
}
