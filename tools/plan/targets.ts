import { refuseUnwritable } from "../lib/write.ts";
import type { Request } from "./arguments.ts";
import { refuseForeign } from "./manifests/write.ts";

/** Refuses what cannot be written before anything is planned or shown. */
export async function refuseTargets(request: Request): Promise<void> {
    const { json, html, sarif, codeQuality, markdown, manifests } = request;
    for (const file of [json, html, sarif, codeQuality, markdown]) {
        if (file !== undefined && file !== "-") await refuseUnwritable(file);
    }
    if (manifests !== undefined) await refuseForeign(manifests);
}
