import type { Draft, Refusal, World } from "../../table.ts";
import { apiError, refuseIf, regionOf, textAt } from "./common.ts";

const PROXIES = "REGIONAL_MANAGED_PROXY";

/** A subnet of proxies needs room for them, and has no machines whose flows could be logged. */
export function checkProxies({ inputs }: Draft): Refusal[] {
    if (inputs["purpose"] !== PROXIES) {
        return refuseIf(
            inputs["role"] !== undefined,
            "role",
            apiError(400, "Invalid field set in subnetwork 'role' for its purpose", "invalid"),
        );
    }
    const range = textAt(inputs, "ipCidrRange");
    return [
        ...refuseIf(
            range !== undefined && Number(range.split("/")[1]) > 26,
            "ipCidrRange",
            apiError(
                400,
                `Subnetworks with purpose ${PROXIES} require a range of /26 or larger`,
                "invalid",
            ),
        ),
        ...refuseIf(
            inputs["logConfig"] !== undefined,
            "logConfig",
            apiError(400, `Flow logs are not supported for purpose ${PROXIES}`, "invalid"),
        ),
    ];
}

/** A network has one subnet of active proxies in a region. */
export function admitProxies(draft: Draft, world: World): Refusal[] {
    const { inputs, urn } = draft;
    if (inputs["purpose"] !== PROXIES || inputs["role"] !== "ACTIVE") return [];
    const twin = world
        .all(draft.type)
        .find(
            (one) =>
                one.urn !== urn &&
                one.inputs["network"] === inputs["network"] &&
                one.inputs["purpose"] === PROXIES &&
                one.inputs["role"] === "ACTIVE" &&
                one.outputs["region"] === regionOf(draft),
        );
    return refuseIf(
        twin !== undefined,
        "role",
        apiError(
            400,
            `An active subnetwork with purpose ${PROXIES} already exists in the region: ${twin?.id}`,
            "invalid",
        ),
    );
}
